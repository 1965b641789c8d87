"""Who may see and steer a consultation."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import OFFICE, Role, User, Visitor
from app.consultations.models import Consultation
from app.consultations.phases import Phase, is_published, phase_at

Person = User | Visitor


def phase_of(consultation: Consultation, at: datetime) -> Phase:
    """The phase of a loaded consultation at a moment."""
    return phase_at(
        consultation.rounds,
        at,
        published_at=consultation.published_at,
        concluded_at=consultation.concluded_at,
    )


def can_see(user: Person, consultation: Consultation, at: datetime) -> bool:
    """Everybody sees a published consultation; the office also sees one in preparation."""
    return is_published(consultation.published_at, at) or user.role in OFFICE


def can_steer(user: Person, consultation: Consultation | None, at: datetime) -> bool:
    """The coordinator alone prepares, dates, publishes and concludes."""
    return user.role is Role.COORDINATOR


def can_publish_consultation(user: Person, consultation: Consultation, at: datetime) -> bool:
    """The coordinator publishes a consultation once, when it has dates."""
    return (
        can_steer(user, consultation, at)
        and consultation.published_at is None
        and bool(consultation.rounds)
    )
