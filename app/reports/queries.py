"""Looking reports up."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from app.consultations.models import Consultation
from app.platform.db import db
from app.reports.models import ReportSnapshot


def reports_of(consultation: Consultation) -> Sequence[ReportSnapshot]:
    """All reports of a consultation without their content, the newest first."""
    return db.session.scalars(
        sa.select(ReportSnapshot)
        .where(ReportSnapshot.consultation_id == consultation.id)
        .order_by(ReportSnapshot.number.desc())
    ).all()


def report_by_number(consultation: Consultation, number: int) -> ReportSnapshot | None:
    """One report with its content."""
    return db.session.scalar(
        sa.select(ReportSnapshot)
        .where(ReportSnapshot.consultation_id == consultation.id, ReportSnapshot.number == number)
        .options(undefer(ReportSnapshot.content))
    )
