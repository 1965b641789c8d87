"""A published edition never changes, whoever tries."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.documents import editions
from app.documents.models import Comparison, Wording
from app.documents.published import PublishedTextChanged
from app.legaltext.units import Kind, Unit
from app.platform.clock import now
from app.platform.db import db
from tests import town

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Inny"),
        ("note", "Inna."),
        ("number", 9),
        ("body", []),
        ("origins", {}),
        ("published_at", None),
    ],
)
def test_what_readers_were_shown_stays(name: str, value: object) -> None:
    edition = town.document().editions[0]
    setattr(edition, name, value)
    with pytest.raises(PublishedTextChanged, match=name):
        db.session.flush()


def test_no_wording_of_it_is_changed() -> None:
    town.document().editions[0].wordings[1].text = "Inaczej."
    with pytest.raises(PublishedTextChanged):
        db.session.flush()


def test_no_wording_of_it_is_removed() -> None:
    db.session.delete(town.document().editions[0].wordings[-1])
    with pytest.raises(PublishedTextChanged):
        db.session.flush()


def test_no_wording_is_added_to_it() -> None:
    document = town.document()
    first = document.editions[0].wordings[0]
    _stored, provisions = editions.store_edition(
        document, (Unit("neu", Kind.SECTION, "9", "Nowy."),), title="Projekt", at=now()
    )
    copied = {c.key: getattr(first, c.key) for c in sa.inspect(Wording).column_attrs}
    copied |= {"provision_id": provisions["neu"].id, "section_id": provisions["neu"].id}
    db.session.add(Wording(**copied))
    with pytest.raises(PublishedTextChanged):
        db.session.flush()


def test_it_is_not_deleted() -> None:
    edition = town.document().editions[0]
    for wording in edition.wordings:
        db.session.expunge(wording)
    db.session.expire(edition)
    sa.orm.attributes.set_committed_value(edition, "wordings", [])
    db.session.delete(edition)
    with pytest.raises(PublishedTextChanged):
        db.session.flush()


def test_the_address_of_a_provision_in_it_stays() -> None:
    provision = town.document().editions[0].wordings[1].provision
    provision.number = 999
    with pytest.raises(PublishedTextChanged):
        db.session.flush()


def test_what_was_told_of_the_difference_between_two_stays() -> None:
    document = town.document()
    town.edition(document, town.SMALL_ACT)
    comparison = db.session.scalars(sa.select(Comparison)).one()
    comparison.rows = []
    with pytest.raises(PublishedTextChanged):
        db.session.flush()


def test_what_is_not_published_yet_can_still_be_mended() -> None:
    document = town.document()
    stored, _ = editions.store_edition(document, town.SMALL_ACT, title="Projekt", at=now())
    stored.title, stored.wordings[1].text = "Projekt poprawiony", "Poprawiony."
    db.session.flush()
    assert (stored.title, stored.wordings[1].text) == ("Projekt poprawiony", "Poprawiony.")
