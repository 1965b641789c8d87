"""Correcting an outline row by row: every operation, its nonsense refused, and its laws."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.draft_files import outline_of_text
from app.legaltext.draft_lines import (
    DraftError,
    build,
    change_kind,
    confirm,
    doubts_left,
    drop,
    edit_text,
    flatten,
    from_plain,
    join_with_previous,
    split_at,
    to_plain,
)
from app.legaltext.outline import Outline
from app.legaltext.units import Kind, Unit, walk
from tests.legaltext.test_citation import trees
from tests.legaltext.word_files import drawn

DRAFT = """Program współpracy na rok 2021
§ 1. 1. Są:
1) sport;
2) kultura.
Zdanie bez numeru.
§ 3. Koniec. § i początek.
"""


@pytest.fixture
def rows():
    return flatten(outline_of_text(DRAFT))


def row_with(rows, words):
    return next(row for row in rows if words in row.text)


def test_rows_carry_depth_and_doubts(rows):
    assert [(row.kind.value, row.mark, row.depth) for row in rows] == [
        ("section", "1", 0),
        ("subsection", "1", 1),
        ("point", "1", 2),
        ("point", "2", 2),
        ("paragraph", "", 2),
        ("section", "3", 0),
    ]
    assert [row.doubt.code for row in rows if row.doubt] == ["unmarked_text", "out_of_sequence"]
    assert doubts_left(rows) == 2


def test_changing_a_kind_gives_the_next_mark_and_settles_the_doubt(rows):
    odd = row_with(rows, "bez numeru")
    changed = change_kind(rows, odd.id, Kind.SUBSECTION)
    assert drawn(build(changed))[:5] == [
        "section 1",
        "  subsection 1 Są:",
        "    point 1 sport;",
        "    point 2 kultura.",
        "  subsection 2 Zdanie bez numeru.",
    ]
    assert doubts_left(changed) == 1
    assert row_with(changed, "bez numeru").depth == 1


def test_joining_with_the_row_before(rows):
    joined = join_with_previous(rows, row_with(rows, "bez numeru").id)
    assert row_with(joined, "bez numeru").text == "kultura. Zdanie bez numeru."
    assert len(joined) == len(rows) - 1


def test_splitting_reads_the_mark_of_the_rest(rows):
    point = row_with(rows, "sport")
    longer = edit_text(rows, point.id, "1)", "sport; 2) rajdy;")
    split = split_at(longer, point.id, len("sport;"))
    assert [(row.kind.value, row.mark, row.text) for row in split[2:4]] == [
        ("point", "1", "sport;"),
        ("point", "2", "rajdy;"),
    ]
    assert len({row.id for row in split}) == len(split)


def test_splitting_without_a_mark_makes_a_paragraph(rows):
    last = row_with(rows, "Koniec")
    split = split_at(rows, last.id, len("Koniec."))
    assert [row.kind for row in split[-2:]] == [Kind.SECTION, Kind.PARAGRAPH]


def test_editing_mark_and_text(rows):
    last = row_with(rows, "Koniec")
    edited = edit_text(rows, last.id, "§ 2.", "  Nowy\u00a0 koniec.\n")
    assert (edited[-1].mark, edited[-1].text, edited[-1].doubts) == ("2", "Nowy koniec.", ())


def test_editing_a_table_keeps_its_cells():
    table = flatten(
        outline_of_text("§ 1. A.\nLp.\nCo\n1.\nB\n2.\nC\n§ 2. D."),
    )[1]
    edited = edit_text((table,), table.id, "", " a \tb\nc\td ")
    assert edited[0].text == "a\tb\nc\td"


def test_dropping_and_confirming(rows):
    odd = row_with(rows, "bez numeru")
    assert odd.id not in {row.id for row in drop(rows, odd.id)}
    assert doubts_left(confirm(rows, odd.id)) == 1


@pytest.mark.parametrize(
    ("correct", "code"),
    [
        (lambda rows: confirm(rows, "nobody"), "row_missing"),
        (lambda rows: join_with_previous(rows, rows[0].id), "nothing_before"),
        (lambda rows: split_at(rows, rows[2].id, 0), "split_outside"),
        (lambda rows: split_at(rows, rows[2].id, 900), "split_outside"),
        (lambda rows: split_at(rows, rows[2].id, -1), "split_outside"),
        (lambda rows: edit_text(rows, rows[2].id, "1", "x" * 300_000), "text_too_long"),
        (lambda rows: edit_text(rows, rows[2].id, "y" * 50, "x"), "mark_too_long"),
    ],
)
def test_nonsense_is_refused(rows, correct, code):
    with pytest.raises(DraftError) as error:
        correct(rows)
    assert error.value.code == code


def test_rows_survive_json(rows):
    assert from_plain(json.loads(json.dumps(to_plain(rows)))) == rows


@pytest.mark.parametrize(
    "plain", [None, {}, [1], [{}], [{"id": "a"}], [{"id": "a", "kind": "x", "doubts": []}]]
)
def test_broken_json_is_refused(plain):
    with pytest.raises(DraftError):
        from_plain(plain)


def test_two_rows_with_one_id_are_refused(rows):
    with pytest.raises(DraftError):
        from_plain(to_plain((rows[0], rows[0])))


def rows_of(units):
    return flatten(Outline("", units))


@given(trees())
def test_flattening_and_building_are_inverse(units):
    assert build(rows_of(units)) == units


@given(trees(), st.data())
def test_no_operation_loses_a_row_or_its_words(units, data):
    before = rows_of(units)
    if not before:
        return
    row = data.draw(st.sampled_from(before))
    changed = change_kind(before, row.id, data.draw(st.sampled_from(list(Kind))))
    built = list(walk(build(changed)))
    assert [unit.id for unit in built] == [each.id for each in before]
    assert [unit.text for unit in built] == [each.text for each in before]


def test_units_are_made_in_the_order_of_the_rows():
    unit = Unit("a", Kind.SECTION, "1", "A.", (Unit("b", Kind.POINT, "1", "B."),))
    assert [row.id for row in rows_of((unit,))] == ["a", "b"]
