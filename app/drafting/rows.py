"""What the bench lists: remarks and changes in a few words each, and in full for one slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from app.documents.models import Provision
from app.drafting.models import ChangeKind, DraftChange, NoChange, WorkingDraft
from app.drafting.queries import TAKEN, caused, reasons, settled
from app.legaltext.merge import Verdict
from app.platform.db import db
from app.remarks.models import Outcome, Remark, RemarkKind, RemarkPlace
from app.remarks.proposals import Proposal, for_proposals


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """As much of a change as the outline needs; ``slot`` is where it belongs."""

    id: int
    target: str
    kind: ChangeKind
    verdict: Verdict
    is_in: bool
    slot: str

    @property
    def stands_aside(self) -> bool:
        """Whether it is switched in and collides."""
        return self.is_in and self.verdict is Verdict.COLLISION


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """As much of a remark as the outline needs; ``slot`` is empty when it has no place."""

    id: int
    number: int
    kind: RemarkKind
    outcome: Outcome | None
    slot: str
    has_trace: bool

    @property
    def is_in_favour(self) -> bool:
        """Whether it was accepted, in full or in part."""
        return self.outcome in TAKEN

    @property
    def waits(self) -> bool:
        """Whether it was decided in favour and nobody sees that in the text yet."""
        return self.is_in_favour and not self.has_trace

    @property
    def is_open(self) -> bool:
        """Whether something has to be done about it at the bench."""
        return self.outcome is None or self.waits


def change_rows(draft: WorkingDraft, home: Mapping[str, str]) -> list[ChangeRow]:
    """All changes of a draft in a few words, switched out ones too, in the order of making."""
    found = db.session.execute(
        sa.select(
            DraftChange.id,
            DraftChange.target,
            DraftChange.kind,
            DraftChange.verdict,
            DraftChange.taken_back_at,
        )
        .where(DraftChange.draft_id == draft.id)
        .order_by(DraftChange.id)
    )
    rows: dict[int, ChangeRow] = {}
    for change_id, target, kind, verdict, taken_back_at in found:
        slot = home.get(f"new-{change_id}") or home.get(target) or _slot_of_maker(target, rows)
        rows[change_id] = ChangeRow(change_id, target, kind, verdict, taken_back_at is None, slot)
    return list(rows.values())


def _slot_of_maker(target: str, rows: Mapping[int, ChangeRow]) -> str:
    """Where a provision would stand that came with a change which is switched out."""
    parts = target.split("-")
    maker = rows.get(int(parts[1])) if len(parts) > 1 and parts[1].isdecimal() else None
    return maker.slot if maker else ""


def changes_in(draft: WorkingDraft, ids: Iterable[int]) -> Sequence[DraftChange]:
    """Some changes of a draft with all that a page shows of them."""
    return db.session.scalars(_shown(draft).where(DraftChange.id.in_(list(ids)))).all()


def standing_changes(draft: WorkingDraft) -> Sequence[DraftChange]:
    """The changes that are switched in, with all that a page shows of them."""
    return db.session.scalars(_shown(draft).where(DraftChange.taken_back_at.is_(None))).all()


def _shown(draft: WorkingDraft) -> sa.Select[DraftChange]:
    return (
        sa.select(DraftChange)
        .where(DraftChange.draft_id == draft.id)
        .options(
            undefer(DraftChange.made),
            joinedload(DraftChange.event),
            joinedload(DraftChange.made_by),
            selectinload(DraftChange.causes).options(
                joinedload(Remark.provision), joinedload(Remark.author)
            ),
        )
        .order_by(DraftChange.id)
    )


def remark_rows(
    draft: WorkingDraft, home: Mapping[str, str], proposals: Mapping[int, Proposal]
) -> list[RemarkRow]:
    """All remarks on the document that were not withdrawn, in a few words, by number."""
    place = sa.func.coalesce(RemarkPlace.provision_id, Remark.provision_id)
    found = db.session.execute(
        sa.select(
            Remark.id,
            Remark.number,
            Remark.kind,
            Remark.outcome,
            Provision.number,
            sa.or_(Remark.id.in_(caused()), Remark.id.in_(settled())),
        )
        .outerjoin(RemarkPlace, RemarkPlace.remark_id == Remark.id)
        .outerjoin(Provision, Provision.id == place)
        .where(Remark.document_id == draft.document_id, Remark.withdrawn_at.is_(None))
        .order_by(Remark.number)
    )
    rows = []
    for remark_id, number, kind, outcome, provision, has_trace in found:
        proposal = proposals.get(remark_id)
        target = str(proposal.number if proposal and proposal.number else provision)
        slot = home.get(target, "")
        rows.append(RemarkRow(remark_id, number, kind, outcome, slot, bool(has_trace)))
    return rows


def amendments_of(draft: WorkingDraft) -> Sequence[Remark]:
    """The amendments of the document that were not withdrawn, with what tells what they ask for."""
    return db.session.scalars(
        sa.select(Remark)
        .where(
            Remark.document_id == draft.document_id,
            Remark.kind == RemarkKind.AMENDMENT,
            Remark.withdrawn_at.is_(None),
        )
        .options(*for_proposals())
        .order_by(Remark.number)
    ).all()


def remarks_in(ids: Iterable[int]) -> Sequence[Remark]:
    """Some remarks with all that the bench shows of them, by number."""
    return db.session.scalars(
        sa.select(Remark)
        .where(Remark.id.in_(list(ids)))
        .options(
            joinedload(Remark.provision),
            joinedload(Remark.document),
            joinedload(Remark.edition),
            selectinload(Remark.positions),
        )
        .order_by(Remark.number)
    ).all()


def no_changes_in(remark_ids: Iterable[int]) -> dict[int, NoChange]:
    """Why some remarks need no change, under their ids."""
    found = db.session.scalars(
        reasons().where(NoChange.remark_id.in_(list(remark_ids))).order_by(NoChange.id)
    )
    return {said.remark_id: said for said in found}


def reasons_in(draft: WorkingDraft) -> Sequence[NoChange]:
    """Why remarks need no change, as a draft says it, whatever became of the draft."""
    return db.session.scalars(
        sa.select(NoChange)
        .join(NoChange.remark)
        .where(NoChange.draft_id == draft.id, NoChange.taken_back_at.is_(None))
        .options(contains_eager(NoChange.remark))
        .order_by(Remark.number)
    ).all()
