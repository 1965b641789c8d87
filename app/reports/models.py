"""Tables of reports and their files."""

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


class ReportFile(Base):
    """A report as a file of one kind ("pdf"), made once; the bytes never change."""

    __tablename__ = "report_file"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report_snapshot.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    made_at: Mapped[datetime]
    size: Mapped[int]  # bytes
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
