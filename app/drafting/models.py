"""Tables of working drafts and of the changes that made an edition. Nothing here is deleted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column, relationship

from app.accounts.models import User
from app.documents.models import Document, Edition, Provision
from app.events.models import Event
from app.legaltext.merge import Verdict
from app.legaltext.units import Kind
from app.platform.db import Base, StrEnumType
from app.remarks.models import Remark


class ChangeKind(StrEnum):
    """What a change does."""

    REWORD = "reword"
    INSERT = "insert"
    REPEAL = "repeal"
    MOVE = "move"


class How(StrEnum):
    """Where the words of a change come from."""

    AS_PROPOSED = "as_proposed"  # an accepted amendment, word by word
    BY_HAND = "by_hand"  # the office's own wording


_numbered = aliased(Edition)


class WorkingDraft(Base):
    """The next edition in preparation; a document has at most one that is open.

    ``base_text`` and ``text`` are the text of the base and the working text as JSON
    (``steps.to_json``); ``astray`` are the references that the changes led astray, as rows
    ``[unit id, place, words, meant, never]``. All are made when a deed is done, so that pages
    only read. ``revision`` grows with every deed. ``watched_since`` is set while everybody may
    watch the draft grow. ``abandoned_at`` is set once it was put aside, never to be an edition.
    """

    __tablename__ = "working_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    base_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    started_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"), unique=True)
    watched_since: Mapped[datetime | None]
    abandoned_at: Mapped[datetime | None]
    abandoned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    abandoned_reason: Mapped[str] = mapped_column(sa.Text, default="")
    base_text: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    text: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    astray: Mapped[list[Any]] = mapped_column(default=list, deferred=True)

    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)
    base: Mapped[Edition] = relationship(foreign_keys=[base_id], lazy="joined", innerjoin=True)
    edition: Mapped[Edition | None] = relationship(foreign_keys=[edition_id])
    abandoned_by: Mapped[User | None] = relationship(foreign_keys=[abandoned_by_id])
    changes: Mapped[list[DraftChange]] = relationship(
        back_populates="draft", order_by="DraftChange.id"
    )
    #: The number that the edition would get now; files that came in may have taken some.
    next_number: Mapped[int] = column_property(
        sa.select(sa.func.max(_numbered.number) + 1)
        .where(_numbered.document_id == document_id)
        .scalar_subquery()
    )


class DraftChange(Base):
    """One change of a working draft and, once published, the record of why the text changed.

    ``target`` is the id of the provision reworded with all beneath it, repealed or moved; of an
    insertion, the one after which the new provision stands; ``after`` is where a moved one goes.
    Ids are permanent numbers, or ``new-…`` of provisions that came with a change of this draft;
    ``provision`` is the target once it has a number. ``text`` is the wanted wording and ``seen``
    the one that its author had before their eyes, both as ``legaltext.editing`` prints them.

    Causes are remarks, or a note from a workshop (``event`` and ``event_note``), or ``reason``,
    an editorial change in words. A change that was switched out has ``taken_back_at``.

    ``made`` tells the change as it was made: the trees ``"old"`` and ``"new"``, the marked-up
    ``"html"``, ``"place"``, ``"formula"`` and ``"touched"`` ids. ``verdict`` is what became of it
    in the working text; of a collision nothing stands there. ``met`` are the ids of the changes
    with which it collides or should be read together, ``clash`` the way in which it collides.

    ``shown`` is filled in on publication: under ``"touched"`` the numbers of all provisions that
    the change added, reworded, moved or repealed, under ``"formula"`` the amending formula.
    """

    __tablename__ = "draft_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("working_draft.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(StrEnumType(ChangeKind))
    target: Mapped[str] = mapped_column(sa.String(60))
    after: Mapped[str] = mapped_column(sa.String(60), default="")
    provision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"), index=True)
    unit_kind: Mapped[Kind | None] = mapped_column(StrEnumType(Kind))
    seen: Mapped[str] = mapped_column(sa.Text, default="", deferred=True)
    text: Mapped[str] = mapped_column(sa.Text, default="")
    how: Mapped[How] = mapped_column(StrEnumType(How))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    event_note: Mapped[str] = mapped_column(sa.Text, default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    taken_back_at: Mapped[datetime | None]
    made: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    verdict: Mapped[Verdict] = mapped_column(StrEnumType(Verdict), default=Verdict.CLEAN)
    met: Mapped[list[Any]] = mapped_column(default=list)
    clash: Mapped[str] = mapped_column(sa.String(40), default="")
    shown: Mapped[dict[str, Any]] = mapped_column(default=dict)

    draft: Mapped[WorkingDraft] = relationship(back_populates="changes")
    provision: Mapped[Provision | None] = relationship(foreign_keys=[provision_id])
    event: Mapped[Event | None] = relationship(lazy="joined")
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    causes: Mapped[list[Remark]] = relationship(
        secondary="draft_cause", order_by="Remark.number", lazy="selectin"
    )

    @property
    def stands_aside(self) -> bool:
        """Whether the change collides, so that nothing of it is in the text."""
        return self.verdict is Verdict.COLLISION


class DraftCause(Base):
    """That a remark caused a change."""

    __tablename__ = "draft_cause"

    change_id: Mapped[int] = mapped_column(sa.ForeignKey("draft_change.id"), primary_key=True)
    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), primary_key=True, index=True)


class Verb(StrEnum):
    """What a deed did with its changes."""

    MAKE = "make"
    SWITCH_OUT = "switch_out"
    SWITCH_IN = "switch_in"
    EXPLAIN = "explain"  # other causes in place of those that a change had
    NAME_CAUSE = "name_cause"  # one more remark as a cause
    SAY_NO_CHANGE = "say_no_change"  # why remarks need no change
    TAKE_REASON_BACK = "take_reason_back"  # ... and that it is not said any more


class DeedState(StrEnum):
    """Whether a deed holds; ``PASSED`` was undone and something else was done since."""

    DONE = "done"
    UNDONE = "undone"
    PASSED = "passed"


class Deed(Base):
    """One deed at the bench, for undo and redo: what was done with which changes, by their ids.

    ``why`` belongs to deeds that leave the text alone: causes of a change ``"before"`` and
    ``"after"`` (``whys.Kept``), or the ids of ``NoChange`` rows under ``"said"``; and the numbers
    of the ``"remarks"`` that it speaks of.
    """

    __tablename__ = "draft_deed"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("working_draft.id"), index=True)
    verb: Mapped[Verb] = mapped_column(StrEnumType(Verb))
    changes: Mapped[list[Any]]
    why: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done_at: Mapped[datetime]
    done_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    state: Mapped[DeedState] = mapped_column(StrEnumType(DeedState), default=DeedState.DONE)


class NoChange(Base):
    """Why a remark decided in favour needs no change in the text; shown with it in public."""

    __tablename__ = "draft_no_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("working_draft.id"), index=True)
    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    taken_back_at: Mapped[datetime | None]

    draft: Mapped[WorkingDraft] = relationship()
    remark: Mapped[Remark] = relationship()


class Typing(Base):
    """What a person is writing in a slot and has not put in the draft yet; one row each.

    ``here_at`` is when their page last spoke up: it tells others who is editing. ``fields`` is
    what the form held, the wording it was opened on under ``"seen"``; ``closed_at`` is set once it
    was put in the draft or thrown away.
    """

    __tablename__ = "draft_typing"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("working_draft.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    target: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    opened_at: Mapped[datetime]
    here_at: Mapped[datetime]
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    closed_at: Mapped[datetime | None]

    person: Mapped[User] = relationship(lazy="joined", innerjoin=True)
