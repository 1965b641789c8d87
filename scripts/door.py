"""``make door``: 200 people at a door in Chromium, with the network cut for a minute.

One device lets people in by ticket (a film stands for the camera), by name, and without a
sign-up. Then the server is gone for a minute, as when the Wi-Fi drops: the device goes on and is
refreshed once, and a second device lets some of the same people in.
Prints figures; exits with 1 if anybody was lost or counted twice.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from scripts.bench_server import server
from scripts.tour import CHROMIUM, FLAGS, PHONE, lens

PORT = 8097
PEOPLE, SCANNED = 200, 10
CUT, PATIENCE = 60, 90  # seconds
DOOR = "/biurko/wydarzenia/warsztat/wejscie"


def fill(app: Flask) -> tuple[str, list[str]]:
    """An event that has begun and whoever runs it: their session, and the codes of the people."""
    from flask_migrate import upgrade

    from app.accounts.models import Role
    from app.platform.clock import now
    from app.platform.db import transaction
    from tests import town
    from tests.door.scene import runs
    from tests.events import scene

    with app.app_context():
        upgrade()
        with transaction():
            event = scene.event(capacity=PEOPLE + 20, slug="warsztat")
            codes = [scene.come(event).participants[0].code for _ in range(PEOPLE)]
            event.starts_at, event.ends_at = (
                now() - timedelta(minutes=5),
                now() + timedelta(hours=2),
            )
            host = town.person(Role.COORDINATOR)
            runs(event, host)
            account = host.get_id()
    return town.session_cookie(app, account), codes


def counted(app: Flask) -> tuple[int, int | None]:
    """Attendances in the database, and the event's own figure."""
    import sqlalchemy as sa

    from app.door.models import CheckIn
    from app.events.models import Event
    from app.platform.db import db

    with app.app_context():
        there = sa.select(sa.func.count()).where(CheckIn.undone_at.is_(None))
        present = db.session.scalars(sa.select(Event)).one().people_present
        return db.session.scalar(there) or 0, present


def let_in(page: Page, codes: list[str]) -> None:
    """Press the button of each."""
    for code in codes:
        page.locator(f"[data-code='{code}'] form:not([hidden]) button").click()


def walk_in(page: Page, names: list[str]) -> None:
    """Write in who came without a sign-up."""
    for name in names:
        page.fill("[name=name]", name)
        page.click("form[data-door-act=walk_in] button")


def waiting(page: Page) -> int:
    """How many acts the device keeps for the server."""
    return int(
        page.evaluate("JSON.parse(localStorage.getItem('wspolpis:door:warsztat') ?? '[]').length")
    )


def until_saved(page: Page) -> float:
    """Seconds until nothing waits any more."""
    began = time.perf_counter()
    while waiting(page):
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit(f"{waiting(page)} acts were never sent.")
        page.wait_for_timeout(50)
    return time.perf_counter() - began


def evening(device: BrowserContext, other: BrowserContext, codes: list[str], folder: str) -> int:
    """The whole evening; how many people have come."""
    page, second = device.new_page(), other.new_page()
    with server("wsgi:app", PORT, folder):
        second.goto(DOOR)
        page.goto(DOOR)
        page.click("[data-door-scan] button")
        began = time.perf_counter()
        for code in codes[:SCANNED]:
            page.locator(f"[data-code='{code}'][data-present=yes]").wait_for()
        took = time.perf_counter() - began
        print(f"{SCANNED} tickets before the camera, one a second: {took:.1f} s")
        page.click("[data-door-camera] button")
        let_in(page, codes[10:25])
        until_saved(page)
    began = time.perf_counter()
    page.on("dialog", lambda dialog: dialog.accept())
    let_in(page, codes[25:50])
    walk_in(page, ["Ewa Lis", "Jan Kos"])
    page.reload()
    let_in(page, codes[50:60])
    walk_in(page, ["Ola Gil"])
    let_in(second, codes[55:65])
    page.wait_for_timeout(max(0.0, CUT - time.perf_counter() + began) * 1000)
    gone = time.perf_counter() - began
    kept = waiting(page) + waiting(second)
    print(f"without the server: {gone:.0f} s, {kept} acts wait on two devices")
    with server("wsgi:app", PORT, folder):
        took = max(until_saved(page), until_saved(second))
        print(f"both devices had caught up {took:.1f} s after the server was back")
    return 65 + 3


def main() -> None:
    """Make the town, hold the evening, count."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise SystemExit("The door needs Chromium: install the package chromium.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ.update(
            INSTANCE_PATH=folder,
            DEMO="0",
            RATELIMIT="0",
            WSPOLPIS_ENV="",
            SMTP_URL="",
            LOG_REQUESTS="0",
        )
        from app import create_app
        from tests.door.filmed import film

        app = create_app()
        session, codes = fill(app)
        flags = [*FLAGS, *lens(film(Path(folder, "tickets.y4m"), codes[:SCANNED]))]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        base = f"http://127.0.0.1:{PORT}"
        cookie = {"name": app.config["SESSION_COOKIE_NAME"], "value": session, "url": base}
        size = ViewportSize(width=PHONE[0], height=PHONE[1])
        devices = [browser.new_context(base_url=base, viewport=size) for _ in range(2)]
        for device in devices:
            device.add_cookies([cookie])
        come = evening(*devices, codes, folder)
        browser.close()
        found = counted(app)
        print(f"people who came {come}, attendances {found[0]}, the event's figure {found[1]}")
        if found != (come, come):
            raise SystemExit("Somebody was lost, or counted twice.")


if __name__ == "__main__":
    main()
