"""Remarks followed through many editions, always compared with the one they were made on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.alignment import align
from app.legaltext.anchors import AnchorError, State
from app.legaltext.changes import Insert, Move, Repeal, Reword, apply
from app.legaltext.editing import as_text
from app.legaltext.following import begin, follow
from app.legaltext.tokens import normalise
from app.legaltext.units import by_id, walk

from .provisions import change_sets, point, section, texts
from .test_anchors import split_or_joined

FIRST = (
    section(1, "Gmina zleca zadania organizacjom."),
    section(
        2,
        "Zadaniami są:",
        point("p1", "1", "sport dzieci i młodzieży w każdej szkole;"),
        point("p2", "2", "kultura ludowa;"),
    ),
    section(3, "Wnioski składa się w terminie 14 dni."),
)


def through(trail, *editions):
    for old, new in zip((FIRST, *editions), editions, strict=False):
        (trail,) = follow((trail,), FIRST, old, new)
    return trail.placement


def whole(unit_id):
    return begin(by_id(FIRST)[unit_id])


def quoting(unit_id, quote):
    return begin(by_id(FIRST)[unit_id], quote)


def changed(*changes, of=FIRST):
    return apply(of, changes)


def test_a_change_is_remembered_after_an_edition_that_changes_nothing():
    second = changed(Reword("s3", "Wnioski składa się w terminie 21 dni."))
    assert through(whole("s3"), second).state is State.CHANGED_BENEATH
    assert through(whole("s3"), second, second, second).state is State.CHANGED_BENEATH


def test_a_change_taken_back_leaves_the_remark_placed():
    second = changed(Reword("s3", "Wniosków nie ma."))
    assert through(whole("s3"), second, FIRST).state is State.PLACED
    assert through(quoting("s3", "14 dni"), second, FIRST).state is State.PLACED


def test_a_move_is_remembered_and_a_renumbering_is_none():
    second = changed(Move("s3"), Insert(section(9, "Nowy."), None, "s1"))
    third = changed(Insert(section(8, "Jeszcze nowszy.")), of=second)
    assert through(whole("s3"), second, third).state is State.MOVED
    assert through(whole("s1"), second, third).state is State.PLACED


def test_words_of_a_part_are_held_by_the_part():
    trail = quoting("s2", "kultura ludowa")
    assert (trail.home, trail.made.unit_id) == ("s2", "p2")
    moved = changed(Move("p2", "s3"))
    assert through(trail, moved).unit_id == "p2"
    assert through(trail, moved).state is State.MOVED


def test_a_part_that_went_has_changed_the_provision_above_it():
    placement = through(quoting("s2", "kultura ludowa"), changed(Repeal("p2")))
    assert (placement.state, placement.unit_id) == (State.CHANGED_BENEATH, "s2")
    assert through(whole("p2"), changed(Repeal("p2"))).state is State.ORPHANED


def test_words_over_several_parts_are_held_by_the_print():
    words = "w każdej szkole;\n2) kultura"
    trail = quoting("s2", words)
    assert trail.made.unit_id == "s2"
    assert trail.made.prefix.endswith("młodzieży ")
    other = changed(Reword("s1", "Gmina zleca."))
    assert through(trail, other).state is State.PLACED
    assert through(trail, changed(Repeal("p2"))).state is State.CHANGED_BENEATH


def test_half_a_word_is_widened_to_the_word():
    assert quoting("s1", "leca zad").made.quote == "zleca zadania"


def test_words_that_are_not_there_cannot_be_held():
    with pytest.raises(AnchorError, match="do not stand"):
        quoting("s1", "sport")


def test_words_followed_into_another_provision_stay_moved():
    second = changed(
        Reword("s3", "Wnioski składa się w urzędzie."),
        Insert(section(4, "Wnioski składa się w terminie 14 dni."), None, "s3"),
    )
    third = changed(Reword("s1", "Gmina zleca."), of=second)
    placement = through(quoting("s3", "w terminie 14 dni"), second, third)
    assert (placement.state, placement.unit_id) == (State.MOVED, "s4")


@given(st.data())
def test_no_remark_is_lost_in_ten_imported_editions(data):
    """Ids are given by alignment, as when each edition comes in as a file."""
    first = edition = data.draw(texts(most=6))
    trails = tuple(trail for unit in walk(first) for trail in trails_on(unit))
    names = [(trail.home, trail.made) for trail in trails]
    for number in range(10):
        drawn = apply(edition, data.draw(change_sets(edition, f"e{number}-", 2)))
        drawn = data.draw(split_or_joined(drawn, f"x{number}"))
        new = align(edition, drawn).carry_ids()
        trails = follow(trails, first, edition, new)
        assert [(trail.home, trail.made) for trail in trails] == names
        for trail in trails:
            check(trail, by_id(first), by_id(new))
        edition = new


def trails_on(unit):
    yield begin(unit)
    if unit.text.strip():
        yield begin(unit, unit.text.split()[0])
    if unit.children:
        yield begin(unit, as_text(unit))


def check(trail, first, new):
    """What each state promises of the edition in which the remark was made."""
    placement = trail.placement
    if placement.state is State.ORPHANED:
        assert placement.unit_id is None
        assert trail.home not in new
        return
    assert placement.unit_id in new
    if placement.state is State.PLACED and not trail.made.quote:
        assert placement.unit_id == trail.home
        assert said(new[trail.home]) == said(first[trail.home])


def said(unit):
    return [normalise(each.text) for each in walk((unit,))]
