"""Who may write minutes and notes of an event, publish them, and make remarks of notes."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.events.models import Event, EventStatus
from app.events.permissions import Person, is_run_by
from app.minutes.models import Note
from app.remarks.permissions import can_enter_remark

#: How long before the beginning notes are taken: people come, and talk, early.
NOTES_BEFORE = timedelta(hours=1)


def _takes_place(event: Event) -> bool:
    return event.status is EventStatus.PUBLISHED


def can_see_to_afterwards(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator and the facilitators of this event: all that follows from it."""
    return is_run_by(user, event)


def can_take_notes(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator and the facilitators of this event, from an hour before it begins."""
    return is_run_by(user, event) and _takes_place(event) and at >= event.starts_at - NOTES_BEFORE


def can_change_note(user: Person, note: Note, at: datetime) -> bool:
    """Those who take notes, until it becomes a remark; a dropped one is restored first."""
    return can_take_notes(user, note.event, at) and note.remark_id is None and not note.dropped_at


def can_restore_note(user: Person, note: Note, at: datetime) -> bool:
    """Those who take notes, of what was dropped."""
    return can_take_notes(user, note.event, at) and note.dropped_at is not None


def can_enter_note(user: Person, note: Note, at: datetime) -> bool:
    """Those who take notes, while remarks that came in time may still be entered."""
    if note.document is None or not can_change_note(user, note, at):
        return False
    return can_enter_remark(user, note.document.consultation, at)  # type: ignore[arg-type]


def can_write_minutes(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator and the facilitators of this event, once it takes place."""
    return can_take_notes(user, event, at)


def can_publish_minutes(user: Person, event: Event, at: datetime) -> bool:
    """The same people, once the event has begun."""
    return can_write_minutes(user, event, at) and at >= event.starts_at
