"""Who may make, see and publish the report."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import OFFICE, Role
from app.consultations.models import Consultation
from app.consultations.permissions import Person, phase_of
from app.consultations.phases import Phase
from app.reports.models import ReportSnapshot


def can_make_report(user: Person, consultation: Consultation, at: datetime) -> bool:
    """The coordinator, at any time: also a report of what has come so far is useful."""
    return user.role is Role.COORDINATOR and phase_of(consultation, at) is not Phase.DRAFT


def can_publish_report(user: Person, snapshot: ReportSnapshot, at: datetime) -> bool:
    """The coordinator, once no round is open or to come: it concludes the consultation."""
    closed = phase_of(snapshot.consultation, at) in {Phase.CONSIDERED, Phase.CONCLUDED}
    return user.role is Role.COORDINATOR and closed and snapshot.published_at is None


def can_see_report(user: Person, snapshot: ReportSnapshot, at: datetime) -> bool:
    """Everybody sees a published report; the office and councillors also see the others."""
    return snapshot.published_at is not None or user.role in {*OFFICE, Role.COUNCILLOR}
