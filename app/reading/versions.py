"""What pages of the public that show events depend on, each asked in one query."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import sqlalchemy as sa

from app.consultations.versions import STATE, of_rows
from app.events.versions import ABOUT_PROVISIONS, OF_CONSULTATION
from app.platform.clock import now
from app.platform.db import glance

# Asked before every such page, so they are put together once.
_CONSULTATION, _PROVISION = (
    STATE.add_columns(*events.c).join(events, sa.true())
    for events in (OF_CONSULTATION, ABOUT_PROVISIONS)
)


def of_consultation(slug: str) -> Hashable | None:
    """A consultation and its events; ``None`` when there is none that the public may see."""
    return _version(_CONSULTATION, {"slug": slug})


def of_provision(slug: str, document: str, **_rest: object) -> Hashable | None:
    """The consultation of a provision, and the events about its document's provisions."""
    return _version(_PROVISION, {"slug": slug, "document": document})


def _version(question: sa.Select[Any], values: Mapping[str, object]) -> Hashable | None:
    rows = glance(question, {**values, "at": now()})
    known = of_rows(rows)
    return None if known is None else (known, *rows[0][-6:])
