"""Switching changes out and in, and walking all deeds at the bench back and forth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.drafting import refusals, whys
from app.drafting.locking import draft_to_change
from app.drafting.models import Deed, DeedState, DraftChange, NoChange, Verb, WorkingDraft
from app.drafting.queries import last_deed, next_deed
from app.drafting.steps import Said
from app.drafting.working import active, folded, keep
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError


def log(
    draft: WorkingDraft,
    verb: Verb,
    changes: Sequence[DraftChange],
    *,
    by: User,
    at: datetime,
    why: Mapping[str, object] | None = None,
) -> Deed:
    """Remember a deed; what had been undone before it can no longer be done again."""
    db.session.execute(
        sa.update(Deed)
        .where(Deed.draft_id == draft.id, Deed.state == DeedState.UNDONE)
        .values(state=DeedState.PASSED)
    )
    ids = [change.id for change in changes]
    deed = Deed(
        draft_id=draft.id, verb=verb, changes=ids, why=why or {}, done_at=at, done_by_id=by.id
    )
    db.session.add(deed)
    return deed


def switch_out(change: DraftChange, *, by: User, at: datetime) -> list[DraftChange]:
    """Take one change out of the text; the record that it was made stays.

    Changes that were built on it stand aside as colliding, and are returned.
    """
    draft = draft_to_change(change.draft_id, by=by, at=at)
    if change.taken_back_at is not None:
        return []
    before = {each.id for each in active(draft) if each.stands_aside}
    change.taken_back_at = at
    keep(draft, folded(draft, active(draft)))
    log(draft, Verb.SWITCH_OUT, [change], by=by, at=at)
    scope = draft.document.consultation
    record("change_taken_back", draft, by=by, at=at, scope=scope, change=change.id)
    return [each for each in active(draft) if each.stands_aside and each.id not in before]


def switch_in(change: DraftChange, *, by: User, at: datetime) -> None:
    """Put a change in again that was switched out; refused when it excludes another one."""
    draft = draft_to_change(change.draft_id, by=by, at=at)
    if change.taken_back_at is None:
        return
    before = {each.id for each in active(draft) if each.stands_aside}
    change.taken_back_at = None
    result = folded(draft, active(draft))
    odds = result.colliding - before
    if odds:
        met = {i for key in odds for i in result.standings[key].met} | odds
        others = [c for c in draft.changes if c.id in met and c.id != change.id]
        clash = result.standings[min(odds)].clash
        raise refusals.Collides(refusals.Clashing(change.target, said_of(change), clash, others))
    keep(draft, result)
    log(draft, Verb.SWITCH_IN, [change], by=by, at=at)
    scope = draft.document.consultation
    record("change_switched_in", draft, by=by, at=at, scope=scope, change=change.id)


def said_of(change: DraftChange) -> Said:
    """How a change was told when it was made."""
    made = change.made
    return Said(made.get("place", ""), made.get("html", ""), tuple(made.get("formula", ())))


def undo(draft: WorkingDraft, deed_id: int, *, by: User, at: datetime) -> Deed:
    """Undo the last deed, if it still is the one that the person saw as the last."""
    draft = draft_to_change(draft.id, by=by, at=at)
    deed = last_deed(draft)
    if deed is None:
        raise DomainError(_l("There is nothing to undo: the draft is as it was at the start."))
    if deed.id != deed_id:
        raise DomainError(
            _l("Something else has been done meanwhile. Look at the draft before you undo it.")
        )
    _perform(draft, deed, back=True, at=at)
    deed.state = DeedState.UNDONE
    record("draft_undone", draft, by=by, at=at, scope=draft.document.consultation, deed=deed.id)
    return deed


def redo(draft: WorkingDraft, deed_id: int, *, by: User, at: datetime) -> Deed:
    """Do again what was undone last."""
    draft = draft_to_change(draft.id, by=by, at=at)
    deed = next_deed(draft)
    if deed is None or deed.id != deed_id:
        raise DomainError(_l("There is nothing to do again: something else was done meanwhile."))
    _perform(draft, deed, back=False, at=at)
    deed.state = DeedState.DONE
    record("draft_redone", draft, by=by, at=at, scope=draft.document.consultation, deed=deed.id)
    return deed


def _perform(draft: WorkingDraft, deed: Deed, *, back: bool, at: datetime) -> None:
    """Do a deed once more or, ``back``, its opposite."""
    if deed.verb in {Verb.EXPLAIN, Verb.NAME_CAUSE}:
        change = next(each for each in draft.changes if each.id in deed.changes)
        whys.give(change, deed.why["before" if back else "after"])
        draft.revision += 1
    elif deed.verb in {Verb.SAY_NO_CHANGE, Verb.TAKE_REASON_BACK}:
        stands = (deed.verb is Verb.SAY_NO_CHANGE) is not back
        rows = sa.select(NoChange).where(NoChange.id.in_(deed.why["said"]))
        for said in db.session.scalars(rows):
            said.taken_back_at = None if stands else at
        draft.revision += 1
    else:
        _set(draft, deed.changes, switched_in=(deed.verb is not Verb.SWITCH_OUT) is not back, at=at)


def _set(draft: WorkingDraft, ids: Iterable[int], *, switched_in: bool, at: datetime) -> None:
    """Switch changes as a deed, or its opposite, had left them: the text is as it was then."""
    wanted = set(ids)
    for change in draft.changes:
        if change.id in wanted:
            change.taken_back_at = None if switched_in else at
    keep(draft, folded(draft, active(draft)))
