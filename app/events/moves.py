"""What the page of an event says of its last move, to whoever knew the old date or place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.journal.queries import history_of


@dataclass(frozen=True, slots=True)
class Move:
    """When an event was moved; ``was`` is when it had begun, if the time has changed."""

    at: datetime
    was: datetime | None
    place: bool


def last_move(event: Event) -> Move | None:
    """The last change of time or place since the event was published; a new link is none."""
    if event.sequence == 0 or event.published_at is None:
        return None
    for entry in reversed(history_of(event)):
        fields = entry.details.get("fields", ())
        if entry.action != "moved" or entry.at < event.published_at:
            continue
        before, after = (datetime.fromisoformat(one) for one in entry.details["starts_at"])
        if set(fields) - {"online_url"}:
            return Move(entry.at, before if before != after else None, "place" in fields)
    return None
