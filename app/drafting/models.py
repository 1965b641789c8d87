"""Tables of working drafts and of the changes that made an edition."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.documents.models import Document, Edition, Provision
from app.legaltext.units import Kind
from app.platform.db import Base, StrEnumType
from app.remarks.models import Remark


class ChangeKind(StrEnum):
    """What a change does."""

    REWORD = "reword"
    INSERT = "insert"
    REPEAL = "repeal"


class How(StrEnum):
    """Where the words of a change come from."""

    AS_PROPOSED = "as_proposed"  # an accepted amendment, letter by letter
    BY_HAND = "by_hand"  # the office's own wording


class WorkingDraft(Base):
    """The next edition in preparation; a document has at most one that is not yet published."""

    __tablename__ = "working_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    base_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    started_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"), unique=True)

    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)
    base: Mapped[Edition] = relationship(foreign_keys=[base_id], lazy="joined", innerjoin=True)
    edition: Mapped[Edition | None] = relationship(foreign_keys=[edition_id])
    changes: Mapped[list[DraftChange]] = relationship(
        back_populates="draft", order_by="DraftChange.id"
    )


class DraftChange(Base):
    """One change of a working draft and, once published, the record of why the text changed.

    ``provision`` is the one reworded, with all beneath it, or repealed; of an insertion, the one
    after which the new provision stands. ``text`` is the new wording as ``legaltext.editing``
    prints it. Causes are remarks; ``reason`` stands for an editorial change without one.
    ``taken_back_at`` undoes a change before publication without losing it. ``shown`` is filled
    in on publication: under ``"touched"`` the numbers of all provisions that the change added,
    reworded, moved or repealed, under ``"formula"`` the amending formula.
    """

    __tablename__ = "draft_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("working_draft.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(StrEnumType(ChangeKind))
    provision_id: Mapped[int] = mapped_column(sa.ForeignKey("provision.id"), index=True)
    unit_kind: Mapped[Kind | None] = mapped_column(StrEnumType(Kind))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    how: Mapped[How] = mapped_column(StrEnumType(How))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    taken_back_at: Mapped[datetime | None]
    shown: Mapped[dict[str, Any]] = mapped_column(default=dict)

    draft: Mapped[WorkingDraft] = relationship(back_populates="changes")
    provision: Mapped[Provision] = relationship(foreign_keys=[provision_id])
    causes: Mapped[list[Remark]] = relationship(
        secondary="draft_cause", order_by="Remark.number", lazy="selectin"
    )


class DraftCause(Base):
    """That a remark caused a change."""

    __tablename__ = "draft_cause"

    change_id: Mapped[int] = mapped_column(sa.ForeignKey("draft_change.id"), primary_key=True)
    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), primary_key=True, index=True)
