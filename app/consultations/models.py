"""Tables of consultations."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base


class Consultation(Base):
    """One consultation in the way of UDPP art. 5 ust. 5, of one or more drafts.

    ``revision`` grows with every change that a reader could see, so that pages know when they
    are out of date. ``last_remark_number`` only ever grows: a number is never given twice.
    ``submission_key`` comes with the form, so that a double click prepares one consultation.
    """

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    year: Mapped[int]  # the year the programme is for
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    who_may: Mapped[str] = mapped_column(sa.Text, default="")
    how_to: Mapped[str] = mapped_column(sa.Text, default="")
    publicity: Mapped[str] = mapped_column(sa.Text, default="")  # where it was announced
    legal_basis: Mapped[str] = mapped_column(sa.Text, default="")
    information_clause: Mapped[str] = mapped_column(sa.Text, default="")
    contact_name: Mapped[str] = mapped_column(sa.String(200), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(254), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(40), default="")
    contact_address: Mapped[str] = mapped_column(sa.String(300), default="")
    adoption_due_on: Mapped[date | None]  # 30 November of the year before, UDPP art. 5a ust. 1
    council_opinion: Mapped[str] = mapped_column(sa.Text, default="")  # UDPP art. 5a ust. 2a
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]  # the report has been published
    revision: Mapped[int] = mapped_column(default=1)
    last_remark_number: Mapped[int] = mapped_column(default=0)
    submission_key: Mapped[str | None] = mapped_column(sa.String(64), unique=True)

    rounds: Mapped[list[Round]] = relationship(
        back_populates="consultation", order_by="Round.opens_at", lazy="selectin"
    )


class Round(Base):
    """A window in which remarks are taken; both ends are moments, the closing one excluded."""

    __tablename__ = "consultation_round"
    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "number"),
        sa.CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship(back_populates="rounds")
