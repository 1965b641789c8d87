"""Chromium and a town for it; skipped where there is no Chromium, unless it is required."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.inspection import DESKTOP, Inspector
from tests.browser.live_town import PASSWORD, LiveTown, live_town
from tests.conftest import database_url

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: How long a click or a page may take before the test gives up, in milliseconds.
PATIENCE = 15_000


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium: install the package chromium")
        pytest.skip("no Chromium here")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium; for one module, because its event loop would disturb other tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveTown]:
    """A town of the test's own, running."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    url = database_url(tmp_path_factory.mktemp("live"), f"{worker}_live")
    with live_town(url) as town:
        yield town


@pytest.fixture
def walk_in(browser: Browser, live: LiveTown) -> Iterator[Callable[..., Inspector]]:
    """Opens a browser of somebody's own; with an e-mail address, signed in through the form."""
    contexts: list[BrowserContext] = []

    def fresh(*, script: bool) -> BrowserContext:
        context = browser.new_context(
            base_url=live.url,
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            viewport=DESKTOP,  # type: ignore[arg-type]
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    def open_browser(email: str = "", *, script: bool = True) -> Inspector:
        mirror = None if script else fresh(script=True).new_page()
        person = Inspector(fresh(script=script).new_page(), mirror)
        if email:
            sign_in(person, email)
        return person

    yield open_browser
    for context in contexts:
        context.close()


def sign_in(person: Inspector, email: str) -> None:
    """Sign in through the form, as anybody would."""
    person.page.goto("/zaloguj")
    person.look("signing in")
    person.page.fill("[name=email]", email)
    person.page.fill("[name=password]", PASSWORD)
    with person.page.expect_navigation():
        person.page.press("[name=password]", "Enter")
    person.page.wait_for_selector("form[action='/wyloguj']", state="attached")
