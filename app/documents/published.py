"""The promise that a published edition never changes, kept where rows are written."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.documents.models import Edition, Wording

#: What readers were shown and quote; the rest of an edition's row is about it, not in it.
FIXED = ("number", "title", "body", "contents", "document_id", "published_at")


class PublishedTextChanged(RuntimeError):
    """Somebody is about to write into an edition that is public: a mistake in the programme."""


def guard() -> None:
    """Refuse to flush a change of what a published edition says."""
    sa.event.listen(Edition, "before_update", _edition)
    sa.event.listen(Wording, "before_update", _wording)
    sa.event.listen(Wording, "before_delete", _wording)


def _edition(_mapper: Any, _connection: sa.Connection, edition: Edition) -> None:
    attributes = sa.inspect(edition).attrs
    before = attributes.published_at.history
    published = before.deleted or before.unchanged
    if not published or published[0] is None:
        return
    changed = [name for name in FIXED if attributes[name].history.has_changes()]
    if changed:
        raise PublishedTextChanged(f"edition {edition.id}: {', '.join(changed)}")


def _wording(_mapper: Any, connection: sa.Connection, wording: Wording) -> None:
    published_at = connection.scalar(
        sa.select(Edition.published_at).where(Edition.id == wording.edition_id)
    )
    if published_at is not None:
        raise PublishedTextChanged(
            f"edition {wording.edition_id}: provision {wording.provision_id}"
        )
