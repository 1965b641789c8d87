"""The table of the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from app.platform.db import Base


class Entry(Base):
    """One deed. ``subject`` and ``scope`` name things as ``"remark:12"``, ``"consultation:1"``."""

    __tablename__ = "journal_entry"
    __table_args__ = (sa.Index("ix_journal_scope", "scope", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    action: Mapped[str] = mapped_column(sa.String(60))
    subject: Mapped[str] = mapped_column(sa.String(60), index=True)
    scope: Mapped[str] = mapped_column(sa.String(60), default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


def _refuse(_mapper: Mapper[Entry], _connection: Connection, entry: Entry) -> None:
    raise RuntimeError(f"journal entry {entry.id} is written once and stays")


sa.event.listen(Entry, "before_update", _refuse)
sa.event.listen(Entry, "before_delete", _refuse)
