"""Taking one's turn at a working draft: lock it, look at it afresh, and only then ask who may."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.drafting.models import WorkingDraft
from app.drafting.permissions import can_change_draft, can_draft
from app.drafting.queries import locked_draft
from app.platform.errors import DomainError, require


def draft_to_change(
    draft_id: int, *, by: User, at: datetime, with_texts: bool = True
) -> WorkingDraft:
    """The draft, locked until the end of the transaction, that a person may change now.

    Asked after the lock, because whoever waited for a colleague acts on what the colleague left:
    a draft that was published or put aside meanwhile is refused with a sentence that says so (409).
    """
    draft = locked_draft(draft_id, with_texts=with_texts)
    require(can_draft(by, draft.document, at))
    if draft.abandoned_at is not None:
        raise DomainError(
            _l(
                "This working draft was put aside meanwhile, so nothing was changed. Start a new "
                "one from the workbench."
            )
        )
    if not can_change_draft(by, draft, at):
        raise DomainError(
            _l(
                "This working draft was published meanwhile, so nothing was changed. Read the new "
                "edition and, if something is still missing, start the next working draft."
            )
        )
    return draft
