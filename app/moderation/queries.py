"""Figures and queues of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.consultations.models import Consultation
from app.documents.models import Document, DraftImport
from app.platform.db import db
from app.remarks.models import Remark
from app.remarks.queries import awaits_author, for_lists

#: Other remarks shown beside the one being answered.
BESIDE = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the office has come; withdrawn remarks do not count."""

    remarks: int = 0
    answered: int = 0
    hidden: int = 0
    with_author: int = 0  # the author has not said what they think of the office's wording

    @property
    def unanswered(self) -> int:
        """Remarks that wait for a position."""
        return self.remarks - self.answered


def figures_of(consultations: Sequence[Consultation]) -> dict[int, Progress]:
    """The figures of each consultation, in one query."""
    found = {c.id: Progress() for c in consultations}
    rows = db.session.execute(
        sa.select(
            Remark.consultation_id,
            sa.func.count(),
            sa.func.count(Remark.outcome),
            sa.func.count(Remark.hidden_at),
            sa.func.sum(sa.case((awaits_author(), 1), else_=0)),
        )
        .where(Remark.consultation_id.in_(found), Remark.withdrawn_at.is_(None))
        .group_by(Remark.consultation_id)
    )
    found.update({row[0]: Progress(*row[1:]) for row in rows})
    return found


def documents_of_all(consultations: Sequence[Consultation]) -> dict[int, list[Document]]:
    """The documents of each consultation, in one query."""
    found: dict[int, list[Document]] = {c.id: [] for c in consultations}
    rows = db.session.scalars(
        sa.select(Document)
        .where(Document.consultation_id.in_(found))
        .order_by(Document.position, Document.id)
    )
    for document in rows:
        found[document.consultation_id].append(document)
    return found


def imports_waiting(consultations: Sequence[Consultation]) -> dict[int, list[DraftImport]]:
    """Drafts on their way in, under their consultation, in one query."""
    found: dict[int, list[DraftImport]] = {c.id: [] for c in consultations}
    waiting = db.session.scalars(
        sa.select(DraftImport)
        .where(
            DraftImport.consultation_id.in_(found),
            DraftImport.confirmed_at.is_(None),
            DraftImport.dropped_at.is_(None),
        )
        .order_by(DraftImport.id)
    )
    for draft in waiting:
        found[draft.consultation_id].append(draft)
    return found


def _waiting(consultation: Consultation) -> sa.Select[Remark]:
    return sa.select(Remark).where(
        Remark.consultation_id == consultation.id,
        Remark.outcome.is_(None),
        Remark.withdrawn_at.is_(None),
    )


def next_unanswered(consultation: Consultation, after: int) -> int | None:
    """The number of the next remark that waits, from the beginning again after the last one."""
    numbers = _waiting(consultation).with_only_columns(sa.func.min(Remark.number))
    later: int | None = db.session.scalar(numbers.where(Remark.number > after))
    if later is not None:
        return later
    return db.session.scalar(numbers.where(Remark.number != after))


def previous_unanswered(consultation: Consultation, before: int) -> int | None:
    """The number of the nearest earlier remark that waits."""
    numbers = _waiting(consultation).with_only_columns(sa.func.max(Remark.number))
    found: int | None = db.session.scalar(numbers.where(Remark.number < before))
    return found


def others_on(remark: Remark) -> Sequence[Remark]:
    """Other standing remarks on the same provision (or whole document), by number."""
    return db.session.scalars(
        sa.select(Remark)
        .where(
            Remark.document_id == remark.document_id,
            Remark.home_id.is_not_distinct_from(remark.home_id),
            Remark.id != remark.id,
            Remark.withdrawn_at.is_(None),
        )
        .options(*for_lists(), joinedload(Remark.consultation))
        .order_by(Remark.number)
        .limit(BESIDE)
    ).all()
