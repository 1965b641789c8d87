"""Looking up what a page of the public composes from several packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy import orm

from app.consultations.models import Consultation
from app.documents import queries as documents
from app.documents.models import Comparison, Document, Edition, Provision, Wording
from app.drafting.models import DraftChange
from app.drafting.queries import published_changes
from app.legaltext.numbering import display_mark
from app.legaltext.units import GROUPING
from app.platform.db import db
from app.platform.pages import Page
from app.reading.struck import Struck, gone_with, struck_from
from app.reading.whole_text import Standing
from app.remarks.models import Remark
from app.remarks.queries import remarks_of_section
from app.reports.models import ReportSnapshot

#: Remarks on one page of a §; nearly always all of them, so that each stands beside its part.
REMARKS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Voices:
    """How much has been said in a consultation so far."""

    remarks: int = 0
    organisations: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """One chapter of a provision's history: an edition and what it changed in the provision.

    ``earlier`` is the edition with which it was compared; the first has none.
    """

    edition: Edition
    earlier: Edition | None
    rows: list[dict[str, object]]
    changes: list[DraftChange]


@dataclass(frozen=True, slots=True)
class ProvisionPage:
    """All that the page of a § shows.

    ``struck`` is what stood in the § and stands nowhere any more; ``gone`` is the § itself, once it
    was struck out.
    """

    edition: Edition
    section: Wording
    wordings: Sequence[Wording]
    gone: Struck | None
    chapter: Wording | None
    previous: Wording | None
    following: Wording | None
    remarks: Page[Remark]
    history: list[Past]
    struck: list[Struck]

    @property
    def stands(self) -> bool:
        """Whether the § stands in the newest edition."""
        return self.gone is None

    @property
    def first(self) -> int:
        """The number of the first published edition of the document."""
        return self.history[-1].edition.number

    @property
    def cited(self) -> dict[int, str]:
        """How the provisions of the § are cited in this edition, under their numbers."""
        return {wording.provision.number: wording.citation for wording in self.wordings}


def remark_figures(consultations: Sequence[Consultation]) -> dict[int, Voices]:
    """Figures of each consultation, in one query; what was withdrawn was said all the same."""
    found = {c.id: Voices() for c in consultations}
    rows = db.session.execute(
        sa.select(
            Remark.consultation_id,
            sa.func.count(),
            sa.func.count(Remark.organisation_id.distinct()),
            sa.func.count(Remark.outcome),
        )
        .where(Remark.consultation_id.in_(found))
        .group_by(Remark.consultation_id)
    )
    found.update({row[0]: Voices(*row[1:]) for row in rows})
    return found


def published_report(consultation: Consultation) -> ReportSnapshot | None:
    """The newest published report."""
    return db.session.scalar(
        sa.select(ReportSnapshot)
        .where(
            ReportSnapshot.consultation_id == consultation.id,
            ReportSnapshot.published_at.is_not(None),
        )
        .order_by(ReportSnapshot.number.desc())
        .limit(1)
    )


def provision_page(document: Document, number: int, page: int) -> ProvisionPage | None:
    """The page of the § to which a provision belongs, in the last edition in which it stood."""
    past = documents.history_of(document, number)
    if not past:
        return None
    wording, edition = past[-1], past[-1].edition
    editions = documents.published_editions(document)
    ever = documents.ever_in_section(wording.section_id, editions)
    wordings = [w for w in ever if w.edition_id == edition.id]
    section = next(w for w in wordings if w.provision_id == w.section_id)
    changes = published_changes(document) if len(editions) > 1 else ()
    struck = struck_from(editions, ever, wordings, changes)
    ids = [w.provision_id for group in (wordings, *(s.wordings for s in struck)) for w in group]
    previous, following, chapter = _neighbours(edition, section)
    return ProvisionPage(
        edition=edition,
        section=section,
        wordings=wordings,
        gone=gone_with(edition, editions, wordings, changes),
        chapter=chapter,
        previous=previous,
        following=following,
        remarks=remarks_of_section(document, ids, page, REMARKS_SHOWN),
        history=_history(editions, ever, changes),
        struck=struck,
    )


def _neighbours(
    edition: Edition, section: Wording
) -> tuple[Wording | None, Wording | None, Wording | None]:
    """The § before, the § after and the chapter around, in one query."""
    alike = sa.and_(
        Wording.edition_id == edition.id,
        Wording.kind == section.kind,
        Wording.section_id == Wording.provision_id,
    )
    before = sa.select(sa.func.max(Wording.position)).where(
        alike, Wording.position < section.position
    )
    after = sa.select(sa.func.min(Wording.position)).where(
        alike, Wording.position > section.position
    )
    near = sa.or_(
        Wording.position == before.scalar_subquery(),
        Wording.position == after.scalar_subquery(),
        Wording.provision_id == section.parent_id,
    )
    found = db.session.scalars(
        sa.select(Wording).where(Wording.edition_id == edition.id, near)
    ).all()
    chapter = next((w for w in found if w.provision_id == section.parent_id), None)
    beside = [w for w in found if w is not chapter]
    previous = next((w for w in beside if w.position < section.position), None)
    following = next((w for w in beside if w.position > section.position), None)
    return previous, following, chapter


def _history(
    editions: Sequence[Edition], ever: Sequence[Wording], made: Sequence[DraftChange]
) -> list[Past]:
    """What each edition changed in a § compared with the one before, newest first.

    ``ever`` is all that stood in the § in any of them: what was struck out or moved away counts
    as long as it stood there; ``made`` are all changes that made the editions.
    """
    stood: dict[int, set[int]] = {edition.id: set() for edition in editions}
    for wording in ever:
        stood[wording.edition_id].add(wording.provision.number)
    before = {new.id: old for old, new in pairwise(editions)}
    if not before:
        return [Past(edition, None, [], []) for edition in editions]
    stored = db.session.scalars(
        sa.select(Comparison).where(
            sa.tuple_(Comparison.old_id, Comparison.new_id).in_(
                [(old.id, new) for new, old in before.items()]
            )
        )
    ).all()
    near = {new: stood[new] | stood[old.id] for new, old in before.items()}
    rows = {c.new_id: [r for r in c.rows if r["number"] in near[c.new_id]] for c in stored}
    changes: dict[int | None, list[DraftChange]] = {}
    for change in made:
        by = change.draft.edition_id
        if by in near and near[by].intersection(change.shown.get("touched", ())):
            changes.setdefault(by, []).append(change)
    past = [
        Past(
            e,
            before.get(e.id),
            rows.get(e.id, []),
            changes.get(e.id, []),
        )
        for e in reversed(editions)
    ]
    return [p for p in past if p.rows or p.changes or p.earlier is None]


def causes_between(document: Document, old: Edition, new: Edition) -> dict[int, list[DraftChange]]:
    """The changes made after one edition and up to another, under each provision they touched."""
    found: dict[int, list[DraftChange]] = {}
    for change in published_changes(document):
        edition = change.draft.edition
        if edition is not None and old.number < edition.number <= new.number:
            for number in change.shown.get("touched", ()):
                found.setdefault(number, []).append(change)
    return found


def chapters_of(*editions: Edition) -> list[dict[int, tuple[int, str]]]:
    """For each edition, under provisions' numbers, number and title of the chapter, or (0, "").

    One query for all.
    """
    rows = db.session.execute(
        sa.select(
            Wording.edition_id,
            Provision.number,
            Wording.provision_id,
            Wording.parent_id,
            Wording.kind,
            Wording.mark,
            sa.case((Wording.kind.in_(GROUPING), Wording.text), else_=""),
        )
        .join(Wording, Wording.provision_id == Provision.id)
        .where(Wording.edition_id.in_([edition.id for edition in editions]))
        .order_by(Wording.position)
    )
    inside: dict[tuple[int, int | None], tuple[int, str]]
    inside = {(edition.id, None): (0, "") for edition in editions}
    found: dict[int, dict[int, tuple[int, str]]] = {edition.id: {} for edition in editions}
    for edition, number, provision, parent, kind, mark, title in rows:
        named = ". ".join(filter(None, (display_mark(kind, mark), title)))
        here = (number, named) if kind in GROUPING else inside[edition, parent]
        found[edition][number] = inside[edition, provision] = here
    return [found[edition.id] for edition in editions]


def standing_in(edition: Edition) -> list[Standing]:
    """An edition's provisions in reading order, as the whole text needs them and no more."""
    rows = db.session.execute(
        sa.select(
            Provision.number,
            Wording.provision_id,
            Wording.parent_id,
            Wording.kind,
            Wording.mark,
            Wording.text,
        )
        .join(Wording, Wording.provision_id == Provision.id)
        .where(Wording.edition_id == edition.id)
        .order_by(Wording.position)
    )
    return [Standing(*row) for row in rows]


def order_of(edition: Edition) -> list[tuple[int, int | None]]:
    """An edition's provisions in reading order: their permanent numbers, and those around them."""
    around = orm.aliased(Provision)
    found = db.session.execute(
        sa.select(Provision.number, around.number)
        .join(Wording, Wording.provision_id == Provision.id)
        .outerjoin(around, around.id == Wording.parent_id)
        .where(Wording.edition_id == edition.id)
        .order_by(Wording.position)
    )
    return [(number, parent) for number, parent in found]
