"""Who may import drafts and publish editions, and when."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import Role
from app.consultations.models import Consultation
from app.consultations.permissions import Person, phase_of
from app.consultations.phases import Phase
from app.documents.models import DraftImport, Edition


def can_import_draft(user: Person, consultation: Consultation, at: datetime) -> bool:
    """The coordinator brings drafts in until the report is published."""
    concluded = phase_of(consultation, at) is Phase.CONCLUDED
    return user.role is Role.COORDINATOR and not concluded


def can_fix_import(user: Person, draft: DraftImport, at: datetime) -> bool:
    """A draft on its way in can be corrected, confirmed or dropped until one of these is done."""
    on_its_way = draft.confirmed_at is None and draft.dropped_at is None
    return on_its_way and can_import_draft(user, draft.consultation, at)


def can_restore_import(user: Person, draft: DraftImport, at: datetime) -> bool:
    """A dropped draft can be taken back."""
    dropped = draft.confirmed_at is None and draft.dropped_at is not None
    return dropped and can_import_draft(user, draft.consultation, at)


def can_publish_edition(user: Person, edition: Edition, at: datetime) -> bool:
    """The coordinator publishes an edition once, while its consultation is not concluded."""
    waiting = edition.published_at is None
    return waiting and can_import_draft(user, edition.document.consultation, at)
