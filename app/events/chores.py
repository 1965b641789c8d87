"""What falls due by time, also when nobody asks: offers, reminders, addresses, erasure.

Each event is seen to in a short transaction of its own with its row locked; a worker that dies
in the middle repeats what was not committed, and letters have keys, so none is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

import structlog

from app.events import messages, places
from app.events.erasure import (
    clear_draft,
    drafts_to_clear,
    erase_needs,
    erase_people,
    events_to_erase,
    events_with_needs_over,
)
from app.events.local_times import days_before, morning_of
from app.events.models import Event
from app.events.models_signups import SignUp
from app.events.post import link_of, not_told, tell_all
from app.events.queries import locked
from app.events.queries_signups import (
    events_ahead,
    events_with_offers_due,
    events_with_stale_guests,
    holders_of_places,
    stale_guests,
)
from app.events.records import lapse_guest
from app.events.signing_up import CONFIRM_WITHIN
from app.platform.clock import local
from app.platform.db import transaction
from app.platform.mail import Message

log = structlog.get_logger()

T = TypeVar("T")


class Chore(Protocol):
    """What is done in one event, whose row is locked."""

    def __call__(self, event: Event, /, *, at: datetime) -> object: ...


#: The longest time before an event at which a reminder may be set, and a day for good measure.
HORIZON = timedelta(days=61)

#: How long before the beginning a reminder of the day itself is written at the latest.
SHORTLY = timedelta(hours=1)

#: A reminder that could not be written in time (the worker stood still) is written this much late.
LATE = timedelta(hours=12)


def see_to(at: datetime) -> None:
    """Do everything that is due; what fails in one event is logged and holds up no other."""
    for name, (due, deed) in CHORES.items():
        for event_id in _attempted(name, 0, partial(due, at)) or ():
            _attempted(name, event_id, partial(_done_in, event_id, deed, at))


def _done_in(event_id: int, deed: Chore, at: datetime) -> None:
    deed(locked(event_id), at=at)


def _attempted(name: str, event_id: int, deed: Callable[[], T]) -> T | None:
    try:
        with transaction():
            return deed()
    except Exception:  # whatever it is, the other events must not suffer from it
        log.exception("a chore of events could not be done", chore=name, of=event_id)
        return None


def _with_stale_guests(at: datetime) -> Sequence[int]:
    return events_with_stale_guests(at - CONFIRM_WITHIN)


def _to_remind(at: datetime) -> Sequence[int]:
    return [event.id for event in events_ahead(at, HORIZON) if reminders_due(event, at)]


def lapse_stale_guests(event: Event, *, at: datetime) -> None:
    """Forget whoever has not confirmed their address in time."""
    for signup in stale_guests(event, at - CONFIRM_WITHIN):
        lapse_guest(signup, at=at)


def reminders_due(event: Event, at: datetime) -> list[int]:
    """How many days before the event its reminders are that should be written now."""
    due = {days: _falls_due(event, days) for days in event.remind_days}
    return [d for d, since in due.items() if since <= at < min(since + LATE, event.starts_at)]


def _falls_due(event: Event, days: int) -> datetime:
    """When a reminder should be written: at the hour of the event so many days before it, or on
    the day itself in the morning, an hour before the beginning at the latest.
    """
    if days:
        return days_before(event.starts_at, days)
    return min(morning_of(event.starts_at), event.starts_at - SHORTLY)


def remind(event: Event, *, at: datetime) -> None:
    """Write the reminder that is due now to everybody who has a place.

    Who was given a place after it fell due knows anyway. An event that is moved is reminded of
    anew: the key names its beginning.
    """
    for days in reminders_due(event, at):
        since = _falls_due(event, days)
        about = f"reminder:{days}:{local(event.starts_at):%Y%m%d%H%M}"
        people = holders_of_places(event, SignUp.state_at < since, not_told(about))
        tell_all(people, partial(_reminder, event, at), about=about, at=at)


def _reminder(event: Event, at: datetime, signup: SignUp) -> Message:
    """It counts the days from when it is written: one may be late, or on the evening before."""
    days = (local(event.starts_at).date() - local(at).date()).days
    return messages.reminder(event, link_of(signup), days)


#: What falls due: the events in which it does, and what is done in each with its row locked.
CHORES: dict[str, tuple[Callable[[datetime], Sequence[int]], Chore]] = {
    "offers": (events_with_offers_due, places.settle),
    "unconfirmed": (_with_stale_guests, lapse_stale_guests),
    "reminders": (_to_remind, remind),
    "needs": (events_with_needs_over, erase_needs),
    "drafts": (drafts_to_clear, clear_draft),
    "erasure": (events_to_erase, erase_people),
}
