"""Tables of minutes and notes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.documents.models import Document, Edition, Provision
from app.events.models import Event
from app.platform.db import Base, StrEnumType
from app.remarks.models import Remark


class NoteKind(StrEnum):
    """What was noted."""

    COMMENT = "comment"
    PROPOSAL = "proposal"  # another wording
    AGREED = "agreed"
    DISPUTED = "disputed"


class Minutes(Base):
    """The minutes of an event as they are being written; what was published are its versions.

    ``revision`` grows with every change, so that two who write do not overwrite each other.
    ``published_at`` is the moment of the first version.
    """

    __tablename__ = "event_minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), unique=True)
    introduction: Mapped[str] = mapped_column(sa.Text, default="")
    closing: Mapped[str] = mapped_column(sa.Text, default="")
    people_present: Mapped[int | None]
    organisations_present: Mapped[int | None]
    women: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    written_by: Mapped[User | None] = relationship()
    items: Mapped[list[MinutesItem]] = relationship(
        order_by="MinutesItem.position", cascade="all, delete-orphan"
    )


class MinutesVersion(Base):
    """The minutes as they were published; never changed, only followed by another version.

    ``content`` is the frozen value of ``content.Protocol`` as JSON. ``note`` says what is different
    from the version before, and is empty for the first.
    """

    __tablename__ = "event_minutes_version"
    __table_args__ = (sa.UniqueConstraint("minutes_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("event_minutes.id"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))


class MinutesItem(Base):
    """One point of the agenda: what was talked about and what was agreed."""

    __tablename__ = "event_minutes_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("event_minutes.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(300))
    discussion: Mapped[str] = mapped_column(sa.Text, default="")
    agreed: Mapped[str] = mapped_column(sa.Text, default="")


class Note(Base):
    """Something said at a meeting, tied to a provision; ``remark_id`` is what it became.

    ``edition_id`` is the edition that was read at the meeting: its wording is what
    ``proposed_text`` would change. ``revision`` grows with every correction.
    """

    __tablename__ = "event_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"), index=True)
    provision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"), index=True)
    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"))
    kind: Mapped[NoteKind] = mapped_column(StrEnumType(NoteKind))
    table: Mapped[str] = mapped_column(sa.String(60), default="")  # at which it was said
    body: Mapped[str] = mapped_column(sa.Text)
    proposed_text: Mapped[str] = mapped_column(sa.Text, default="")
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
    dropped_reason: Mapped[str] = mapped_column(sa.Text, default="")
    remark_id: Mapped[int | None] = mapped_column(sa.ForeignKey("remark.id"), unique=True)

    event: Mapped[Event] = relationship()
    document: Mapped[Document | None] = relationship()
    edition: Mapped[Edition | None] = relationship()
    provision: Mapped[Provision | None] = relationship()
    author: Mapped[User | None] = relationship()
    remark: Mapped[Remark | None] = relationship()
