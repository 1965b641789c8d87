"""The table of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.consultations.models import Consultation
from app.platform.db import Base


class ReportSnapshot(Base):
    """A report as it was made at a moment; ``content`` is the whole frozen value as JSON."""

    __tablename__ = "report_snapshot"
    __table_args__ = (sa.UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)

    consultation: Mapped[Consultation] = relationship()
