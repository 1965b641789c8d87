"""Why the text changes, and why a remark needs no change: said after the change itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.drafting import refusals, whys
from app.drafting.actions import Why
from app.drafting.deeds import log
from app.drafting.locking import draft_to_change
from app.drafting.models import DraftChange, NoChange, Verb, WorkingDraft
from app.drafting.queries import standing_no_change
from app.drafting.rows import no_changes_in
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError
from app.remarks.models import Remark


def explain(
    change: DraftChange, why: Why, *, by: User, at: datetime, seen: str | None = None
) -> None:
    """Put other causes in place of those that a change had; the journal keeps both.

    ``seen`` is the token of the causes that their author had before them: when somebody has given
    others since, this is refused (``ExplainedMeanwhile``).
    """
    draft = draft_to_change(change.draft_id, by=by, at=at)
    if seen is not None and seen != whys.token_of(change):
        raise refusals.ExplainedMeanwhile
    if not why.is_given:
        raise DomainError(
            _l(
                "Say why the text changes: choose a remark, name a workshop with what was noted "
                "there, or give a reason in words."
            )
        )
    refusals.unfit_causes(draft, why.causes)
    numbers = [remark.number for remark in change.causes]
    before, after = whys.causes_of(change), whys.kept(why.causes, why.reason, why.event, why.note)
    if before == after:
        return
    whys.give(change, after)
    draft.revision += 1
    log(draft, Verb.EXPLAIN, [change], by=by, at=at, why={"before": before, "after": after})
    record(
        "change_explained",
        draft,
        by=by,
        at=at,
        scope=draft.document.consultation,
        reason=change.reason,
        change=change.id,
        before=numbers,
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
    before = whys.causes_of(change)
    change.causes.append(remark)
    draft.revision += 1
    why = {"before": before, "after": whys.causes_of(change), "remarks": [remark.number]}
    log(draft, Verb.NAME_CAUSE, [change], by=by, at=at, why=why)
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
    """The same for many remarks at once: all of them or, when one is refused, none.

    Refused (``ReasonStands``) where somebody has given another reason, which must be taken back
    before; the same reason sent twice is said once.
    """
    draft = draft_to_change(draft.id, by=by, at=at)
    refusals.unfit_causes(draft, list(reasons))
    if not all(reason.strip() for reason in reasons.values()):
        raise DomainError(
            _l(
                "Say why the text needs no change. Once the edition is published, everybody can "
                "read it at the remark."
            )
        )
    standing = no_changes_in(remark.id for remark in reasons)
    wanted = {remark.id: reason.strip() for remark, reason in reasons.items()}
    if others := [said for said in standing.values() if said.reason != wanted[said.remark_id]]:
        raise refusals.ReasonStands(others)
    made = {
        remark: NoChange(
            draft_id=draft.id,
            remark_id=remark.id,
            reason=wanted[remark.id],
            made_at=at,
            made_by_id=by.id,
        )
        for remark in reasons
        if remark.id not in standing
    }
    if made:
        db.session.add_all(made.values())
        db.session.flush()
        _log_reasons(draft, Verb.SAY_NO_CHANGE, made, by=by, at=at)
    scope = draft.document.consultation
    for remark, said in made.items():
        record("no_change_needed", remark, by=by, at=at, scope=scope, reason=said.reason)
    return [*standing.values(), *made.values()]


def take_reason_back(draft: WorkingDraft, remark: Remark, *, by: User, at: datetime) -> None:
    """The remark waits to be taken in again; what was said stays on record."""
    draft = draft_to_change(draft.id, by=by, at=at)
    said = standing_no_change(remark)
    if said is None:
        return
    said.taken_back_at = at
    _log_reasons(draft, Verb.TAKE_REASON_BACK, {remark: said}, by=by, at=at)
    record("no_change_taken_back", remark, by=by, at=at, scope=draft.document.consultation)


def _log_reasons(
    draft: WorkingDraft, verb: Verb, said: Mapping[Remark, NoChange], *, by: User, at: datetime
) -> None:
    draft.revision += 1
    ids, numbers = [each.id for each in said.values()], [remark.number for remark in said]
    log(draft, verb, [], by=by, at=at, why={"said": ids, "remarks": numbers})
