"""What changes a consultation."""

from __future__ import annotations

import sqlalchemy as sa

from app.consultations.models import Consultation
from app.platform.db import db


def touch(consultation_id: int) -> None:
    """Tell every cached page of a consultation that something a reader sees has changed."""
    db.session.execute(
        sa.update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(revision=Consultation.revision + 1)
    )
