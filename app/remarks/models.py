"""Tables of remarks and all that is said about them. Nothing here is ever deleted."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.consultations.models import Consultation
from app.documents.models import Document, Edition, Provision
from app.events.models import Event
from app.legaltext.anchors import State
from app.platform.db import Base, StrEnumType
from app.remarks.fate import Fate, Response, Whose


class RemarkKind(StrEnum):
    """What a remark asks for."""

    COMMENT = "comment"
    AMENDMENT = "amendment"


class AmendmentKind(StrEnum):
    """What an amendment does to the provision it is on."""

    REWORD = "reword"  # new wording of the provision
    INSERT = "insert"  # a new provision after it
    STRIKE = "strike"  # the provision goes


class Channel(StrEnum):
    """How a remark reached the office; all are equal in answers and figures."""

    ONLINE = "online"
    PAPER = "paper"
    EMAIL = "email"
    WORKSHOP = "workshop"


class Outcome(StrEnum):
    """The office's position (stanowisko) on a remark."""

    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    REJECTED = "rejected"
    OUT_OF_SCOPE = "out_of_scope"


class Remark(Base):
    """A comment or an amendment, on a whole document, a provision, or a quotation from it.

    ``signature`` is who is named in public: the organisation, a person who agreed to be named,
    or empty for a private person. ``submission_key`` comes with the form, so that a double click
    makes one remark. ``outcome`` repeats the latest position, ``versions_count``,
    ``replies_count`` and ``supports_count`` repeat the length of those lists, for cheap reading.
    ``key_hash`` is the SHA-256 of the secret link given to a person without an account.
    ``taken_into_id`` is the edition whose text it changed; until then it is pending.
    ``home_id`` is the provision at which it is shown and counted: where it belongs in the newest
    edition, or, when nothing of its place stands, the one it was made on. ``response`` repeats
    what its author says to the office's own wording, where the latest position gives one.
    """

    __tablename__ = "remark"
    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "number"),
        sa.Index("ix_remark_provision", "provision_id", "number"),
        sa.Index("ix_remark_document", "document_id", "number"),
        sa.Index("ix_remark_home", "home_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    number: Mapped[int]
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))  # the one it was made on
    provision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"))
    home_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"))
    citation: Mapped[str] = mapped_column(sa.String(200), default="")  # as printed in that edition
    quote: Mapped[str] = mapped_column(sa.Text, default="")
    quote_prefix: Mapped[str] = mapped_column(sa.String(80), default="")
    quote_suffix: Mapped[str] = mapped_column(sa.String(80), default="")

    kind: Mapped[RemarkKind] = mapped_column(StrEnumType(RemarkKind))
    amendment_kind: Mapped[AmendmentKind | None] = mapped_column(StrEnumType(AmendmentKind))
    channel: Mapped[Channel] = mapped_column(StrEnumType(Channel), default=Channel.ONLINE)
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"))
    received_on: Mapped[date]

    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True
    )
    author_name: Mapped[str] = mapped_column(sa.String(120), default="")
    author_email: Mapped[str] = mapped_column(sa.String(254), default="")
    named_in_public: Mapped[bool] = mapped_column(default=False)
    signature: Mapped[str] = mapped_column(sa.String(200), default="")
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    key_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)

    submitted_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(sa.Text, default="")
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    hidden_reason: Mapped[str] = mapped_column(sa.Text, default="")

    outcome: Mapped[Outcome | None] = mapped_column(StrEnumType(Outcome))
    response: Mapped[Response | None] = mapped_column(StrEnumType(Response))
    taken_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"))
    versions_count: Mapped[int] = mapped_column(default=1)
    replies_count: Mapped[int] = mapped_column(default=0)
    supports_count: Mapped[int] = mapped_column(default=0)

    # The newest version, repeated here so that a list of remarks is one query.
    body: Mapped[str] = mapped_column(sa.Text)  # what a comment says, why an amendment is made
    proposed_text: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text)  # rendered and sanitised when written

    consultation: Mapped[Consultation] = relationship()
    document: Mapped[Document] = relationship()
    edition: Mapped[Edition] = relationship(foreign_keys=[edition_id])
    provision: Mapped[Provision | None] = relationship(foreign_keys=[provision_id])
    home: Mapped[Provision | None] = relationship(foreign_keys=[home_id])
    organisation: Mapped[Organisation | None] = relationship()
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    event: Mapped[Event | None] = relationship()
    versions: Mapped[list[RemarkVersion]] = relationship(
        back_populates="remark", order_by="RemarkVersion.number"
    )
    positions: Mapped[list[Position]] = relationship(
        back_populates="remark", order_by="Position.id"
    )
    place: Mapped[RemarkPlace | None] = relationship(lazy="joined")
    carried: Mapped[list[CarriedWording]] = relationship(
        order_by="CarriedWording.whose", cascade="all, delete-orphan"
    )

    @property
    def author_can_be_asked(self) -> bool:
        """Whether its author has an account, an address or, having sent it alone, the link."""
        return bool(self.author_id or self.author_email) or self.entered_by_id is None

    @property
    def moved_along(self) -> CarriedWording | None:
        """What became, in the newest edition, of its author's wording; ``None`` if not pending."""
        pending = self.taken_into_id is None and self.withdrawn_at is None
        own = (row for row in self.carried if row.whose is Whose.AUTHOR)
        return next(own, None) if pending else None


