"""Why a change was made, as a deed keeps it: to be compared, and to be said again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.drafting.models import DraftChange
from app.events.models import Event
from app.platform.db import db
from app.remarks.models import Remark

#: Ids of remarks under "causes", of an event under "event"; words under "reason" and "note".
Kept = dict[str, Any]


def kept(causes: Sequence[Remark], reason: str, event: Event | None, note: str) -> Kept:
    """Causes, in any order, as they are kept."""
    return {
        "causes": sorted(remark.id for remark in causes),
        "reason": reason.strip(),
        "event": event.id if event else None,
        "note": note.strip(),
    }


def causes_of(change: DraftChange) -> Kept:
    """What a change is caused by now."""
    return kept(change.causes, change.reason, change.event, change.event_note)


def give(change: DraftChange, causes: Kept) -> None:
    """Put these causes in place of those that a change has."""
    remarks = sa.select(Remark).where(Remark.id.in_(causes["causes"])).order_by(Remark.number)
    change.causes = list(db.session.scalars(remarks))
    change.reason, change.event_note = causes["reason"], causes["note"]
    change.event = db.session.get_one(Event, causes["event"]) if causes["event"] else None


def token_of(change: DraftChange) -> str:
    """A few signs that are others as soon as the causes of a change are."""
    return hashlib.sha256(repr(sorted(causes_of(change).items())).encode()).hexdigest()[:16]
