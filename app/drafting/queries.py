"""Looking working drafts and the causes of changes up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload, undefer
from sqlalchemy.orm.attributes import InstrumentedAttribute, set_committed_value
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
from app.remarks.models import AmendmentKind, Outcome, Position, Remark

T = TypeVar("T")

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
    """The draft of a document that is being worked on, with its texts."""
    return db.session.scalar(
        sa.select(WorkingDraft)
        .where(
            WorkingDraft.document_id == document.id,
            WorkingDraft.edition_id.is_(None),
            WorkingDraft.abandoned_at.is_(None),
        )
        .order_by(WorkingDraft.id.desc())
        .limit(1)
        .options(*_with_texts())
        .execution_options(populate_existing=True)
    )


def drafts_put_aside(document: Document) -> Sequence[WorkingDraft]:
    """The drafts of a document that were put aside, the last one first."""
    return db.session.scalars(
        sa.select(WorkingDraft)
        .where(WorkingDraft.document_id == document.id, WorkingDraft.abandoned_at.is_not(None))
        .options(joinedload(WorkingDraft.abandoned_by))
        .order_by(WorkingDraft.id.desc())
    ).all()


def draft_put_aside(document: Document, draft_id: int) -> WorkingDraft | None:
    """One of them, with its texts."""
    return db.session.scalar(
        sa.select(WorkingDraft)
        .where(
            WorkingDraft.id == draft_id,
            WorkingDraft.document_id == document.id,
            WorkingDraft.abandoned_at.is_not(None),
        )
        .options(joinedload(WorkingDraft.abandoned_by), *_with_texts())
    )


def locked_draft(draft_id: int, *, with_texts: bool = True) -> WorkingDraft:
    """The draft with its row locked until the end of the transaction."""
    return db.session.scalars(
        sa.select(WorkingDraft)
        .where(WorkingDraft.id == draft_id)
        .with_for_update(of=WorkingDraft)
        .options(*((*_with_texts(), _with_changes()) if with_texts else ()))
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


def places_of(changes: Collection[int]) -> list[str]:
    """The places that changes with these ids are about, as they were told when they were made."""
    made = sa.select(DraftChange.made).where(DraftChange.id.in_(changes)).order_by(DraftChange.id)
    return [each.get("place", "") for each in db.session.scalars(made)]


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
    """The ids of remarks that caused a change which is switched in, as long as that counts."""
    found = (
        sa.select(DraftCause.remark_id)
        .join(DraftChange, DraftChange.id == DraftCause.change_id)
        .join(WorkingDraft, WorkingDraft.id == DraftChange.draft_id)
        .where(DraftChange.taken_back_at.is_(None))
    )
    return _that_count(found, DraftCause.remark_id)


def reasons() -> sa.Select[NoChange]:
    """Why remarks need no change, as the office says now; the edition may not be out yet."""
    found = (
        sa.select(NoChange)
        .join(WorkingDraft, WorkingDraft.id == NoChange.draft_id)
        .where(NoChange.taken_back_at.is_(None))
    )
    return _that_count(found, NoChange.remark_id)


def settled() -> sa.Select[int]:
    """The ids of remarks of which it was said why they need no change."""
    return reasons().with_only_columns(NoChange.remark_id)


def _that_count(found: sa.Select[T], remark_id: InstrumentedAttribute[int]) -> sa.Select[T]:
    """Only traces in the open draft, or in an edition since which nothing was decided anew.

    What is decided otherwise after an edition waits again: that edition could not know of it. A
    draft that was put aside leaves no trace.
    """
    anew = _decided_anew()
    return (
        found.outerjoin(Edition, Edition.id == WorkingDraft.edition_id)
        .outerjoin(anew, anew.c.remark_id == remark_id)
        .where(
            WorkingDraft.abandoned_at.is_(None),
            sa.or_(
                WorkingDraft.edition_id.is_(None),
                anew.c.at.is_(None),
                Edition.published_at >= anew.c.at,
            ),
        )
    )


def _decided_anew() -> sa.Subquery:
    """When each remark was last decided otherwise than before."""
    before = sa.func.lag(Position.outcome).over(
        partition_by=Position.remark_id, order_by=Position.id
    )
    each = sa.select(
        Position.remark_id, Position.decided_at, Position.outcome, before.label("before")
    ).subquery()
    return (
        sa.select(each.c.remark_id, sa.func.max(each.c.decided_at).label("at"))
        .where(sa.or_(each.c.before.is_(None), each.c.before != each.c.outcome))
        .group_by(each.c.remark_id)
        .subquery()
    )


def is_caused_by(draft: WorkingDraft, remark: Remark) -> bool:
    """Whether a change that is switched in names a remark as its cause."""
    found = caused().where(DraftChange.draft_id == draft.id, DraftCause.remark_id == remark.id)
    return db.session.scalar(found.limit(1)) is not None


def without_trace(document: Document) -> Sequence[Remark]:
    """Remarks decided in favour that changed nothing and of which nobody said why, by number."""
    return db.session.scalars(
        _decided_in_favour(document)
        .where(Remark.id.not_in(caused()), Remark.id.not_in(settled()))
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
    return db.session.scalar(reasons().where(NoChange.remark_id == remark.id))


def no_change_for(remark: Remark) -> NoChange | None:
    """Why a remark needed no change, once an edition was published without one.

    What an edition said stays said, also when the office takes it back for the next one.
    """
    return db.session.scalar(
        sa.select(NoChange)
        .join(NoChange.draft)
        .join(Edition, Edition.id == WorkingDraft.edition_id)
        .where(
            NoChange.remark_id == remark.id,
            sa.or_(NoChange.taken_back_at.is_(None), NoChange.taken_back_at > Edition.published_at),
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
