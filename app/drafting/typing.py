"""What people are writing at the bench: kept while they write, and seen by the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.drafting.locking import draft_to_change
from app.drafting.models import Typing, WorkingDraft
from app.platform.db import db

#: Somebody whose page has been silent for so long has gone away.
GONE_AFTER = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Presence:
    """That somebody is editing a slot, and for how many minutes."""

    name: str
    slot: str
    minutes: int


def is_here(draft: WorkingDraft, target: str, *, by: User, at: datetime) -> Typing:
    """A person has a slot open for editing; what they may have typed before stays."""
    draft = draft_to_change(draft.id, by=by, at=at, with_texts=False)
    row = db.session.get(Typing, (draft.id, by.id, target))
    if row is None:
        row = Typing(
            draft_id=draft.id, person_id=by.id, target=target, opened_at=at, here_at=at, fields={}
        )
        db.session.add(row)
    elif row.closed_at is not None or at - row.here_at > GONE_AFTER:
        row.opened_at = at
    row.here_at, row.closed_at = at, None
    return row


def keep_typed(
    draft: WorkingDraft, target: str, fields: Mapping[str, object], *, by: User, at: datetime
) -> Typing:
    """Keep what a person has typed in the form of a slot and not put in the draft yet."""
    row = is_here(draft, target, by=by, at=at)
    row.fields = {**fields, "at": at.isoformat()}
    return row


def close(draft: WorkingDraft, target: str, *, by: User, at: datetime) -> None:
    """What was typed is in the draft now, or its author does not want it any more."""
    draft = draft_to_change(draft.id, by=by, at=at, with_texts=False)
    row = db.session.get(Typing, (draft.id, by.id, target))
    if row is not None:
        row.closed_at = at


def typed_by(draft: WorkingDraft, target: str, person: User) -> Typing | None:
    """What a person has typed in a slot and neither put in the draft nor thrown away."""
    row = db.session.get(Typing, (draft.id, person.id, target))
    return row if row is not None and row.closed_at is None and row.fields else None


def left_by(draft: WorkingDraft, person: User) -> list[Typing]:
    """All that a person has typed in a draft and neither put in nor thrown away."""
    rows = db.session.scalars(
        sa.select(Typing)
        .where(
            Typing.draft_id == draft.id, Typing.person_id == person.id, Typing.closed_at.is_(None)
        )
        .order_by(Typing.opened_at)
    )
    return [row for row in rows if row.fields.get("text", "") != row.fields.get("seen", "")]


def others_at(draft: WorkingDraft, person: User, at: datetime) -> Sequence[Presence]:
    """Who else is editing something in the draft at this moment."""
    rows = db.session.scalars(
        sa.select(Typing)
        .where(
            Typing.draft_id == draft.id,
            Typing.person_id != person.id,
            Typing.closed_at.is_(None),
            Typing.here_at > at - GONE_AFTER,
        )
        .order_by(Typing.opened_at)
    ).all()
    return [
        Presence(row.person.name, row.target, int((at - row.opened_at).total_seconds() // 60))
        for row in rows
    ]
