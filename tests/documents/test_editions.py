"""Making and publishing editions."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.consultations.models import Consultation
from app.documents import editions, queries
from app.documents.models import Document, Edition, Provision
from app.journal.models import Entry
from app.legaltext.units import Kind, Unit, Units, walk
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError
from tests import town

pytestmark = pytest.mark.usefixtures("context")


def units_of(edition: Edition) -> Units:
    return queries.units_of(queries.wordings_of(edition))


def only_edition(document: Document) -> Edition:
    edition = queries.latest_edition(document, with_body=True)
    assert edition is not None
    return edition


def test_each_provision_gets_the_next_number() -> None:
    edition = only_edition(town.document())
    assert [row.provision.number for row in queries.wordings_of(edition)] == list(range(1, 13))
    assert edition.document.last_provision_number == 12


def test_the_tree_comes_back_as_it_was_stored() -> None:
    edition = only_edition(town.document())
    stored = [(u.kind, u.mark, u.text) for u in walk(units_of(edition))]
    assert stored == [(u.kind, u.mark, u.text) for u in walk(town.SMALL_ACT)]


def test_each_wording_knows_its_address_and_its_section() -> None:
    rows = queries.wordings_of(only_edition(town.document()))
    letter = rows[7]
    nbsp = "\N{NO-BREAK SPACE}"
    assert letter.citation.replace(nbsp, " ") == "§ 2 ust. 2 pkt 2 lit. a"
    assert letter.section_id == rows[2].provision_id
    assert rows[0].section_id == rows[0].provision_id
    assert [row.depth for row in rows[:4]] == [0, 1, 1, 2]


def test_ids_that_are_numbers_carry_over_and_others_are_new() -> None:
    document = town.document()
    kept = units_of(only_edition(document))
    fresh = Unit("nowy", Kind.SECTION, "4", "Program wchodzi w życie.")
    second = town.edition(document, (*kept, fresh))
    numbers = [row.provision.number for row in queries.wordings_of(second)]
    assert numbers == [*range(1, 13), 13]


def test_a_number_is_never_given_twice() -> None:
    document = town.document()
    kept = units_of(only_edition(document))
    town.edition(document, kept[:1])
    third = town.edition(document, (*kept[:1], Unit("x", Kind.SECTION, "3", "Inny.")))
    assert queries.wordings_of(third)[-1].provision.number == 13


def test_numbers_of_another_document_are_not_taken_for_ours() -> None:
    consultation = town.consultation()
    town.document(consultation)
    other = town.document(consultation, slug="regulamin")
    stored, found = editions.store_edition(
        other, (Unit("99", Kind.SECTION, "1", "Jeden."),), title="R", at=now()
    )
    assert found["99"].number == 13
    assert stored.number == 2


def test_an_edition_waits_until_it_is_published() -> None:
    document = town.document()
    editions.store_edition(document, town.SMALL_ACT, title="Druga", at=now())
    assert only_edition(document).number == 1


def test_publishing_is_journaled_and_seen_by_caches() -> None:
    document = town.document()
    revision = db.session.get_one(Consultation, document.consultation_id).revision
    stored, _ = editions.store_edition(document, town.SMALL_ACT, title="Druga", at=now())
    coordinator = town.person()
    editions.make_public(stored, by=coordinator, at=now())
    db.session.expire_all()
    assert db.session.get_one(Consultation, document.consultation_id).revision == revision + 1
    entry = db.session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject) == ("published", f"edition:{stored.id}")
    assert stored.published_by_id == coordinator.id


def test_a_published_edition_cannot_be_published_again() -> None:
    edition = only_edition(town.document())
    with pytest.raises(DomainError):
        editions.make_public(edition, by=None, at=now())


def test_an_edition_older_than_the_published_one_stays_unpublished() -> None:
    document = town.document()
    second, _ = editions.store_edition(document, town.SMALL_ACT, title="Druga", at=now())
    third, _ = editions.store_edition(document, town.SMALL_ACT, title="Trzecia", at=now())
    editions.make_public(third, by=None, at=now())
    with pytest.raises(DomainError):
        editions.make_public(second, by=None, at=now())


def test_the_body_bears_permanent_numbers() -> None:
    document = town.document()
    first = units_of(only_edition(document))
    second = town.edition(document, (replace(first[1], mark="1"), first[0]))
    loaded = queries.edition_by_number(document, second.number, with_body=True)
    assert loaded is not None
    assert [slot for slot, _html, _address in loaded.body if slot][:2] == [10, 12]
    assert loaded.contents[0][0] == "10"


def test_a_text_of_a_thousand_provisions_costs_few_statements() -> None:
    document = town.document()
    many = tuple(Unit(f"n{i}", Kind.SECTION, str(i), f"Tekst {i}.") for i in range(1000))
    statements = 0

    def count(*_args: object) -> None:
        nonlocal statements
        statements += 1

    sa.event.listen(db.engine, "before_cursor_execute", count)
    try:
        editions.store_edition(document, many, title="Duży", at=now())
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", count)
    assert statements < 20
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Provision))
    assert total == 1012
