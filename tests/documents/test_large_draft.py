"""A draft of a thousand rows stays light to look at and to correct."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.documents import actions, drafts, queries
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.proofreading import ProofreadingClient
from tests.queries import counted

SECTIONS = 200

LARGE = "Program współpracy\n" + "\n".join(
    f"§ {n}. 1. Gmina wspiera zadanie numer {n} w zakresie:\n"
    f"1) organizacji wydarzeń;\n2) promocji wolontariatu.\n2. Zasady określa regulamin {n}."
    for n in range(1, SECTIONS + 1)
)


@pytest.fixture
def address(app: Flask, client: ProofreadingClient) -> str:
    """A large draft before the eyes of the coordinator."""
    with app.app_context():
        consultation, user = town.consultation(Phase.DRAFT), town.person(Role.COORDINATOR)
        upload = drafts.upload_of(None, LARGE)
        understood = drafts.understand(upload.content, upload.filename)
        draft = actions.start_import(consultation, upload, understood, by=user, at=now())
        db.session.commit()
        client.sign_in(user)
        return f"/biurko/import/{draft.id}"


def test_a_thousand_rows_are_shown_in_a_second(client: ProofreadingClient, address: str) -> None:
    client.get(address)
    began = time.process_time()
    page = client.get(address)
    assert time.process_time() - began < 1
    assert page.text.count('<tr id="wiersz-') == 5 * SECTIONS


def test_only_one_row_has_fields(client: ProofreadingClient, address: str) -> None:
    first = re.search(r'<tr id="wiersz-([^"]+)"', client.get(address).text)
    assert first is not None
    page = client.get(f"{address}?wiersz={first[1]}").text
    assert page.count("<textarea") == 1
    assert page.count("<select") == 1


def test_a_correction_keeps_only_what_it_replaced(
    app: Flask, client: ProofreadingClient, address: str
) -> None:
    draft_id = int(address.split("/")[3])
    with app.app_context():
        draft = queries.import_by_id(draft_id)
        assert draft is not None
        row = draft.rows[500]["id"]
    client.post(address, data={"revision": "1", "fix": f"drop:{row}"})
    with app.app_context():
        draft = queries.import_by_id(draft_id)
        assert draft is not None
        assert len(draft.rows) == 5 * SECTIONS - 1
        assert len(str(draft.history)) < 2000


def test_the_page_costs_few_queries(app: Flask, client: ProofreadingClient, address: str) -> None:
    with app.app_context(), counted() as statements:
        client.get(address)
    assert len(statements) <= 6
