"""What the coordinator puts into a working draft: amendments as proposed, and changes by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.documents import actions as documents
from app.documents import editions
from app.documents.models import Document, Edition
from app.documents.permissions import can_publish_edition
from app.documents.queries import latest_edition, units_of, wordings_of
from app.drafting import refusals
from app.drafting.acts import touched
from app.drafting.composition import fold
from app.drafting.deeds import log, said_of
from app.drafting.locking import draft_to_change
from app.drafting.meeting import meet
from app.drafting.models import ChangeKind, DraftChange, How, Verb, WorkingDraft
from app.drafting.permissions import can_draft
from app.drafting.putting_aside import holds_work, put_aside
from app.drafting.queries import AMENDMENT_CHANGE, TAKEN, open_draft, without_trace
from app.drafting.steps import (
    Asked,
    CannotApply,
    same_wording,
    shown_unit,
    step_of,
    to_json,
    told,
)
from app.drafting.working import active, base_units, folded, keep, step_from, working_units
from app.events.models import Event
from app.journal.actions import record
from app.legaltext import editing
from app.legaltext.collisions import Clash
from app.legaltext.units import Kind
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.remarks.anchoring import carry_remarks
from app.remarks.models import Remark
from app.remarks.proposals import Proposal, proposal_of, proposals


@dataclass(frozen=True, slots=True)
class Wish:
    """A change as somebody asks for it: on which provision, what, and the words.

    ``target`` and ``after`` are ids of provisions in the working text; ``seen`` is the wording
    that its author had before their eyes, where they had one.
    """

    target: str
    kind: ChangeKind
    text: str = ""
    unit_kind: Kind | None = None
    seen: str | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """What a change is caused by: remarks, a note from a workshop, or a reason in words."""

    causes: Sequence[Remark] = ()
    reason: str = ""
    event: Event | None = None
    note: str = ""

    @property
    def is_given(self) -> bool:
        """Whether it says anything: an event only does together with what was noted there."""
        return bool(self.causes or self.reason.strip() or (self.event and self.note.strip()))


def start_draft(document: Document, *, by: User, at: datetime) -> WorkingDraft:
    """Open the working draft of the next edition; there is only ever one, so it may be there."""
    document = editions.locked(document)  # somebody else may press the button, too
    require(can_draft(by, document, at))
    draft = open_draft(document)
    if draft is not None:
        return draft
    base = latest_edition(document)
    if base is None:
        raise DomainError(_l("Publish the first edition before working on the next one."))
    text = to_json(units_of(wordings_of(base)))
    draft = WorkingDraft(
        document_id=document.id,
        base_id=base.id,
        started_by_id=by.id,
        started_at=at,
        base_text=text,
        text=text,
    )
    db.session.add(draft)
    record("draft_started", document, by=by, at=at, scope=document.consultation)
    return draft


def take_in(
    draft: WorkingDraft,
    remark: Remark,
    *,
    also: Sequence[Remark] = (),
    by: User,
    at: datetime,
) -> DraftChange:
    """Put an accepted amendment in; ``also`` are others that asked for the same.

    It is merged with what has changed since it was written. Refused with both sides shown
    (``Collides``) when they exclude each other: then a person has to write.
    """
    draft = draft_to_change(draft.id, by=by, at=at)
    proposal = proposal_of(remark)
    if proposal is None or remark.outcome not in TAKEN:
        raise DomainError(_l("Only an amendment that was accepted can be taken in."))
    refusals.unfit_causes(draft, [remark, *also])
    refusals.taken_in_already(draft, remark)
    wish, why = wish_of(proposal), Why([remark, *also])
    change = _add(draft, wish, _how_of(proposal), why, by=by, at=at)
    _done(draft, Verb.MAKE, [change], by=by, at=at)
    return change


def wish_of(proposal: Proposal) -> Wish:
    """What an amendment asks for."""
    kind = AMENDMENT_CHANGE[proposal.kind]
    text = "" if kind is ChangeKind.REPEAL else proposal.text
    return Wish(str(proposal.number), kind, text, seen=proposal.seen)


def _how_of(proposal: Proposal) -> How:
    return How.BY_HAND if proposal.whose == "office" else How.AS_PROPOSED


def take_all_in(
    draft: WorkingDraft, *, by: User, at: datetime
) -> tuple[list[DraftChange], list[Remark]]:
    """Put every accepted amendment in that goes in of itself; those that do not are returned.

    One deed, so that one undo takes all of them out again.
    """
    draft = draft_to_change(draft.id, by=by, at=at)
    waiting = [r for r in without_trace(draft.document) if r.outcome is TAKEN[0]]
    found = proposals(waiting)
    fitting = _that_fit(draft, found)
    made = [
        _prepared(
            draft,
            wish_of(found[remark.id]),
            _how_of(found[remark.id]),
            Why([remark]),
            by=by,
            at=at,
        )
        for remark in waiting
        if remark.id in fitting
    ]
    if made:
        keep(draft, folded(draft, active(draft)))
        _done(draft, Verb.MAKE, made, by=by, at=at)
    return made, [r for r in waiting if r.id in found and r.id not in fitting]


def _that_fit(draft: WorkingDraft, found: Mapping[int, Proposal]) -> set[int]:
    """The remarks whose proposals would go in one after the other, tried before anything is."""
    known = working_units(draft), base_units(draft)
    first = max((change.id for change in draft.changes), default=0) + 1
    steps, keys = [step_from(change) for change in active(draft)], dict[int, int]()
    for key, (remark_id, proposal) in enumerate(found.items(), start=first):
        with suppress(CannotApply):
            step = step_of(key, _asked(wish_of(proposal)), known)
            if touched(step):
                steps.append(step)
                keys[remark_id] = key
    colliding = fold(known[1], steps).colliding
    return {remark_id for remark_id, key in keys.items() if key not in colliding}


def write(draft: WorkingDraft, wish: Wish, why: Why, *, by: User, at: datetime) -> DraftChange:
    """Make a change in the office's own words, or move a provision; it needs a cause.

    Refused with both texts and their merge (``ChangedMeanwhile``) when the provision has changed
    since its author opened it, so that nobody overwrites what another window has done.
    """
    draft = draft_to_change(draft.id, by=by, at=at)
    if not why.is_given:
        raise DomainError(
            _l(
                "Say why the text changes: choose a remark, name a workshop with what was noted "
                "there, or give a reason in words."
            )
        )
    if wish.kind in {ChangeKind.REWORD, ChangeKind.INSERT} and not wish.text.strip():
        raise DomainError(
            _l("Write what the provision should say. If it should go, choose to strike it out.")
        )
    refusals.unfit_causes(draft, why.causes)
    change = _add(draft, _as_it_stands(draft, wish), How.BY_HAND, why, by=by, at=at)
    _done(draft, Verb.MAKE, [change], by=by, at=at)
    return change


def _as_it_stands(draft: WorkingDraft, wish: Wish) -> Wish:
    """The wish on the present wording, if that is the one its author has read."""
    unit = shown_unit(working_units(draft), wish.target, str(wish.kind))
    if unit is None:
        raise DomainError(
            _l("This provision no longer stands in the working draft. Choose another one.")
        )
    if wish.kind not in {ChangeKind.REWORD, ChangeKind.REPEAL}:
        return wish
    if wish.seen is not None and not same_wording(unit, wish.seen):
        raise refusals.ChangedMeanwhile(meet(unit, wish.seen, wish.text))
    return Wish(wish.target, wish.kind, wish.text, wish.unit_kind, editing.as_text(unit))


def _add(
    draft: WorkingDraft, wish: Wish, how: How, why: Why, *, by: User, at: datetime
) -> DraftChange:
    """One more change in the text; refused when it excludes one that is there."""
    change = _prepared(draft, wish, how, why, by=by, at=at)
    result = folded(draft, active(draft))
    if change.id in result.colliding:
        standing = result.standings[change.id]
        met = () if standing.clash == Clash.NESTING else standing.met  # nobody is in its way
        others = [c for c in draft.changes if c.id in met]
        raise refusals.Collides(
            refusals.Clashing(change.target, said_of(change), standing.clash, others)
        )
    stays = wish.kind is ChangeKind.MOVE and to_json(result.units) == draft.text
    if stays or not change.made["touched"]:
        raise DomainError(_l("The text would stay the same. Change some words first."))
    keep(draft, result)
    return change


def _prepared(
    draft: WorkingDraft, wish: Wish, how: How, why: Why, *, by: User, at: datetime
) -> DraftChange:
    """A change on record with what it says, before it is known what becomes of it."""
    change = DraftChange(
        draft=draft,
        kind=wish.kind,
        target=wish.target,
        after=wish.after,
        unit_kind=wish.unit_kind,
        seen=wish.seen or "",
        text=wish.text,
        how=how,
        reason=why.reason.strip(),
        event=why.event,
        event_note=why.note.strip(),
        made_at=at,
        made_by_id=by.id,
        causes=list(why.causes),
    )
    db.session.add(change)
    db.session.flush()
    base, current = base_units(draft), working_units(draft)
    try:
        step = step_of(change.id, _asked(wish), (current, base))
    except CannotApply as error:
        raise DomainError(
            _l("This provision no longer stands in the working draft. Choose another one.")
        ) from error
    said = told(step, base, current)
    change.made = {
        "old": to_json([step.old] if step.old else []),
        "new": to_json([step.new] if step.new else []),
        "html": said.html,
        "place": said.place,
        "formula": list(said.formula),
        "touched": sorted(touched(step)),
    }
    return change


def _asked(wish: Wish) -> Asked:
    return Asked(
        str(wish.kind), wish.target, wish.seen or "", wish.text, wish.unit_kind, wish.after
    )


def _done(
    draft: WorkingDraft, verb: Verb, changes: Sequence[DraftChange], *, by: User, at: datetime
) -> None:
    log(draft, verb, changes, by=by, at=at)
    scope = draft.document.consultation
    for change in changes:
        kind = str(change.kind)
        record("draft_changed", draft, by=by, at=at, scope=scope, change=change.id, kind=kind)


def publish_stored(edition: Edition, *, by: User, at: datetime) -> None:
    """Publish an edition that came in as a file; remarks on earlier ones are carried to it.

    Refused while the office works on a draft, which could never be published after it. A draft
    with nothing in it is put aside, so that the next one begins on this edition.
    """
    edition = editions.locked_edition(edition)
    if edition.published_at is None:  # what is published already is told below, in its own words
        require(can_publish_edition(by, edition, at))
    draft = open_draft(edition.document)
    if draft is not None and holds_work(draft):
        raise DomainError(
            _l(
                "A working draft of this document holds changes, which would be lost on an older "
                "edition. Publish the working draft or put it aside first."
            )
        )
    if draft is not None:
        why = _("Another edition was published.")
        put_aside(draft, why, by=by, at=at, revision=draft.revision)
    documents.publish_edition(edition, by=by, at=at)
    carry_remarks(edition)
