"""What the addresses of this room share."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from app.events.finding import FOR_THOSE_WHO_RUN_IT, visible_event
from app.events.models import Event
from app.minutes.models import Note
from app.minutes.permissions import can_see_to_afterwards
from app.minutes.queries import note_of_event
from app.platform.clock import now
from app.platform.errors import NotFound, require

blueprint = Blueprint("minutes", __name__)

DESK = "/biurko/wydarzenia/<slug>"
MINUTES = f"{DESK}/protokol"
NOTES = f"{DESK}/notatki"
NOTE = f"{NOTES}/<int:number>"


def own_event(slug: str) -> Event:
    """The event of an address, for those who run it; others are told whom to ask."""
    event = visible_event(slug)
    require(
        can_see_to_afterwards(current_user, event, now()),
        FOR_THOSE_WHO_RUN_IT,
    )
    return event


def own_note(slug: str, number: int) -> Note:
    """A note of that event, or ``NotFound``."""
    note = note_of_event(own_event(slug), number)
    if note is None:
        raise NotFound
    return note
