"""What the people of the town hall do in the browser, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.demo.programme import DOCX
from app.platform.clock import local
from tests.browser.inspection import Inspector

SLUG = "program-2016"
TITLE = "Program współpracy na rok 2016"
CONSULTATION = f"/konsultacje/{SLUG}"
DESK = f"/biurko/konsultacje/{SLUG}"

#: Words of § 3 that the coordinator corrects in the outline.
WORDS = "wspólnoty lokalnej"

#: A change that has been made at the workbench.
MADE = "article[id^='zmiana-']"

#: The button that sends a form, whatever it is called; side buttons have names or other kinds.
SEND = "button[type=submit].button:not([name]):not(.button--quiet):not(.button--small)"


def prepare(clerk: Inspector, now: datetime) -> None:
    """A consultation whose round opened yesterday and closes in three weeks."""
    page = clerk.page
    page.goto("/biurko")
    clerk.look("the desk before the first consultation")
    page.goto("/biurko/konsultacje")
    clerk.look("consultations in preparation, none yet")
    page.click("a[href='/biurko/konsultacje/nowa']")
    clerk.look("an empty consultation")
    page.click(f"main form.form {SEND}")
    page.locator(".error-summary").wait_for()
    clerk.look("a consultation without a title")
    page.fill("[name=title]", TITLE)
    page.fill("[name=year]", "2016")
    page.fill("[name=slug]", SLUG)
    page.fill("[name=summary]", "Zasady, na jakich gmina współpracuje z organizacjami.")
    page.fill("[name=who_may]", "Organizacje pozarządowe i mieszkańcy gminy.")
    page.fill("[name=how_to]", "Na tej stronie, listownie albo na spotkaniu w urzędzie.")
    page.fill("[name=contact_email]", "ngo@miechow.example")
    page.fill("[name=opens_1]", _typed(now - timedelta(days=1)))
    page.fill("[name=closes_1]", _typed(now + timedelta(days=21)))
    page.click(f"main form.form {SEND}")
    page.wait_for_url(f"**{DESK}")
    clerk.look("a saved consultation")


def _typed(moment: datetime) -> str:
    return local(moment).strftime("%Y-%m-%dT%H:%M")


def bring_in(clerk: Inspector) -> None:
    """The Word file, its outline, one correction, the last look, edition 1."""
    page = clerk.page
    page.goto(DESK)
    page.click(f"a[href='{DESK}/import']")
    clerk.look("where a draft is uploaded")
    page.set_input_files("[name=file]", DOCX)
    page.click(f"main form.form {SEND}")
    page.wait_for_url("**/biurko/import/*")
    clerk.look("the outline")
    correct_a_row(clerk)
    page.click(".sticky-actions a.button")
    page.wait_for_url("**/zatwierdz")
    clerk.look("the text before it is confirmed")
    doubts = page.locator("[name=accept_doubts]")
    if doubts.count():
        doubts.check()
    page.click(f"main form.form {SEND}")
    page.wait_for_url("**/publikuj")
    clerk.look("the edition before it is published")
    page.click(f"main form[method=post] {SEND}")
    page.wait_for_url(f"**{CONSULTATION}/dokumenty/*")
    clerk.look("the document as the office sees it before the consultation is published")


def correct_a_row(clerk: Inspector) -> None:
    """Open a § and write its text anew, without touching the rest."""
    page = clerk.page
    rows = page.locator(".outline-editor tbody tr").count()
    assert rows > 150
    row = page.locator(".outline-editor tbody tr", has_text=WORDS).first
    row.locator("a[href^='?wiersz=']").click()
    page.wait_for_selector("textarea[name=text]")
    clerk.look("a row of the outline, open")
    text = page.input_value("textarea[name=text]")
    page.fill("textarea[name=text]", text.replace(WORDS, "wspólnoty gminnej"))
    page.click("button[name=fix][value^='edit:']")
    page.wait_for_selector("textarea[name=text]", state="detached")
    assert page.locator(".outline-editor tbody tr", has_text="wspólnoty gminnej").count() == 1
    assert page.locator(".outline-editor tbody tr").count() == rows
    clerk.quiet()


def announce(clerk: Inspector) -> None:
    """Show the consultation to everybody."""
    page = clerk.page
    page.goto(DESK)
    page.click(f"form[action='{DESK}/oglos'] button")
    page.wait_for_selector(f"form[action='{DESK}/oglos']", state="detached")
    clerk.look("the consultation once it is published")


def hide(facilitator: Inspector, number: int, reason: str) -> None:
    """Hide the words of a remark."""
    page = facilitator.page
    page.goto(f"{DESK}/uwagi")
    facilitator.look("the queue as the facilitator sees it")
    page.goto(f"{CONSULTATION}/uwagi/{number}")
    page.click(f"a[href='{CONSULTATION}/uwagi/{number}/ukryj']")
    facilitator.look("asked why a remark should be hidden")
    page.fill("[name=reason]", reason)
    page.click("main form.form button[type=submit]")
    page.wait_for_url(f"**/uwagi/{number}")
    facilitator.look("a hidden remark as the office sees it")


def restore(facilitator: Inspector, number: int) -> None:
    """Show it again."""
    page = facilitator.page
    page.goto(f"{CONSULTATION}/uwagi/{number}")
    page.click(f"form[action='{CONSULTATION}/uwagi/{number}/przywroc'] button")
    page.wait_for_url(f"**/uwagi/{number}")
    facilitator.quiet()


def answer(clerk: Inspector, positions: list[tuple[str, str]]) -> None:
    """Answer every remark in the order of the queue: an outcome and a justification each."""
    page = clerk.page
    page.goto("/biurko")
    clerk.look("the desk with remarks that wait")
    page.click(f"a.button[href='{DESK}/uwagi']")
    clerk.look("the queue")
    page.click(f"a.button[href^='{DESK}/uwagi/']")
    for number, (outcome, justification) in enumerate(positions, 1):
        page.wait_for_url(f"**{DESK}/uwagi/{number}")
        if number == 1:
            page.click(f"main form.form {SEND}")
            page.locator(".error-summary").wait_for()
            clerk.look("an answer without a position")
        page.check(f"[name=outcome][value={outcome}]")
        page.fill("[name=justification]", justification)
        clerk.look(f"answering remark {number}")
        page.click(f"main form.form {SEND}")
    page.wait_for_url(f"**{DESK}/uwagi")
    clerk.look("the queue when all is answered")


def draft_the_next_edition(
    clerk: Inspector,
    document: str,
    *,
    taken: int,
    by_hand: int,
    words: tuple[str, str],
    also: Sequence[int] = (),
) -> None:
    """Take an accepted amendment in, change another provision by hand, publish edition 2."""
    page = clerk.page
    bench = f"/biurko{document}/robocza"
    page.goto(bench)
    clerk.look("the workbench before a draft")
    page.click(f"form[action='{bench}'] button")
    page.wait_for_selector(".bench-outline")
    clerk.look("the workbench with an amendment that waits")
    page.click("main .actions a.button")
    page.wait_for_selector(f"form[action='{bench}/wprowadz/{taken}']")
    clerk.look("a provision on the bench with an amendment that waits")
    page.click(f"form[action='{bench}/wprowadz/{taken}'] button")
    page.wait_for_selector(MADE)
    clerk.look("a provision with a change in it")
    page.goto(f"{bench}/przepis/{by_hand}")
    clerk.look("a provision before it is written by hand")
    text = page.input_value("[name=text]")
    assert words[0] in text
    page.fill("[name=text]", text.replace(*words))
    page.fill("[data-bench-write] [name=reason]", "Poprawka redakcyjna.")
    for remark in also:
        page.fill("[name=more]", str(remark))
    page.click(f"[data-bench-write] {SEND}")
    page.wait_for_selector(MADE)
    page.goto(bench)
    clerk.look("the workbench with two changes")
    page.goto(f"{bench}/podglad")
    clerk.look("the working text as readers would see it")
    page.goto(f"{bench}/publikuj")
    clerk.look("the last look before edition 2")
    page.fill("[name=note]", "Po pierwszej turze uwag.")
    page.click(f"main form[method=post] {SEND}")
    page.wait_for_url(f"**{document}")


def make_the_report(clerk: Inspector) -> None:
    """Freeze the report."""
    page = clerk.page
    page.goto("/biurko")
    clerk.look("the desk when the round has closed")
    page.goto(f"{DESK}/raporty")
    clerk.look("reports, none yet")
    page.click(f"form[action='{DESK}/raporty'] button")
    page.wait_for_url(f"**{CONSULTATION}/raport/1")
    clerk.look("the report before it is published")


def publish_the_report(clerk: Inspector) -> None:
    """Publish it, which concludes the consultation."""
    page = clerk.page
    page.goto(f"{CONSULTATION}/raport/1")
    page.click(f"form[action='{DESK}/raporty/1/publikuj'] button")
    page.wait_for_url(f"**{CONSULTATION}/raport")
    clerk.look("the published report")
