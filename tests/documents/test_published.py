"""A published edition never changes, whoever tries."""

from __future__ import annotations

import pytest

from app.documents import editions
from app.documents.published import PublishedTextChanged
from app.platform.clock import now
from app.platform.db import db
from tests import town

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("name", "value"), [("title", "Inny"), ("number", 9), ("body", []), ("published_at", None)]
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


def test_what_is_not_published_yet_can_still_be_mended() -> None:
    document = town.document()
    stored, _ = editions.store_edition(document, town.SMALL_ACT, title="Projekt", at=now())
    stored.title, stored.wordings[1].text = "Projekt poprawiony", "Poprawiony."
    db.session.flush()
    assert (stored.title, stored.wordings[1].text) == ("Projekt poprawiony", "Poprawiony.")