class CarriedWording(Base):
    """What became of the wording of an amendment in the newest edition; none while it is its own.

    ``text`` would now make of ``seen`` what was wanted. Both are those of the edition ``edition``
    unless the wording could not be carried to it; then they are those it was written on.
    ``provision_id`` is where it belongs, ``None`` when that is gone. ``to_read`` says that two
    changes met in one sentence, so that a person should read what came of it. ``html`` sets what
    was rebased as ``Remark.html`` sets what was written, and is empty for all other fates.
    """

    __tablename__ = "carried_wording"

    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), primary_key=True)
    whose: Mapped[Whose] = mapped_column(StrEnumType(Whose), primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), index=True)
    fate: Mapped[Fate] = mapped_column(StrEnumType(Fate))
    to_read: Mapped[bool] = mapped_column(default=False)
    provision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"))
    seen: Mapped[str] = mapped_column(sa.Text, default="")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text, default="")

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    provision: Mapped[Provision | None] = relationship(lazy="joined")


class RemarkPlace(Base):
    """Where a remark on an earlier edition belongs in the newest one; none while that is its own.

    ``state`` compares with the edition in which the remark was made. ``provision_id`` is where it
    belongs, ``None`` when nothing of its place stands. The ``held`` columns are the anchor by
    which to look in the edition after.
    """

    __tablename__ = "remark_place"

    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), index=True)
    state: Mapped[State] = mapped_column(StrEnumType(State))
    provision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"), index=True)
    citation: Mapped[str] = mapped_column(sa.String(200), default="")  # as printed in that edition
    ambiguous: Mapped[bool] = mapped_column(default=False)
    held_number: Mapped[int]  # the number of the provision that holds the words
    held_quote: Mapped[str] = mapped_column(sa.Text, default="")
    held_prefix: Mapped[str] = mapped_column(sa.String(80), default="")
    held_suffix: Mapped[str] = mapped_column(sa.String(80), default="")

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    provision: Mapped[Provision | None] = relationship(lazy="joined")


class RemarkVersion(Base):
    """One version of what a remark says, and the edition it says it of; every version stays."""

    __tablename__ = "remark_version"
    __table_args__ = (sa.UniqueConstraint("remark_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"))
    number: Mapped[int]
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    provision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"))
    citation: Mapped[str] = mapped_column(sa.String(200), default="")
    body: Mapped[str] = mapped_column(sa.Text)
    proposed_text: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    remark: Mapped[Remark] = relationship(back_populates="versions")
    edition: Mapped[Edition] = relationship()


class Position(Base):
    """The office's answer to a remark; a later one stands over the earlier, which stays.

    ``wording`` is what the office would rather write, in its own name, where the amendment asks
    for another text; ``wording_seen`` is the text of the provision in ``edition`` for which it
    was written.
    """

    __tablename__ = "position"

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(StrEnumType(Outcome))
    justification: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text, default="")
    wording: Mapped[str] = mapped_column(sa.Text, default="")
    wording_seen: Mapped[str] = mapped_column(sa.Text, default="")
    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"))
    provision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"))
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))

    remark: Mapped[Remark] = relationship(back_populates="positions")
    decided_by: Mapped[User] = relationship()
    edition: Mapped[Edition | None] = relationship()
    provision: Mapped[Provision | None] = relationship()
    responses: Mapped[list[PositionResponse]] = relationship(
        order_by="PositionResponse.id", lazy="selectin"
    )


class PositionResponse(Base):
    """What the author of a remark says to the office's own wording; the last one stands."""

    __tablename__ = "position_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(sa.ForeignKey("position.id"), index=True)
    agrees: Mapped[bool]
    words: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text, default="")
    responded_at: Mapped[datetime]
    responded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class Reply(Base):
    """What somebody says beneath a remark. ``from_office`` marks the voice of the town hall."""

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    signature: Mapped[str] = mapped_column(sa.String(200))
    from_office: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    hidden_reason: Mapped[str] = mapped_column(sa.Text, default="")


class Support(Base):
    """That a person supports somebody else's remark; taking it back removes the row."""

    __tablename__ = "support"

    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    created_at: Mapped[datetime]


class Tally(Base):
    """How many visible remarks a provision has; kept by the actions, so that no page counts.

    ``provision_number`` 0 stands for remarks on the document as a whole. Hidden remarks count
    (their reason is shown in place), withdrawn ones do not.
    """

    __tablename__ = "remark_tally"

    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), primary_key=True)
    provision_number: Mapped[int] = mapped_column(primary_key=True)
    remarks: Mapped[int] = mapped_column(default=0)
    amendments: Mapped[int] = mapped_column(default=0)
