"""Looking events up."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.consultations.models import Consultation
from app.events.models import Event, EventStatus, Invitation, Question
from app.platform.db import db


def events_of(consultation: Consultation) -> Sequence[Event]:
    """The published and cancelled events of a consultation in the order in which they happen."""
    return db.session.scalars(
        sa.select(Event)
        .where(Event.consultation_id == consultation.id, Event.status != EventStatus.DRAFT)
        .order_by(Event.starts_at)
    ).all()


def upcoming(at: datetime) -> Sequence[Event]:
    """Events that are not over yet, the nearest first, drafts among them."""
    return db.session.scalars(
        sa.select(Event).where(Event.ends_at > at).order_by(Event.starts_at)
    ).all()


def past(at: datetime) -> Sequence[Event]:
    """Events that are over, the latest first, drafts among them."""
    return db.session.scalars(
        sa.select(Event).where(Event.ends_at <= at).order_by(Event.starts_at.desc())
    ).all()


def event_by_slug(slug: str) -> Event | None:
    """The event under an address."""
    return db.session.scalar(sa.select(Event).where(Event.slug == slug))


def locked(event_id: int) -> Event:
    """The event as it stands now, its row locked until the end of the transaction.

    Whatever gives or takes places does this first and counts afterwards.
    """
    return db.session.scalars(
        sa.select(Event)
        .where(Event.id == event_id)
        .with_for_update(of=Event)
        .execution_options(populate_existing=True)
    ).one()


def dates_of_series(event: Event) -> Sequence[Event]:
    """The other dates of the same series, in order."""
    if event.series_id is None:
        return []
    return db.session.scalars(
        sa.select(Event)
        .where(Event.series_id == event.series_id, Event.id != event.id)
        .order_by(Event.starts_at)
    ).all()


def questions_of(event: Event) -> Sequence[Question]:
    """What is asked of those who sign up now, in order."""
    return db.session.scalars(
        sa.select(Question)
        .where(Question.event_id == event.id, Question.retired_at.is_(None))
        .order_by(Question.position, Question.id)
    ).all()


def invitations_to(event: Event) -> Sequence[Invitation]:
    """Who is invited: addresses first, then organisations."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.event_id == event.id)
        .options(selectinload(Invitation.organisation))
        .order_by(Invitation.organisation_id.is_not(None), Invitation.email, Invitation.id)
    ).all()


def is_invited(event: Event, email: str, organisation_ids: Sequence[int]) -> bool:
    """Whether an address, or one of these organisations, is on the list of invitations."""
    return bool(
        db.session.scalar(
            sa.select(sa.literal(True)).where(
                Invitation.event_id == event.id,
                sa.or_(Invitation.email == email, Invitation.organisation_id.in_(organisation_ids)),
            )
        )
    )


def all_events() -> Sequence[Event]:
    """Every event, the latest first, for the office."""
    return db.session.scalars(sa.select(Event).order_by(Event.starts_at.desc())).all()


def addresses() -> frozenset[str]:
    """The addresses that are taken."""
    return frozenset(db.session.scalars(sa.select(Event.slug)))


def fingerprint(at: datetime) -> Hashable:
    """What pages with events depend on: which there are, how many are over, what was touched."""
    return tuple(
        db.session.execute(
            sa.select(
                sa.func.count(Event.id),
                sa.func.max(Event.id),
                sa.func.count(sa.case((Event.ends_at <= at, 1))),
                sa.func.sum(Event.revision),
                sa.func.sum(Consultation.revision),
                sa.func.count(sa.case((Consultation.published_at <= at, 1))),
            ).outerjoin(Event.consultation)
        ).one()
    )
