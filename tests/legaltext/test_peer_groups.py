"""The thirteen groups of edge cases that the field's best tests protect, where they are not words.

Groups 1–4, 9–11 and 13, and the words of 5, 6, 7, 8 and 12, stand in ``test_diff``: each case
there bears the number of its group. Here are those that need a tree or two authors.
"""

import itertools

import pytest

from app.legaltext.alignment import align
from app.legaltext.anchors import State, make_anchor
from app.legaltext.anchors import carry as carried
from app.legaltext.changes import Insert, Repeal, Reword, apply
from app.legaltext.difference import between
from app.legaltext.instruction import formula
from app.legaltext.merge import collide, merge, merge_all
from app.legaltext.merge_words import Verdict, merge_texts
from app.legaltext.units import Kind, Unit
from app.legaltext.wording import wording

from .provisions import point, section

BASE = "Gmina zleca zadania organizacjom w terminie 14 dni od dnia ogłoszenia konkursu ofert."
TEXT = (
    section(
        1,
        "Zadaniami są:",
        point("p1", "1", "kultura;"),
        point("p2", "2", "sport;"),
        point("p3", "3", "nauka;"),
        point("p4", "4", "turystyka."),
    ),
    section(2, BASE),
)


def test_group_5_a_provision_of_another_kind_is_told_as_such():
    letter = Unit("p2", Kind.LETTER, "b", "sport;")
    children = [letter if child.id == "p2" else child for child in TEXT[0].children]
    (made,) = between(TEXT, (TEXT[0].with_children(children), TEXT[1]))
    assert made == Reword("p2", "sport;", mark="b", kind=Kind.LETTER, expected="sport;")


def test_group_6_an_insertion_inside_the_deletion_of_another_collides():
    ours = BASE.replace(" w terminie 14 dni od dnia ogłoszenia", "")
    theirs = BASE.replace("14 dni", "14 dni roboczych")
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = merge_texts(BASE, one, other)
        assert (merged.verdict, merged.text) == (Verdict.COLLISION, BASE)
    new = Unit("n", Kind.POINT, "", "zdrowie;")
    assert collide(TEXT, Repeal("s1"), Insert(new, "s1", "p1")).clash == "into_repealed"


def test_group_7_overlapping_deletions_collide_and_equal_ones_agree():
    ours = BASE.replace("organizacjom w terminie 14 dni ", "")
    theirs = BASE.replace("14 dni od dnia ogłoszenia ", "")
    merged = merge_texts(BASE, ours, theirs)
    assert merged.verdict is Verdict.COLLISION
    assert len(merged.collisions) == 1
    assert merge_texts(BASE, ours, ours).verdict is Verdict.SAME


def test_group_7_four_confusing_versions_merge_alike_in_any_order():
    sides = [
        (Reword("s2", BASE.replace("14", "21")),),
        (Reword("s2", BASE.replace("14 dni", "miesiąca")),),
        (Reword("s2", BASE.replace("zleca zadania", "powierza zadania")),),
        (Repeal("s2"),),
    ]
    results = {
        (merged.verdict, merged.units)
        for merged in (merge_all(TEXT, order) for order in itertools.permutations(sides))
    }
    assert len(results) == 1


def test_group_8_carrying_an_amendment_over_is_symmetric():
    ours, theirs = Reword("s2", BASE.replace("14", "21")), Reword("p1", "kultura ludowa;")
    assert merge(TEXT, (ours,), (theirs,)).units == merge(TEXT, (theirs,), (ours,)).units
    assert merge(TEXT, (ours,), (ours,)).verdict is Verdict.SAME


def test_group_10_an_empty_provision_can_be_filled_and_emptied():
    empty = (section(1),)
    filled = apply(empty, (Reword("s1", "Nowy przepis."),))
    assert between(filled, empty) == (Reword("s1", "", expected="Nowy przepis."),)
    assert formula(empty, between(empty, filled))


def test_group_12_provisions_taken_out_keep_their_numbers():
    assert wording(TEXT[0].children[2]) == "3) nauka;"
    without = apply(TEXT, (Repeal("p1"),))
    assert [child.mark for child in without[0].children] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("kultura; sport;", "kultura;"), ("kultura;", "kultura; sport;")],
    ids=["split", "joined"],
)
def test_no_remark_is_lost_where_the_peers_lose_it(old, new):
    before = (section(1, "", point("p1", "1", old), point("p2", "2", "nauka i oświata;")),)
    after = (section(1, "", point("p1", "1", new), point("p2", "2", "nauka i oświata;")),)
    after = align(before, after).carry_ids()
    anchor = make_anchor(before[0].children[1], 0, 5)
    assert carried(anchor, before, after).state is State.PLACED
