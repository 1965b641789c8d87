"""Looking working drafts and the causes of changes up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload, undefer
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import LoaderOption

from app.documents.models import Document, Edition, Provision
from app.drafting.models import (
    ChangeKind,
    Deed,
    DeedState,
    DraftCause,
    DraftChange,
    NoChange,
    WorkingDraft,
)
from app.events.models import Event
from app.platform.db import db
from app.remarks.models import AmendmentKind, Outcome, Remark

TAKEN = (Outcome.ACCEPTED, Outcome.PARTIALLY_ACCEPTED)

AMENDMENT_CHANGE = {
    AmendmentKind.REWORD: ChangeKind.REWORD,
    AmendmentKind.INSERT: ChangeKind.INSERT,
    AmendmentKind.STRIKE: ChangeKind.REPEAL,
}


def _with_texts() -> tuple[LoaderOption, ...]:
    return (
        undefer(WorkingDraft.base_text),
        undefer(WorkingDraft.text),
        undefer(WorkingDraft.astray),
    )


def _with_changes() -> LoaderOption:
    """Changes with what they do; their causes are not asked for, because no deed changes them."""
    return selectinload(WorkingDraft.changes).options(
        undefer(DraftChange.made), lazyload(DraftChange.causes), lazyload(DraftChange.event)
    )


def open_draft(document: Document) -> WorkingDraft | None:
    """The draft of a document that has not become an edition, with its texts."""
    return db.session.scalar(
        sa.select(WorkingDraft)
        .where(WorkingDraft.document_id == document.id, WorkingDraft.edition_id.is_(None))
        .order_by(WorkingDraft.id.desc())
        .limit(1)
        .options(*_with_texts())
        .execution_options(populate_existing=True)
    )


def locked_draft(draft_id: int) -> WorkingDraft:
    """The draft with its row locked until the end of the transaction."""
    return db.session.scalars(
        sa.select(WorkingDraft)
        .where(WorkingDraft.id == draft_id)
        .with_for_update(of=WorkingDraft)
        .options(*_with_texts(), _with_changes())
        .execution_options(populate_existing=True)
    ).one()


def change_of(draft: WorkingDraft, change_id: int) -> DraftChange | None:
    """A change of the draft, switched in or out."""
    return db.session.scalar(
        sa.select(DraftChange).where(DraftChange.id == change_id, DraftChange.draft_id == draft.id)
    )


def last_deed(draft: WorkingDraft) -> Deed | None:
    """The deed that would be undone next."""
    return db.session.scalar(
        sa.select(Deed)
        .where(Deed.draft_id == draft.id, Deed.state == DeedState.DONE)
        .order_by(Deed.id.desc())
        .limit(1)
    )


def next_deed(draft: WorkingDraft) -> Deed | None:
    """The deed that would be done again next."""
    return db.session.scalar(
        sa.select(Deed)
        .where(Deed.draft_id == draft.id, Deed.state == DeedState.UNDONE)
        .order_by(Deed.id)
        .limit(1)
    )


def provisions_under(document: Document, ids: Iterable[str]) -> dict[str, Provision]:
    """The provisions of a document among these ids of units, under their ids."""
    numbers = {int(unit_id) for unit_id in ids if unit_id.isdecimal()}
    found = db.session.scalars(
        sa.select(Provision).where(
            Provision.document_id == document.id, Provision.number.in_(numbers)
        )
    )
    return {str(provision.number): provision for provision in found}


def _decided_in_favour(document: Document) -> sa.Select[Remark]:
    return sa.select(Remark).where(
        Remark.document_id == document.id,
        Remark.outcome.in_(TAKEN),
        Remark.withdrawn_at.is_(None),
    )


def caused() -> sa.Select[int]:
    """The ids of remarks that caused a change which is switched in, here or long ago."""
    return (
        sa.select(DraftCause.remark_id)
        .join(DraftChange, DraftChange.id == DraftCause.change_id)
        .where(DraftChange.taken_back_at.is_(None))
    )


def is_caused_by(draft: WorkingDraft, remark: Remark) -> bool:
    """Whether a change that is switched in names a remark as its cause."""
    found = caused().where(DraftChange.draft_id == draft.id, DraftCause.remark_id == remark.id)
    return db.session.scalar(found.limit(1)) is not None


def without_trace(document: Document) -> Sequence[Remark]:
    """Remarks decided in favour that changed nothing and of which nobody said why, by number."""
    settled = sa.select(NoChange.remark_id).where(NoChange.taken_back_at.is_(None))
    return db.session.scalars(
        _decided_in_favour(document)
        .where(Remark.id.not_in(caused()), Remark.id.not_in(settled))
        .options(joinedload(Remark.provision), selectinload(Remark.positions))
        .order_by(Remark.number)
    ).all()


def remarks_numbered(document: Document, numbers: Iterable[int]) -> Sequence[Remark]:
    """Remarks decided in favour, which may be named as causes of a change, of these numbers."""
    return db.session.scalars(
        _decided_in_favour(document).where(Remark.number.in_(list(numbers))).order_by(Remark.number)
    ).all()


def trace_of(remark: Remark) -> Sequence[DraftChange]:
    """The published changes that a remark caused, the earliest first."""
    return db.session.scalars(
        sa.select(DraftChange)
        .join(DraftCause, DraftCause.change_id == DraftChange.id)
        .join(WorkingDraft, WorkingDraft.id == DraftChange.draft_id)
        .where(
            DraftCause.remark_id == remark.id,
            WorkingDraft.edition_id.is_not(None),
            DraftChange.taken_back_at.is_(None),
        )
        .options(
            joinedload(DraftChange.draft)
            .joinedload(WorkingDraft.edition)
            .joinedload(Edition.document)
        )
        .order_by(DraftChange.id)
    ).all()


def standing_no_change(remark: Remark) -> NoChange | None:
    """Why a remark needs no change, as the office says now; the edition may not be out yet."""
    return db.session.scalar(
        sa.select(NoChange).where(NoChange.remark_id == remark.id, NoChange.taken_back_at.is_(None))
    )


def no_change_for(remark: Remark) -> NoChange | None:
    """Why a remark needed no change, once an edition was published without one."""
    return db.session.scalar(
        sa.select(NoChange)
        .join(NoChange.draft)
        .where(
            NoChange.remark_id == remark.id,
            NoChange.taken_back_at.is_(None),
            WorkingDraft.edition_id.is_not(None),
        )
        .order_by(NoChange.id.desc())
        .limit(1)
    )


def published_changes(document: Document) -> Sequence[DraftChange]:
    """All changes that made the published editions of a document, with causes and editions."""
    drafts = db.session.scalars(
        sa.select(WorkingDraft)
        .where(WorkingDraft.document_id == document.id, WorkingDraft.edition_id.is_not(None))
        .options(joinedload(WorkingDraft.edition))
    ).all()
    published = {draft.id: draft for draft in drafts}
    changes = db.session.scalars(
        sa.select(DraftChange)
        .where(DraftChange.draft_id.in_(published), DraftChange.taken_back_at.is_(None))
        .options(selectinload(DraftChange.causes), lazyload(DraftChange.event))
        .order_by(DraftChange.id)
    ).all()
    events = _events({change.event_id for change in changes if change.event_id})
    for change in changes:  # hundreds are of one draft: it is read once, and not with each
        set_committed_value(change, "draft", published[change.draft_id])
        set_committed_value(change, "event", events.get(change.event_id))
    return changes


def _events(ids: Collection[int]) -> dict[int | None, Event]:
    if not ids:
        return {}
    return {
        event.id: event for event in db.session.scalars(sa.select(Event).where(Event.id.in_(ids)))
    }
