"""Every produced file is read back, and the same totals are found in each."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from flask import Flask
from pypdf import PdfReader

from app.platform import sheets
from app.platform.typography import printable
from app.reports.content import Report
from app.reports.formats import docx, pdf, xlsx
from app.reports.layout import blocks
from app.reports.words import channels, kinds, states
from tests.reports import readback, samples

READERS = [readback.of_page, readback.of_docx, readback.of_xlsx]
REPORTS = [samples.full, samples.empty]

Reader = Callable[[Flask, Report], list[readback.Rows]]


def expected(report: Report) -> dict[str, int]:
    """The figures under the words by which a reader finds them."""
    made = report.figures
    named = {
        "Remarks in total": made.total,
        "Organisations that took part": made.organisations,
        "Persons who took part in their own name": made.persons,
        "Remarks that changed the text": made.changed_the_text,
        "Remarks hidden by the moderator": made.hidden,
    }
    from flask_babel import gettext

    return {
        **{str(gettext(words)): n for words, n in named.items()},
        **{states()[state]: n for state, n in made.states.items()},
        **{channels()[channel]: n for channel, n in made.channels.items()},
        **{kinds()[kind]: n for kind, n in made.kinds.items()},
    }


@pytest.mark.parametrize("made", REPORTS)
@pytest.mark.parametrize("read", READERS)
def test_the_same_totals_stand_in_every_format(
    printing: Flask, read: Reader, made: Callable[[], Report]
) -> None:
    report = made()
    found = readback.figures(read(printing, report))
    wanted = expected(report)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("made", REPORTS)
def test_the_same_totals_stand_in_the_pdf(printing: Flask, made: Callable[[], Report]) -> None:
    report = made()
    text = readback.pdf_text(report)
    for name, n in expected(report).items():
        assert re.search(rf"{re.escape(name)} {n}\b", text), (name, n)


@pytest.mark.parametrize("read", READERS)
def test_the_rows_of_the_table_add_up_to_the_figures(printing: Flask, read: Reader) -> None:
    report = samples.full()
    rows = remark_rows(read(printing, report))
    assert [int(row[0]) for row in rows] == [line.number for line in report.remarks]
    called = states()
    found = Counter(cell for row in rows for cell in row if cell in called.values())
    assert found == {called[name]: n for name, n in report.figures.states.items()}
    for name, n in report.figures.channels.items():
        assert sum(any(channels()[name] in cell for cell in row[2:5]) for row in rows) == n


def remark_rows(tables: list[readback.Rows]) -> readback.Rows:
    """The rows of the table of remarks, which is the widest."""
    table = max(tables, key=lambda table: len(table[0]))
    return table[1:]


def test_every_number_stands_in_the_pdf(printing: Flask) -> None:
    report = samples.full()
    text = readback.pdf_text(report)
    for line in report.remarks:
        where = f"{line.number} {line.provision}" if line.provision else f"{line.number} "
        assert where in text


@pytest.mark.parametrize("read", READERS)
def test_words_are_complete_to_the_letter(printing: Flask, read: Reader) -> None:
    report = samples.full()
    rows = remark_rows(read(printing, report))
    for line, row in zip(report.remarks, rows, strict=True):
        # The page and the files set „Do słów …:” before the content, so it is looked for within.
        whole = "".join(" ".join(row).split())
        for text in (line.content, line.proposed, line.justification):
            assert "".join(printable(text).split()) in whole


@pytest.mark.parametrize("read", READERS)
def test_what_was_removed_shows_its_reason(printing: Flask, read: Reader) -> None:
    report = samples.full()
    words = "\n".join(" ".join(row) for table in read(printing, report) for row in table)
    for line in report.remarks:
        if line.is_silent:
            assert f"treść-{line.number}:" not in words
            for reason in filter(None, (line.hidden_reason, line.withdrawal_reason)):
                assert re.search(rf"{reason}\b", words)


def test_cells_that_look_like_formulas_are_words(printing: Flask) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(samples.full())))
    kinds = {
        cell.data_type
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value[:1] in {"=", "+", "-", "@"}
    }
    assert kinds == {"s"} or kinds == {"inlineStr"}
    with zipfile.ZipFile(io.BytesIO(xlsx.render(samples.full()))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert sheets
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_no_cell_is_longer_than_a_workbook_can_hold(printing: Flask) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(samples.full())))
    longest = max(
        len(str(cell).encode("utf-16-le")) // 2
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )
    assert 30_000 < longest <= xlsx.LONGEST
    assert xlsx.LONGEST == 32_767


@pytest.mark.parametrize("text", ["", "a" * 32_767, "a" * 32_768, "😀" * 40_000, "😀a" * 16_384])
def test_overlong_texts_are_parted_without_loss(text: str) -> None:
    parts = list(sheets.parts(text))
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) <= 2 * xlsx.LONGEST for part in parts)
    assert len(parts) <= len(text.encode("utf-16-le")) / 2 / xlsx.LONGEST + 1


@pytest.mark.parametrize("made", REPORTS)
def test_the_pdf_is_tagged_and_says_what_it_is(printing: Flask, made: Callable[[], Report]) -> None:
    reader = PdfReader(io.BytesIO(pdf.render(made())))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "pl"
    assert made().title in str(reader.metadata and reader.metadata.title)
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_signs_without_a_shape_do_not_stop_the_pdf(printing: Flask) -> None:
    text = readback.pdf_text(samples.full())
    assert pdf.UNKNOWN in text
    assert "שלום" in text or "םולש" in text


def test_a_pdf_of_known_signs_has_no_note(printing: Flask) -> None:
    assert pdf.UNKNOWN not in readback.pdf_text(samples.empty())


@pytest.mark.parametrize("file", [pdf, docx, xlsx])
@pytest.mark.parametrize("made", REPORTS)
def test_the_same_report_gives_the_same_bytes(
    printing: Flask, file: object, made: Callable[[], Report]
) -> None:
    render = file.render  # type: ignore[attr-defined]
    first = render(made())
    assert first == render(made())
    if file is not pdf:  # a clock that has not moved between the two must not be what helped
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}


def test_the_word_file_is_set_with_styles(printing: Flask) -> None:
    report = samples.full()
    document = Document(io.BytesIO(docx.render(report)))
    wanted = [block.text for block in blocks(report) if block.kind == "heading"]
    found = [
        readback.plain(paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name == "Heading 1"
    ]
    assert found == wanted
    for table in document.tables:
        first = table.rows[0]._tr
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    languages = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"pl-PL"}
    footer = document.sections[0].footer._element
    assert [f.get(qn("w:instr")) for f in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert document.core_properties.language == "pl-PL"
    assert report.title in document.core_properties.title
    assert document.core_properties.author == "Anna Nowak"


def test_the_word_file_marks_what_was_added_and_removed(printing: Flask) -> None:
    document = Document(io.BytesIO(docx.render(samples.full())))
    runs = [
        run for row in document.tables[-1].rows for p in row.cells[2].paragraphs for run in p.runs
    ]
    assert "rozwój" in {run.text for run in runs if run.font.strike}
    assert "wzmocnienie & <rozwój>" in {
        run.text.replace("\N{NO-BREAK SPACE}", " ") for run in runs if run.font.underline
    }


def test_documents_end_with_a_line_for_the_signature(printing: Flask) -> None:
    from flask_babel import gettext

    document = Document(io.BytesIO(docx.render(samples.empty())))
    last = [paragraph.text for paragraph in document.paragraphs][-2:]
    assert last[0].startswith(str(gettext("Approved by:")))
    assert "…" in last[0] or "..." in last[0]
    assert str(gettext("Approved by:")) in readback.pdf_text(samples.empty())


def meeting_rows(report: Report) -> list[list[str]]:
    """Meetings as every format should tell of them: people, organisations, notes and remarks."""
    return [
        [
            "–" if line.people is None else str(line.people),
            "–" if line.organisations is None else str(line.organisations),
            str(line.notes),
            ", ".join(f"nr {n}" for n in line.remarks) or "–",
        ]
        for line in report.events
    ]


@pytest.mark.parametrize("made", REPORTS)
@pytest.mark.parametrize("read", READERS)
def test_meetings_stand_alike_in_every_format(
    printing: Flask, read: Reader, made: Callable[[], Report]
) -> None:
    report = made()
    rows = readback.table_under(read(printing, report), "Spotkanie", "Notatki", "Uwagi")
    assert [[*row[2:4], *row[5:]] for row in rows] == meeting_rows(report)
    for row, line in zip(rows, report.events, strict=True):
        for words in (line.outcome, *line.agreed, line.minutes):
            assert "".join(words.split()) in "".join(row[4].split())


def test_meetings_stand_in_the_pdf(printing: Flask) -> None:
    report = samples.full()
    text = readback.pdf_text(report)
    for line in report.events:
        assert all(words in text for words in (line.title, *line.agreed))
    assert re.search(r"\b7 nr 2, nr 5\b", text)


@pytest.mark.parametrize("read", READERS)
def test_a_remark_that_changed_nothing_says_why_in_every_format(
    printing: Flask, read: Reader
) -> None:
    report = samples.full()
    for row, line in zip(remark_rows(read(printing, report)), report.remarks, strict=True):
        said = [cell for cell in row if "nie wymaga zmiany" in cell]
        assert said == ([f"nie wymaga zmiany: {line.no_change}"] if line.no_change else [])


@pytest.mark.parametrize("read", READERS)
def test_what_caused_each_change_stands_in_every_format(printing: Flask, read: Reader) -> None:
    causes = [
        row[-1] for row in readback.table_under(read(printing, samples.full()), "Przyczyna zmiany")
    ]
    assert causes == [
        "uwaga nr 1",
        "wynika z innych zmian",
        "nie zapisano przyczyny",
        "wynika z innych zmian",
    ]


def test_reasons_and_causes_stand_in_the_pdf(printing: Flask) -> None:
    report = samples.full()
    text = "".join(readback.pdf_text(report).split())
    assert "niezapisanoprzyczyny" in text
    for line in report.remarks:
        assert not line.no_change or f"niewymagazmiany:{line.no_change}" in text
