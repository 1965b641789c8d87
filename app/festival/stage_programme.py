"""What clashes on the stages of NGO Day, and when something could begin instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

#: Programmes are printed in steps of so many minutes.
STEP = timedelta(minutes=5)


class Problem(StrEnum):
    """Why something cannot be on a stage at a time."""

    OVERLAPS = "overlaps"  # something else is on this stage, or it is being set for it
    ELSEWHERE = "elsewhere"  # the same organisation is on another stage
    BEFORE_EVENT = "before_event"
    AFTER_EVENT = "after_event"
    TOO_EARLY = "too_early"  # before the applicant can
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Turn:
    """Something on a stage. ``changeover`` minutes before its beginning the stage is set for it.

    ``organisation`` is ``None`` for a point of the office; the office can be on two stages.
    """

    id: int
    stage: str
    starts_at: datetime
    minutes: int
    changeover: int = 0
    organisation: int | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def set_from(self) -> datetime:
        """From when on the stage is being set for it."""
        return self.starts_at - timedelta(minutes=self.changeover)


@dataclass(frozen=True, slots=True)
class Day:
    """The hours of the event. The stage for the first turn is set before they begin."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """A problem, and with what."""

    problem: Problem
    other: Turn | None = None


def clashes(turn: Turn, others: Iterable[Turn], day: Day) -> list[Clash]:
    """All that stands against a turn where it is; nothing if it can be there.

    A turn with the same id among the others is itself, before it is moved.
    """
    return [*_hours(turn, day), *_with_others(turn, others)]


def _hours(turn: Turn, day: Day) -> Iterator[Clash]:
    if turn.starts_at < day.starts_at:
        yield Clash(Problem.BEFORE_EVENT)
    if turn.ends_at > day.ends_at:
        yield Clash(Problem.AFTER_EVENT)
    if turn.not_before is not None and turn.starts_at < turn.not_before:
        yield Clash(Problem.TOO_EARLY)
    if turn.not_after is not None and turn.ends_at > turn.not_after:
        yield Clash(Problem.TOO_LATE)


def _with_others(turn: Turn, others: Iterable[Turn]) -> Iterator[Clash]:
    for other in sorted(others, key=lambda o: (o.starts_at, o.stage, o.id)):
        if other.id == turn.id or not at_once(turn, other):
            continue
        if other.stage == turn.stage:
            yield Clash(Problem.OVERLAPS, other)
        elif turn.organisation is not None and other.organisation == turn.organisation:
            yield Clash(Problem.ELSEWHERE, other)


def at_once(one: Turn, other: Turn) -> bool:
    """Whether two turns, with the minutes in which the stage is set, share a moment."""
    return one.set_from < other.ends_at and other.set_from < one.ends_at


def next_free(
    turn: Turn, others: Sequence[Turn], day: Day, *, after: datetime | None = None
) -> datetime | None:
    """The first moment, in steps of five minutes, at which a turn could begin on its stage.

    Not earlier than ``after``; ``None`` if it fits nowhere any more that day.
    """
    earliest = max(filter(None, (day.starts_at, turn.not_before, after)))
    begin = rounded_up(earliest)
    while begin + timedelta(minutes=turn.minutes) <= day.ends_at:
        moved = replace(turn, starts_at=begin)
        against = clashes(moved, others, day)
        if not against:
            return begin
        begin = _past(moved, against)
    return None


def _past(turn: Turn, against: Sequence[Clash]) -> datetime:
    """The first step at which none of these can stand against it any more."""
    ends = [clash.other.ends_at for clash in against if clash.other is not None]
    later = max(ends, default=turn.starts_at) + timedelta(minutes=turn.changeover)
    return max(rounded_up(later), turn.starts_at + STEP)


def rounded_up(moment: datetime) -> datetime:
    """The next full step, or the moment itself if it is one."""
    beyond = (moment - datetime.min.replace(tzinfo=UTC)) % STEP
    return moment + (STEP - beyond) if beyond else moment


def running(turns: Iterable[Turn], day: Day) -> dict[int, list[Clash]]:
    """What clashes in a whole programme, for instance once the event was moved; by turn's id."""
    everything = list(turns)
    found = {turn.id: clashes(turn, everything, day) for turn in everything}
    return {turn_id: against for turn_id, against in found.items() if against}
