"""Laws of the square: no place twice, no need unmet, nothing moved, as many as can be."""

from __future__ import annotations

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from app.festival.arranging import Spot, Stand, fits, proposal


def spot(n: int, metres: int = 3, power: bool = False) -> Spot:
    return Spot(n, 1 + n // 5, 1 + n % 5, metres, power)


def stand(n: int, metres: int = 3, watts: int = 0, spot_id: int | None = None) -> Stand:
    return Stand(n, n, metres, watts, spot_id)


@st.composite
def squares(draw: st.DrawFn, most: int = 8) -> tuple[list[Stand], list[Spot]]:
    """A square with some stands on it already, perhaps where they would not fit."""
    spots = [
        spot(n, draw(st.integers(1, 5)), draw(st.booleans()))
        for n in range(draw(st.integers(0, most)))
    ]
    free = [s.id for s in spots]
    stands = []
    for n in range(draw(st.integers(0, most))):
        placed = draw(st.booleans()) if free else False
        where = free.pop(draw(st.integers(0, len(free) - 1))) if placed else None
        watts = draw(st.sampled_from([0, 0, 500, 3000]))
        stands.append(stand(n, draw(st.integers(1, 5)), watts, where))
    return stands, spots


@given(squares())
def test_every_proposal_keeps_the_rules(square: tuple[list[Stand], list[Spot]]) -> None:
    stands, spots = square
    found = proposal(stands, spots)
    by_id, of_plan = {s.id: s for s in stands}, {s.id: s for s in spots}
    placed = {s.spot_id for s in stands if s.spot_id is not None}
    assert len(set(found.values())) == len(found)
    assert not placed & set(found.values())
    assert all(by_id[s].spot_id is None for s in found)
    assert all(fits(by_id[s], of_plan[p]) for s, p in found.items())


@given(squares(5))
def test_as_many_find_a_place_as_can(square: tuple[list[Stand], list[Spot]]) -> None:
    stands, spots = square
    placed = {s.spot_id for s in stands}
    waiting = [s for s in stands if s.spot_id is None]
    free: list[Spot | None] = [s for s in spots if s.id not in placed]
    chairs = free + [None] * len(waiting)
    most = max(
        sum(p is not None and fits(s, p) for s, p in zip(waiting, seats, strict=False))
        for seats in itertools.permutations(chairs, len(waiting))
    )
    assert len(proposal(stands, spots)) == most


@given(squares(), st.randoms())
def test_the_order_in_which_things_are_listed_means_nothing(
    square: tuple[list[Stand], list[Spot]], dice: random.Random
) -> None:
    stands, spots = square
    expected = proposal(stands, spots)
    dice.shuffle(stands)
    dice.shuffle(spots)
    assert proposal(stands, spots) == expected


@given(squares())
def test_who_came_later_never_takes_the_place_of_who_came_first(
    square: tuple[list[Stand], list[Spot]],
) -> None:
    stands, spots = square
    for n in range(len(stands)):
        before, after = proposal(stands[:n], spots), proposal(stands[: n + 1], spots)
        held_by_new = stands[n].spot_id
        assert held_by_new is not None or set(before) <= set(after)


def test_the_first_steps_aside_so_that_both_find_a_place() -> None:
    both = spot(1, 4, power=True), spot(2, 4)
    assert proposal([stand(1, 3), stand(2, 3, 800)], both) == {1: 2, 2: 1}
    assert proposal([stand(1, 3), stand(2, 3, 800)], both[:1]) == {1: 1}


def test_the_least_is_wasted() -> None:
    spots = [spot(1, 6), spot(2, 3, power=True), spot(3, 3), spot(4, 3)]
    assert proposal([stand(1, 3)], spots) == {1: 3}
    assert proposal([stand(1, 5)], spots) == {1: 1}
    assert proposal([stand(1, 2, 100)], spots) == {1: 2}
    assert proposal([stand(1, 7)], spots) == {}
