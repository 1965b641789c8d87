"""Looking reports up."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from app.consultations.models import Consultation
from app.platform.db import db
from app.remarks.models import Remark
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


def unanswered(consultation: Consultation) -> int:
    """How many remarks still wait for the office's position; a withdrawn one needs none."""
    waiting = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Remark)
        .where(
            Remark.consultation_id == consultation.id,
            Remark.outcome.is_(None),
            Remark.withdrawn_at.is_(None),
        )
    )
    return waiting or 0
