"""Tables of people and organisations."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_login import AnonymousUserMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base, StrEnumType


class Role(StrEnum):
    """What a person is here: one of the public, or somebody with a task in the consultation."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"  # prowadzi warsztaty i moderuje
    COORDINATOR = "coordinator"  # koordynator Centrum Organizacji Pozarządowych
    EXECUTIVE = "executive"  # burmistrz
    COUNCILLOR = "councillor"  # radny albo członek rady działalności pożytku publicznego


#: Roles of people who work on the consultation for the town.
OFFICE = frozenset({Role.FACILITATOR, Role.COORDINATOR, Role.EXECUTIVE})


class OrganisationKind(StrEnum):
    """Legal forms of UDPP art. 3 ust. 2 and 3, as far as the directory tells them apart."""

    ASSOCIATION = "association"
    ORDINARY_ASSOCIATION = "ordinary_association"
    FOUNDATION = "foundation"
    SPORTS_CLUB = "sports_club"
    FIRE_BRIGADE = "fire_brigade"
    RURAL_WOMEN = "rural_women"
    CHURCH_BODY = "church_body"
    COOPERATIVE = "cooperative"
    INFORMAL = "informal"
    OTHER = "other"


class RegisterKind(StrEnum):
    """Which register an organisation is entered in; many have no KRS number."""

    KRS = "krs"
    STAROSTA = "starosta"
    KGW = "kgw"
    NONE = "none"


class Organisation(Base):
    """An organisation, or another body of UDPP art. 3 ust. 3, for which people may speak."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(StrEnumType(OrganisationKind))
    register_kind: Mapped[RegisterKind] = mapped_column(
        StrEnumType(RegisterKind), default=RegisterKind.NONE
    )
    register_number: Mapped[str] = mapped_column(sa.String(40), default="")
    town: Mapped[str] = mapped_column(sa.String(100), default="")
    aim: Mapped[str] = mapped_column(sa.Text, default="")
    verified_at: Mapped[datetime | None]


class User(Base, UserMixin):
    """A person with an account. ``email`` is kept in lower case and is unique."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    role: Mapped[Role] = mapped_column(StrEnumType(Role), default=Role.PARTICIPANT)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: Changes with the password, so that old sessions and old links stop working.
    stamp: Mapped[str] = mapped_column(sa.String(32))

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", order_by="Membership.id", foreign_keys="Membership.user_id"
    )

    @property
    def is_active(self) -> bool:
        """Whether the account may be used: confirmed, and not closed."""
        return self.confirmed_at is not None and self.closed_at is None

    def get_id(self) -> str:
        """What the session remembers: the person and the stamp of their password."""
        return f"{self.id}:{self.stamp}"

    @property
    def is_office(self) -> bool:
        """Whether the person works on consultations for the town."""
        return self.role in OFFICE


class Membership(Base):
    """That a person speaks for an organisation; the clerk confirms it, nobody is kept waiting."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Visitor(AnonymousUserMixin):
    """Somebody who has not signed in; has the same questions asked of them as a person."""

    id: None = None
    name = ""
    email = ""
    role = None
    is_office = False
    memberships: tuple[Membership, ...] = ()
