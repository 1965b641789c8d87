"""The door of a meeting in a real browser, with the network cut and with two devices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import request, request_started
from playwright.sync_api import Browser, Error, Page, expect

from app.accounts.models import Role, User
from app.door.actions import carry_out
from app.door.acts import Act, Deed, Outcome
from app.door.models import CheckIn
from app.events.models import Event
from app.events.models_signups import Participant
from app.platform.clock import now
from app.platform.db import db, transaction
from tests.browser.conftest import FLAGS, sign_in
from tests.browser.inspection import PHONE, Inspector
from tests.browser.live_town import LiveTown
from tests.door.filmed import film
from tests.door.scene import runs
from tests.events import scene

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: A camera that sees one ticket, for a browser whose system reads no codes.
CAMERA = """code => {
  const canvas = document.createElement('canvas');
  const ink = canvas.getContext('2d');
  setInterval(() => ink.fillRect(0, 0, 9, 9), 100);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(5);
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ['qr_code']; }
    async detect() { return [{ rawValue: `http://localhost/bilet/${code}` }]; }
  };
}"""


def begun(live: LiveTown, people: int = 6) -> tuple[str, list[str]]:
    """A meeting that has begun; the address of its door, and the codes of its people."""
    with live.app.app_context(), transaction():
        event = scene.event(capacity=people + 3, slug="warsztat")
        codes = [scene.come(event).participants[0].code for _ in range(people)]
        event.starts_at, event.ends_at = now() - timedelta(minutes=5), now() + timedelta(hours=2)
    return "/biurko/wydarzenia/warsztat/wejscie", codes


def settle_host(live: LiveTown) -> str:
    """A facilitator who runs the meeting; the address to sign in with."""
    email = live.settle("Facylitator Piotr Zych", Role.FACILITATOR)
    with live.app.app_context(), transaction():
        person = db.session.scalars(sa.select(User).where(User.email == email)).one()
        runs(db.session.scalars(sa.select(Event)).one(), person)
    return email


def figures(live: LiveTown) -> tuple[int, int | None]:
    """Attendances in the database, and the event's own figure."""
    with live.app.app_context():
        there = db.session.scalars(sa.select(CheckIn).where(CheckIn.undone_at.is_(None))).all()
        return len(there), db.session.scalars(sa.select(Event)).one().people_present


def let_in_elsewhere(live: LiveTown, code: str) -> None:
    """A second device, which has a network, lets somebody in."""
    with live.app.app_context(), transaction():
        event = db.session.scalars(sa.select(Event)).one()
        other = db.session.scalars(sa.select(User).where(User.role == Role.FACILITATOR)).one()
        person = db.session.scalars(sa.select(Participant).where(Participant.code == code)).one()
        act = Act("inne-urzadzenie-1", Deed.LET_IN, now(), participant_id=person.id)
        assert carry_out(event, act, by=other, at=now()) is Outcome.IN


def let_in(page: Page, code: str) -> None:
    page.locator(f"[data-code='{code}'] form:not([hidden]) button").click()


def waiting(page: Page) -> str:
    """What the device still keeps for the server."""
    return str(page.evaluate("localStorage.getItem('wspolpis:door:warsztat')"))


def until_sent(page: Page) -> None:
    """Wait until the server has answered for everything."""
    for _ in range(60):
        if waiting(page) == "[]":
            return
        page.wait_for_timeout(200)
    pytest.fail(f"never sent: {waiting(page)}")


def counter(page: Page) -> str:
    return page.inner_text("[data-door-count=come]")


