"""Writing in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol, cast

import sqlalchemy as sa

from app.journal.models import Entry
from app.platform.db import Base, db, id_of

#: Part of every deed, so it is put together once, and of the table: no object is made.
_WRITE = sa.insert(cast(sa.Table, Entry.__table__))


class Person(Protocol):
    """Whoever does something; the journal keeps their number and not their name."""

    @property
    def id(self) -> Any: ...


def record(
    action: str,
    subject: Base,
    *,
    by: Person | None,
    at: datetime,
    scope: Base | None = None,
    reason: str = "",
    **details: Any,
) -> int:
    """Add what has just been done to ``subject`` to the journal, in the same transaction.

    Returns the number of the entry.

    ``by`` is ``None`` for a person without an account, and for who runs the site. ``details`` must
    be JSON values and hold no personal data: the journal is never erased.
    """
    db.session.flush()
    entry = {
        "at": at,
        "by_id": id_of(by) if by is not None else None,
        "action": action,
        "subject": name_of(subject),
        "scope": name_of(scope) if scope is not None else "",
        "reason": reason,
        "details": details,
    }
    written = db.session.connection().execute(_WRITE, entry)
    return int(written.inserted_primary_key[0])  # type: ignore[index]


def name_of(thing: Base) -> str:
    """How the journal calls a row: its table and its primary key, ``"remark:12"``."""
    return f"{thing.__tablename__}:{id_of(thing)}"
