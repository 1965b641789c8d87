"""Looking documents, editions and provisions up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, undefer

from app.consultations.models import Consultation
from app.documents.models import (
    Comparison,
    Document,
    DraftImport,
    Edition,
    Provision,
    SourceFile,
    Wording,
)
from app.legaltext.units import Unit, Units
from app.platform.db import db

# Asked for nearly every page, so they are put together once.
_BY_SLUG = sa.select(Document).where(
    Document.consultation_id == sa.bindparam("consultation"), Document.slug == sa.bindparam("slug")
)
_newest = sa.orm.aliased(Edition)
_LATEST = (
    sa.select(Edition)
    .where(Edition.document_id == sa.bindparam("document"), Edition.published_at.is_not(None))
    .order_by(Edition.number.desc())
    .limit(1)
)
_LATEST_WITH_BODY = _LATEST.options(undefer(Edition.body), undefer(Edition.contents))
_SECTION = (
    sa.select(Wording)
    .where(
        Wording.edition_id == sa.bindparam("edition"),
        Wording.section_id == sa.bindparam("section"),
    )
    .order_by(Wording.position)
)
_HISTORY = (
    sa.select(Wording)
    .join(Wording.edition)
    .join(Wording.provision)
    .where(
        Provision.document_id == sa.bindparam("document"),
        Provision.number == sa.bindparam("number"),
        Edition.published_at.is_not(None),
    )
    .options(contains_eager(Wording.edition), contains_eager(Wording.provision))
    .order_by(Edition.number)
)
_PUBLISHED = (
    sa.select(Edition)
    .where(Edition.document_id == sa.bindparam("document"), Edition.published_at.is_not(None))
    .order_by(Edition.number)
)


def documents_of(consultation: Consultation) -> Sequence[Document]:
    """The documents of a consultation with their editions, in the office's order."""
    return (
        db.session.scalars(
            sa.select(Document)
            .where(Document.consultation_id == consultation.id)
            .options(sa.orm.selectinload(Document.editions))
            .order_by(Document.position, Document.id)
        )
        .unique()
        .all()
    )


def document_by_slug(consultation: Consultation, slug: str) -> Document | None:
    """The document of a consultation under an address."""
    return db.session.scalar(_BY_SLUG, {"consultation": consultation.id, "slug": slug})


