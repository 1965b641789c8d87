"""Putting a working draft aside: it never becomes an edition, and nothing of it is deleted."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.documents.models import Document
from app.drafting.locking import draft_to_change
from app.drafting.models import DraftChange, NoChange, WorkingDraft
from app.drafting.queries import open_draft
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError


def put_aside(
    draft: WorkingDraft, reason: str, *, by: User, at: datetime, revision: int | None = None
) -> None:
    """Close a draft without publishing it; its remarks wait again for the next one.

    ``revision`` is the one that the person has looked at; refused when something was done since.
    """
    draft = draft_to_change(draft.id, by=by, at=at)
    if revision is not None and revision != draft.revision:
        raise DomainError(
            _l("Somebody has worked on the draft since you looked at it. Look at it again first.")
        )
    if not reason.strip():
        raise DomainError(_l("Say why the draft is put aside. It stays on record with the draft."))
    draft.abandoned_at, draft.abandoned_by_id = at, by.id
    draft.abandoned_reason = reason.strip()
    draft.watched_since, draft.document.is_watched = None, False
    draft.revision += 1
    scope = draft.document.consultation
    record("draft_put_aside", draft, by=by, at=at, scope=scope, reason=draft.abandoned_reason)
    touch(draft.document.consultation_id)


def draft_at_work(document: Document) -> WorkingDraft | None:
    """The open draft of a document, if there is anything in it that would be lost."""
    draft = open_draft(document)
    return draft if draft is not None and holds_work(draft) else None


def holds_work(draft: WorkingDraft) -> bool:
    """Whether a change is switched in, or somebody has said why a remark needs none."""
    made = sa.select(DraftChange.id).where(
        DraftChange.draft_id == draft.id, DraftChange.taken_back_at.is_(None)
    )
    said = sa.select(NoChange.id).where(
        NoChange.draft_id == draft.id, NoChange.taken_back_at.is_(None)
    )
    return bool(db.session.scalar(sa.select(sa.or_(made.exists(), said.exists()))))
