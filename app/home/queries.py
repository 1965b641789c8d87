"""What the front page and the health page look up."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.consultations.queries import all_consultations
from app.documents.models import Document, Edition
from app.events.queries import fingerprint
from app.platform.clock import now
from app.platform.db import db


def version() -> Hashable:
    """What the front page depends on: consultations, their phases, and the events."""
    at = now()
    consultations = [(c.id, c.revision, phase_of(c, at)) for c in all_consultations()]
    return (tuple(consultations), fingerprint(at))


def by_phase(at: datetime) -> dict[Phase, list[Consultation]]:
    """Published consultations under their phase, the newest first."""
    found: dict[Phase, list[Consultation]] = {phase: [] for phase in Phase}
    for consultation in all_consultations():
        found[phase_of(consultation, at)].append(consultation)
    del found[Phase.DRAFT]
    return found


def contact(at: datetime) -> Consultation | None:
    """The newest published consultation that says whom to write to."""
    published = (c for found in by_phase(at).values() for c in found if c.contact_email)
    return max(published, key=lambda c: (c.year, c.id), default=None)


def drafts_to_read(consultations: Sequence[Consultation]) -> dict[int, list[Document]]:
    """The documents of each consultation that have a published edition, in the office's order."""
    found: dict[int, list[Document]] = {c.id: [] for c in consultations}
    published = sa.select(Edition.document_id).where(Edition.published_at.is_not(None))
    rows = db.session.scalars(
        sa.select(Document)
        .where(Document.consultation_id.in_(found), Document.id.in_(published))
        .order_by(Document.position, Document.id)
    )
    for document in rows:
        found[document.consultation_id].append(document)
    return found


def database_answers() -> bool:
    """Whether the database can be reached and read."""
    try:
        db.session.execute(sa.select(1))
    except sa.exc.SQLAlchemyError:
        return False
    return True
