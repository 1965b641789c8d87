"""Making and publishing editions: units become provisions with permanent numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext

from app.accounts.models import User
from app.consultations.actions import touch
from app.documents import published, rendering
from app.documents.comparison import compare_with_earlier
from app.documents.models import Document, Edition, Provision, SourceFile, Wording
from app.documents.origins import remember_origins
from app.documents.provenance import Stage
from app.documents.queries import latest_edition
from app.journal.actions import record
from app.legaltext.citation import citations
from app.legaltext.units import Unit, Units, walk
from app.platform.db import db
from app.platform.errors import DomainError

published.guard()


def store_edition(
    document: Document,
    units: Units,
    *,
    title: str,
    at: datetime,
    note: str = "",
    source_file: SourceFile | None = None,
    based_on: Edition | None = None,
) -> tuple[Edition, dict[str, Provision]]:
    """Keep a text as the document's next edition, not yet published.

    A unit whose id is the number of a provision of this document *is* that provision; every other
    unit gets a new one. Returns the edition and the provisions under the ids the units came with.
    """
    document = locked(document)
    provisions = _provisions(document, units)
    numbered = _with_numbers(units, provisions)
    newest = db.session.scalar(
        sa.select(sa.func.max(Edition.number)).where(Edition.document_id == document.id)
    )
    edition = Edition(
        document_id=document.id,
        number=(newest or 0) + 1,
        title=title,
        note=note,
        source_file_id=source_file.id if source_file else None,
        based_on_id=based_on.id if based_on else None,
        created_at=at,
        body=rendering.body(numbered),
        contents=rendering.contents(numbered),
    )
    db.session.add(edition)
    db.session.flush()
    db.session.add_all(_wordings(edition, numbered, provisions))
    db.session.flush()
    return edition, provisions


def locked(document: Document) -> Document:
    """The document with its row locked until the end of the transaction, as it is now."""
    return db.session.scalars(
        sa.select(Document)
        .where(Document.id == document.id)
        .with_for_update(of=Document)
        .execution_options(populate_existing=True)
    ).one()


def locked_edition(edition: Edition) -> Edition:
    """An edition as it is now, with its document locked until the end of the transaction."""
    locked(edition.document)
    return db.session.scalars(
        sa.select(Edition).where(Edition.id == edition.id).execution_options(populate_existing=True)
    ).one()


def _provisions(document: Document, units: Units) -> dict[str, Provision]:
    known = _known(document)
    numbers = {}
    fresh = []
    for unit in walk(units):
        if unit.id in known:
            numbers[unit.id] = unit.id
            continue
        document.last_provision_number += 1
        fresh.append({"document_id": document.id, "number": document.last_provision_number})
        numbers[unit.id] = str(document.last_provision_number)
    if fresh:
        # One statement for all: the unit of work would send one for each on SQLite.
        db.session.execute(sa.insert(Provision), fresh)
        known = _known(document)
    return {unit_id: known[number] for unit_id, number in numbers.items()}


def _known(document: Document) -> dict[str, Provision]:
    return {
        str(provision.number): provision
        for provision in db.session.scalars(
            sa.select(Provision).where(Provision.document_id == document.id)
        )
    }


def _with_numbers(units: Units, provisions: dict[str, Provision]) -> Units:
    def renamed(unit: Unit) -> Unit:
        number = str(provisions[unit.id].number)
        return replace(unit, id=number, children=tuple(renamed(c) for c in unit.children))

    return tuple(renamed(unit) for unit in units)


def _wordings(edition: Edition, units: Units, provisions: dict[str, Provision]) -> list[Wording]:
    ids = {str(p.number): p.id for p in provisions.values()}
    cited = citations(units)
    return [
        Wording(
            edition_id=edition.id,
            provision_id=ids[row.unit.id],
            parent_id=ids[row.parent_id] if row.parent_id else None,
            section_id=ids[row.section_id],
            position=position,
            depth=row.depth,
            kind=row.unit.kind,
            mark=row.unit.mark,
            text=row.unit.text,
            citation=cited.get(row.unit.id, ""),
        )
        for position, row in enumerate(rendering.placed(units))
    ]


def make_public(
    edition: Edition, *, by: User | None, at: datetime, stages: Sequence[Stage] = ()
) -> None:
    """Publish an edition: from now on it never changes, and it is what people read and amend.

    ``stages`` are the changes that made it, so that each word can be traced to one of them.
    Raises ``DomainError`` for one that is published already, or is older than one that is.
    """
    newest = latest_edition(edition.document)
    if newest is not None and newest.number >= edition.number:
        raise DomainError(
            lazy_gettext(
                "Edition %(number)s of this text is already published. Only a later edition can "
                "be published now.",
                number=newest.number,
            )
        )
    edition.published_at = at
    edition.published_by_id = by.id if by else None
    db.session.flush()
    related = compare_with_earlier(edition, at=at)
    remember_origins(edition, stages, related)
    consultation = edition.document.consultation
    record("published", edition, by=by, at=at, scope=consultation)
    touch(consultation.id)
