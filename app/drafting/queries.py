"""Looking working drafts and the causes of changes up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.documents.models import Document, Edition, Wording
from app.documents.queries import units_of, wordings_of
from app.drafting.composition import Done, Step, perform, result
from app.drafting.models import ChangeKind, DraftCause, DraftChange, WorkingDraft
from app.legaltext.units import Units
from app.platform.db import db
from app.remarks.models import AmendmentKind, Outcome, Remark, RemarkKind

TAKEN = (Outcome.ACCEPTED, Outcome.PARTIALLY_ACCEPTED)


def open_draft(document: Document) -> WorkingDraft | None:
    """The draft of a document that has not become an edition, with its changes."""
    return db.session.scalar(
        sa.select(WorkingDraft)
        .where(WorkingDraft.document_id == document.id, WorkingDraft.edition_id.is_(None))
        .options(selectinload(WorkingDraft.changes).joinedload(DraftChange.provision))
        .execution_options(populate_existing=True)
    )


def locked_draft(draft_id: int) -> WorkingDraft:
    """The draft with its row locked until the end of the transaction."""
    return db.session.scalars(
        sa.select(WorkingDraft)
        .where(WorkingDraft.id == draft_id)
        .with_for_update(of=WorkingDraft)
        .options(selectinload(WorkingDraft.changes).joinedload(DraftChange.provision))
        .execution_options(populate_existing=True)
    ).one()


def active(draft: WorkingDraft) -> list[DraftChange]:
    """The changes that have not been taken back, in the order in which they were made."""
    return [change for change in draft.changes if change.taken_back_at is None]


def steps_of(changes: Iterable[DraftChange]) -> list[Step]:
    """Changes as the composition understands them."""
    return [Step(c.id, str(c.kind), str(c.provision.number), c.text, c.unit_kind) for c in changes]


def base_units(draft: WorkingDraft) -> Units:
    """The tree of the edition on which the draft is based."""
    return units_of(wordings_of(draft.base))


def worked(draft: WorkingDraft) -> tuple[Units, list[Done]]:
    """The base text, and what each change made of it. Raises ``CannotApply``."""
    base = base_units(draft)
    return base, perform(base, steps_of(active(draft)))


def working_units(draft: WorkingDraft) -> Units:
    """The working text."""
    return result(*worked(draft))


def amendments_to_take(document: Document) -> Sequence[Remark]:
    """Amendments and comments decided in full or in part in favour that changed nothing yet."""
    caused = (
        sa.select(DraftCause.remark_id)
        .join(DraftChange, DraftChange.id == DraftCause.change_id)
        .where(DraftChange.taken_back_at.is_(None))
    )
    return db.session.scalars(
        sa.select(Remark)
        .where(
            Remark.document_id == document.id,
            Remark.outcome.in_(TAKEN),
            Remark.withdrawn_at.is_(None),
            Remark.id.not_in(caused),
        )
        .options(joinedload(Remark.provision), selectinload(Remark.positions))
        .order_by(Remark.kind, Remark.number)
    ).all()


def other_editions(remarks: Iterable[Remark], base_id: int) -> dict[int, Units]:
    """The texts, besides the base of a draft, on which remarks were made, under their ids."""
    wanted = {remark.edition_id for remark in remarks} - {base_id}
    rows: dict[int, list[Wording]] = {edition_id: [] for edition_id in wanted}
    for wording in db.session.scalars(
        sa.select(Wording).where(Wording.edition_id.in_(wanted)).order_by(Wording.position)
    ):
        rows[wording.edition_id].append(wording)
    return {edition_id: units_of(wordings) for edition_id, wordings in rows.items()}


def is_applicable(remark: Remark) -> bool:
    """Whether a remark is an amendment that could be taken in as it stands."""
    return remark.kind is RemarkKind.AMENDMENT and remark.provision_id is not None


def remarks_that_may_cause(document: Document, provision_id: int) -> Sequence[Remark]:
    """Remarks decided in favour that may be named as the cause of a change by hand.

    Those on the same provision come first, then the others by number.
    """
    return db.session.scalars(
        sa.select(Remark)
        .where(
            Remark.document_id == document.id,
            Remark.outcome.in_(TAKEN),
            Remark.withdrawn_at.is_(None),
        )
        .order_by((Remark.provision_id == provision_id).desc(), Remark.number)
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


def published_changes(document: Document) -> Sequence[DraftChange]:
    """All changes that made the published editions of a document, with causes and editions."""
    return db.session.scalars(
        sa.select(DraftChange)
        .join(DraftChange.draft)
        .where(
            WorkingDraft.document_id == document.id,
            WorkingDraft.edition_id.is_not(None),
            DraftChange.taken_back_at.is_(None),
        )
        .options(
            joinedload(DraftChange.draft).joinedload(WorkingDraft.edition),
            selectinload(DraftChange.causes),
        )
        .order_by(DraftChange.id)
    ).all()


AMENDMENT_CHANGE = {
    AmendmentKind.REWORD: ChangeKind.REWORD,
    AmendmentKind.INSERT: ChangeKind.INSERT,
    AmendmentKind.STRIKE: ChangeKind.REPEAL,
}
