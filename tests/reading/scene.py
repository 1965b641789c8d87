"""A document with remarks and two editions, and its addresses, for tests of reading."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.consultations.queries import consultation_by_slug
from app.documents.models import Document, Edition, SourceFile
from app.documents.queries import document_by_slug, units_of, wordings_of
from app.drafting.models import ChangeKind
from app.legaltext.units import Units
from app.platform.clock import now
from app.platform.db import db
from app.remarks.models import AmendmentKind, Remark
from app.remarks.positions import hide
from tests import town
from tests.drafting import scene as drafting
from tests.remarks.scene import comment, provision, sent


@dataclass(frozen=True)
class Place:
    """Addresses of the pages of one document, and the numbers of some provisions."""

    consultation: str
    document: str
    numbers: dict[str, int]

    @property
    def root(self) -> str:
        """The address of the consultation."""
        return f"/konsultacje/{self.consultation}"

    @property
    def text(self) -> str:
        """The address of the document."""
        return f"{self.root}/dokumenty/{self.document}"

    def section(self, citation: str) -> str:
        """The address of a provision."""
        return f"{self.text}/przepis/{self.numbers[citation]}"


CITED = ("§ 1", "§ 2", "§ 2 ust. 1", "§ 2 ust. 2", "§ 2 ust. 2 pkt 1", "§ 3")


def place_of(document: Document) -> Place:
    """Where a document made from the small act is read."""
    numbers = {citation: provision(document, citation).number for citation in CITED}
    return Place(document.consultation.slug, document.slug, numbers)


def published(app: Flask, phase: Phase = Phase.OPEN) -> Place:
    """A document with one edition, imported from a file, and nothing said about it."""
    with app.app_context():
        document = town.document(town.consultation(phase))
        file = SourceFile(
            filename="projekt ą.docx",
            content_type="application/octet-stream",
            size=4,
            sha256="ab" * 32,
            uploaded_by_id=town.person(Role.COORDINATOR).id,
            uploaded_at=now(),
            content=b"PK\x00\xff",
        )
        document.editions[0].source_file = file
        db.session.commit()
        return place_of(document)


def revised(app: Flask) -> Place:
    """Two editions: a § reworded by amendment, one added, one struck out with its table."""
    with app.app_context():
        bench = drafting.bench()
        place = place_of(bench.document)
        reworded = bench.amendment("§ 1", "Program dotyczy współpracy Gminy z mieszkańcami.")
        new = "Zasady:\n1) jawność;\n2) partnerstwo."
        bench.take_in(bench.amendment("§ 1", new, AmendmentKind.INSERT))
        bench.take_in(reworded)
        bench.write("§ 3", kind=ChangeKind.REPEAL, reason="Tabela trafi do uchwały budżetowej.")
        bench.publish()
        db.session.commit()
        return place


def remarks(app: Flask, place: Place, count: int, at: str = "§ 2 ust. 1") -> None:
    """More comments on a provision, each by somebody else."""
    with app.app_context():
        document = document_of(place)
        for _ in range(count):
            author = town.person()
            town.organisation(author)
            sent(document, comment(document, at), by=author)
        db.session.commit()


def document_of(place: Place) -> Document:
    """The document behind the addresses; inside a context."""
    consultation = consultation_by_slug(place.consultation)
    assert consultation is not None
    document = document_by_slug(consultation, place.document)
    assert document is not None
    return document


def with_words(edition: Edition, number: int, words: str) -> Units:
    """The text of an edition in which one provision reads differently."""
    return _reworded(units_of(wordings_of(edition)), str(number), words)


def _reworded(units: Units, id_: str, words: str) -> Units:
    return tuple(
        replace(
            unit,
            text=words if unit.id == id_ else unit.text,
            children=_reworded(unit.children, id_, words),
        )
        for unit in units
    )


def hide_all(document: Document) -> None:
    """Hide the words of every remark on a document."""
    moderator = town.person(Role.FACILITATOR)
    for remark in db.session.scalars(sa.select(Remark).where(Remark.document_id == document.id)):
        hide(remark, reason="Dobra osobiste.", by=moderator, at=now())
    db.session.commit()
