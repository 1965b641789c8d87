"""Tables of documents, imports, editions, provisions and their wordings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.consultations.models import Consultation
from app.legaltext.units import Kind
from app.platform.db import Base, StrEnumType


class Document(Base):
    """A text under consultation. ``last_provision_number`` only grows, like remark numbers.

    ``is_watched`` repeats, for cheap reading, that everybody may watch its next edition grow.
    """

    __tablename__ = "document"
    __table_args__ = (sa.UniqueConstraint("consultation_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    slug: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.Text)
    position: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    last_provision_number: Mapped[int] = mapped_column(default=0)
    is_watched: Mapped[bool] = mapped_column(default=False)

    consultation: Mapped[Consultation] = relationship()
    editions: Mapped[list[Edition]] = relationship(
        back_populates="document", order_by="Edition.number"
    )


class SourceFile(Base):
    """An original file as it was uploaded, byte for byte."""

    __tablename__ = "source_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(sa.String(255))
    content_type: Mapped[str] = mapped_column(sa.String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)


class DraftImport(Base):
    """A draft on its way in: the outline as understood so far, row by row, until confirmed.

    ``rows`` are the rows of ``legaltext.draft_lines`` as JSON; ``revision`` grows with every fix,
    so that two open windows cannot overwrite each other. ``history`` keeps what the last fixes
    replaced (``fixes.Step``), so that they can be undone, the newest last.
    """

    __tablename__ = "draft_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), index=True)
    title: Mapped[str] = mapped_column(sa.Text)
    source_file_id: Mapped[int] = mapped_column(sa.ForeignKey("source_file.id"))
    rows: Mapped[list[Any]]
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    history: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"))

    consultation: Mapped[Consultation] = relationship(lazy="joined", innerjoin=True)
    source_file: Mapped[SourceFile] = relationship(lazy="joined", innerjoin=True)
    created_by: Mapped[User] = relationship()


class Edition(Base):
    """One state of a document's whole text; once published it never changes.

    ``body`` is the text as HTML, rendered when the edition is made: pieces
    ``[slot, html, address]`` in reading order. After the html of a piece a page sets the line
    of the provision whose number is ``slot``; 0 means nothing is set there. A single piece need
    not be balanced (a provision encloses its parts), all pieces joined are.

    ``origins`` tell, under each provision's number, where its words come from: runs
    ``[edition number, change, words]``, as ``documents.provenance`` found on publication; ``None``
    for editions published before that was kept.
    """

    __tablename__ = "edition"
    __table_args__ = (sa.UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    source_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("source_file.id"))
    based_on_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    body: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    contents: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    origins: Mapped[dict[str, Any] | None] = mapped_column(
        sa.JSON(none_as_null=True), deferred=True
    )

    document: Mapped[Document] = relationship(back_populates="editions")
    source_file: Mapped[SourceFile | None] = relationship()
    wordings: Mapped[list[Wording]] = relationship(
        back_populates="edition", order_by="Wording.position"
    )


class Provision(Base):
    """The permanent identity of a provision: survives renumbering, rewording, moving, repeal.

    ``number`` is unique within the document, is part of public addresses, and says nothing of
    the provision's mark or place.
    """

    __tablename__ = "provision"
    __table_args__ = (sa.UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    number: Mapped[int]

    document: Mapped[Document] = relationship()


class Wording(Base):
    """What a provision says, bears and where it stands in one edition (brzmienie).

    ``section_id`` is the § it belongs to (itself, for a §), or, outside every §, itself: the unit
    that has a page of its own. ``citation`` is the address as printed, "§ 4 ust. 2 pkt 3".
    """

    __tablename__ = "wording"

    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True)
    provision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("provision.id"), primary_key=True, index=True
    )
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"))
    section_id: Mapped[int] = mapped_column(sa.ForeignKey("provision.id"))
    position: Mapped[int]
    depth: Mapped[int]
    kind: Mapped[Kind] = mapped_column(StrEnumType(Kind))
    mark: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.Text)
    citation: Mapped[str] = mapped_column(sa.String(200))

    edition: Mapped[Edition] = relationship(back_populates="wordings")
    provision: Mapped[Provision] = relationship(
        foreign_keys=[provision_id], lazy="joined", innerjoin=True
    )


class Comparison(Base):
    """Two published editions of one document compared, kept as it was first computed.

    ``rows`` hold, for each provision that differs, its number, verdicts, both citations and
    texts, the marked-up difference and the formula; ``formulas`` are the sentences of an amending
    act in order, one for each § (``None`` in comparisons made before they were kept); ``engine``
    names the version of the diff engine, so that an upgrade does not rewrite history.
    """

    __tablename__ = "comparison"

    old_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True)
    engine: Mapped[str] = mapped_column(sa.String(40))
    made_at: Mapped[datetime]
    rows: Mapped[list[Any]]
    formulas: Mapped[list[Any] | None] = mapped_column(sa.JSON(none_as_null=True))
