"""The square as a table: rows of places, with who stands where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.festival.models import StandApplication, StandPlace


@dataclass(frozen=True, slots=True)
class Cell:
    """A place and who stands on it; neither where the row has a gap."""

    place: StandPlace | None = None
    stand: StandApplication | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows of cells, all of the same length, each row under its number."""

    columns: Sequence[int]
    rows: Sequence[tuple[int, Sequence[Cell]]]


def plan_of(places: Iterable[StandPlace], stands: Iterable[StandApplication]) -> Plan:
    """The plan of these places; a place that is no more leaves a gap."""
    here = {stand.place_id: stand for stand in stands if stand.place_id is not None}
    at = {(place.row, place.column): place for place in places}
    rows = sorted({row for row, _column in at})
    width = max((column for _row, column in at), default=0)
    columns = range(1, width + 1)
    return Plan(
        tuple(columns),
        tuple((row, tuple(_cell(at.get((row, c)), here) for c in columns)) for row in rows),
    )


def _cell(place: StandPlace | None, here: dict[int, StandApplication]) -> Cell:
    return Cell(place, here.get(place.id) if place else None)
