"""What the coordinator does to a working draft until it becomes the next edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.documents import editions
from app.documents.models import Document, Edition, Provision
from app.documents.queries import (
    latest_edition,
    units_of,
    wordings_of,
    wordings_of_section,
)
from app.drafting import messages
from app.drafting.composition import CannotApply, Done, perform, result, same_wording
from app.drafting.models import ChangeKind, DraftChange, How, WorkingDraft
from app.drafting.permissions import can_change_draft, can_draft
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
from app.legaltext.units import Kind, Unit, Units, by_id
from app.platform import mail
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.platform.links import absolute
from app.remarks.models import Remark, RemarkKind


@dataclass(frozen=True, slots=True)
class Wish:
    """A change as somebody asks for it: on which provision, what, and the words."""

    provision: Provision
    kind: ChangeKind
    text: str = ""
    unit_kind: Kind | None = None


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
    provision = remark.provision
    if remark.kind is not RemarkKind.AMENDMENT or remark.outcome not in TAKEN or provision is None:
        raise DomainError(_l("Only an amendment that was accepted can be taken in."))
    assert remark.amendment_kind is not None
    _refuse_twice(draft, remark)
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
    kind = ChangeKind(AMENDMENT_CHANGE[remark.amendment_kind])
    wish = Wish(provision, kind, remark.proposed_text)
    return _add(draft, wish, How.AS_PROPOSED, [remark, *also], "", by=by, at=at)


def _refuse_twice(draft: WorkingDraft, remark: Remark) -> None:
    if any(remark.id == cause.id for change in active(draft) for cause in change.causes):
        raise DomainError(
            _l("Remark no. %(number)s has been taken in already.", number=remark.number)
        )


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
    """Make a change in the office's own words; it needs a remark or a reason as its cause."""
    require(can_change_draft(by, draft, at))
    draft = locked_draft(draft.id)
    if not causes and not reason.strip():
        raise DomainError(
            _l("Say why the text changes: choose a remark or give a reason in words.")
        )
    if any(remark.outcome not in TAKEN for remark in causes):
        raise DomainError(_l("A remark that was not accepted cannot be the cause of a change."))
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
    record("draft_changed", draft, by=by, at=at, change=change.id, kind=str(wish.kind))
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
    record("change_taken_back", draft, by=by, at=at, change=change.id)


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
    if not done:
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
    editions.make_public(edition, by=by, at=at)
    draft.edition_id = edition.id
    _tell_authors(edition, changes.values(), base, result(base, done), at)
    record("draft_published", draft, by=by, at=at, scope=document.consultation)
    touch(document.consultation_id)
    return edition


def _shown(done: Done, provisions: dict[str, Provision]) -> dict[str, object]:
    numbers = [
        provisions[unit_id].number if unit_id in provisions else int(unit_id)
        for unit_id in done.touched
        if unit_id in provisions or unit_id.isdecimal()
    ]
    return {"touched": sorted(numbers), "formula": list(done.formula)}


def _tell_authors(
    edition: Edition,
    changes: Iterable[DraftChange],
    before: Units,
    after: Units,
    at: datetime,
) -> None:
    cited = {**citations(before), **citations(after)}
    places: dict[int, list[str]] = {}
    remarks: dict[int, Remark] = {}
    for change in changes:
        for remark in change.causes:
            remarks[remark.id] = remark
            place = cited.get(str(change.provision.number), "")
            places.setdefault(remark.id, []).append(place)
    consultation = edition.document.consultation
    for remark in remarks.values():
        address = remark.author.email if remark.author else remark.author_email
        url = absolute("remarks.show", slug=consultation.slug, number=remark.number)
        named = ", ".join(dict.fromkeys(p for p in places[remark.id] if p))
        mail.put(
            address,
            messages.caused_a_change(remark, edition.number, named, url),
            key=f"remark:{remark.id}:edition:{edition.id}",
            at=at,
        )


def current_unit(draft: WorkingDraft, number: int) -> Unit | None:
    """A provision as the working text has it."""
    base, done = worked(draft)
    return by_id(result(base, done)).get(str(number))
