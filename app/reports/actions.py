"""Making the report, and publishing it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations import queries as consultations
from app.consultations.actions import touch
from app.consultations.models import Consultation
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.platform.language import site_language
from app.remarks.models import Remark
from app.reports.collect import collect
from app.reports.content import to_json
from app.reports.models import ReportSnapshot
from app.reports.permissions import can_make_report, can_publish_report


def make_report(consultation: Consultation, *, by: User, at: datetime) -> ReportSnapshot:
    """Freeze the report as the data stand now; earlier reports stay as they were."""
    require(can_make_report(by, consultation, at))
    consultation = consultations.locked(consultation.id)
    newest = db.session.scalar(
        sa.select(sa.func.max(ReportSnapshot.number)).where(
            ReportSnapshot.consultation_id == consultation.id
        )
    )
    number = (newest or 0) + 1
    with force_locale(site_language()):
        content = to_json(collect(consultation, number, at))
    snapshot = ReportSnapshot(
        consultation=consultation, number=number, made_at=at, made_by_id=by.id, content=content
    )
    db.session.add(snapshot)
    record("report_made", snapshot, by=by, at=at, scope=consultation)
    return snapshot


def publish_report(snapshot: ReportSnapshot, *, by: User, at: datetime) -> None:
    """Publish a report, which concludes the consultation.

    Refused while a remark has no answer (each must get one) or while the data have moved on.
    """
    require(can_publish_report(by, snapshot, at))
    consultation = consultations.locked(snapshot.consultation_id)
    unanswered = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Remark)
        .where(
            Remark.consultation_id == consultation.id,
            Remark.outcome.is_(None),
            Remark.withdrawn_at.is_(None),
        )
    )
    if unanswered:
        raise DomainError(
            _l("%(number)s remarks have no answer yet. Answer them first.", number=unanswered)
        )
    later = db.session.scalar(
        sa.select(sa.func.max(Remark.changed_at)).where(Remark.consultation_id == consultation.id)
    )
    if later is not None and later > snapshot.made_at:
        raise DomainError(_l("Remarks have changed since this report was made. Make a new one."))
    snapshot.published_at = at
    consultation.concluded_at = consultation.concluded_at or at
    record("report_published", snapshot, by=by, at=at, scope=consultation)
    touch(consultation.id)
