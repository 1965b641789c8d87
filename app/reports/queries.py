"""Looking reports up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from app.consultations.models import Consultation
from app.drafting.models import NoChange, WorkingDraft
from app.platform.db import db
from app.remarks.models import Remark
from app.reports.models import ReportFile, ReportSnapshot


def reports_of(consultation: Consultation) -> Sequence[ReportSnapshot]:
    """All reports of a consultation without their content, the newest first."""
    return db.session.scalars(
        sa.select(ReportSnapshot)
        .where(ReportSnapshot.consultation_id == consultation.id)
        .order_by(ReportSnapshot.number.desc())
    ).all()


def no_change_reasons(consultation: Consultation) -> dict[int, str]:
    """Under remarks' ids, why they needed no change, where the edition without one is public."""
    rows = db.session.execute(
        sa.select(NoChange.remark_id, NoChange.reason)
        .join(NoChange.draft)
        .join(NoChange.remark)
        .where(
            Remark.consultation_id == consultation.id,
            NoChange.taken_back_at.is_(None),
            WorkingDraft.edition_id.is_not(None),
        )
        .order_by(NoChange.id)
    )
    return {remark: reason for remark, reason in rows}  # noqa: C416 – rows are no pairs to mypy


def report_by_number(consultation: Consultation, number: int) -> ReportSnapshot | None:
    """One report with its content."""
    return db.session.scalar(
        sa.select(ReportSnapshot)
        .where(ReportSnapshot.consultation_id == consultation.id, ReportSnapshot.number == number)
        .options(undefer(ReportSnapshot.content))
    )


def report_by_id(report_id: int) -> ReportSnapshot:
    """One report with its content."""
    return db.session.scalars(
        sa.select(ReportSnapshot)
        .where(ReportSnapshot.id == report_id)
        .options(undefer(ReportSnapshot.content))
    ).one()


def file_of(report: ReportSnapshot, kind: str) -> bytes | None:
    """A file of a report, if it has been made already."""
    return db.session.scalar(
        sa.select(ReportFile.content).where(
            ReportFile.report_id == report.id, ReportFile.kind == kind
        )
    )


def sizes_of_files(report: ReportSnapshot) -> dict[str, int]:
    """How large the files are that have been made, by kind."""
    rows = db.session.execute(
        sa.select(ReportFile.kind, ReportFile.size).where(ReportFile.report_id == report.id)
    )
    return {row.kind: row.size for row in rows}


def files_lacking(kinds: Sequence[str], since: datetime) -> list[tuple[int, str]]:
    """Which files reports made ``since`` lack, the newest report first."""
    reports = db.session.scalars(
        sa.select(ReportSnapshot.id)
        .where(ReportSnapshot.made_at >= since)
        .order_by(ReportSnapshot.id.desc())
    ).all()
    rows = db.session.execute(sa.select(ReportFile.report_id, ReportFile.kind))
    made = {(row.report_id, row.kind) for row in rows}
    return [(report, kind) for report in reports for kind in kinds if (report, kind) not in made]


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
