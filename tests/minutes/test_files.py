"""Minutes as PDF and for Word: read back, equal for equal minutes, right for zero."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from docx import Document as Word
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader

from app.minutes.content import NoteLine, PlaceLine, Point, Protocol
from app.minutes.layout import paper
from app.platform.clock import now
from app.platform.papers import docx, pdf
from app.platform.papers.blocks import Paragraph, Table
from tests.minutes import scene
from tests.minutes.test_minutes_pages import ONE, TWO, desk, slug, typed
from tests.proofreading import ProofreadingClient as Client

__all__ = ["slug"]

MADE = "2015-06-24T09:30:00+02:00"

FULL = Protocol(
    number=2,
    made_at=MADE,
    made_by="Anna Nowak",
    town="Gmina Miechów",
    title="Warsztat <nad> programem & budżetem",
    kind="workshop",
    starts_at="2015-06-22T16:00:00+02:00",
    ends_at="2015-06-22T19:30:00+02:00",
    place="Dom Kultury",
    address="http://localhost/wydarzenia/warsztat/protokol/2",
    consultation="Program na 2016 rok",
    hosts=("Michał Wrona – fundacja", "Anna Kowalik"),
    people=43,
    organisations=21,
    women=24,
    introduction="Pierwszy akapit.\n\nDrugi akapit\nz dwoma wierszami.",
    points=(
        Point("Otwarcie", "", ""),
        Point("#set text(red)", "*gwiazdki* i =formuły", "Uzgodniono zaś to 😀."),
    ),
    closing="Do zobaczenia.",
    places=(
        PlaceLine(
            "Program",
            "§ 1",
            "program",
            1,
            (
                NoteLine(
                    1,
                    "proposal",
                    "stolik 2",
                    "Bo mieszkańcy.",
                    (("keep", "Program "), ("delete", "stary"), ("insert", "nowy")),
                    7,
                ),
                NoteLine(2, "disputed", "", "Spór o kwotę."),
            ),
        ),
        PlaceLine("", "", "", 0, (NoteLine(3, "agreed", "", "Spotkamy się."),)),
    ),
)

EMPTY = Protocol(
    number=1,
    made_at=MADE,
    made_by="",
    town="Gmina Miechów",
    title="Spotkanie",
    kind="meeting",
    starts_at="2015-06-22T16:00:00+02:00",
    ends_at="2015-06-23T01:00:00+02:00",
    place="",
    address="http://localhost/wydarzenia/spotkanie/protokol/1",
    points=(Point("Otwarcie"),),
)


def words_of_docx(data: bytes) -> str:
    document = Word(io.BytesIO(data))
    said = [paragraph.text for paragraph in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(said).replace("\u00a0", " ")


def words_of_pdf(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u200b", "").split())


@pytest.fixture
def polish(context: Flask):  # type: ignore[no-untyped-def]
    with force_locale("pl"):
        yield


SAID = (
    "Anna Nowak", "Gmina Miechów", "22 czerwca 2015 r.", "Dom Kultury", "43", "21", "24",
    "Pierwszy akapit.", "1. Otwarcie", "2. #set text(red)", "*gwiazdki* i =formuły", "§ 1",
    "Spór o kwotę.", "nowy", "nr 7", "Do zobaczenia.", "Spotkamy się.", "stolik 2",
)  # fmt: skip


@pytest.mark.usefixtures("polish")
def test_both_files_say_the_same() -> None:
    made = paper(FULL, MADE)
    for words in (words_of_docx(docx.render(made)), words_of_pdf(pdf.render(made))):
        assert [said for said in SAID if said not in words] == []


@pytest.mark.usefixtures("polish")
@pytest.mark.parametrize("protocol", [FULL, EMPTY])
def test_equal_minutes_give_equal_bytes(protocol: Protocol) -> None:
    for render in (docx.render, pdf.render):
        assert render(paper(protocol, MADE)) == render(paper(protocol, MADE))


@pytest.mark.usefixtures("polish")
def test_minutes_without_figures_or_notes_say_so() -> None:
    blocks = paper(EMPTY, MADE).blocks
    assert "Nie zapisano notatek przy przepisach." in [
        block.text for block in blocks if isinstance(block, Paragraph)
    ]
    facts = next(block for block in blocks if isinstance(block, Table))
    assert {"Obecnych osób": "–", "Obecnych organizacji": "–"}.items() <= {
        str(row[0]): str(row[1]) for row in facts.rows
    }.items()
    assert "23 czerwca" in words_of_pdf(pdf.render(paper(EMPTY, MADE)))


@pytest.mark.usefixtures("polish")
def test_the_page_stands_upright() -> None:
    page = PdfReader(io.BytesIO(pdf.render(paper(FULL, MADE)))).pages[0]
    assert page.mediabox.height > page.mediabox.width
    section = Word(io.BytesIO(docx.render(paper(FULL, MADE)))).sections[0]
    assert section.page_height > section.page_width


def test_files_are_handed_out_once(app: Flask, client: Client, slug: str) -> None:
    client.post(desk(slug), data=typed(ONE, TWO, people="3"))
    client.post(f"{desk(slug)}/oglos", data={"revision": "1"})
    visitor = app.test_client()
    for kind in ("pdf", "docx"):
        answer = visitor.get(f"/wydarzenia/{slug}/protokol/1.{kind}")
        assert answer.status_code == 200
        assert f"protokol-{slug}-1.{kind}" in answer.headers["Content-Disposition"]
        tag = answer.headers["ETag"]
        again = visitor.get(f"/wydarzenia/{slug}/protokol/1.{kind}", headers={"If-None-Match": tag})
        assert again.status_code == 304
        assert visitor.get(f"/wydarzenia/{slug}/protokol/2.{kind}").status_code == 404
        assert f"protokol/1.{kind}" in visitor.get(f"/wydarzenia/{slug}/protokol").text


def test_long_minutes_are_set_in_good_time(context: Flask) -> None:
    event, document, _host = scene.workshop()
    assert event.starts_at < now() + timedelta(days=1)
    notes = tuple(NoteLine(n, "comment", "", "Długa notatka. " * 20) for n in range(300))
    points = tuple(Point(f"Punkt {n}", "Rozmowa. " * 100, "Zgoda. " * 20) for n in range(60))
    long = Protocol(
        **{
            **{f: getattr(EMPTY, f) for f in EMPTY.__dataclass_fields__},
            "points": points,
            "places": (PlaceLine(document.title, "§ 1", "program", 1, notes),),
        }
    )
    words = words_of_docx(docx.render(paper(long, MADE)))
    assert words.count("Długa notatka.") == 6000
    assert len(PdfReader(io.BytesIO(pdf.render(paper(long, MADE)))).pages) > 10
