"""Who may work on the next edition, and when."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import Role
from app.consultations.permissions import Person, can_see, phase_of
from app.consultations.phases import Phase
from app.documents.models import Document
from app.drafting.models import WorkingDraft


def can_draft(user: Person, document: Document, at: datetime) -> bool:
    """The coordinator, until the consultation is concluded."""
    return (
        user.role is Role.COORDINATOR and phase_of(document.consultation, at) is not Phase.CONCLUDED
    )


def can_change_draft(user: Person, draft: WorkingDraft, at: datetime) -> bool:
    """The coordinator, while the draft has neither become an edition nor been put aside."""
    is_open = draft.edition_id is None and draft.abandoned_at is None
    return is_open and can_draft(user, draft.document, at)


def can_watch(user: Person, draft: WorkingDraft, at: datetime) -> bool:
    """Everybody who may see the consultation, while the coordinator lets them watch."""
    return draft.watched_since is not None and can_see(user, draft.document.consultation, at)
