"""Tables of sign-ups: who comes to an event, who waits, and what they told us."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.events.models import Event, Question
from app.platform.db import Base, StrEnumType


class SignUpState(StrEnum):
    """Where a sign-up stands."""

    UNCONFIRMED = "unconfirmed"  # a guest's, until the address is confirmed; counts for nothing
    WAITING = "waiting"
    OFFERED = "offered"  # a freed place is held until ``offered_until``
    PLACED = "placed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"  # an offer was not taken in time, or an address never confirmed


#: States in which a place is held.
HOLDING = frozenset({SignUpState.PLACED, SignUpState.OFFERED})

#: States in which somebody still means to come.
LIVE = frozenset({SignUpState.PLACED, SignUpState.OFFERED, SignUpState.WAITING})


class SignUpChannel(StrEnum):
    """How a sign-up reached us."""

    ONLINE = "online"
    OFFICE = "office"  # entered by the office: by telephone, on a reserved place
    DOOR = "door"  # came without one


class Need(StrEnum):
    """What somebody needs to take part."""

    INTERPRETER = "interpreter"  # polski język migowy
    INDUCTION_LOOP = "induction_loop"
    STEP_FREE = "step_free"
    ASSISTANCE = "assistance"
    OTHER = "other"


class SignUp(Base):
    """One person signing up, for themselves or for several people of their organisation.

    ``number`` is the order of arrival in the event, given once; ``rank`` the order on the waiting
    list, which is the number unless the office has reordered. ``version`` grows with each change
    of state and keeps every letter about it single. ``email`` is in lower case: one address has
    at most one live sign-up in an event. ``key_hash`` is the SHA-256 of the secret link,
    ``people`` stays when the people are erased. ``sequence`` is that of the event when its date
    was agreed to.
    """

    __tablename__ = "event_signup"
    __table_args__ = (
        sa.Index("ix_event_signup_queue", "event_id", "state", "rank"),
        sa.Index("ix_event_signup_email", "event_id", "email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    state: Mapped[SignUpState] = mapped_column(StrEnumType(SignUpState))
    channel: Mapped[SignUpChannel] = mapped_column(
        StrEnumType(SignUpChannel), default=SignUpChannel.ONLINE
    )
    number: Mapped[int | None]  # None until the address is confirmed
    rank: Mapped[int | None]
    people: Mapped[int] = mapped_column(default=1)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(120), default="")  # who signed up
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    named_in_public: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    key_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    state_at: Mapped[datetime]  # since when it stands where it stands
    offered_until: Mapped[datetime | None] = mapped_column(index=True)
    cancelled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    cancel_reason: Mapped[str] = mapped_column(sa.Text, default="")
    erased_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    organisation: Mapped[Organisation | None] = relationship()
    participants: Mapped[list[Participant]] = relationship(
        back_populates="signup", order_by="Participant.position", cascade="all, delete-orphan"
    )
    answers: Mapped[list[Answer]] = relationship(cascade="all, delete-orphan")
    needs: Mapped[AccessNeeds | None] = relationship(cascade="all, delete-orphan")


class Participant(Base):
    """One person who comes. ``code`` is on their ticket and says nothing about them. ``let_in``
    is what the room of the door, which stands above, has made of them.
    """

    __tablename__ = "event_participant"
    __table_args__ = (sa.UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    signup_id: Mapped[int] = mapped_column(sa.ForeignKey("event_signup.id"), index=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(120))  # empty once erased
    code: Mapped[str] = mapped_column(sa.String(12))
    let_in: Mapped[bool] = mapped_column(default=False)

    signup: Mapped[SignUp] = relationship(back_populates="participants")


class Answer(Base):
    """What a sign-up says to a question of its event."""

    __tablename__ = "event_answer"

    signup_id: Mapped[int] = mapped_column(sa.ForeignKey("event_signup.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        sa.ForeignKey("event_question.id"), primary_key=True, index=True
    )
    value: Mapped[str] = mapped_column(sa.Text)

    question: Mapped[Question] = relationship(lazy="joined", innerjoin=True)


class AccessNeeds(Base):
    """What the people of a sign-up need to take part: data on health, in a table of its own.

    Seen by the office alone, loaded only where it is shown, and erased before all else.
    """

    __tablename__ = "event_access_needs"

    signup_id: Mapped[int] = mapped_column(sa.ForeignKey("event_signup.id"), primary_key=True)
    needs: Mapped[list[Any]]  # values of ``Need``
    note: Mapped[str] = mapped_column(sa.Text, default="")
