"""What pages about consultations depend on, each asked in one query."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import sqlalchemy as sa

from app.consultations.models import Consultation, Round
from app.consultations.phases import phase_at
from app.platform.clock import now
from app.platform.db import db, glance

_consultation, _round = Consultation.__table__, Round.__table__

#: Asked before every page, so it is put together once, and of tables: no object is made.
STATE = (
    sa.select(
        _consultation.c.revision,
        _consultation.c.published_at,
        _consultation.c.concluded_at,
        _round.c.opens_at,
        _round.c.closes_at,
    )
    .join_from(_consultation, _round, isouter=True)
    .where(_consultation.c.slug == sa.bindparam("slug"))
)


def of_consultation(slug: str, **_rest: object) -> Hashable | None:
    """Its revision and phase; ``None`` when there is none that the public may see."""
    return of_rows(glance(STATE, {"slug": slug}))


def of_rows(rows: Sequence[sa.Row[Any]]) -> Hashable | None:
    """The same from the rows that ``STATE``, or a question that says more, has found."""
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
