"""The chapters: complete without a single remark, silent about what was removed."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask
from flask_babel import force_locale

from app.platform.papers.blocks import Heading, Marked, Paragraph, Table
from app.reports.content import Report
from app.reports.layout import blocks, frame
from app.reports.words import last_day, until
from tests.reports import samples


def words_of(report: Report, *, wide: bool = False) -> str:
    """All that a report says."""
    said: list[str] = []
    for block in blocks(report, wide=wide):
        if isinstance(block, Table):
            said += [block.name, *block.heads]
            said += [c.plain() if isinstance(c, Marked) else str(c) for r in block.rows for c in r]
        else:
            said.append(block.text)
    return "\n".join(said)


def tables(report: Report, *, wide: bool = False) -> list[Table]:
    """The tables of a report."""
    return [block for block in blocks(report, wide=wide) if isinstance(block, Table)]


@pytest.mark.parametrize("locale", ["pl", "en"])
@pytest.mark.parametrize("made", [samples.full, samples.empty])
def test_every_report_has_the_same_chapters(printing: Flask, locale: str, made: object) -> None:
    with force_locale(locale):
        headings = [b.text for b in blocks(made()) if isinstance(b, Heading)]  # type: ignore[operator]
        same = [b.text for b in blocks(samples.empty()) if isinstance(b, Heading)]
    assert headings == same
    assert len(set(headings)) == 8


def test_no_chapter_is_empty_when_there_was_no_remark(printing: Flask) -> None:
    made = blocks(samples.empty())
    for block, following in zip(made, [*made[1:], None], strict=True):
        if isinstance(block, Heading):
            assert isinstance(following, Paragraph | Table)
        if isinstance(block, Table):
            assert block.rows
        else:
            assert block.text.strip()


def test_without_remarks_every_figure_is_zero(printing: Flask) -> None:
    cells = [cell for table in tables(samples.empty()) for row in table.rows for cell in row]
    assert {cell for cell in cells if isinstance(cell, int)} == {0}


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("made", [samples.full, samples.empty])
def test_rows_are_as_wide_as_their_heads(printing: Flask, made: object, wide: bool) -> None:
    for table in tables(made(), wide=wide):  # type: ignore[operator]
        assert {len(row) for row in table.rows} <= {len(table.heads)}
        assert len(table.widths) == len(table.heads)
        assert wide or sum(table.widths) <= 100


def test_names_of_tables_differ(printing: Flask) -> None:
    names = [table.name for table in tables(samples.full())]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("wide", [False, True])
def test_hidden_and_withdrawn_remarks_show_the_reason_and_no_words(
    printing: Flask, wide: bool
) -> None:
    # Even if the words were still in the value, no layout may let them through.
    line = dataclasses.replace(
        samples.full().remarks[0],
        content="słowa-tajne",
        proposed="brzmienie-tajne",
        quote="cytat-tajny",
        kind="reword",
    )
    hidden = dataclasses.replace(line, number=1, is_hidden=True, hidden_reason="dane osobowe")
    withdrawn = dataclasses.replace(
        line, number=2, state="withdrawn", withdrawal_reason="zmieniłam zdanie"
    )
    both = dataclasses.replace(
        withdrawn, number=3, is_hidden=True, hidden_reason="obelgi", withdrawal_reason=""
    )
    report = dataclasses.replace(samples.empty(), remarks=(hidden, withdrawn, both))
    said = words_of(report, wide=wide)
    assert "tajn" not in said
    assert all(reason in said for reason in ("dane osobowe", "zmieniłam zdanie", "obelgi"))
    removed = next(t for t in tables(report) if len(t.heads) == 3 and len(t.rows) == 3)
    assert [row[0] for row in removed.rows] == [1, 2, 3]


def test_signs_that_no_file_can_hold_are_gone(printing: Flask) -> None:
    said = words_of(samples.full())
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in said)


@pytest.mark.parametrize(
    ("closes", "day", "end"),
    [
        ("2015-10-09T00:00:00+02:00", "8 października 2015 r.", "8 października 2015 r., 24:00"),
        ("2015-10-09T15:30:00+02:00", "9 października 2015 r.", "9 października 2015 r., 15:30"),
    ],
)
def test_midnight_belongs_to_the_day_that_it_ends(
    printing: Flask, closes: str, day: str, end: str
) -> None:
    assert last_day(closes).replace("\N{NO-BREAK SPACE}", " ") == day
    assert until(closes).replace("\N{NO-BREAK SPACE}", " ") == end


def test_the_text_for_the_programme_names_the_last_day_and_all_outcomes(printing: Flask) -> None:
    report = samples.full()
    text = blocks(report)[-1]
    assert isinstance(text, Paragraph)
    said = text.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "6 lipca 2015" in said
    assert "7 lipca" not in said
    assert sum(int(part.rsplit("–", 1)[1].strip(" .")) for part in said.split(",")) == 45


def test_changes_are_told_in_words_where_they_cannot_be_marked() -> None:
    marked = Marked(
        (("keep", "a "), ("delete", "b"), ("insert", "c")), "[−%(text)s]", "[+%(text)s]"
    )
    assert marked.plain() == "a [−b]\N{THIN SPACE}[+c]"


def test_counts_stand_in_columns_of_their_own() -> None:
    table = Table("t", ("a", "b", "c"), (("x", 1, "–"), ("y", "–", "–")), (1, 1, 1))
    assert table.counts() == [False, True, False]
    assert Table("t", ("a", "b"), (), (1, 1)).counts() == [False, False]


def test_the_frame_says_who_made_it_and_when(printing: Flask) -> None:
    around = frame(samples.full())
    assert "Anna Nowak" in around.made_by
    assert "2015" in around.made
    assert "\0" not in "".join(around.page)
    assert frame(samples.empty()).made_by == ""


def test_each_change_is_said_as_an_amending_provision_too(printing: Flask) -> None:
    tables = [block for block in blocks(samples.full()) if isinstance(block, Table)]
    table = next(table for table in tables if "Zapis zmiany" in table.heads)
    said = [row[table.heads.index("Zapis zmiany")] for row in table.rows]
    assert said == [samples.FORMULA, "–", samples.FORMULA, "–"]


def test_the_wording_of_the_office_is_said_as_its_own_and_counted_alike(printing: Flask) -> None:
    report = samples.full()
    given = [line for line in report.remarks if line.own_wording]
    with printing.test_request_context():
        narrow, wide = (str(blocks(report, wide=each)) for each in (False, True))
    for line in given:
        marked = line.own_wording.split()[0]
        assert f"Brzmienie urzędu: {marked}" in narrow
        assert marked in wide
    assert sum(report.figures.responses.values()) == len(given) > 3
    for made in (narrow, wide):
        assert f"('Uwagi, na które urząd odpowiedział własnym brzmieniem', {len(given)})" in made
        assert "odpowiedź-" in made
