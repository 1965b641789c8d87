"""Table of attendance."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.events.models_signups import Participant
from app.platform.db import Base, StrEnumType


class CheckInWay(StrEnum):
    """How somebody was recognised."""

    CAMERA = "camera"
    CODE = "code"
    NAME = "name"
    WALK_IN = "walk_in"  # came without a sign-up
    LIST = "list"  # copied from the signed list afterwards


class CheckIn(Base):
    """That a participant came. ``client_key`` is made by the device at the door, so that what it
    sends again after the network was down is taken once. ``happened_at`` is the door's moment,
    ``received_at`` ours; one taken back keeps its row while the participant has theirs.
    """

    __tablename__ = "check_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    participant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("event_participant.id", ondelete="CASCADE"), unique=True
    )
    way: Mapped[CheckInWay] = mapped_column(StrEnumType(CheckInWay))
    client_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship()
