"""What minutes and notes tell the council's report, in a number of queries that stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.consultations.models import Consultation
from app.events.models import Event
from app.minutes.content import from_json
from app.minutes.models import Minutes, MinutesVersion, Note
from app.platform.db import db


@dataclass(frozen=True, slots=True)
class Told:
    """Of one event: what was agreed and where the newest minutes stand, and how many notes."""

    agreed: tuple[str, ...] = ()
    address: str = ""
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Meetings:
    """What the meetings of a consultation tell, by the id of the event.

    ``voiced`` are the ids of the remarks that came of notes: meetings made them, not persons.
    """

    by_event: Mapping[int, Told] = field(default_factory=dict)
    voiced: frozenset[int] = frozenset()

    def of(self, event: Event) -> Told:
        """What one event tells; nothing, if nothing was written."""
        return self.by_event.get(event.id, Told())


def meetings_of(consultation: Consultation) -> Meetings:
    """All that the meetings of a consultation tell."""
    notes: dict[int, int] = {}
    voiced = set()
    rows = db.session.execute(
        sa.select(Note.event_id, Note.remark_id)
        .join(Note.event)
        .where(Event.consultation_id == consultation.id, Note.dropped_at.is_(None))
    )
    for event_id, remark_id in rows:
        notes[event_id] = notes.get(event_id, 0) + 1
        if remark_id is not None:
            voiced.add(remark_id)
    minutes = _newest(consultation)
    told = {
        event_id: Told(*minutes.get(event_id, ((), "")), notes.get(event_id, 0))
        for event_id in minutes.keys() | notes.keys()
    }
    return Meetings(told, frozenset(voiced))


def _newest(consultation: Consultation) -> dict[int, tuple[tuple[str, ...], str]]:
    """What the newest version of the minutes of each event agreed, and its address."""
    newest = (
        sa.select(MinutesVersion.minutes_id, sa.func.max(MinutesVersion.number).label("number"))
        .group_by(MinutesVersion.minutes_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Minutes.event_id, MinutesVersion.content)
        .join(MinutesVersion, MinutesVersion.minutes_id == Minutes.id)
        .join(
            newest,
            sa.and_(
                newest.c.minutes_id == MinutesVersion.minutes_id,
                newest.c.number == MinutesVersion.number,
            ),
        )
        .join(Event, Event.id == Minutes.event_id)
        .where(Event.consultation_id == consultation.id)
    )
    protocols = {event_id: from_json(content) for event_id, content in rows}
    return {event_id: (each.agreed, each.address) for event_id, each in protocols.items()}
