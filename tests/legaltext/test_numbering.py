"""Marks: how they run, how they look, and that renumbering settles at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.numbering import (
    display_mark,
    from_roman,
    insert_mark,
    letter_mark,
    next_mark,
    ordinal,
    renumber,
    to_roman,
)
from app.legaltext.units import Kind, Unit, walk
from tests.legaltext.provisions import texts


@pytest.mark.parametrize(
    ("kind", "mark", "shown"),
    [
        (Kind.SECTION, "4", "§\u00a04."),
        (Kind.SECTION, "4a", "§\u00a04a."),
        (Kind.SUBSECTION, "2", "2."),
        (Kind.POINT, "3", "3)"),
        (Kind.LETTER, "b", "b)"),
        (Kind.INDENT, "–", "–"),
        (Kind.DOUBLE_INDENT, "– –", "– –"),
        (Kind.CHAPTER, "4", "Rozdział\u00a04"),
        (Kind.CHAPTER, "IV", "Rozdział\u00a0IV"),
        (Kind.CHAPTER, "", ""),
        (Kind.DIVISION, "II", "Dział\u00a0II"),
        (Kind.PART, "1", "Część\u00a01"),
        (Kind.PARAGRAPH, "", ""),
        (Kind.TABLE, "", ""),
    ],
)
def test_marks_as_printed(kind, mark, shown):
    assert display_mark(kind, mark) == shown


@pytest.mark.parametrize(
    ("number", "mark"), [(1, "a"), (26, "z"), (27, "za"), (28, "zb"), (52, "zz"), (53, "zza")]
)
def test_letters_go_on_after_z(number, mark):
    assert letter_mark(number) == mark
    assert ordinal(Kind.LETTER, mark) == (number, "")


@given(st.integers(1, 900))
def test_letters_and_their_places_are_inverse(number):
    assert ordinal(Kind.LETTER, letter_mark(number)) == (number, "")


@given(st.integers(1, 3999))
def test_roman_numerals_and_numbers_are_inverse(number):
    assert from_roman(to_roman(number)) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "abc", "1", "MMMMM", "I" * 500])
def test_what_is_no_roman_numeral(text):
    assert from_roman(text) is None


@pytest.mark.parametrize(
    ("kind", "previous", "following"),
    [
        (Kind.SECTION, "", "1"),
        (Kind.SECTION, "4", "5"),
        (Kind.SECTION, "4a", "5"),
        (Kind.LETTER, "z", "za"),
        (Kind.CHAPTER, "IX", "X"),
        (Kind.CHAPTER, "9", "10"),
        (Kind.INDENT, "–", "–"),
        (Kind.PARAGRAPH, "", ""),
    ],
)
def test_the_next_mark(kind, previous, following):
    assert next_mark(kind, previous) == following


@pytest.mark.parametrize(
    ("kind", "previous", "inserted"),
    [
        (Kind.SECTION, "4", "4a"),
        (Kind.SECTION, "4a", "4b"),
        (Kind.SECTION, "4z", "4za"),
        (Kind.POINT, "1", "1a"),
        (Kind.LETTER, "b", "ba"),
        (Kind.SECTION, "", "0a"),
        (Kind.INDENT, "–", "–"),
    ],
)
def test_the_mark_of_an_inserted_unit_stands_between_its_neighbours(kind, previous, inserted):
    assert insert_mark(kind, previous) == inserted


def test_sections_run_through_chapters_and_points_begin_anew():
    def section(name):
        return Unit(name, Kind.SECTION, "9", "", (Unit(name + "p", Kind.POINT, "7", "x"),))

    fresh = renumber(
        (
            Unit("c1", Kind.CHAPTER, "V", "Cele", (section("a"), section("b"))),
            Unit("h", Kind.HEADING, "", "Śródtytuł"),
            Unit("c2", Kind.CHAPTER, "V", "Formy", (section("c"),)),
        )
    )
    assert [(unit.id, unit.mark) for unit in walk(fresh)] == [
        ("c1", "I"),
        ("a", "1"),
        ("ap", "1"),
        ("b", "2"),
        ("bp", "1"),
        ("h", ""),
        ("c2", "II"),
        ("c", "3"),
        ("cp", "1"),
    ]


@given(texts())
def test_renumbering_twice_changes_nothing_more(units):
    once = renumber(units)
    assert renumber(once) == once
    assert [(u.id, u.kind, u.text) for u in walk(once)] == [
        (u.id, u.kind, u.text) for u in walk(units)
    ]
