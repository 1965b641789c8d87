"""The promise that a published edition never changes, kept where rows are written."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session
from sqlalchemy.orm.util import identity_key

from app.documents.models import Comparison, Edition, Provision, Wording

#: What readers were shown and quote; the rest of an edition's row is about it, not in it.
FIXED = ("number", "title", "note", "body", "contents", "document_id", "published_at")


class PublishedTextChanged(RuntimeError):
    """Somebody is about to write into an edition that is public: a mistake in the programme."""


def guard() -> None:
    """Refuse to flush a change of what a published edition says, or of what was told of it."""
    sa.event.listen(Edition, "before_update", _edition)
    sa.event.listen(Edition, "before_delete", _edition_goes)
    for moment in ("before_insert", "before_update", "before_delete"):
        sa.event.listen(Wording, moment, _wording)
    for moment in ("before_update", "before_delete"):
        sa.event.listen(Provision, moment, _provision)
        sa.event.listen(Comparison, moment, _comparison)


def _edition(_mapper: Any, connection: sa.Connection, edition: Edition) -> None:
    attributes = sa.inspect(edition).attrs
    before = attributes.published_at.history
    published = before.deleted or before.unchanged
    if not published or published[0] is None:
        return
    changed = [name for name in FIXED if attributes[name].history.has_changes()]
    if attributes.origins.history.has_changes() and _has_origins(connection, edition):
        changed.append("origins")
    if changed:
        raise PublishedTextChanged(f"edition {edition.id}: {', '.join(changed)}")


def _has_origins(connection: sa.Connection, edition: Edition) -> bool:
    """They are found later for editions older than they are, but once."""
    return connection.scalar(sa.select(Edition.origins).where(Edition.id == edition.id)) is not None


def _edition_goes(_mapper: Any, _connection: sa.Connection, edition: Edition) -> None:
    if edition.published_at is not None:
        raise PublishedTextChanged(f"edition {edition.id} would be deleted")


def _wording(_mapper: Any, connection: sa.Connection, wording: Wording) -> None:
    session, key = object_session(wording), identity_key(Edition, wording.edition_id)
    edition = session.identity_map.get(key) if session else None
    if edition is not None:  # at hand while its thousand wordings are stored
        published_at = edition.published_at
    else:
        published_at = connection.scalar(
            sa.select(Edition.published_at).where(Edition.id == wording.edition_id)
        )
    if published_at is not None:
        raise PublishedTextChanged(
            f"edition {wording.edition_id}: provision {wording.provision_id}"
        )


def _provision(_mapper: Any, connection: sa.Connection, provision: Provision) -> None:
    """Its number is its public address, so it stays as soon as a reader may have seen it."""
    published = (
        sa.select(Edition.id)
        .join(Wording, Wording.edition_id == Edition.id)
        .where(Wording.provision_id == provision.id, Edition.published_at.is_not(None))
        .limit(1)
    )
    if connection.scalar(published) is not None:
        raise PublishedTextChanged(f"provision {provision.id}")


def _comparison(_mapper: Any, _connection: sa.Connection, comparison: Comparison) -> None:
    raise PublishedTextChanged(f"comparison {comparison.old_id}-{comparison.new_id}")
