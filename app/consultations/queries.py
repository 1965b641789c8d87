"""Looking consultations up."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.consultations.models import Consultation
from app.platform.db import db

# Asked all the time, so they are put together once.
_BY_SLUG = (
    sa.select(Consultation)
    .where(Consultation.slug == sa.bindparam("slug"))
    .options(joinedload(Consultation.rounds))
)


def locking(number: sa.ColumnElement[int]) -> sa.Select[Consultation]:
    """What ``locked`` asks, for a consultation whose number is found by the statement itself."""
    return (
        sa.select(Consultation)
        .where(Consultation.id == number)
        .options(joinedload(Consultation.rounds))
        .with_for_update(of=Consultation)
        .execution_options(populate_existing=True)
    )


_LOCKED = locking(sa.bindparam("number"))


def all_consultations() -> Sequence[Consultation]:
    """Every consultation with its rounds, the newest first."""
    return db.session.scalars(
        sa.select(Consultation)
        .options(selectinload(Consultation.rounds))
        .order_by(Consultation.year.desc(), Consultation.id.desc())
    ).all()


def consultation_by_slug(slug: str) -> Consultation | None:
    """The consultation under an address, with its rounds."""
    return db.session.scalars(_BY_SLUG, {"slug": slug}).unique().one_or_none()


def consultation_by_submission(submission_key: str) -> Consultation | None:
    """The consultation that a filled-in form has prepared already."""
    return db.session.scalar(
        sa.select(Consultation).where(Consultation.submission_key == submission_key)
    )


def locked(consultation_id: int) -> Consultation:
    """The consultation with its row locked until the end of the transaction: lock, then count."""
    return db.session.scalars(_LOCKED, {"number": consultation_id}).unique().one()


def addresses() -> frozenset[str]:
    """The addresses that are taken."""
    return frozenset(db.session.scalars(sa.select(Consultation.slug)))
