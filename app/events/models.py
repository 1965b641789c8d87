"""Tables of events: what is announced. Who comes stands in ``models_signups``."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.consultations.models import Consultation
from app.documents.models import Document, Provision
from app.platform.db import Base, StrEnumType


class EventKind(StrEnum):
    """What sort of meeting it is."""

    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    TRAINING = "training"
    MEETING = "meeting"  # spotkanie konsultacyjne
    FESTIVAL = "festival"  # Święto Organizacji Pozarządowych


class EventStatus(StrEnum):
    """How far an event has got; whether it is over follows from the clock."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """Who may sign up."""

    EVERYBODY = "everybody"
    ORGANISATIONS = "organisations"  # only for an organisation one speaks for
    INVITED = "invited"  # only people and organisations on the list of invitations


class FreedPlace(StrEnum):
    """What becomes of a freed place while people wait."""

    GIVEN = "given"  # the next one has it at once
    OFFERED = "offered"  # the next one is asked, and has ``offer_hours`` to answer


class QuestionKind(StrEnum):
    """How a question of an event is answered."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"


class Series(Base):
    """Several dates of one thing, each an event of its own with its own sign-ups."""

    __tablename__ = "event_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]


class Event(Base):
    """A meeting; the figures and ``outcome`` are filled in once it is over.

    ``slug`` is its address for ever. ``sequence`` grows when the time or the place changes, as
    calendars understand it; ``revision`` with every change a reader could see. ``taken`` (people
    who have or are offered a place) and ``waiting`` (people who wait) repeat what the sign-ups
    say; they are counted anew, with this row locked, whenever a sign-up changes.
    ``last_signup_number`` only grows: it is the order of arrival.
    """

    __tablename__ = "event"
    __table_args__ = (sa.Index("ix_event_programme", "status", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("consultation.id"), index=True
    )
    series_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event_series.id"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    kind: Mapped[EventKind] = mapped_column(StrEnumType(EventKind))
    status: Mapped[EventStatus] = mapped_column(
        StrEnumType(EventStatus), default=EventStatus.PUBLISHED
    )
    title: Mapped[str] = mapped_column(sa.String(200))
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    online_url: Mapped[str] = mapped_column(sa.String(500), default="")  # for who has a place
    accessibility: Mapped[str] = mapped_column(sa.Text, default="")  # what the place offers
    contact: Mapped[str] = mapped_column(sa.String(300), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]  # since when it says what it says; None: never changed
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(sa.Text, default="")

    takes_signups: Mapped[bool] = mapped_column(default=False)
    signup_opens_at: Mapped[datetime | None]  # None: as soon as it is published
    signup_closes_at: Mapped[datetime | None]  # None: when it begins
    audience: Mapped[Audience] = mapped_column(StrEnumType(Audience), default=Audience.EVERYBODY)
    capacity: Mapped[int | None]  # people; None: as many as come
    reserved: Mapped[int] = mapped_column(default=0)  # places kept by the office until released
    per_organisation: Mapped[int | None]
    freed_place: Mapped[FreedPlace] = mapped_column(
        StrEnumType(FreedPlace), default=FreedPlace.GIVEN
    )
    offer_hours: Mapped[int] = mapped_column(default=24)
    remind_days: Mapped[list[Any]] = mapped_column(default=lambda: [7, 1])
    asks_needs: Mapped[bool] = mapped_column(default=True)
    shows_participants: Mapped[bool] = mapped_column(default=False)  # those who agreed
    retention_days: Mapped[int] = mapped_column(default=90)  # after the end; then erased
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last_signup_number: Mapped[int] = mapped_column(default=0)
    submission_key: Mapped[str | None] = mapped_column(sa.String(64), unique=True)  # of the form

    people_present: Mapped[int | None]
    organisations_present: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(sa.Text, default="")
    questionnaire_url: Mapped[str] = mapped_column(sa.String(500), default="")
    thanked_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    minutes_published_at: Mapped[datetime | None]  # of the newest version of its minutes

    consultation: Mapped[Consultation | None] = relationship(lazy="joined")
    series: Mapped[Series | None] = relationship()
    documents: Mapped[list[Document]] = relationship(
        secondary="event_document", order_by="Document.position"
    )
    provisions: Mapped[list[Provision]] = relationship(
        secondary="event_provision", order_by="Provision.number"
    )
    facilitators: Mapped[list[Facilitator]] = relationship(
        order_by="Facilitator.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list[Question]] = relationship(
        back_populates="event", order_by="Question.position"
    )

    @property
    def closes_at(self) -> datetime:
        """From when on nobody signs up any more."""
        return min(self.signup_closes_at or self.starts_at, self.starts_at)

    @property
    def free(self) -> int | None:
        """Places that anybody could have now; ``None`` where there is no limit."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.reserved - self.taken)

    @property
    def erased_from(self) -> datetime:
        """From when on the people are forgotten: so many days after the end, or the calling off."""
        over = min(self.ends_at, self.cancelled_at or self.ends_at)
        return over + timedelta(days=self.retention_days)


class EventDocument(Base):
    """That an event is about a document."""

    __tablename__ = "event_document"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("document.id"), primary_key=True, index=True
    )


class EventProvision(Base):
    """That an event is about a provision, whatever number it bears in a later edition."""

    __tablename__ = "event_provision"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    provision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("provision.id"), primary_key=True, index=True
    )


class Facilitator(Base):
    """Somebody who runs an event; with an account, they may take attendance and notes."""

    __tablename__ = "event_facilitator"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    about: Mapped[str] = mapped_column(sa.String(200), default="")

    user: Mapped[User | None] = relationship()


class Question(Base):
    """A question that an event asks everybody who signs up.

    One that was answered is retired instead of changed, so that answers keep their meaning.
    """

    __tablename__ = "event_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[QuestionKind] = mapped_column(StrEnumType(QuestionKind))
    text: Mapped[str] = mapped_column(sa.String(300))
    choices: Mapped[list[Any]] = mapped_column(default=list)
    required: Mapped[bool] = mapped_column(default=False)
    retired_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(back_populates="questions")


class Invitation(Base):
    """Who may sign up for an event by invitation: an address, or anybody of an organisation."""

    __tablename__ = "event_invitation"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "email"),
        sa.UniqueConstraint("event_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    email: Mapped[str | None] = mapped_column(sa.String(254))  # lower case
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True
    )
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()


class Material(Base):
    """Something to read before or after an event: a file of ours, or an address elsewhere.

    One that was removed leaves its title and the reason; its content goes.
    """

    __tablename__ = "event_material"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(200))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    filename: Mapped[str] = mapped_column(sa.String(255), default="")
    content_type: Mapped[str] = mapped_column(sa.String(120), default="")
    size: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[str] = mapped_column(sa.Text, default="")
