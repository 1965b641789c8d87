"""A town's draft brought in and published in one go."""

from __future__ import annotations

import hashlib

import pytest

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.demo.programme import DOCX
from app.documents import imports, queries
from app.documents.refusals import CannotRead
from app.legaltext.units import Kind
from app.platform.clock import now
from app.platform.errors import NotAllowed
from tests import town

pytestmark = pytest.mark.usefixtures("context")


def test_the_programme_of_the_demo_town_becomes_its_first_edition() -> None:
    consultation, clerk = town.consultation(Phase.UPCOMING), town.person(Role.COORDINATOR)
    data = DOCX.read_bytes()
    edition = imports.import_and_publish(consultation, data, DOCX.name, by=clerk, at=now())
    assert edition.published_at is not None
    assert edition.title.startswith("Program współpracy Gminy Miechów")
    assert edition.document.slug.startswith("program-wspolpracy-gminy-miechow")
    kinds = [row.kind for row in queries.wordings_of(edition)]
    assert kinds.count(Kind.CHAPTER) >= 10
    assert kinds.count(Kind.SECTION) >= 25
    assert Kind.TABLE in kinds
    assert edition.source_file is not None
    assert edition.source_file.sha256 == hashlib.sha256(data).hexdigest()
    assert queries.content_of(edition.source_file) == data


def test_nobody_else_brings_a_draft_in() -> None:
    with pytest.raises(NotAllowed):
        imports.import_and_publish(
            town.consultation(), DOCX.read_bytes(), "a.docx", by=town.person(), at=now()
        )


def test_what_cannot_be_read_is_refused() -> None:
    clerk = town.person(Role.COORDINATOR)
    with pytest.raises(CannotRead):
        imports.import_and_publish(town.consultation(), b"%PDF-", "a.pdf", by=clerk, at=now())
