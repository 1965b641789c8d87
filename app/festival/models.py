"""Tables of NGO Day (Święto Organizacji Pozarządowych): what organisations ask for and get."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.events.models import Event
from app.platform.db import Base, StrEnumType


class ApplicationState(StrEnum):
    """What became of an application."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


#: States in which an application still counts.
LIVE = (ApplicationState.SUBMITTED, ApplicationState.ACCEPTED)


class Festival(Base):
    """What the office has set for one NGO Day; whatever changes its page grows ``revision``.

    ``sequence`` is that of the event of which the organisations have been told.
    """

    __tablename__ = "festival"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    stages: Mapped[list[Any]] = mapped_column(default=list)  # their names, the main one first
    published_at: Mapped[datetime | None]  # the programme; None: in preparation
    revision: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()


class StandPlace(Base):
    """A place for a stand on the plan of the square; one stand at most stands on it."""

    __tablename__ = "stand_place"
    __table_args__ = (sa.UniqueConstraint("event_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    label: Mapped[str] = mapped_column(sa.String(20))
    row: Mapped[int] = mapped_column(default=1)  # for the plan
    column: Mapped[int] = mapped_column(default=1)
    metres: Mapped[int] = mapped_column(default=3)  # of frontage
    has_power: Mapped[bool] = mapped_column(default=False)


class StandApplication(Base):
    """An organisation asks for a stand; ``place_id`` is unique, so none is given twice."""

    __tablename__ = "stand_application"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    state: Mapped[ApplicationState] = mapped_column(
        StrEnumType(ApplicationState), default=ApplicationState.SUBMITTED
    )
    shows: Mapped[str] = mapped_column(sa.Text)  # what visitors will find there
    metres: Mapped[int] = mapped_column(default=3)
    watts: Mapped[int] = mapped_column(default=0)  # 0: no power
    tables: Mapped[int] = mapped_column(default=1)
    chairs: Mapped[int] = mapped_column(default=2)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stand_place.id"), unique=True)
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # of a refusal
    announced: Mapped[str] = mapped_column(sa.String(120), default="")  # what was last told
    letters: Mapped[int] = mapped_column(default=0)  # how often the place or the time was told
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    user: Mapped[User | None] = relationship()
    place: Mapped[StandPlace | None] = relationship(lazy="joined")


class _HourOfEvent:
    """A moment that is kept as minutes after the event begins, and so moves along with it."""

    def __init__(self, column: str) -> None:
        self.column = column

    def __get__(self, turn: StageApplication | None, _owner: object) -> datetime | None:
        minutes = getattr(turn, self.column, None)
        if turn is None or minutes is None:
            return None
        return turn.event.starts_at + timedelta(minutes=minutes)

    def __set__(self, turn: StageApplication, moment: datetime | None) -> None:
        after = moment and (moment - turn.event.starts_at) // timedelta(minutes=1)
        setattr(turn, self.column, after)


class StageApplication(Base):
    """An organisation asks for time on a stage; ``starts_at`` is set by the coordinator.

    Its hours can be set once its event is known.
    """

    __tablename__ = "stage_application"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True
    )  # None: a point of the programme by the office itself
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    state: Mapped[ApplicationState] = mapped_column(
        StrEnumType(ApplicationState), default=ApplicationState.SUBMITTED
    )
    title: Mapped[str] = mapped_column(sa.String(200))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    minutes: Mapped[int]
    changeover: Mapped[int] = mapped_column(default=5)  # minutes before it, to set the stage
    performers: Mapped[int] = mapped_column(default=1)
    equipment: Mapped[str] = mapped_column(sa.Text, default="")
    earliest_after: Mapped[int | None]  # minutes after the event begins, like the next
    latest_after: Mapped[int | None]
    stage: Mapped[str] = mapped_column(sa.String(60), default="")
    starts_after: Mapped[int | None]  # minutes after the event begins
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # of a refusal
    announced: Mapped[str] = mapped_column(sa.String(120), default="")  # what was last told
    letters: Mapped[int] = mapped_column(default=0)  # how often the place or the time was told
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    user: Mapped[User | None] = relationship()

    not_before = _HourOfEvent("earliest_after")
    not_after = _HourOfEvent("latest_after")
    starts_at = _HourOfEvent("starts_after")

    @property
    def ends_at(self) -> datetime | None:
        """When it is over, if it has a beginning."""
        return self.starts_at and self.starts_at + timedelta(minutes=self.minutes)


Application = StandApplication | StageApplication
