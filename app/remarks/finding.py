"""Finding what an address names, for the person who asks."""

from __future__ import annotations

from flask_login import current_user

from app.consultations.models import Consultation
from app.consultations.visible import visible_consultation
from app.documents.models import Document
from app.documents.queries import document_by_slug
from app.platform.clock import now
from app.platform.errors import NotFound
from app.remarks.models import Remark
from app.remarks.permissions import KeyHolder
from app.remarks.queries import remark_by_key, remark_by_number


def visible_document(slug: str, name: str) -> tuple[Consultation, Document]:
    """The document of an address, or ``NotFound``."""
    consultation = visible_consultation(slug, current_user, now())
    document = document_by_slug(consultation, name)
    if document is None:
        raise NotFound
    return consultation, document


def visible_remark(slug: str, number: int) -> Remark:
    """The remark of an address, or ``NotFound``."""
    consultation = visible_consultation(slug, current_user, now())
    remark = remark_by_number(consultation, number)
    if remark is None:
        raise NotFound
    return remark


def remark_of_key(key: str) -> tuple[Remark, KeyHolder]:
    """The remark of a secret link and its author, or ``NotFound``."""
    remark = remark_by_key(key)
    if remark is None:
        raise NotFound
    return remark, KeyHolder(remark.id)
