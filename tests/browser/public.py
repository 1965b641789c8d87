"""What the people who take part do in the browser, step by step."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.browser.inspection import Inspector
from tests.browser.office import CONSULTATION, SEND

#: A form of a remark: on a page of its own, or opened beside the text.
FORM = "form[data-autosave]"


def find_the_document(person: Inspector) -> str:
    """From the front page to the draft, by links alone; returns the draft's path."""
    page = person.page
    page.goto("/")
    person.look("the front page")
    page.goto("/konsultacje")
    person.look("the consultations")
    page.click(f"main a[href='{CONSULTATION}']")
    person.look("the consultation")
    page.click(f"main a[href^='{CONSULTATION}/dokumenty/']")
    page.wait_for_selector("article.legal")
    person.look("the draft")
    return re.sub(r"^https?://[^/]+", "", page.url).partition("#")[0]


def number_of(person: Inspector, document: str, section: int) -> int:
    """The permanent number of a §, from the table of contents."""
    person.page.goto(document)
    link = person.page.locator(
        ".outline__sections a", has_text=re.compile(rf"^\s*§\s{section}\.?\s*$")
    )
    return int(str(link.get_attribute("href")).rpartition("#p-")[2])


def opened(person: Inspector, document: str, number: int, kind: str) -> Locator:
    """The form that opens beside a § on its own page."""
    page = person.page
    page.goto(f"{document}/przepis/{number}")
    person.look(f"the page of provision {number}")
    page.click(f".page-head a[href*='rodzaj={kind}']")
    form = page.locator(FORM)
    form.wait_for()
    assert "/przepis/" in page.url  # the form has come to the text, not the reader to the form
    return form


def comment(person: Inspector, document: str, number: int, words: str) -> None:
    """Comment on a §, for an organisation."""
    form = opened(person, document, number, "komentarz")
    form.locator("[name=behalf]").last.check()
    person.look("a comment being written")
    form.locator(SEND).click()
    person.page.locator(".error-summary").wait_for()
    person.look("a comment without words")
    form.locator("[name=body]").fill(words)
    form.locator(SEND).click()
    receipt(person, 1)


def amend(person: Inspector, document: str, number: int, words: tuple[str, str], why: str) -> None:
    """Propose other words for a §, while the change is shown as it is typed."""
    form = opened(person, document, number, "zmiana")
    field = form.locator("[name=proposed_text]")
    assert words[0] in field.input_value()
    assert form.locator("[data-live-result] ins").count() == 0
    field.fill(field.input_value().replace(*words))
    form.locator("[data-live-result] ins").first.wait_for()
    added = form.locator("[data-live-result] ins").all_inner_texts()
    assert any(words[1].split()[-1] in text for text in added)
    form.locator("[name=body]").fill(why)
    person.look("an amendment being written, with its change")
    form.locator(SEND).click()
    receipt(person, 2)


def receipt(person: Inspector, number: int) -> None:
    """The confirmation with the number of the remark."""
    page = person.page
    link = page.locator(f"a.button[href='{CONSULTATION}/uwagi/{number}']")
    link.wait_for()
    assert page.locator(FORM).count() == 0
    person.look(f"the receipt of remark {number}")
    link.click()
    page.wait_for_url(f"**{CONSULTATION}/uwagi/{number}")
    person.look(f"the page of remark {number}")


def correct(person: Inspector, number: int, more: str) -> None:
    """Correct one's own remark; the version before stays."""
    page = person.page
    page.goto(f"{CONSULTATION}/uwagi/{number}")
    page.click(f"a[href='{CONSULTATION}/uwagi/{number}/zmien']")
    person.look("a remark being corrected")
    page.fill("[name=body]", f"{page.input_value('[name=body]')} {more}")
    page.click(f"main form.form {SEND}")
    page.wait_for_url(f"**{CONSULTATION}/uwagi/{number}")
    page.click(f"a[href='{CONSULTATION}/uwagi/{number}/wersje']")
    person.look("the versions of a remark")
    assert page.locator("ins", has_text=more.split(maxsplit=1)[0]).count() >= 1
    page.goto("/moje-uwagi")
    person.look("my remarks")


