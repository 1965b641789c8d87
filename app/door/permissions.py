"""Who may take attendance, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.events.models import Event, EventStatus
from app.events.permissions import Person, can_see_participants

#: How long before the beginning the door opens: those who prepare the room try it the day before.
OPENS_BEFORE = timedelta(hours=24)


def can_take_attendance(user: Person, event: Event, at: datetime) -> bool:
    """Those who meet the people, from the day before until the people are erased.

    Afterwards too: what was signed on paper is copied in the evening.
    """
    return (
        can_see_participants(user, event, at)
        and event.status is EventStatus.PUBLISHED
        and at >= event.starts_at - OPENS_BEFORE
        and event.erased_at is None
    )


def can_export_participants(user: Person, event: Event, at: datetime) -> bool:
    """Those who meet the people, until the people are erased."""
    return can_see_participants(user, event, at) and event.erased_at is None
