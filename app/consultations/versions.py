"""What pages about consultations depend on, each asked in one query."""

from __future__ import annotations

from collections.abc import Hashable

import sqlalchemy as sa

from app.consultations.models import Consultation, Round
from app.consultations.phases import phase_at
from app.platform.clock import now
from app.platform.db import db


def of_consultation(slug: str, **_rest: object) -> Hashable | None:
    """Its revision and phase; ``None`` when there is none that the public may see."""
    rows = db.session.execute(
        sa.select(
            Consultation.revision,
            Consultation.published_at,
            Consultation.concluded_at,
            Round.opens_at,
            Round.closes_at,
        )
        .join(Round, isouter=True)
        .where(Consultation.slug == slug)
    ).all()
    if not rows or rows[0].published_at is None:
        return None
    windows = [row for row in rows if row.opens_at is not None]
    phase = phase_at(
        windows,
        now(),
        published_at=rows[0].published_at,
        concluded_at=rows[0].concluded_at,
    )
    return (rows[0].revision, str(phase))


def of_all() -> Hashable | None:
    """The revisions of all consultations and how many rounds have opened and closed by now."""
    at = now()
    opened, closed = (
        sa.select(sa.func.count(Round.id)).where(moment <= at).scalar_subquery()
        for moment in (Round.opens_at, Round.closes_at)
    )
    revisions = sa.func.coalesce(sa.func.sum(Consultation.revision), 0)
    return tuple(
        db.session.execute(
            sa.select(sa.func.count(Consultation.id), revisions, opened, closed)
        ).one()
    )
