"""Why the text changes, and why a remark needs no change: said after the change itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.drafting import refusals
from app.drafting.actions import Why
from app.drafting.locking import draft_to_change
from app.drafting.models import DraftChange, NoChange, WorkingDraft
from app.drafting.queries import standing_no_change
from app.drafting.rows import no_changes_in
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError
from app.remarks.models import Remark


def explain(change: DraftChange, why: Why, *, by: User, at: datetime) -> None:
    """Put other causes in place of those that a change had; the journal keeps both."""
    draft = draft_to_change(change.draft_id, by=by, at=at)
    if not why.is_given:
        raise DomainError(
            _l(
                "Say why the text changes: choose a remark, name a workshop with what was noted "
                "there, or give a reason in words."
            )
        )
    refusals.unfit_causes(draft, why.causes)
    before = [remark.number for remark in change.causes]
    change.causes = list(why.causes)
    change.reason = why.reason.strip()
    change.event, change.event_note = why.event, why.note.strip()
    draft.revision += 1
    record(
        "change_explained",
        draft,
        by=by,
        at=at,
        scope=draft.document.consultation,
        reason=change.reason,
        change=change.id,
        before=before,
        after=[remark.number for remark in change.causes],
    )


def name_cause(change: DraftChange, remark: Remark, *, by: User, at: datetime) -> None:
    """Say that a remark, too, is why a change was made."""
    draft = draft_to_change(change.draft_id, by=by, at=at)
    refusals.unfit_causes(draft, [remark])
    if change.taken_back_at is not None:
        raise DomainError(
            _l("This change is switched out. Switch it in before you give it causes.")
        )
    if remark in change.causes:
        return
    change.causes.append(remark)
    draft.revision += 1
    scope = draft.document.consultation
    record("cause_named", draft, by=by, at=at, scope=scope, change=change.id, remark=remark.number)


def needs_no_change(
    draft: WorkingDraft, remark: Remark, reason: str, *, by: User, at: datetime
) -> NoChange:
    """Record why a remark decided in favour changes nothing here; said in public with it."""
    (made,) = need_no_change(draft, {remark: reason}, by=by, at=at)
    return made


def need_no_change(
    draft: WorkingDraft, reasons: Mapping[Remark, str], *, by: User, at: datetime
) -> list[NoChange]:
    """The same for many remarks at once: all of them or, when one is refused, none."""
    draft = draft_to_change(draft.id, by=by, at=at)
    refusals.unfit_causes(draft, list(reasons))
    if not all(reason.strip() for reason in reasons.values()):
        raise DomainError(_l("Say why the text needs no change. The author will read it."))
    for earlier in no_changes_in(remark.id for remark in reasons).values():
        earlier.taken_back_at = at
    scope, made = draft.document.consultation, []
    for remark, reason in reasons.items():
        said = NoChange(
            draft_id=draft.id,
            remark_id=remark.id,
            reason=reason.strip(),
            made_at=at,
            made_by_id=by.id,
        )
        db.session.add(said)
        record("no_change_needed", remark, by=by, at=at, scope=scope, reason=said.reason)
        made.append(said)
    draft.revision += 1
    return made


def take_reason_back(draft: WorkingDraft, remark: Remark, *, by: User, at: datetime) -> None:
    """The remark waits to be taken in again; what was said stays on record."""
    draft = draft_to_change(draft.id, by=by, at=at)
    said = standing_no_change(remark)
    if said is None:
        return
    said.taken_back_at = at
    draft.revision += 1
    record("no_change_taken_back", remark, by=by, at=at, scope=draft.document.consultation)
