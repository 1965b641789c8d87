"""Tables of events."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.consultations.models import Consultation
from app.platform.db import Base, StrEnumType


class EventKind(StrEnum):
    """What sort of meeting it is."""

    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    TRAINING = "training"
    MEETING = "meeting"  # spotkanie konsultacyjne
    FESTIVAL = "festival"  # Święto Organizacji Pozarządowych


class Event(Base):
    """A meeting; the figures and ``outcome`` are filled in once it is over."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("consultation.id"), index=True
    )
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    kind: Mapped[EventKind] = mapped_column(StrEnumType(EventKind))
    title: Mapped[str] = mapped_column(sa.String(200))
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int | None]
    people_present: Mapped[int | None]
    organisations_present: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(sa.Text, default="")

    consultation: Mapped[Consultation | None] = relationship(lazy="joined")
