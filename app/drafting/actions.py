"""What the coordinator does to a working draft until it becomes the next edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.documents import actions as documents
from app.documents import editions
from app.documents.models import Document, Edition, Provision
from app.documents.provenance import Stage
from app.documents.queries import (
    latest_edition,
    units_of,
    wordings_of,
    wordings_of_section,
)
from app.drafting import refusals
from app.drafting.composition import CannotApply, Done, perform, result, same_wording
from app.drafting.models import ChangeKind, DraftChange, How, WorkingDraft
from app.drafting.permissions import can_change_draft, can_draft
from app.drafting.post import tell_authors
from app.drafting.queries import (
    AMENDMENT_CHANGE,
    TAKEN,
    active,
    base_units,
    locked_draft,
    open_draft,
    steps_of,
    worked,
)
from app.journal.actions import record
from app.legaltext import editing
from app.legaltext.citation import citations
from app.legaltext.difference import between
from app.legaltext.units import Kind, Unit, by_id, walk
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.remarks.anchoring import carry_remarks
from app.remarks.models import Remark


@dataclass(frozen=True, slots=True)
class Wish:
    """A change as somebody asks for it: on which provision, what, and the words.

    ``seen`` is the wording that its author had before their eyes, where they had one.
    """

    provision: Provision
    kind: ChangeKind
    text: str = ""
    unit_kind: Kind | None = None
    seen: str | None = None


def start_draft(document: Document, *, by: User, at: datetime) -> WorkingDraft:
    """Open the working draft of the next edition; there is only ever one, so it may be there."""
    require(can_draft(by, document, at))
    draft = open_draft(document)
    if draft is not None:
        return draft
    base = latest_edition(document)
    if base is None:
        raise DomainError(_l("Publish the first edition before working on the next one."))
    draft = WorkingDraft(
        document_id=document.id, base_id=base.id, started_by_id=by.id, started_at=at
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
    """Apply an accepted amendment letter by letter; ``also`` are others that asked for the same.

    Refused when the provision no longer reads as its author saw it: then a person has to write.
    """
    require(can_change_draft(by, draft, at))
    draft = locked_draft(draft.id)
    kind, provision = remark.amendment_kind, remark.provision
    if kind is None or provision is None or remark.outcome not in TAKEN:
        raise DomainError(_l("Only an amendment that was accepted can be taken in."))
    refusals.unfit_causes(draft, [remark, *also])
    refusals.taken_in_already(draft, remark)
    units = result(*worked(draft))
    current = by_id(units).get(str(provision.number))
    if current is None or not same_wording(current, _as_its_author_saw(remark, provision)):
        raise DomainError(
            _l(
                "This provision has changed since remark no. %(number)s was written. "
                "Read both and write the new wording by hand.",
                number=remark.number,
            )
        )
    wish = Wish(provision, AMENDMENT_CHANGE[kind], remark.proposed_text)
    return _add(draft, wish, How.AS_PROPOSED, [remark, *also], "", by=by, at=at)


def _as_its_author_saw(remark: Remark, provision: Provision) -> str:
    """The wording, in the edition the remark was made on, of the provision with its parts."""
    wording = next(w for w in wordings_of(remark.edition) if w.provision_id == provision.id)
    section = units_of(wordings_of_section(remark.edition, wording.section_id))
    return editing.as_text(by_id(section)[str(provision.number)])


def write(
    draft: WorkingDraft,
    wish: Wish,
    *,
    causes: Sequence[Remark] = (),
    reason: str = "",
    by: User,
    at: datetime,
) -> DraftChange:
    """Make a change in the office's own words; it needs a remark or a reason as its cause.

    Refused when the provision has changed since its author opened it, so that nobody overwrites
    what another window has done.
    """
    require(can_change_draft(by, draft, at))
    draft = locked_draft(draft.id)
    if not causes and not reason.strip():
        raise DomainError(
            _l("Say why the text changes: choose a remark or give a reason in words.")
        )
    if wish.kind is not ChangeKind.REPEAL and not wish.text.strip():
        raise DomainError(
            _l("Write what the provision should say. If it should go, choose to strike it out.")
        )
    refusals.unfit_causes(draft, causes)
    if wish.seen is not None:
        refusals.overwriting(current_unit(draft, wish.provision.number), wish.seen)
    return _add(draft, wish, How.BY_HAND, causes, reason.strip(), by=by, at=at)


def _add(
    draft: WorkingDraft,
    wish: Wish,
    how: How,
    causes: Sequence[Remark],
    reason: str,
    *,
    by: User,
    at: datetime,
) -> DraftChange:
    change = DraftChange(
        draft_id=draft.id,
        kind=wish.kind,
        provision=wish.provision,
        text=wish.text,
        unit_kind=wish.unit_kind,
        how=how,
        reason=reason,
        made_at=at,
        made_by_id=by.id,
        causes=list(causes),
    )
    db.session.add(change)
    db.session.flush()
    draft = locked_draft(draft.id)
    try:
        _, done = worked(draft)
    except CannotApply as error:
        raise DomainError(
            _l("The change does not fit the working text. Reload the page and try again.")
        ) from error
    if not done[-1].touched:
        raise DomainError(_l("The text would stay the same. Change some words first."))
    draft.revision += 1
    scope = draft.document.consultation
    record("draft_changed", draft, by=by, at=at, scope=scope, change=change.id, kind=str(wish.kind))
    return change


def take_back(change: DraftChange, *, by: User, at: datetime) -> None:
    """Undo one change; the record that it was made stays. Changes built on it go first."""
    draft = locked_draft(change.draft_id)
    require(can_change_draft(by, draft, at))
    if change.taken_back_at is not None:
        return
    change.taken_back_at = at
    try:
        perform(base_units(draft), steps_of(active(draft)))
    except CannotApply as error:
        raise DomainError(
            _l("A later change is built on this one. Take the later one back first.")
        ) from error
    draft.revision += 1
    scope = draft.document.consultation
    record("change_taken_back", draft, by=by, at=at, scope=scope, change=change.id)


def unexplained(draft: WorkingDraft) -> list[DraftChange]:
    """Changes that have lost every cause: their remarks were withdrawn or decided otherwise."""
    return [
        change
        for change in active(draft)
        if not change.reason
        and not any(r.outcome in TAKEN and r.withdrawn_at is None for r in change.causes)
    ]


def publish(draft: WorkingDraft, *, note: str, by: User, at: datetime) -> Edition:
    """Make the working draft the next edition: text, causes, letters and journal at once.

    Refused while nothing has changed, while another edition came in between, or while a change
    has no cause.
    """
    require(can_change_draft(by, draft, at))
    draft = locked_draft(draft.id)
    document = draft.document
    base, done = worked(draft)
    if not between(base, result(base, done), marks=False):
        raise DomainError(_l("Nothing has been changed yet, so there is no new edition."))
    newest = latest_edition(document)
    if newest is None or newest.id != draft.base_id:
        raise DomainError(_l("Another edition was published meanwhile. Start a new draft on it."))
    if unexplained(draft):
        raise DomainError(
            _l("Some changes have no cause any more. Take them back or give a reason first.")
        )
    edition, provisions = editions.store_edition(
        document, result(base, done), title=draft.base.title, at=at, note=note, based_on=draft.base
    )
    changes = {change.id: change for change in active(draft)}
    for one in done:
        changes[one.step.key].shown = _shown(one, provisions)
    editions.make_public(edition, by=by, at=at, stages=_stages(done, provisions))
    carry_remarks(edition, {cause for change in changes.values() for cause in change.causes})
    draft.edition_id = edition.id
    cited = {**citations(base), **citations(result(base, done))}
    tell_authors(edition, changes.values(), cited, at=at)
    record("draft_published", draft, by=by, at=at, scope=document.consultation)
    touch(document.consultation_id)
    return edition


def publish_stored(edition: Edition, *, by: User, at: datetime) -> None:
    """Publish an edition that came in as a file; remarks on earlier ones are carried to it."""
    documents.publish_edition(edition, by=by, at=at)
    carry_remarks(edition)


def _stages(done: Sequence[Done], provisions: dict[str, Provision]) -> list[Stage]:
    """What each change made of the provisions it touched, for the origins of their words."""
    return [
        Stage(
            one.step.key,
            {
                str(provisions[unit.id].number): unit.text
                for unit in walk(one.units)
                if unit.id in one.touched and unit.id in provisions
            },
        )
        for one in done
    ]


def _shown(done: Done, provisions: dict[str, Provision]) -> dict[str, object]:
    numbers = [
        provisions[unit_id].number if unit_id in provisions else int(unit_id)
        for unit_id in done.touched
        if unit_id in provisions or unit_id.isdecimal()
    ]
    return {"touched": sorted(numbers), "formula": list(done.formula)}


def current_unit(draft: WorkingDraft, number: int) -> Unit | None:
    """A provision as the working text has it."""
    base, done = worked(draft)
    return by_id(result(base, done)).get(str(number))
