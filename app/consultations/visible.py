"""Finding the consultation of an address for the person who asks."""

from __future__ import annotations

from datetime import datetime

from app.consultations.models import Consultation
from app.consultations.permissions import Person, can_see
from app.consultations.queries import consultation_by_slug
from app.platform.errors import NotFound


def visible_consultation(slug: str, user: Person, at: datetime) -> Consultation:
    """The consultation, or ``NotFound`` both when there is none and when it may not be seen."""
    consultation = consultation_by_slug(slug)
    if consultation is None or not can_see(user, consultation, at):
        raise NotFound
    return consultation
