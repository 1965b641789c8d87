"""Who may see events."""

from __future__ import annotations

from datetime import datetime

from app.consultations.permissions import Person, can_see
from app.events.models import Event


def can_see_event(user: Person, event: Event, at: datetime) -> bool:
    """Everybody, except that an event of a consultation in preparation is for the office."""
    return event.consultation is None or can_see(user, event.consultation, at)
