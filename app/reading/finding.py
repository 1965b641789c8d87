"""What an address names, for whoever may see it; for others it does not exist."""

from __future__ import annotations

from flask import abort
from flask_login import current_user

from app.consultations.models import Consultation
from app.consultations.visible import visible_consultation
from app.documents import queries as documents
from app.documents.models import Document, Edition
from app.platform.clock import now
from app.platform.errors import NotFound


def visible_document(slug: str, name: str) -> tuple[Consultation, Document]:
    """The consultation and its document under their addresses."""
    consultation = visible_consultation(slug, current_user, now())
    found = documents.document_by_slug(consultation, name)
    if found is None:
        raise NotFound
    return consultation, found


def visible_edition(found: Document, number: int) -> Edition:
    """An edition; before it is published only the office sees it."""
    edition = documents.edition_by_number(found, number)
    if edition is None or (edition.published_at is None and not current_user.is_office):
        abort(404)
    return edition