def test_the_network_is_cut_and_nothing_is_lost_or_doubled(
    live: LiveTown, walk_in: Callable[..., Inspector]
) -> None:
    door, codes = begun(live)
    gate = walk_in(settle_host(live))
    page = gate.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(door)
    expect(page.locator("[data-door-net]")).to_have_text("Wszystko zapisane.")
    gate.look("the door")
    let_in(page, codes[0])
    expect(page.locator(f"[data-code='{codes[0]}']")).not_to_contain_text("czeka na sieć")

    page.context.set_offline(True)
    let_in(page, codes[1])
    page.fill("[type=search]", codes[2].lower())
    page.press("[type=search]", "Enter")
    page.fill("[name=name]", "Ewa Lis")
    page.click("text=Dopisz i wpuść")
    expect(page.locator("[data-door-net]")).to_contain_text("3 wejścia czekają na sieć")
    expect(page.locator(f"[data-code='{codes[1]}']")).to_contain_text("czeka na sieć")
    assert counter(page) == "4"
    assert figures(live) == (1, 1)

    let_in_elsewhere(live, codes[1])
    page.context.set_offline(False)
    expect(page.locator("[data-door-net]")).to_have_text("Wszystko zapisane.", timeout=15_000)
    assert figures(live) == (4, 4)
    assert counter(page) == "4"
    expect(page.locator("[data-door-said]")).to_contain_text("zapisano na innym urządzeniu")
    expect(page.locator("[data-name='Ewa Lis']")).to_have_attribute("data-present", "yes")
    page.reload()
    assert counter(page) == "4"
    gate.complaints.clear()  # of the requests that the cut has lost


