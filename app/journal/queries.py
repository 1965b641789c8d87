"""Looking things up in the journal."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from app.journal.actions import name_of
from app.journal.models import Entry
from app.platform.db import Base, db


def history_of(thing: Base) -> Sequence[Entry]:
    """All that was done to one thing, the oldest first."""
    return db.session.scalars(
        sa.select(Entry).where(Entry.subject == name_of(thing)).order_by(Entry.id)
    ).all()
