"""The page on which a stored edition is published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.documents import editions, queries
from app.documents.models import Edition
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.proofreading import ProofreadingClient


def stored(phase: Phase = Phase.OPEN) -> Edition:
    """A second edition that waits, in which one provision reads otherwise."""
    document = town.document(town.consultation(phase))
    first = queries.latest_edition(document)
    assert first is not None
    units = queries.units_of(queries.wordings_of(first))
    chapter = units[0].with_children(
        (replace(units[0].children[0], text="Nowe brzmienie."), *units[0].children[1:])
    )
    edition, _ = editions.store_edition(
        document, (chapter, *units[1:]), title="Wydanie drugie", at=now()
    )
    return edition


@pytest.fixture
def address(app: Flask, client: ProofreadingClient) -> str:
    """The coordinator before the page of an edition that waits."""
    with app.app_context():
        edition, user = stored(), town.person(Role.COORDINATOR)
        db.session.commit()
        client.sign_in(user)
        return f"/biurko/wersje/{edition.id}/publikuj"


@pytest.mark.parametrize("role", [None, *Role])
def test_the_page_is_the_coordinators(
    app: Flask, client: ProofreadingClient, role: Role | None
) -> None:
    with app.app_context():
        edition = stored()
        user = town.person(role) if role else None
        db.session.commit()
        path = f"/biurko/wersje/{edition.id}/publikuj"
        if user:
            client.sign_in(user)
    expected = {None: 303, Role.COORDINATOR: 200}.get(role, 403)
    assert client.get(path).status_code == expected
    if expected != 200:
        assert client.post(path).status_code == expected


def test_the_page_shows_the_text_and_counts_the_changes(
    client: ProofreadingClient, address: str
) -> None:
    page = client.get(address).text
    assert "Nowe brzmienie." in page
    assert ": 1</dd>" in page


def test_publishing_leads_to_the_document(
    app: Flask, client: ProofreadingClient, address: str
) -> None:
    answer = client.post(address)
    assert answer.status_code == 303
    assert "program" in answer.location
    with app.app_context():
        edition = queries.edition_by_id(int(address.split("/")[3]))
        assert edition is not None
        assert edition.published_at is not None
        assert edition.document.title == "Wydanie drugie"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 409


def test_an_edition_that_is_not_there(client: ProofreadingClient, address: str) -> None:
    assert client.get("/biurko/wersje/999999/publikuj").status_code == 404
