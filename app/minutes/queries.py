"""Looking notes and minutes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.accounts.models import Role, User
from app.documents.models import Document, Provision, Wording
from app.events.models import Event, EventStatus, Facilitator
from app.minutes.models import Minutes, MinutesVersion, Note
from app.platform.db import db
from app.remarks.models import Remark


@dataclass(frozen=True, slots=True)
class Group:
    """The notes about one place: a provision as cited, a whole document, or the meeting."""

    citation: str
    document: Document | None
    provision: Provision | None
    notes: list[Note] = field(default_factory=list)


def provision_of(document: Document, number: int) -> Provision | None:
    """The provision of a document that bears a number."""
    return db.session.scalar(
        sa.select(Provision).where(Provision.document_id == document.id, Provision.number == number)
    )


def notes_by_place(event: Event) -> list[Group]:
    """The notes of an event by what they are about, in printed order, those dropped among them."""
    rows = db.session.execute(
        sa.select(Note, Wording.citation)
        .outerjoin(Note.document)
        .outerjoin(Note.edition)
        .outerjoin(
            Wording,
            sa.and_(
                Wording.edition_id == Note.edition_id, Wording.provision_id == Note.provision_id
            ),
        )
        .where(Note.event_id == event.id)
        .options(
            joinedload(Note.document),
            joinedload(Note.provision),
            joinedload(Note.author),
            joinedload(Note.remark),
        )
        .order_by(
            Document.position.is_(None),
            Document.position,
            Document.id,
            Wording.position.is_not(None),
            Wording.position,
            Note.id,
        )
    )
    groups: dict[tuple[int | None, int | None], Group] = {}
    for note, citation in rows:
        key = note.document_id, note.provision_id
        group = groups.setdefault(key, Group(citation or "", note.document, note.provision))
        group.notes.append(note)
    return list(groups.values())


def note_of_event(event: Event, number: int) -> Note | None:
    """A note of an event by its id."""
    return db.session.scalar(
        sa.select(Note)
        .where(Note.event_id == event.id, Note.id == number)
        .options(joinedload(Note.document), joinedload(Note.edition), joinedload(Note.provision))
    )


def note_by_submission(submission_key: str) -> Note | None:
    """The note that a filled-in form has made already."""
    return db.session.scalar(sa.select(Note).where(Note.submission_key == submission_key))


def held(note: Note) -> Note:
    """The note as it stands now, its row locked until the end of the transaction."""
    identity = sa.inspect(note).identity
    return db.session.scalars(
        sa.select(Note)
        .where(Note.id == (identity[0] if identity else note.id))
        .with_for_update(of=Note)
        .execution_options(populate_existing=True)
    ).one()


def count_of_notes(event: Event) -> tuple[int, int]:
    """How many notes an event has that were not dropped, and how many have become remarks."""
    notes, remarks = db.session.execute(
        sa.select(sa.func.count(Note.id), sa.func.count(Note.remark_id)).where(
            Note.event_id == event.id, Note.dropped_at.is_(None)
        )
    ).one()
    return notes, remarks


def minutes_of(event: Event) -> Minutes | None:
    """The minutes of an event with their points, as they are being written."""
    return db.session.scalar(
        sa.select(Minutes)
        .where(Minutes.event_id == event.id)
        .options(selectinload(Minutes.items), joinedload(Minutes.written_by))
    )


def minutes_held(event: Event) -> Minutes | None:
    """The same as they stand now, whatever was looked at before; the event's row is the lock."""
    return db.session.scalar(
        sa.select(Minutes)
        .where(Minutes.event_id == event.id)
        .options(selectinload(Minutes.items))
        .execution_options(populate_existing=True)
    )


def versions_of(event: Event) -> Sequence[MinutesVersion]:
    """The published versions of the minutes of an event without their content, newest first."""
    return db.session.scalars(_versions(event)).all()


def _versions(event: Event) -> sa.Select[MinutesVersion]:
    return (
        sa.select(MinutesVersion)
        .join(Minutes, Minutes.id == MinutesVersion.minutes_id)
        .where(Minutes.event_id == event.id)
        .order_by(MinutesVersion.number.desc())
    )


def newest_version(event: Event) -> MinutesVersion | None:
    """The version that stands, with its content."""
    found = _versions(event).options(undefer(MinutesVersion.content)).limit(1)
    return db.session.scalar(found)


def version_by_number(event: Event, number: int) -> MinutesVersion | None:
    """One version with its content."""
    wanted = _versions(event).where(MinutesVersion.number == number)
    return db.session.scalar(wanted.options(undefer(MinutesVersion.content)))


def numbers_of_remarks(event: Event) -> dict[int, int]:
    """The numbers of the remarks that notes of an event have become, by the notes' ids."""
    rows = db.session.execute(
        sa.select(Note.id, Remark.number).join(Note.remark).where(Note.event_id == event.id)
    )
    return {row.id: row.number for row in rows}


def silenced_notes(event: Event) -> dict[int, str]:
    """Notes whose words are shown no more, whatever version has them, with the reason.

    They were dropped, or a moderator has hidden the remark that came of them.
    """
    rows = db.session.execute(
        sa.select(Note.id, Note.dropped_reason, Remark.hidden_reason)
        .outerjoin(Note.remark)
        .where(
            Note.event_id == event.id,
            sa.or_(Note.dropped_at.is_not(None), Remark.hidden_at.is_not(None)),
        )
    )
    return {row.id: row.dropped_reason or row.hidden_reason or "" for row in rows}


#: For how long after a meeting the desk asks for its minutes.
ASKED_FOR = timedelta(days=60)

#: How long before the beginning a meeting stands on the desk of those who run it.
AHEAD = timedelta(days=1)


def meetings_without_minutes(user: User, at: datetime) -> Sequence[Event]:
    """Meetings that somebody runs, from the day before, until their minutes are published."""
    wanted = (
        sa.select(Event)
        .where(
            Event.status == EventStatus.PUBLISHED,
            Event.minutes_published_at.is_(None),
            Event.starts_at <= at + AHEAD,
            Event.ends_at > at - ASKED_FOR,
        )
        .order_by(Event.starts_at, Event.id)
    )
    if user.role is not Role.COORDINATOR:
        wanted = wanted.where(
            Event.facilitators.any(Facilitator.user_id == user.id),
            sa.literal(user.role is Role.FACILITATOR),
        ).options(selectinload(Event.facilitators))
    return db.session.scalars(wanted).all()
