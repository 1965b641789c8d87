"""Merging change sets: symmetric, in any order alike, never elsewhere than where it was meant."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.changes import Insert, Move, Repeal, Reword, UnknownUnit, apply
from app.legaltext.merge import Clash, Verdict, collide, collisions, merge, merge_all
from app.legaltext.tokens import normalise
from app.legaltext.units import Kind, Unit, by_id, walk

from .provisions import change_sets, point, section, texts

TEXT = (
    section(1, "Ilekroć mowa o:", point("p1", "1", "Gminie;"), point("p2", "2", "ustawie.")),
    section(2, "Program trwa rok. Gmina go ogłasza."),
    section(3, "Gmina zleca zadania."),
    section(4, "Cele:", point("p3", "1", "sport;"), point("p4", "2", "kultura.")),
)


def new(id_, text="Nowy."):
    return Unit(id_, Kind.POINT, "9", text)


@pytest.mark.parametrize(
    ("ours", "theirs", "clash"),
    [
        (Reword("s3", "Gmina powierza zadania."), Reword("s3", "Gmina wspiera zadania."), "words"),
        (Reword("s3", TEXT[2].text, "7"), Reword("s3", TEXT[2].text, "8"), "mark"),
        (Reword("p1", "Mieście;"), Repeal("s1"), "reword_repeal"),
        (Reword("s1", "Słowniczek:"), Repeal("s1"), "reword_repeal"),
        (Move("p1", "s4", "p3"), Repeal("s1"), "move_repeal"),
        (Insert(new("n"), "s1", "p1"), Repeal("s1"), "into_repealed"),
        (Move("p3", "s1", "p1"), Repeal("s1"), "into_repealed"),
        (Move("p1", "s4", "p3"), Move("p1", "s4", "p4"), "move_move"),
        (Move("p1", "s1", "p2"), Move("p1", "s4", None), "move_move"),
        (Insert(new("n"), "s1", "p1"), Insert(new("m", "Inny."), "s1", "p1"), "same_place"),
        (Insert(new("n"), "s1", None), Insert(new("m", "Inny."), "s1", None), "same_place"),
        (Insert(new("n"), "s1", "p1"), Move("p3", "s1", "p1"), "same_place"),
        (Insert(new("n"), "s1", "p1"), Move("p1", "s4", "p4"), "beside_moved"),
        (Move("s1", "s2"), Move("s2", "s1"), "nesting"),
        (Insert(new("n"), "s1", "p1"), Insert(new("n", "Inny."), "s4", "p3"), "same_id"),
    ],
)
def test_changes_that_exclude_each_other(ours, theirs, clash):
    assert collide(TEXT, ours, theirs).clash == clash
    assert collide(TEXT, theirs, ours).clash == clash
    result = merge(TEXT, (ours,), (theirs,))
    assert result.verdict is Verdict.COLLISION
    assert result.units == TEXT


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        (Reword("s2", "Program trwa dwa lata. Gmina go ogłasza."), Repeal("s3"), Verdict.CLEAN),
        (Repeal("p1"), Repeal("s1"), Verdict.CLEAN),
        (Repeal("s1"), Repeal("s1"), Verdict.SAME),
        (Reword("s1", "Mowa o:"), Insert(new("n"), "s1", "p1"), Verdict.CLEAN),
        (Reword("p1", "Mieście;"), Move("p1", "s4", "p4"), Verdict.CLEAN),
        (Insert(new("n"), "s1", "p1"), Insert(new("m", "Inny."), "s1", "p2"), Verdict.CLEAN),
        (Insert(new("n"), "s1", "p1"), Repeal("p2"), Verdict.CLEAN),
        (Insert(new("n"), "s1", "p1"), Insert(new("m"), "s1", "p1"), Verdict.SAME),
        (Move("p1", "s4", "p3"), Move("p1", "s4", "p3"), Verdict.SAME),
        (Insert(new("n"), "s1", "p1"), Repeal("p1"), Verdict.READ_BY_PERSON),
        (
            Reword("s2", "Program trwa długi rok. Gmina go ogłasza."),
            Reword("s2", "Nasz Program trwa rok. Gmina go ogłasza."),
            Verdict.READ_BY_PERSON,
        ),
        (Move("s1", "s4", "p3"), Insert(new("n"), "s1", "p1"), Verdict.CLEAN),
        (Move("s1", None, "s4"), Repeal("s2"), Verdict.CLEAN),
    ],
)
def test_changes_that_can_both_be_made(ours, theirs, verdict):
    assert collide(TEXT, ours, theirs) is None
    assert merge(TEXT, (ours,), (theirs,)).verdict is verdict
    assert merge(TEXT, (theirs,), (ours,)).verdict is verdict


def test_a_merged_text_has_the_changes_of_both():
    result = merge(
        TEXT,
        (Reword("s2", "Program trwa dwa lata. Gmina go ogłasza."), Insert(new("n"), "s1", "p1")),
        (Reword("s2", "Program trwa rok. Urząd go ogłasza."), Move("s3", None, None), Repeal("p4")),
    )
    assert result.verdict is Verdict.CLEAN
    assert result.units == (
        TEXT[2],
        TEXT[0].with_children((TEXT[0].children[0], new("n"), TEXT[0].children[1])),
        section(2, "Program trwa dwa lata. Urząd go ogłasza."),
        TEXT[3].with_children(TEXT[3].children[:1]),
    )
    assert apply(TEXT, result.changes) == result.units


def test_what_does_not_collide_is_merged_beside_a_word_collision():
    result = merge(
        TEXT,
        (Reword("s3", "Gmina powierza zadania."), Repeal("p1")),
        (Reword("s3", "Gmina wspiera zadania."), Reword("p3", "turystyka;")),
    )
    assert [each.clash for each in result.collisions] == [Clash.WORDS]
    after = by_id(result.units)
    assert "p1" not in after
    assert after["s3"] == TEXT[2]
    assert after["p3"].text == "turystyka;"


def test_one_replaced_and_repealed_by_the_other_collides():
    replaced = (Repeal("s3"), Insert(section(3, "Całkiem nowy."), None, "s2"))
    assert collide(TEXT, replaced, Repeal("s3")).clash is Clash.REWORD_REPEAL


def test_two_replacements_of_one_unit_stand_at_one_place():
    ours = (Insert(new("n"), "s1", "p1"), Repeal("p1"))
    theirs = (Repeal("p1"), Insert(new("m", "Inny."), "s1", None))
    assert collide(TEXT, ours, theirs).clash is Clash.SAME_PLACE


def test_three_moves_in_a_circle_are_not_made():
    circle = ((Move("s1", "s2"),), (Move("s2", "s3"),), (Move("s3", "s1"),))
    assert all(collide(TEXT, a, b) is None for a, b in pairwise(circle))
    result = merge_all(TEXT, circle)
    assert [each.clash for each in result.collisions] == [Clash.NESTING]
    assert result.units == TEXT


def test_a_change_to_another_text_is_refused():
    with pytest.raises(UnknownUnit):
        merge(TEXT, (), (Repeal("s9"),))


def test_the_amendments_of_one_text_are_compared_by_twos():
    amendments = {
        "first": (Reword("s3", "Gmina powierza zadania."),),
        "second": (Reword("s3", "Gmina wspiera zadania."), Repeal("s1")),
        "third": (Insert(new("n"), "s1", "p2"),),
        "fourth": (Reword("s2", "Inaczej."),),
    }
    found = [
        (pair.one, pair.other, [each.clash for each in pair.collisions])
        for pair in collisions(TEXT, amendments)
    ]
    assert found == [
        ("first", "second", [Clash.WORDS]),
        ("second", "third", [Clash.INTO_REPEALED]),
    ]


@st.composite
def two_sides(draw):
    units = draw(texts())
    return units, draw(change_sets(units, "n", 4)), draw(change_sets(units, "m", 4))


@given(st.data())
def test_one_side_alone_is_that_side(data):
    units = data.draw(texts())
    changes = data.draw(change_sets(units))
    result = merge(units, (), changes)
    assert result.units == apply(units, changes)
    assert result.verdict in {Verdict.SAME, Verdict.CLEAN}
    assert merge(units, changes, changes).units == result.units
    assert merge(units, changes, changes).verdict is Verdict.SAME


@given(two_sides())
def test_swapping_the_sides_gives_the_same_verdict_and_text(sides):
    units, ours, theirs = sides
    here, there = merge(units, ours, theirs), merge(units, theirs, ours)
    assert (here.verdict, here.units, here.to_read) == (there.verdict, there.units, there.to_read)
    assert [(each.clash, each.unit_id) for each in here.collisions] == [
        (each.clash, each.unit_id) for each in there.collisions
    ]
    assert (collide(units, ours, theirs) is None) == (here.verdict is not Verdict.COLLISION)


@given(two_sides())
def test_what_does_not_collide_is_made_exactly_where_it_was_meant(sides):
    units, ours, theirs = sides
    result = merge(units, ours, theirs)
    if result.verdict is Verdict.COLLISION:
        return
    merged = by_id(result.units)
    assert len(merged) == len(list(walk(result.units)))
    base, one, other = by_id(units), by_id(apply(units, ours)), by_id(apply(units, theirs))
    for unit_id, unit in base.items():
        stays = unit_id in one and unit_id in other
        assert (unit_id in merged) == stays
        if stays and one[unit_id].text == unit.text:
            assert merged[unit_id].text == other[unit_id].text
        if stays and normalise(one[unit_id].text) == normalise(other[unit_id].text):
            assert normalise(merged[unit_id].text) == normalise(one[unit_id].text)
    for unit_id in merged.keys() - base.keys():
        side = one if unit_id in one else other
        assert parent_of(result.units, unit_id) == parent_of(tuple(roots(side)), unit_id)
        assert merged[unit_id].text == side[unit_id].text


@given(st.data())
def test_any_number_of_sides_merge_alike_in_any_order(data):
    units = data.draw(texts(8))
    sides = [data.draw(change_sets(units, prefix, 2)) for prefix in "kmn"]
    results = [merge_all(units, order) for order in permutations(sides)]
    assert len({(each.verdict, each.units, each.to_read) for each in results}) == 1


def roots(index):
    below = {child.id for unit in index.values() for child in unit.children}
    return [unit for unit in index.values() if unit.id not in below]


def parent_of(units, unit_id):
    return next(
        (unit.id for unit in walk(units) if unit_id in {child.id for child in unit.children}), None
    )
