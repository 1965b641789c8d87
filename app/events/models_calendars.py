"""The table of calendar addresses: each person may have one, and replace it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.platform.db import Base


class CalendarAddress(Base):
    """That somebody's sign-ups can be read by a calendar under a secret address.

    ``seed`` is new with each renewal; the secret follows from it and from the site's own secret,
    so that the account can show the address again and the database alone does not give it away.
    """

    __tablename__ = "event_calendar_address"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(sa.String(64))
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship()
