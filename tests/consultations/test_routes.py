"""The coordinator's pages for preparing a consultation."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import selectinload

from app.accounts.models import Role
from app.consultations.models import Consultation
from app.consultations.phases import Phase
from app.platform.db import db
from tests import town
from tests.proofreading import ProofreadingClient

TYPED = {
    "title": "Program współpracy na rok 2016",
    "year": "2016",
    "summary": "Projekt programu.",
    "opens_1": "2015-09-24T10:00",
    "closes_1": "2015-10-06T00:00",
    "number_1": "0",
}


def sign_in(app: Flask, client: ProofreadingClient, role: Role = Role.COORDINATOR) -> None:
    with app.app_context():
        user = town.person(role)
        db.session.commit()
        client.sign_in(user)


def made(app: Flask) -> Consultation | None:
    with app.app_context():
        return db.session.scalar(
            sa.select(Consultation)
            .options(selectinload(Consultation.rounds))
            .order_by(Consultation.id.desc())
        )


def hidden(page: str, name: str) -> str:
    """What a hidden field of a form holds."""
    found = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("path", ["", "/nowa", "/program"])
def test_the_desk_is_the_coordinators(
    app: Flask, client: ProofreadingClient, role: Role | None, path: str
) -> None:
    with app.app_context():
        town.consultation(Phase.DRAFT, slug="program")
        db.session.commit()
    if role:
        sign_in(app, client, role)
    expected = {None: 303, Role.COORDINATOR: 200}.get(role, 403)
    assert client.get(f"/biurko/konsultacje{path}").status_code == expected


def test_an_empty_desk_says_what_to_do(app: Flask, client: ProofreadingClient) -> None:
    sign_in(app, client)
    page = client.get("/biurko/konsultacje").text
    assert "/biurko/konsultacje/nowa" in page


def test_a_consultation_is_prepared_with_an_address_of_its_own(
    app: Flask, client: ProofreadingClient
) -> None:
    sign_in(app, client)
    answer = client.post("/biurko/konsultacje/nowa", data=TYPED)
    assert answer.status_code == 303
    assert answer.location == "/biurko/konsultacje/program-wspolpracy-rok-2016"
    found = made(app)
    assert found is not None
    assert found.published_at is None
    assert str(found.adoption_due_on) == "2015-11-30"
    # 10:00 in Miechów in September is 8:00 in UTC
    assert found.rounds[0].opens_at == town.moment("2015-09-24 08:00")
    page = client.get(answer.location).text
    assert 'value="2015-09-24T10:00"' in page
    assert 'class="notice notice--warning"' in page  # twelve days are fewer than fourteen


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"year": "szesnaście"}, "year"),
        ({"slug": "Zażółć"}, "slug"),
        ({"slug": "uwagi"}, "slug"),
        ({"closes_1": ""}, "closes_1"),
        ({"closes_1": "2015-09-24T09:00"}, "closes_1"),
        ({"opens_1": "wtedy"}, "opens_1"),
        ({"contact_email": "urzad"}, "contact_email"),
        ({"opens_2": "2015-10-01T10:00", "closes_2": "2015-10-30T10:00"}, "opens_1"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    app: Flask, client: ProofreadingClient, change: dict[str, str], field: str
) -> None:
    sign_in(app, client)
    answer = client.post("/biurko/konsultacje/nowa", data={**TYPED, **change})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Projekt programu." in answer.text
    assert made(app) is None


def test_a_change_is_kept_and_a_published_address_stays(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        town.consultation(Phase.UPCOMING, slug="program", rounds=[])
        db.session.commit()
    sign_in(app, client)
    version = hidden(client.get("/biurko/konsultacje/program").text, "version")
    answer = client.post(
        "/biurko/konsultacje/program",
        data={**TYPED, "slug": "inny", "title": "Nowy", "version": version},
    )
    assert answer.status_code == 303
    found = made(app)
    assert found is not None
    assert (found.slug, found.title) == ("program", "Nowy")


def test_publishing_shows_it_to_everybody(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        town.consultation(Phase.DRAFT, slug="program")
        db.session.commit()
    sign_in(app, client)
    assert "/biurko/konsultacje/program/oglos" in client.get("/biurko/konsultacje/program").text
    assert client.post("/biurko/konsultacje/program/oglos").status_code == 303
    found = made(app)
    assert found is not None
    assert found.published_at is not None
    page = client.get("/biurko/konsultacje/program").text
    assert "/biurko/konsultacje/program/oglos" not in page
    assert client.post("/biurko/konsultacje/program/oglos").status_code == 409


def test_an_unknown_consultation_is_not_found(app: Flask, client: ProofreadingClient) -> None:
    sign_in(app, client)
    assert client.get("/biurko/konsultacje/nieznana").status_code == 404


def test_of_two_windows_both_are_shown_and_nothing_typed_is_lost(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        town.consultation(Phase.UPCOMING, slug="program", rounds=[])
        db.session.commit()
    sign_in(app, client)
    version = hidden(client.get("/biurko/konsultacje/program").text, "version")
    address, seen = "/biurko/konsultacje/program", {**TYPED, "version": version}
    assert client.post(address, data={**seen, "title": "Z pierwszego okna"}).status_code == 303
    answer = client.post(address, data={**seen, "title": "Z drugiego okna"})
    assert answer.status_code == 409
    assert "Z pierwszego okna" in answer.text
    assert 'value="Z drugiego okna"' in answer.text
    kept = made(app)
    assert kept is not None
    assert kept.title == "Z pierwszego okna"
    now_known = {name: hidden(answer.text, name) for name in ("version", "number_1")}
    known = {**seen, "title": "Z drugiego okna", **now_known}
    assert client.post(address, data=known).status_code == 303
    kept = made(app)
    assert kept is not None
    assert kept.title == "Z drugiego okna"


def test_a_double_click_prepares_one_consultation(app: Flask, client: ProofreadingClient) -> None:
    sign_in(app, client)
    key = hidden(client.get("/biurko/konsultacje/nowa").text, "submission_key")
    sent = {**TYPED, "submission_key": key}
    answers = [client.post("/biurko/konsultacje/nowa", data=sent) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    other = client.post("/biurko/konsultacje/nowa", data={**sent, "summary": "Inaczej."})
    assert other.status_code == 409
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Consultation)) == 1
