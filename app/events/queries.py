"""Looking events up."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.consultations.models import Consultation
from app.events.models import Event
from app.platform.db import db


def events_of(consultation: Consultation) -> Sequence[Event]:
    """The events of a consultation in the order in which they happen."""
    return db.session.scalars(
        sa.select(Event).where(Event.consultation_id == consultation.id).order_by(Event.starts_at)
    ).all()


def upcoming(at: datetime) -> Sequence[Event]:
    """Events that are not over yet, the nearest first."""
    return db.session.scalars(
        sa.select(Event).where(Event.ends_at > at).order_by(Event.starts_at)
    ).all()


def past(at: datetime) -> Sequence[Event]:
    """Events that are over, the latest first."""
    return db.session.scalars(
        sa.select(Event).where(Event.ends_at <= at).order_by(Event.starts_at.desc())
    ).all()


def event_by_slug(slug: str) -> Event | None:
    """The event under an address."""
    return db.session.scalar(sa.select(Event).where(Event.slug == slug))


def fingerprint(at: datetime) -> Hashable:
    """What pages with events depend on: which there are, how many are over, what was touched."""
    return tuple(
        db.session.execute(
            sa.select(
                sa.func.count(Event.id),
                sa.func.max(Event.id),
                sa.func.count(sa.case((Event.ends_at <= at, 1))),
                sa.func.sum(Consultation.revision),
                sa.func.count(sa.case((Consultation.published_at <= at, 1))),
            ).outerjoin(Event.consultation)
        ).one()
    )
