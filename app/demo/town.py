"""The people, organisations, consultation and events of the demo town, from ``town.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from app.demo.programme import FOLDER
from app.platform.clock import TOWN_ZONE

#: The password of every account of the demo town.
PASSWORD = "Wspolpis-2016!"  # noqa: S105 - shown to every visitor of the demo

#: The day on which the demo shows the town: a Monday, thirteen weeks after the workshop of
#: 22 June 2015. All moments below are counted from such a day.
SHOWN_ON = date(2015, 9, 21)

#: When a visitor first sees the town: that morning, with the second round open.
STORY_BEGINS = datetime.combine(SHOWN_ON, time(9, 0), TOWN_ZONE)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A time of day in the town, a number of days before or after the day of the demo."""

    days: int
    clock: time

    @classmethod
    def read(cls, text: str) -> Moment:
        """A moment written as "-91 16:00"; midnight if no time is given."""
        days, _, clock = text.partition(" ")
        return cls(int(days), time.fromisoformat(clock or "00:00"))

    def on(self, shown_on: date) -> datetime:
        """The moment, if the demo is shown on that day; aware, in the town's zone."""
        return datetime.combine(shown_on + timedelta(self.days), self.clock, TOWN_ZONE)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented organisation; kinds are the values of ``accounts.models``."""

    key: str
    name: str
    kind: str
    register_kind: str
    register_number: str
    town: str
    aim: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person with an account; ``organisation`` is the key of theirs, if any."""

    key: str
    name: str
    email: str
    role: str
    about: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A window in which remarks are taken."""

    number: int
    title: str
    opens_at: Moment
    closes_at: Moment


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting; only one that is over has figures and an outcome."""

    key: str
    slug: str
    kind: str
    title: str
    starts_at: Moment
    ends_at: Moment
    published_at: Moment
    place: str
    capacity: int
    summary: str
    accessibility: str = ""
    per_organisation: int | None = None
    freed_place: str = "given"
    shows_participants: bool = False
    retention_days: int = 90
    hosts: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()  # as the first edition cites them
    questions: tuple[dict[str, Any], ...] = ()
    people_present: int | None = None
    organisations_present: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """The consultation's page; texts are paragraphs with an empty line between them."""

    slug: str
    title: str
    year: int
    published_at: Moment
    adoption_due_on: Moment
    summary: str
    who_may: str
    how_to: str
    publicity: str
    legal_basis: str
    information_clause: str
    contact_name: str
    contact_email: str
    contact_phone: str
    contact_address: str


@dataclass(frozen=True, slots=True)
class Town:
    """All of it; organisations, people and events are found by their keys."""

    organisations: dict[str, Organisation]
    people: dict[str, Person]
    consultation: Consultation
    rounds: tuple[Round, ...]
    events: dict[str, Event]


@cache
def town() -> Town:
    """The demo town."""
    data = tomllib.loads((FOLDER / "town.toml").read_text(encoding="utf-8"))
    return Town(
        organisations={row["key"]: Organisation(**row) for row in data["organisation"]},
        people={row["key"]: Person(**row) for row in data["person"]},
        consultation=Consultation(**values(data["consultation"])),
        rounds=tuple(Round(**values(row)) for row in data["round"]),
        events={row["key"]: Event(**values(row)) for row in data["event"]},
    )


def values(row: dict[str, Any]) -> dict[str, Any]:
    """A table of the file with its moments read and the blank ends of its texts cut off.

    Moments are the keys that end in ``_at`` or ``_on``, as everywhere in the product.
    """
    return {key: _value(key, value) for key, value in row.items()}


def _value(key: str, value: Any) -> Any:
    if key.endswith(("_at", "_on")):
        return Moment.read(value)
    return value.strip() if isinstance(value, str) else value
