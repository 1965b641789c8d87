"""Bringing a text in and publishing it in one go, for a town that is loaded and not typed."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import User
from app.consultations.models import Consultation
from app.documents import actions, drafts
from app.documents.models import Edition


def import_and_publish(
    consultation: Consultation, data: bytes, filename: str, *, by: User, at: datetime
) -> Edition:
    """A new document from a file, its doubts accepted as they are; raises ``CannotRead``."""
    upload = drafts.upload_from(data, filename)
    understood = drafts.understand(data, filename)
    draft = actions.start_import(consultation, upload, understood, by=by, at=at)
    decision = actions.Decision(title=draft.title, doubts_accepted=True)
    edition = actions.confirm_import(draft, decision, draft.revision, by=by, at=at)
    actions.publish_edition(edition, by=by, at=at)
    return edition