def test_an_answer_that_is_lost_is_asked_for_again(
    live: LiveTown, walk_in: Callable[..., Inspector]
) -> None:
    """The server took the acts, but its answer did not come: they are sent again, counted once."""
    door, _codes = begun(live)
    gate = walk_in(settle_host(live))
    page = gate.page
    page.goto(door)
    expect(page.locator("[data-door-net]")).to_have_text("Wszystko zapisane.")
    lost = []

    def lose_the_answer(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        lost.append(route)
        route.abort()  # type: ignore[attr-defined]

    page.route("**/kolejka", lose_the_answer, times=1)
    page.fill("[name=name]", "Ewa Lis")
    page.click("text=Dopisz i wpuść")
    until_sent(page)
    assert lost
    assert figures(live) == (1, 1)
    assert page.locator("[data-name='Ewa Lis']").count() == 1
    gate.complaints.clear()


def test_what_waits_survives_closing_the_page(
    live: LiveTown, walk_in: Callable[..., Inspector]
) -> None:
    door, codes = begun(live)
    gate = walk_in(settle_host(live))
    page = gate.page
    page.goto(door)
    expect(page.locator("[data-door-net]")).to_have_text("Wszystko zapisane.")
    page.context.set_offline(True)
    let_in(page, codes[0])
    expect(page.locator("[data-door-net]")).to_contain_text("1 wejście czeka na sieć")
    page.context.set_offline(False)
    page.close()
    kept = gate.page.context.new_page()
    kept.goto(door)
    expect(kept.locator("[data-door-net]")).to_have_text("Wszystko zapisane.")
    assert figures(live) == (1, 1)


def test_the_camera_reads_a_ticket(live: LiveTown, walk_in: Callable[..., Inspector]) -> None:
    door, codes = begun(live)
    gate = walk_in(settle_host(live))
    page = gate.page
    page.add_init_script(f"({CAMERA})({codes[3]!r})")
    page.goto(door)
    page.click("text=Zeskanuj bilet aparatem")
    row = page.locator(f"[data-code='{codes[3]}']")
    expect(row).to_have_attribute("data-present", "yes")
    until_sent(page)
    page.click("text=Wyłącz aparat")
    expect(page.locator("[data-door-camera]")).to_be_hidden()
    assert figures(live) == (1, 1)


def test_a_camera_shows_tickets_to_a_browser_that_reads_no_codes(
    live: LiveTown, browser: Browser, chromium: str, tmp_path: Path
) -> None:
    """A film of two tickets stands for the camera; the rest is as at any door with an iPhone."""
    door, codes = begun(live)
    lens = f"--use-file-for-fake-video-capture={film(tmp_path / 'tickets.y4m', codes[2:4])}"
    flags = [*FLAGS, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", lens]
    filming = browser.browser_type.launch(executable_path=chromium, args=flags)
    page = filming.new_page(base_url=live.url)
    gate = Inspector(page)
    sign_in(gate, settle_host(live))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.add_init_script("delete window.BarcodeDetector")
    page.goto(door)
    page.click("text=Zeskanuj bilet aparatem")
    for code in codes[2:4]:
        expect(page.locator(f"[data-code='{code}']")).to_have_attribute("data-present", "yes")
    gate.look("the camera")
    until_sent(page)
    assert figures(live) == (2, 2)

    page.context.set_offline(True)
    expect(page.locator("[data-door-said]")).to_contain_text("Bez sieci")
    gate.complaints.clear()  # of the requests that the cut has lost
    page.context.set_offline(False)
    page.click("text=Wyłącz aparat")
    expect(page.locator("[data-door-camera]")).to_be_hidden()
    assert page.evaluate("document.querySelector('video').srcObject") is None
    filming.close()
    assert figures(live) == (2, 2)


def test_the_page_is_opened_again_while_the_network_is_down(
    live: LiveTown, walk_in: Callable[..., Inspector]
) -> None:
    """Somebody refreshes it by mistake: the newest list and what waits are there, and go on."""
    door, codes = begun(live)
    gate = walk_in(settle_host(live))
    page = gate.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(door)
    expect(page.locator("[data-door-offline]")).to_contain_text("także bez sieci")
    let_in(page, codes[0])
    until_sent(page)
    asked: list[str] = []

    def note(_app: object, **_rest: object) -> None:
        asked.append(f"{request.method} {request.path}")

    page.context.set_offline(True)
    request_started.connect(note, live.app)
    let_in(page, codes[1])
    for _again in range(2):
        page.reload()
        for code in codes[:2]:
            expect(page.locator(f"[data-code='{code}']")).to_have_attribute("data-present", "yes")
        assert counter(page) == "2"
    let_in(page, codes[2])
    expect(page.locator("[data-door-net]")).to_contain_text("2 wejścia czekają na sieć")
    request_started.disconnect(note, live.app)
    # What was on its way when the page went may have arrived, the page itself was not asked for.
    assert f"GET {door}" not in asked
    page.context.set_offline(False)
    expect(page.locator("[data-door-net]")).to_have_text("Wszystko zapisane.", timeout=15_000)
    assert (figures(live), counter(page)) == ((3, 3), "3")
    gate.complaints.clear()  # of the requests that the cut has lost


def test_who_signs_out_leaves_no_names_on_the_device(
    live: LiveTown, walk_in: Callable[..., Inspector]
) -> None:
    door, _codes = begun(live)
    gate = walk_in(settle_host(live))
    page = gate.page
    page.goto(door)
    expect(page.locator("[data-door-offline]")).to_contain_text("także bez sieci")
    assert page.evaluate("caches.keys()") == ["wspolpis-door"]
    page.evaluate("document.querySelector(\"form[action='/wyloguj']\").submit()")
    page.wait_for_url("**/")
    for _ in range(50):
        if not page.evaluate("caches.keys()"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate("caches.keys()") == []
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        page.goto(door)
    gate.complaints.clear()


def test_words_that_fit_nobody_lead_to_writing_the_person_in(
    live: LiveTown, walk_in: Callable[..., Inspector]
) -> None:
    door, codes = begun(live)
    gate = walk_in(settle_host(live))
    page = gate.page
    page.goto(door)
    expect(page.locator("[data-door-net]")).to_have_text("Wszystko zapisane.")
    page.fill("[type=search]", "nikogo takiego")
    expect(page.locator("[data-door-none]")).to_be_visible()
    gate.look("the door when nobody fits")
    page.fill("[type=search]", codes[0])
    expect(page.locator("[data-door-none]")).to_be_hidden()
    assert page.locator("[data-person]:visible").count() == 1
