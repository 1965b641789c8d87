"""What became of each provision between two editions."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.documents.verdicts import Verdict, moved, verdicts, whole
from app.legaltext.units import Kind


@dataclass(frozen=True)
class Row:
    """A wording without a database."""

    provision_id: int
    parent_id: int | None = None
    mark: str = "1"
    text: str = "słowa"
    kind: Kind = Kind.POINT


def rows(*ids: int) -> list[Row]:
    return [Row(i) for i in ids]


def test_an_unchanged_provision_has_no_verdict() -> None:
    assert verdicts(Row(1), Row(1)) == []


def test_blanks_do_not_make_a_new_wording() -> None:
    assert verdicts(Row(1, text="art. 5"), Row(1, text="art.\u00a05")) == []


def test_added_and_repealed() -> None:
    assert verdicts(None, Row(1)) == [Verdict.ADDED]
    assert verdicts(Row(1), None) == [Verdict.REPEALED]


def test_another_mark_is_renumbering_and_nothing_else() -> None:
    assert verdicts(Row(1, mark="3"), Row(1, mark="4")) == [Verdict.RENUMBERED]


def test_another_kind_with_the_same_mark_is_renumbering() -> None:
    assert verdicts(Row(1), Row(1, kind=Kind.SUBSECTION)) == [Verdict.RENUMBERED]


def test_several_things_happen_at_once() -> None:
    assert verdicts(Row(1), Row(1, mark="2", text="inne"), moved=True) == [
        Verdict.REWORDED,
        Verdict.MOVED,
        Verdict.RENUMBERED,
    ]


def test_an_insertion_or_a_repeal_moves_nobody() -> None:
    assert moved(rows(1, 2, 3), rows(1, 9, 2, 3)) == set()
    assert moved(rows(1, 2, 3), rows(1, 3)) == set()


def test_one_taken_out_and_set_last_is_the_one_that_moved() -> None:
    assert moved(rows(1, 2, 3, 4), rows(2, 3, 4, 1)) == {1}


def test_another_parent_is_a_move() -> None:
    old = [Row(1), Row(2), Row(3, parent_id=1)]
    new = [Row(1), Row(2), Row(3, parent_id=2)]
    assert moved(old, new) == {3}


def test_parts_of_a_moved_provision_have_not_moved_themselves() -> None:
    old = [Row(1), Row(2, 1), Row(3)]
    new = [Row(3), Row(1), Row(2, 1)]
    assert 2 not in moved(old, new)


@given(st.permutations(range(8)))
def test_what_did_not_move_keeps_its_order(order: list[int]) -> None:
    gone = moved(rows(*range(8)), rows(*order))
    rest = [i for i in order if i not in gone]
    assert rest == sorted(rest)
    assert rest


def test_a_new_section_with_its_parts_is_one_thing() -> None:
    new = [Row(1), Row(2), Row(3, 2), Row(4, 3), Row(5, 1)]
    found = whole(new, {1: None})
    assert {top: [w.provision_id for w in all_] for top, all_ in found.items()} == {
        2: [2, 3, 4],
        5: [5],
    }


def test_what_survives_beneath_a_new_parent_is_not_part_of_it() -> None:
    assert [w.provision_id for w in whole([Row(2), Row(1, 2), Row(3, 2)], {1: None})[2]] == [2, 3]
