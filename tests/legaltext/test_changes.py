"""Change sets: exactly as meant or refused, undone to the letter, composed without a rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.changes import (
    ChangeError,
    DuplicateUnit,
    Insert,
    Move,
    Repeal,
    Reword,
    TextChanged,
    UnknownPlace,
    UnknownUnit,
    WouldNest,
    apply,
    compose,
    invert,
)
from app.legaltext.difference import between
from app.legaltext.units import Kind, Unit, by_id, walk

from .provisions import change_sets, point, section, texts

TEXT = (
    section(1, "Definicje:", point("p1", "1", "Gmina;"), point("p2", "2", "ustawa.")),
    section(2, "Program trwa rok."),
    section(3, "Gmina zleca zadania."),
)
NEW = section("2a", "Program ogłasza się.")


def ids(units):
    return [unit.id for unit in walk(units)]


def test_a_reword_leaves_the_children_and_the_mark():
    after = apply(TEXT, (Reword("s1", "Ilekroć mowa o:"),))
    assert after[0] == section(1, "Ilekroć mowa o:", *TEXT[0].children)


def test_a_reword_can_give_another_mark_and_kind():
    after = apply(TEXT, (Reword("p2", "ustawa.", mark="b", kind=Kind.LETTER),))
    assert by_id(after)["p2"] == Unit("p2", Kind.LETTER, "b", "ustawa.")


def test_what_no_change_touches_is_the_same_object():
    after = apply(TEXT, (Reword("s2", "Program trwa dwa lata."),))
    assert after[0] is TEXT[0]
    assert after[2] is TEXT[2]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Insert(NEW, None, "s2"), ["s1", "p1", "p2", "s2", "s2a", "s3"]),
        (Insert(NEW), ["s2a", "s1", "p1", "p2", "s2", "s3"]),
        (Insert(NEW, "s1", "p1"), ["s1", "p1", "s2a", "p2", "s2", "s3"]),
        (Insert(NEW, "s2"), ["s1", "p1", "p2", "s2", "s2a", "s3"]),
        (Repeal("s1"), ["s2", "s3"]),
        (Move("s1", None, "s3"), ["s2", "s3", "s1", "p1", "p2"]),
        (Move("p2", "s1", None), ["s1", "p2", "p1", "s2", "s3"]),
        (Move("s3", "s1", "p1"), ["s1", "p1", "s3", "p2", "s2"]),
        (Move("s2", None, "s1"), ids(TEXT)),
    ],
)
def test_units_come_to_stand_where_they_were_meant(change, expected):
    assert ids(apply(TEXT, (change,))) == expected


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ((Reword("s9", "x"),), UnknownUnit),
        ((Repeal("s1"), Reword("p1", "x")), UnknownUnit),
        ((Repeal("s9"),), UnknownUnit),
        ((Move("s9"),), UnknownUnit),
        ((Move("s2", "s9"),), UnknownUnit),
        ((Insert(NEW, "s9"),), UnknownUnit),
        ((Insert(NEW, None, "p1"),), UnknownPlace),
        ((Insert(NEW, None, "s9"),), UnknownPlace),
        ((Move("s2", "s1", "s3"),), UnknownPlace),
        ((Move("s2", None, "s2"),), UnknownPlace),
        ((Insert(TEXT[1], "s1"),), DuplicateUnit),
        ((Insert(section(4, "", point("p1", "1"))),), DuplicateUnit),
        ((Insert(section(4, "", point("p", "1"), point("p", "2"))),), DuplicateUnit),
        ((Move("s1", "p1"),), WouldNest),
        ((Move("s1", "s1"),), WouldNest),
        ((Reword("s2", "x", expected="Program trwa dwa lata."),), TextChanged),
    ],
)
def test_a_change_that_cannot_be_made_as_meant_is_refused(changes, error):
    with pytest.raises(error) as caught:
        apply(TEXT, changes)
    assert isinstance(caught.value, ChangeError)
    assert caught.value.unit_id


def test_a_no_break_space_is_no_other_text():
    after = apply(TEXT, (Reword("s2", "x", expected="Program\u00a0trwa  rok."),))
    assert after[1].text == "x"


def test_a_text_with_one_id_twice_is_refused():
    with pytest.raises(DuplicateUnit):
        apply((TEXT[1], TEXT[1]), ())


def test_composing_two_rewords_of_one_unit_leaves_one():
    first = (Reword("s2", "a", expected="Program trwa rok."), Move("s2"))
    assert compose(first, (Reword("s2", "b", expected="a"),)) == (
        Reword("s2", "b", expected="Program trwa rok."),
        Move("s2"),
    )


def test_composing_rewords_an_inserted_unit_before_it_is_inserted():
    inserted = Insert(section(4, "stare", point("x", "1", "stary")), None, "s3")
    assert compose((inserted,), (Reword("x", "nowy"),)) == (
        Insert(section(4, "stare", point("x", "1", "nowy")), None, "s3"),
    )


def test_composing_does_not_hide_a_change_that_would_be_refused():
    first, then = (Reword("s2", "a"),), (Reword("s2", "b", expected="c"),)
    with pytest.raises(TextChanged):
        apply(TEXT, compose(first, then))
    with pytest.raises(UnknownUnit):
        apply(TEXT, compose((Reword("s2", "a"), Repeal("s2")), (Reword("s2", "b"),)))


def test_swapped_siblings_are_one_move():
    assert between(TEXT, (TEXT[1], TEXT[0], TEXT[2])) == (Move("s2", None, None),)


def test_a_renumbering_alone_can_be_left_out():
    renumbered = (NEW, *TEXT[:2], Unit("s3", Kind.SECTION, "4", TEXT[2].text))
    assert between(TEXT, renumbered, marks=False) == (Insert(NEW, None, None),)


@given(st.data())
def test_apply_then_invert_is_identity(data):
    units = data.draw(texts())
    changes = data.draw(change_sets(units))
    assert apply(apply(units, changes), invert(units, changes)) == units


@given(st.data())
def test_compose_is_one_after_the_other(data):
    units = data.draw(texts())
    first = data.draw(change_sets(units))
    middle = apply(units, first)
    then = data.draw(change_sets(middle, prefix="m"))
    assert apply(units, compose(first, then)) == apply(middle, then)


@given(st.data())
def test_the_changes_between_two_texts_lead_from_one_to_the_other(data):
    units = data.draw(texts())
    after = apply(units, data.draw(change_sets(units, most=8)))
    assert apply(units, between(units, after)) == after
    assert between(units, units) == ()
