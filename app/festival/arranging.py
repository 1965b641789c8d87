"""Which stand may stand where, and how the rest of the square is arranged by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the plan: metres of frontage, and whether there is power."""

    id: int
    row: int
    column: int
    metres: int
    has_power: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """A stand that was accepted; it needs power if ``watts`` are more than none.

    ``arrived`` orders stands: who has asked first comes first. ``spot_id`` is where it stands.
    """

    id: int
    arrived: int
    metres: int
    watts: int
    spot_id: int | None = None


def fits(stand: Stand, spot: Spot) -> bool:
    """Whether a place is wide enough for a stand and has the power that it needs."""
    return spot.metres >= stand.metres and (spot.has_power or stand.watts == 0)


def proposal(stands: Iterable[Stand], spots: Iterable[Spot]) -> dict[int, int]:
    """Where the stands without a place could stand: the place's id under the stand's.

    Nothing that stands already is moved. As many find a place as can; where there is too little
    room, those who have asked first do. The same stands and places always give the same answer,
    in whatever order they are given. Among free places the one that wastes least is taken: no
    power for who needs none, no more metres than needed, and then the first of the plan.
    """
    everybody = sorted(stands, key=lambda stand: (stand.arrived, stand.id))
    held = {stand.spot_id for stand in everybody}
    free = [spot for spot in spots if spot.id not in held]
    waiting = [stand for stand in everybody if stand.spot_id is None]
    fitting = {stand.id: _by_waste(stand, free) for stand in waiting}
    taken: dict[int, int] = {}  # place -> stand
    for stand in waiting:
        _find(stand.id, fitting, taken, set())
    return {stand_id: spot_id for spot_id, stand_id in sorted(taken.items(), key=lambda p: p[1])}


def _by_waste(stand: Stand, free: Sequence[Spot]) -> list[int]:
    def waste(spot: Spot) -> tuple[bool, int, int, int, int]:
        idle_power = spot.has_power and stand.watts == 0
        return idle_power, spot.metres - stand.metres, spot.row, spot.column, spot.id

    return [spot.id for spot in sorted((s for s in free if fits(stand, s)), key=waste)]


def _find(
    stand_id: int, fitting: Mapping[int, Sequence[int]], taken: dict[int, int], tried: set[int]
) -> bool:
    """Give a stand a place, asking others of this proposal to step aside if they can.

    (An augmenting path: whoever has a place in the proposal keeps one.)
    """
    for spot_id in fitting[stand_id]:
        if spot_id not in tried and spot_id not in taken:
            taken[spot_id] = stand_id
            return True
    for spot_id in fitting[stand_id]:
        if spot_id in tried:
            continue
        tried.add(spot_id)
        if _find(taken[spot_id], fitting, taken, tried):
            taken[spot_id] = stand_id
            return True
    return False
