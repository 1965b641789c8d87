"""What the pages of a consultation depend on, asked in one query."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, datetime

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
    """The revisions of all consultations and the hour, for pages that show several of them."""
    total = db.session.execute(
        sa.select(
            sa.func.count(Consultation.id), sa.func.coalesce(sa.func.sum(Consultation.revision), 0)
        )
    ).one()
    return (*total, datetime.now(UTC).replace(minute=0, second=0, microsecond=0))
