"""What is decided before a consultation begins: its particulars, and what its dates put at risk."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

#: The median of the windows found in the resolutions of Polish towns, in calendar days.
SHORTEST_DAYS = 14

#: The zone in which days are counted; as in ``platform.clock``, which a pure topic cannot ask.
TOWN_ZONE = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True, slots=True)
class Dates:
    """A round as it is planned; ``number`` is that of the round it changes, 0 for a new one."""

    opens_at: datetime
    closes_at: datetime
    title: str = ""
    number: int = 0

    @property
    def days(self) -> int:
        """Calendar days of the town on which remarks are taken, the first and the last included."""
        last = (self.closes_at - timedelta(microseconds=1)).astimezone(TOWN_ZONE).date()
        return (last - self.opens_at.astimezone(TOWN_ZONE).date()).days + 1


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the coordinator says about a consultation. Texts may be empty, the title may not."""

    title: str
    slug: str
    year: int
    summary: str = ""
    who_may: str = ""
    how_to: str = ""
    publicity: str = ""
    legal_basis: str = ""
    information_clause: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    adoption_due_on: date | None = None
    rounds: tuple[Dates, ...] = ()


def version_of(said: Particulars) -> str:
    """The same for equal words and dates, another one after any change of them."""
    return hashlib.sha256(repr(_plain(said)).encode()).hexdigest()[:32]


def differing(one: Particulars, other: Particulars) -> tuple[str, ...]:
    """The names of the particulars that are not the same."""
    one, other = _plain(one), _plain(other)
    names = (field.name for field in fields(Particulars))
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


def _plain(said: Particulars) -> Particulars:
    """Rounds in their order, with moments of one zone; numbers of rounds say nothing to people."""
    rounds = [
        Dates(dates.opens_at.astimezone(UTC), dates.closes_at.astimezone(UTC), dates.title)
        for dates in sorted(said.rounds, key=lambda dates: dates.opens_at)
    ]
    return replace(said, rounds=tuple(rounds))


class Risk(StrEnum):
    """What deserves a second look; none of it is forbidden."""

    SHORT = "short"  # a round of fewer than 14 days
    LATE = "late"  # a round ends after the day by which the council must adopt


@dataclass(frozen=True, slots=True)
class Warned:
    """A risk, the round it is about (from 1), its days, and the day it should end by."""

    risk: Risk
    round_number: int
    days: int
    due_on: date


def adoption_day(year: int) -> date:
    """30 November of the year before the programme's, UDPP art. 5a ust. 1."""
    return date(year - 1, 11, 30)


def warnings(rounds: Sequence[Dates], due_on: date) -> list[Warned]:
    """What a reader of the dates would be warned of, round by round."""
    found = []
    for number, planned in enumerate(sorted(rounds, key=lambda r: r.opens_at), 1):
        last = (planned.closes_at - timedelta(microseconds=1)).astimezone(TOWN_ZONE).date()
        if planned.days < SHORTEST_DAYS:
            found.append(Warned(Risk.SHORT, number, planned.days, due_on))
        if last > due_on:
            found.append(Warned(Risk.LATE, number, planned.days, due_on))
    return found


def overlapping(rounds: Sequence[Dates]) -> bool:
    """Whether one round opens before an earlier one has closed."""
    ordered = sorted(rounds, key=lambda r: r.opens_at)
    return any(later.opens_at < earlier.closes_at for earlier, later in pairwise(ordered))
