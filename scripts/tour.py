"""``make tour``: starts a fresh demo town and takes the pictures of docs/tour and the README.

Everything is photographed from the running product, in Polish, with the demo's own people; no
picture is touched afterwards. Needs Chromium.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, BrowserType, Page, sync_playwright  # noqa: E402

from app.demo.town import PASSWORD, town  # noqa: E402
from scripts import tour_drafting, tour_meetings  # noqa: E402

FOLDER = ROOT / "docs" / "tour"
LARGEST = 250_000  # bytes of one picture
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = (1280, 800), (375, 780)  # in CSS pixels

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Photographer:
    """Opens pages of the running town and keeps pictures of them."""

    browser: Browser
    address: str
    chromium: str

    def filming(self, film: Path) -> Photographer:
        """Another one, whose camera sees a film (YUV4MPEG2)."""
        kind = self.browser.browser_type
        return replace(self, browser=opened(kind, self.chromium, *lens(film)))

    def page(
        self,
        size: tuple[int, int] = WIDE,
        *,
        dark: bool = False,
        role: str = "",
        email: str = "",
    ) -> Page:
        """A window of one's own, signed in as a person of the demo, if one is named.

        ``role`` stands for the first of its people.
        """
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            reduced_motion="reduce",
        )
        page = context.new_page()
        if role:
            email = next(p.email for p in town().people.values() if p.role == role)
        if email:
            page.goto("/zaloguj")
            page.fill("[name=email]", email)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_selector("form[action='/wyloguj']", state="attached")
        return page

    def keep(self, page: Page, name: str, *, restless: bool = False) -> None:
        """Save what is in the window; a restless page never stops asking the server."""
        page.wait_for_load_state("load" if restless else "networkidle")
        path = FOLDER / f"{name}.png"
        page.screenshot(path=path)
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}  {size // 1000} kB")
        if size > LARGEST:
            raise SystemExit(f"{path.name} is larger than {LARGEST // 1000} kB")


def main() -> None:
    """Start a town, walk through it, stop it."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise SystemExit("The pictures need Chromium: install the package chromium.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_town() as address, sync_playwright() as playwright:
        browser = opened(playwright.chromium, chromium)
        take_all(Photographer(browser, address, chromium))
        browser.close()


def lens(film: Path) -> tuple[str, ...]:
    """Flags with which Chromium takes a film (YUV4MPEG2) for its camera."""
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )


def opened(kind: BrowserType, chromium: str, *flags: str) -> Browser:
    """A running Chromium."""
    return kind.launch(executable_path=chromium, args=[*FLAGS, *flags])


def take_all(photographer: Photographer) -> None:
    """The way of a consultation, from the draft to the report."""
    page = photographer.page()
    page.goto("/konsultacje")
    consultation = link(page, "main a[href^='/konsultacje/']")
    page.goto(consultation)
    document = link(page, f"main a[href^='{consultation}/dokumenty/']")
    busiest = the_busiest(page, document)
    page.set_viewport_size({"width": 1280, "height": 1100})
    page.goto(document)
    photographer.keep(page, "document")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{document}/przepis/{busiest}")
    photographer.keep(page, "provision")
    page.goto(f"{document}/porownanie/1-2")
    photographer.keep(page, "comparison")
    dark = photographer.page(dark=True)
    dark.goto(f"{document}/przepis/{busiest}")
    photographer.keep(dark, "dark")
    phone = photographer.page(PHONE)
    phone.goto(f"{document}#p-{busiest}")
    photographer.keep(phone, "phone")
    write_an_amendment(photographer, document)
    clerk = photographer.page(role="coordinator")
    clerk.goto("/biurko")
    photographer.keep(clerk, "desk")
    clerk.goto(f"/biurko{consultation}/raporty")
    clerk.click("main form[method=post] button")
    clerk.wait_for_url("**/raport/*")
    photographer.keep(clerk, "report")
    tour_drafting.tell(photographer, consultation, document)
    tour_meetings.tell(photographer)


def write_an_amendment(photographer: Photographer, document: str) -> None:
    """What an organisation sees while it proposes other words."""
    page = photographer.page(role="participant")
    page.goto(document)
    section = page.locator(".provision--section", has_text="jeżeli służą one jej mieszkańcom")
    page.goto(f"{document}/przepis/{str(section.get_attribute('id')).removeprefix('p-')}")
    page.click(".page-head a[href*='rodzaj=zmiana']")
    field = page.locator("[name=proposed_text]")
    field.fill(field.input_value().replace("jej mieszkańcom", "mieszkańcom Gminy albo jej gościom"))
    page.locator("[data-live-result] ins").first.wait_for()
    field.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    photographer.keep(page, "amendment")


def link(page: Page, selector: str) -> str:
    """Where the first such link leads."""
    return str(page.locator(selector).first.get_attribute("href")).partition("#")[0]


def the_busiest(page: Page, document: str) -> int:
    """The number of the § that most remarks speak about."""
    page.goto(document)
    counted: dict[int, int] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.provision--section')].map(
          (section) => [section.id.slice(2),
            section.querySelectorAll('.provision__count').length]))"""
    )
    return int(max(counted, key=lambda number: counted[number]))


@contextmanager
def running_town() -> Iterator[str]:
    """``make run`` in a folder of its own, from a clean start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "INSTANCE_PATH": folder,
            "PORT": str(port),
            "LOG_REQUESTS": "0",
        }
        command = [sys.executable, "-m", "app.serve"]
        town_process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, town_process)
            yield address
        finally:
            town_process.send_signal(signal.SIGINT)
            town_process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 300) -> None:
    """Wait until the town answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urlopen(f"{address}/zdrowie", timeout=5):
            return
        time.sleep(0.2)
    raise SystemExit("The town did not start.")


if __name__ == "__main__":
    main()
