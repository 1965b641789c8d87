"""What organisations ask for on NGO Day, as values, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.events.models import Event

#: Applications of one organisation for one stage that still count.
MOST_TURNS = 4

LONGEST_SHOW = 600
LONGEST_TEXT = 1000
LONGEST_TITLE = 120

#: Bounds, each from … to …: metres, watts, pieces, minutes, people.
METRES, WATTS, TABLES, CHAIRS = (1, 20), (0, 20_000), (0, 10), (0, 40)
MINUTES, CHANGEOVER, PERFORMERS = (5, 120), (0, 60), (1, 300)


@dataclass(frozen=True, slots=True)
class StandWish:
    """A stand: what visitors find there, metres of frontage, watts of power (0: none)."""

    shows: str
    metres: int = 3
    watts: int = 0
    tables: int = 1
    chairs: int = 2
    note: str = ""


@dataclass(frozen=True, slots=True)
class StageWish:
    """Time on a stage in minutes; ``changeover`` is what it takes to set the stage before."""

    title: str
    description: str = ""
    minutes: int = 20
    changeover: int = 5
    performers: int = 1
    equipment: str = ""
    not_before: datetime | None = None
    not_after: datetime | None = None


Wish = StandWish | StageWish


def mistakes(wish: Wish, event: Event) -> Iterator[tuple[str, object]]:
    """What must be corrected, as pairs (field, sentence); nothing if all is well."""
    if isinstance(wish, StandWish):
        if not wish.shows.strip():
            yield "shows", _l("Say what visitors will find at your stand.")
        yield from _beyond(wish, metres=METRES, watts=WATTS, tables=TABLES, chairs=CHAIRS)
    else:
        if not wish.title.strip():
            yield "title", _l("Give it a title: it will stand in the programme.")
        yield from _beyond(wish, minutes=MINUTES, changeover=CHANGEOVER, performers=PERFORMERS)
        yield from _wrong_hours(wish, event)


def _beyond(wish: Wish, **bounds: tuple[int, int]) -> Iterator[tuple[str, object]]:
    for name, (least, most) in bounds.items():
        if not least <= getattr(wish, name) <= most:
            yield name, _l("Enter a number from %(min)d to %(max)d.", min=least, max=most)


def _wrong_hours(wish: StageWish, event: Event) -> Iterator[tuple[str, object]]:
    outside = _l("The event does not last then. Choose an hour while it does, or leave this empty.")
    for name, moment in (("not_before", wish.not_before), ("not_after", wish.not_after)):
        if moment is not None and not event.starts_at <= moment <= event.ends_at:
            yield name, outside
            return
    room = (wish.not_after or event.ends_at) - (wish.not_before or event.starts_at)
    if room < timedelta(minutes=wish.minutes):
        field = "minutes" if wish.not_after is None and wish.not_before is None else "not_after"
        yield (
            field,
            _l(
                "There are fewer minutes between these hours than you ask for. Correct one of them."
            ),
        )
