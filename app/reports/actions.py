"""Making the report, and publishing it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import force_locale, lazy_ngettext
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations import queries as consultations
from app.consultations.actions import touch
from app.consultations.models import Consultation
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.platform.language import site_language
from app.reports.collect import collect
from app.reports.content import from_json, to_json
from app.reports.models import ReportSnapshot
from app.reports.permissions import can_make_report, can_publish_report
from app.reports.queries import unanswered


def make_report(consultation: Consultation, *, by: User, at: datetime) -> ReportSnapshot:
    """Freeze the report as the data stand now; earlier reports stay as they were.

    When nothing has changed since the newest one, that one is given again.
    """
    require(can_make_report(by, consultation, at))
    consultation = consultations.locked(consultation.id)
    newest = db.session.scalar(
        sa.select(ReportSnapshot)
        .where(ReportSnapshot.consultation_id == consultation.id)
        .order_by(ReportSnapshot.number.desc())
        .limit(1)
    )
    if newest is not None and not _is_outdated(newest, consultation):
        return newest
    number = newest.number + 1 if newest is not None else 1
    with force_locale(site_language()):
        content = to_json(collect(consultation, number, at, by.name))
    snapshot = ReportSnapshot(
        consultation=consultation, number=number, made_at=at, made_by_id=by.id, content=content
    )
    db.session.add(snapshot)
    record("report_made", snapshot, by=by, at=at, scope=consultation)
    return snapshot


def publish_report(snapshot: ReportSnapshot, *, by: User, at: datetime) -> None:
    """Publish a report, which concludes the consultation.

    Refused while a remark has no answer (each must get one, also a hidden one), and when
    anything that the report says has become different since it was made.
    """
    require(can_publish_report(by, snapshot, at))
    consultation = consultations.locked(snapshot.consultation_id)
    waiting = unanswered(consultation)
    if waiting:
        raise DomainError(
            lazy_ngettext(
                "%(num)s remark has no answer yet. Answer it, then make a new report.",
                "%(num)s remarks have no answer yet. Answer them, then make a new report.",
                waiting,
            )
        )
    if _is_outdated(snapshot, consultation):
        raise DomainError(
            _l("Something has changed since this report was made. Make a new one and read it.")
        )
    snapshot.published_at = at
    consultation.concluded_at = consultation.concluded_at or at
    record("report_published", snapshot, by=by, at=at, scope=consultation)
    touch(consultation.id)


def _is_outdated(snapshot: ReportSnapshot, consultation: Consultation) -> bool:
    """Whether the same report, made now, would say anything else."""
    kept = from_json(snapshot.content)
    with force_locale(site_language()):
        fresh = collect(consultation, snapshot.number, snapshot.made_at, kept.made_by)
    return fresh != kept