def send_without_scripts(guest: Inspector, document: str, words: str) -> None:
    """Write on the whole draft, look at the preview, correct, look again, send."""
    page = guest.page
    page.goto(document)
    page.click(f".page-head a[href^='{document}/uwaga']")
    page.wait_for_url("**/uwaga*")
    guest.look("the form without scripts")
    page.fill("[name=body]", words[:10])
    page.click(f"main {FORM} button[name=preview]")
    guest.look("the preview without scripts")
    page.click("main button[name=correct]")
    assert page.input_value("[name=body]") == words[:10]
    page.fill("[name=body]", words)
    page.click(f"main {FORM} button[name=preview]")
    assert words in guest.words()
    page.click(f"main form[method=post] {SEND}")
    page.wait_for_url("**/potwierdzenie")
    guest.look("the receipt of somebody without an account")
    page.click("main a[href^='/uwaga/']")
    guest.look("a remark under its secret link")
    assert words in guest.words()


def see_hidden(anybody: Inspector, number: int, reason: str, word: str) -> None:
    """A hidden remark: its number and the reason, not its words."""
    page = anybody.page
    page.goto(f"{CONSULTATION}/uwagi/{number}")
    anybody.look("a hidden remark as everybody sees it")
    assert reason in anybody.words()
    assert word not in page.content()
    page.goto(f"{CONSULTATION}/uwagi")
    anybody.look("the list of remarks with a hidden one")
    assert word not in page.content()


def see_restored(anybody: Inspector, number: int, words: str) -> None:
    """The same remark when it is shown again."""
    anybody.page.goto(f"{CONSULTATION}/uwagi/{number}")
    assert words in anybody.words()
    anybody.quiet()


def read_the_comparison(anybody: Inspector, document: str, cause: int, taken: str) -> None:
    """What changed between the editions, with the remark that caused it beside."""
    page = anybody.page
    page.goto(document)
    anybody.look("edition 2")
    assert taken in anybody.words("article.legal")
    page.click(f"a[href='{document}/porownanie/1-2']")
    anybody.look("the comparison of editions 1 and 2")
    assert page.locator("article.cause").count() == 2
    row = page.locator("article.cause", has_text=taken.rsplit(maxsplit=1)[-1]).first
    assert (
        row.locator(".cause__why a").first.get_attribute("href") == f"{CONSULTATION}/uwagi/{cause}"
    )
    assert page.locator(".cause__why", has_text="Poprawka redakcyjna.").count() == 1
    for view in ("wynik", "obok"):
        page.click(f".switch a[href*='widok={view}']")
        anybody.look(f"the comparison, {view}")
    page.click(".switch a[href*='widok=formuly']")
    anybody.look("the formulas of the comparison")
    for view in ("zmiany", "wynik", "obok"):
        page.goto(f"{document}/porownanie/1-2?widok={view}&zakres=calosc")
        anybody.look(f"the comparison as a whole text, {view}")
    page.goto(f"{document}/porownanie/2-2")
    anybody.look("an edition compared with itself")
    page.goto(document)
    page.locator("a.provision__act[href$='/skad']").first.click()
    anybody.look("where the words of a provision come from")
    assert page.locator("a.brought").count() >= 1


def read_what_became_of(anybody: Inspector, number: int, document: str) -> None:
    """The answer of the office, and the edition that the remark has changed."""
    page = anybody.page
    page.goto(f"{CONSULTATION}/uwagi/{number}")
    anybody.look(f"remark {number} when it is answered")
    assert page.locator(".position__outcome").count() == 1
    assert page.locator(f"main a[href^='{document}/porownanie/1-2']").count() >= 1
