"""What pages that show events among other things depend on, each asked in one query."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, cast

import sqlalchemy as sa

from app.consultations.models import Consultation
from app.consultations.versions import STATE, of_rows
from app.documents.models import Document, Provision
from app.events.models import Event, EventProvision
from app.platform.clock import now
from app.platform.db import glance

_event = cast(sa.Table, Event.__table__)
_consultation = cast(sa.Table, Consultation.__table__)
_document = cast(sa.Table, Document.__table__)
_provision = cast(sa.Table, Provision.__table__)
_about = cast(sa.Table, EventProvision.__table__)

_at = sa.bindparam("at", type_=Event.starts_at.type)
_closes = sa.case(
    (_event.c.signup_closes_at < _event.c.starts_at, _event.c.signup_closes_at),
    else_=_event.c.starts_at,
)


def _state(wanted: sa.ColumnElement[bool]) -> sa.Subquery:
    """One row: which events there are, what was touched, and what has opened, closed and ended."""
    return (
        sa.select(
            sa.func.count(_event.c.id).label("events"),
            sa.func.sum(_event.c.revision).label("revisions"),
            sa.func.max(_event.c.id).label("newest"),
            sa.func.count(sa.case((_event.c.ends_at <= _at, 1))).label("over"),
            sa.func.count(sa.case((_event.c.signup_opens_at <= _at, 1))).label("opened"),
            sa.func.count(sa.case((_closes <= _at, 1))).label("closed"),
        )
        .where(wanted)
        .subquery()
    )


#: Of the events of the consultation ``slug``, at the moment ``at``.
_OF_CONSULTATION = _state(
    _event.c.consultation_id
    == sa.select(_consultation.c.id)
    .where(_consultation.c.slug == sa.bindparam("slug"))
    .scalar_subquery()
)

#: Of the events about a provision of ``document`` in the consultation ``slug``, at ``at``.
_ABOUT_PROVISIONS = _state(
    _event.c.id.in_(
        sa.select(_about.c.event_id)
        .join(_provision, _provision.c.id == _about.c.provision_id)
        .join(_document, _document.c.id == _provision.c.document_id)
        .join(_consultation, _consultation.c.id == _document.c.consultation_id)
        .where(
            _consultation.c.slug == sa.bindparam("slug"),
            _document.c.slug == sa.bindparam("document"),
        )
    )
)

# Asked before every such page, so they are put together once.
_CONSULTATION, _PROVISION = (
    STATE.add_columns(*events.c).join(events, sa.true())
    for events in (_OF_CONSULTATION, _ABOUT_PROVISIONS)
)


def of_consultation(slug: str, **_rest: object) -> Hashable | None:
    """A consultation and its events; ``None`` when there is none that the public may see."""
    return _version(_CONSULTATION, {"slug": slug})


def of_provision(slug: str, document: str, **_rest: object) -> Hashable | None:
    """The consultation of a provision, and the events about its document's provisions."""
    return _version(_PROVISION, {"slug": slug, "document": document})


def _version(question: sa.Select[Any], values: Mapping[str, object]) -> Hashable | None:
    rows = glance(question, {**values, "at": now()})
    known = of_rows(rows)
    return None if known is None else (known, *rows[0][-6:])
