"""The drafting workbench in a real browser: by the keyboard, without script, and after a break."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.accounts.models import Role
from app.drafting.actions import start_draft
from app.platform.clock import now
from app.platform.db import transaction
from app.remarks import positions
from app.remarks.content import Content
from app.remarks.models import AmendmentKind, Outcome, RemarkKind
from tests import town
from tests.browser.inspection import Inspector
from tests.browser.live_town import LiveTown
from tests.remarks.scene import comment, provision, sent

pytestmark = pytest.mark.browser

MADE, OUT = "[id^='zmiana-']", "[id^='zmiana-'] form[action$='/wlacz']"
WORDS = "Program dotyczy szerokiej współpracy Gminy z organizacjami."
OTHER = "Program dotyczy współpracy Gminy z organizacjami i szkołami."


@pytest.fixture
def bench(live: LiveTown) -> str:
    """The address of a bench with two amendments of § 1 that go together."""
    with live.app.test_request_context(method="POST"), transaction():
        clerk = town.person(Role.COORDINATOR)
        document = town.document(town.consultation())
        for words in (WORDS, OTHER):
            content = Content(
                RemarkKind.AMENDMENT,
                "Tak będzie lepiej.",
                provision(document, "§ 1"),
                AmendmentKind.REWORD,
                words,
            )
            positions.decide(sent(document, content), Outcome.ACCEPTED, by=clerk, at=now())
        start_draft(document, by=clerk, at=now())
        slug = document.consultation.slug
    return f"/biurko/konsultacje/{slug}/dokumenty/program/robocza"


def in_text(person: Inspector) -> str:
    """What the working draft says of § 1, as the page shows it."""
    return person.page.inner_text("section[aria-labelledby=wording]").replace("\xa0", " ")


def test_by_the_keyboard(live: LiveTown, bench: str, walk_in: Callable[..., Inspector]) -> None:
    clerk = walk_in(live.settle("Anna Kowalik", Role.COORDINATOR))
    page = clerk.page
    page.goto(bench)
    clerk.look("the bench with two amendments")
    page.keyboard.press("n")
    page.wait_for_url("**/przepis/*")
    clerk.look("a provision with two amendments")
    page.keyboard.press("?")
    page.wait_for_selector("dialog.shortcuts[open]")
    assert "Cofnij" in page.inner_text("dialog.shortcuts")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.shortcuts", state="detached")
    for n in range(2):
        page.locator("form[action*='/wprowadz/'] button").first.press("Enter")
        page.locator(MADE).nth(n).wait_for()
    assert "szerokiej" in in_text(clerk)
    assert "szkołami" in in_text(clerk)
    clerk.look("two amendments in one sentence, to be read")
    page.locator("h1").click()
    page.keyboard.press("u")
    page.locator(OUT).wait_for()
    assert "szkołami" not in in_text(clerk)
    page.keyboard.press("r")
    page.locator(OUT).wait_for(state="detached")
    assert "szkołami" in in_text(clerk)
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "text"
    clerk.quiet()


def test_without_script(live: LiveTown, bench: str, walk_in: Callable[..., Inspector]) -> None:
    clerk = walk_in(live.settle("Anna Kowalik", Role.COORDINATOR), script=False)
    page = clerk.page
    page.goto(bench)
    page.click("main .actions a.button")
    page.locator("form[action*='/wprowadz/'] button").first.click()
    page.wait_for_selector("[id^='zmiana-']")
    clerk.look("a provision with a change, without script")
    page.click("form[action$='/wylacz'] button")
    page.wait_for_selector("form[action$='/wlacz']")
    assert "szerokiej" not in in_text(clerk)
    page.fill("[data-bench-write] [name=text]", "Program jest dla wszystkich.")
    page.fill("[data-bench-write] [name=reason]", "Krócej.")
    page.click("[data-bench-write] .actions button[type=submit]")
    page.wait_for_url("**#zmiana-*")
    assert "dla wszystkich" in in_text(clerk)


def test_what_was_typed_comes_back(
    live: LiveTown, bench: str, walk_in: Callable[..., Inspector]
) -> None:
    email = live.settle("Anna Kowalik", Role.COORDINATOR)
    clerk, other = walk_in(email), walk_in(live.settle("Jan Nowak", Role.COORDINATOR))
    page = clerk.page
    page.goto(bench)
    page.click("main .actions a.button")
    address = page.url
    page.fill("[data-bench-write] [name=text]", "Zaczęte i niedokończone.")
    page.locator("[data-typing-status]", has_text="Kopia").wait_for()
    other.page.goto(address)
    assert "Anna Kowalik edytuje to" in other.page.inner_text("[data-typing-others]")
    page.context.set_offline(True)
    page.fill("[data-bench-write] [name=text]", "Zaczęte bez sieci.")
    page.locator("[data-typing-status]", has_text="sieci").wait_for()
    page.context.set_offline(False)
    page.goto(address)
    page.click("[data-module=bench_typing] .notice button.link-button:not([type=submit])")
    assert page.input_value("[data-bench-write] [name=text]") == "Zaczęte bez sieci."
    page.goto(f"{address}?przywroc=1")
    assert page.input_value("[data-bench-write] [name=text]") == "Zaczęte i niedokończone."


def test_reasons_in_one_list(live: LiveTown, walk_in: Callable[..., Inspector]) -> None:
    with live.app.test_request_context(method="POST"), transaction():
        clerk = town.person(Role.COORDINATOR)
        document = town.document(town.consultation())
        for _ in range(3):
            positions.decide(
                sent(document, comment(document)), Outcome.ACCEPTED, by=clerk, at=now()
            )
        start_draft(document, by=clerk, at=now())
        address = f"/biurko/konsultacje/{document.consultation.slug}/dokumenty/program/robocza"
    clerk_at = walk_in(live.settle("Anna Kowalik", Role.COORDINATOR))
    page = clerk_at.page
    page.goto(address)
    page.wait_for_load_state("networkidle")  # the shortcuts are there a moment after the page
    page.keyboard.press("b")
    page.wait_for_url("**/bez-zmiany")
    clerk_at.look("three comments that need no change")
    page.locator("textarea[name^=reason-]").first.fill("Tak jest w § 5.")
    page.locator("[data-check-all]").press("Enter")
    assert page.locator("[name=chosen]:checked").count() == 3
    page.locator("[name=common]").fill("Projekt już tak mówi.")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.input_value("[name=common]") == "Projekt już tak mówi."
    assert page.locator("[name=chosen]:checked").count() == 3
    page.locator("form.reasons button[type=submit]").press("Enter")
    page.get_by_text("Zachowano 3 powody.").wait_for()
    assert page.locator("textarea").count() == 0
    clerk_at.quiet()
