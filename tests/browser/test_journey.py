"""The main job, from a Word file to the council, walked in a real browser by those it is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from app.accounts.models import Role
from tests.browser import office, public
from tests.browser.inspection import Inspector
from tests.browser.live_town import LiveTown

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULE = ("służą one jej mieszkańcom", "służą one mieszkańcom Gminy i jej gościom")
BY_HAND = ("Program jest realizowany", "Program realizuje się")
REASON = "Uwaga zawiera dane osobowe innej osoby."
GUEST = "Prosimy o ławki i stojaki na rowery przy świetlicy w każdym sołectwie."


def test_from_a_word_file_to_the_report(live: LiveTown, walk_in: Callable[..., Inspector]) -> None:
    clerk = walk_in(live.settle("Koordynatorka Anna Lis", Role.COORDINATOR))
    office.prepare(clerk, live.now())
    office.bring_in(clerk)
    office.announce(clerk)

    ngo = walk_in(live.settle("Maria Wrona", speaks_for="Stowarzyszenie Nad Miechówką"))
    document = public.find_the_document(ngo)
    eighth, sixteenth = (public.number_of(ngo, document, section) for section in (8, 16))
    public.comment(ngo, document, sixteenth, "Czy program można ogłosić wcześniej niż w grudniu?")
    public.amend(ngo, document, eighth, RULE, "Z zadań korzystają też goście.")
    public.correct(ngo, 2, "Tak jest w gminach sąsiednich.")

    guest = walk_in(script=False)
    public.send_without_scripts(guest, document, GUEST)

    anybody = walk_in()
    facilitator = walk_in(live.settle("Moderator Piotr Zych", Role.FACILITATOR))
    office.hide(facilitator, 3, REASON)
    public.see_hidden(anybody, 3, REASON, "stojaki")
    office.restore(facilitator, 3)
    public.see_restored(anybody, 3, GUEST)

    office.answer(
        clerk,
        [
            ("partially_accepted", "Ogłosimy go, gdy tylko uchwali go rada."),
            ("accepted", ""),
            ("rejected", "O ławkach rozstrzyga budżet sołecki, a nie program."),
        ],
    )
    office.draft_the_next_edition(
        clerk, document, taken=2, by_hand=sixteenth, words=BY_HAND, also=[1]
    )
    public.read_the_comparison(anybody, document, 2, RULE[1])
    public.read_what_became_of(anybody, 2, document)

    live.turn_clock(timedelta(days=25))
    office.make_the_report(clerk)
    councillor = walk_in(live.settle("Radny Adam Bąk", Role.COUNCILLOR))
    read_the_report(councillor, "the report as the councillor sees it")
    for kind, words in (("docx", docx_text), ("pdf", pdf_text), ("xlsx", xlsx_text)):
        text = " ".join(words(download(councillor, kind)).split())
        assert "Stowarzyszenie Nad Miechówką" in text, kind
        assert "O ławkach rozstrzyga budżet sołecki" in text, kind
    refused(anybody)
    office.publish_the_report(clerk)
    read_the_report(anybody, "the report as everybody sees it")
    assert len(set(anybody.seen)) + len(set(clerk.seen)) + len(set(ngo.seen)) > 40


def read_the_report(person: Inspector, name: str) -> None:
    """From the page of the consultation, or straight, to the report's text."""
    person.page.goto(f"{office.CONSULTATION}/raport")
    person.look(name)
    assert GUEST in person.words()


def refused(anybody: Inspector) -> None:
    """A report that is not published cannot be read by everybody."""
    answer = anybody.page.goto(f"{office.CONSULTATION}/raport")
    assert answer is not None
    assert answer.status == 404
    anybody.look("a report that is not there yet")


def download(person: Inspector, kind: str) -> bytes:
    """The bytes of a file behind a link of the report's page."""
    with person.page.expect_download() as waiting:
        person.page.click(f"main a[href$='.{kind}']")
    return Path(waiting.value.path()).read_bytes()


def docx_text(data: bytes) -> str:
    """All words of a Word file."""
    document = docx.Document(BytesIO(data))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def pdf_text(data: bytes) -> str:
    """All words of a PDF file."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def xlsx_text(data: bytes) -> str:
    """All words of a workbook."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    book.close()
    return "\n".join(str(value) for row in rows for value in row if value is not None)