def newest_of(document_id: Any) -> sa.ScalarSelect[int]:
    """The id of a document's newest published edition, as a part of another question."""
    return (
        sa.select(_newest.id)
        .where(_newest.document_id == document_id, _newest.published_at.is_not(None))
        .order_by(_newest.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def latest_edition(document: Document, *, with_body: bool = False) -> Edition | None:
    """The published edition with the highest number."""
    return db.session.scalar(_LATEST_WITH_BODY if with_body else _LATEST, {"document": document.id})


def edition_by_number(
    document: Document, number: int, *, with_body: bool = False
) -> Edition | None:
    """An edition, published or not: who may see it is asked elsewhere."""
    statement = sa.select(Edition).where(
        Edition.document_id == document.id, Edition.number == number
    )
    if with_body:
        statement = statement.options(undefer(Edition.body), undefer(Edition.contents))
    return db.session.scalar(statement)


def texts_of(edition: Edition) -> tuple[list[Any], list[Any]]:
    """The rendered body and the table of contents of an edition."""
    row = db.session.execute(
        sa.select(Edition.body, Edition.contents).where(Edition.id == edition.id)
    ).one()
    return row.body, row.contents


def published_editions(document: Document) -> Sequence[Edition]:
    """The published editions, the first one first."""
    return db.session.scalars(_PUBLISHED, {"document": document.id}).all()


def published_before(edition: Edition, editions: Sequence[Edition]) -> Edition | None:
    """The one of a document's published editions that readers had before this one.

    Numbers may have been skipped: an edition that came in as a file need not ever be published.
    """
    earlier = (each for each in editions if each.number < edition.number)
    return max(earlier, key=lambda each: each.number, default=None)


def wordings_of(edition: Edition) -> Sequence[Wording]:
    """Every wording of an edition in reading order, each with its provision; one query."""
    return db.session.scalars(
        sa.select(Wording).where(Wording.edition_id == edition.id).order_by(Wording.position)
    ).all()


def wordings_of_section(edition: Edition, section_id: int) -> Sequence[Wording]:
    """The wordings of one § and what stands beneath it, in reading order."""
    return db.session.scalars(_SECTION, {"edition": edition.id, "section": section_id}).all()


def ever_in_section(section_id: int, editions: Sequence[Edition]) -> Sequence[Wording]:
    """All that stood in a § in these editions, in reading order."""
    return db.session.scalars(
        sa.select(Wording)
        .where(Wording.section_id == section_id, Wording.edition_id.in_([e.id for e in editions]))
        .order_by(Wording.position)
    ).all()


def stood_in(provision_ids: Iterable[int]) -> Sequence[tuple[int, int]]:
    """In which editions, wherever, these provisions stand: pairs of their ids."""
    found = db.session.execute(
        sa.select(Wording.provision_id, Wording.edition_id).where(
            Wording.provision_id.in_(provision_ids)
        )
    )
    return [(provision, edition) for provision, edition in found]


def wording_of(edition: Edition, provision: Provision) -> Wording | None:
    """The wording of a provision in an edition; ``None`` when it does not stand there."""
    return db.session.get(Wording, (edition.id, provision.id))


def history_of(document: Document, number: int) -> Sequence[Wording]:
    """The wordings of a provision in all published editions, the first one first."""
    return db.session.scalars(_HISTORY, {"document": document.id, "number": number}).all()


def units_of(wordings: Sequence[Wording]) -> Units:
    """The tree of provisions; a unit's id is the provision's permanent number as text.

    ``wordings`` may be a part of an edition: a row whose parent is not among them is a root.
    """
    numbers = {row.provision_id: str(row.provision.number) for row in wordings}
    children: dict[int | None, list[Wording]] = {}
    for row in wordings:
        parent = row.parent_id if row.parent_id in numbers else None
        children.setdefault(parent, []).append(row)
    made: dict[int, Unit] = {}
    for row in reversed(wordings):
        made[row.provision_id] = Unit(
            id=numbers[row.provision_id],
            kind=row.kind,
            mark=row.mark,
            text=row.text,
            children=tuple(made[c.provision_id] for c in children.get(row.provision_id, ())),
        )
    return tuple(made[row.provision_id] for row in children.get(None, ()))


def comparison_of(old: Edition, new: Edition) -> Comparison | None:
    """The stored comparison of two published editions."""
    return db.session.get(Comparison, (old.id, new.id))


def imports_of(consultation: Consultation) -> Sequence[DraftImport]:
    """Drafts on their way in: neither confirmed nor dropped, the newest first."""
    return db.session.scalars(
        sa.select(DraftImport)
        .where(
            DraftImport.consultation_id == consultation.id,
            DraftImport.confirmed_at.is_(None),
            DraftImport.dropped_at.is_(None),
        )
        .order_by(DraftImport.id.desc())
    ).all()


def untouched_import(consultation: Consultation, sha256: str) -> DraftImport | None:
    """The same file on its way in already, if nobody has corrected anything in it."""
    return db.session.scalar(
        sa.select(DraftImport)
        .join(SourceFile, SourceFile.id == DraftImport.source_file_id)
        .where(
            DraftImport.consultation_id == consultation.id,
            DraftImport.confirmed_at.is_(None),
            DraftImport.dropped_at.is_(None),
            DraftImport.revision == 1,
            SourceFile.sha256 == sha256,
        )
        .limit(1)
    )


def import_by_id(import_id: int) -> DraftImport | None:
    """A draft on its way in, with its history of fixes."""
    return db.session.scalar(
        sa.select(DraftImport)
        .where(DraftImport.id == import_id)
        .options(undefer(DraftImport.history))
    )


def locked_import(import_id: int) -> DraftImport:
    """The draft with its row locked until the end of the transaction: lock, then look."""
    return db.session.scalars(
        sa.select(DraftImport)
        .where(DraftImport.id == import_id)
        .with_for_update(of=DraftImport)
        .options(undefer(DraftImport.history))
        .execution_options(populate_existing=True)
    ).one()


def dropped_imports_of(consultation: Consultation) -> Sequence[DraftImport]:
    """Dropped drafts that can be taken back, the one dropped last first."""
    return db.session.scalars(
        sa.select(DraftImport)
        .where(
            DraftImport.consultation_id == consultation.id,
            DraftImport.confirmed_at.is_(None),
            DraftImport.dropped_at.is_not(None),
        )
        .order_by(DraftImport.dropped_at.desc())
        .limit(10)
    ).all()


def waiting_editions_of(consultation: Consultation) -> Sequence[Edition]:
    """Editions that are stored and not published, the newest first."""
    return db.session.scalars(
        sa.select(Edition)
        .join(Document)
        .where(Document.consultation_id == consultation.id, Edition.published_at.is_(None))
        .order_by(Edition.id.desc())
    ).all()


def edition_by_id(edition_id: int, *, with_body: bool = False) -> Edition | None:
    """An edition under its own id, published or not."""
    statement = sa.select(Edition).where(Edition.id == edition_id)
    if with_body:
        statement = statement.options(undefer(Edition.body))
    return db.session.scalar(statement)


def document_addresses(consultation: Consultation) -> frozenset[str]:
    """The addresses of a consultation's documents that are taken."""
    return frozenset(
        db.session.scalars(
            sa.select(Document.slug).where(Document.consultation_id == consultation.id)
        )
    )


def content_of(file: SourceFile) -> bytes:
    """The bytes of an original file, read only when somebody downloads it."""
    return db.session.scalars(sa.select(SourceFile.content).where(SourceFile.id == file.id)).one()
