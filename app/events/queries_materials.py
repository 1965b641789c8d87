"""Looking up the materials of an event; contents are read only to be handed out."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from app.events.models import Event, Material
from app.platform.db import db


def materials_of(event: Event) -> Sequence[Material]:
    """What is put up, in order."""
    return db.session.scalars(
        sa.select(Material)
        .where(Material.event_id == event.id, Material.removed_at.is_(None))
        .order_by(Material.position, Material.id)
    ).all()


def removed_materials_of(event: Event) -> Sequence[Material]:
    """What was taken down, the latest first."""
    return db.session.scalars(
        sa.select(Material)
        .where(Material.event_id == event.id, Material.removed_at.is_not(None))
        .order_by(Material.removed_at.desc(), Material.id.desc())
    ).all()


def material_of_event(event: Event, number: int) -> Material | None:
    """One of them that is put up, by its id."""
    return db.session.scalar(
        sa.select(Material).where(
            Material.event_id == event.id, Material.id == number, Material.removed_at.is_(None)
        )
    )


def content_of(material: Material) -> bytes | None:
    """The bytes of a file."""
    return db.session.scalar(sa.select(Material.content).where(Material.id == material.id))
