"""Signing in and out, and setting up an account, as a browser sees it."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import queries
from app.accounts.models import Membership, Role, User
from app.accounts.passwords import fingerprint
from app.accounts.tokens import Purpose, token_for
from app.platform.db import db
from app.platform.mail import OutboxMail
from tests import town
from tests.proofreading import ProofreadingClient as Client

PASSWORD = "żółw czyta mapę"
FINGERPRINT = fingerprint(PASSWORD)
NEW_PASSWORD = "wiatr nosi liście"


def a_person(app: Flask, role: Role = Role.PARTICIPANT, **fields: object) -> User:
    """Somebody who can sign in with ``PASSWORD``."""
    with app.app_context():
        person = town.person(
            role, **{"email": "ewa@ngo.example", "password_hash": FINGERPRINT, **fields}
        )
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge(person)
    return person


def last_mail(app: Flask) -> OutboxMail | None:
    with app.app_context():
        mail = db.session.scalar(sa.select(OutboxMail).order_by(OutboxMail.id.desc()))
        if mail is not None:
            db.session.expunge(mail)
    return mail


def link_in(mail: OutboxMail | None) -> str:
    assert mail is not None
    found = re.search(r"https?://[^/]+(/\S+)", mail.text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "address", ["/zaloguj", "/rejestracja", "/haslo", "/sprawdz-poczte", "/zaloguj?next=/konto"]
)
def test_pages_for_everybody(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_signing_in_and_out(app: Flask, client: Client) -> None:
    a_person(app)
    answer = client.post(
        "/zaloguj", data={"email": " EWA@ngo.example", "password": PASSWORD, "next": "/konto"}
    )
    assert (answer.status_code, answer.location) == (303, "/konto")
    assert "ewa@ngo.example" in client.get("/konto").text
    assert client.post("/wyloguj").status_code == 303
    assert client.get("/konto").location == "/zaloguj?next=/konto"


def test_staying_signed_in_is_a_choice(app: Flask, client: Client) -> None:
    a_person(app)
    assert "remember_token" not in str(
        client.post(
            "/zaloguj", data={"email": "ewa@ngo.example", "password": PASSWORD}
        ).headers.getlist("Set-Cookie")
    )
    answer = client.post(
        "/zaloguj", data={"email": "ewa@ngo.example", "password": PASSWORD, "remember": "y"}
    )
    assert "remember_token" in str(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "konto",
        "/no-such-page",
        "/wyloguj",
        "",
    ],
)
def test_nobody_is_led_to_another_site(app: Flask, client: Client, target: str) -> None:
    a_person(app)
    answer = client.post(
        "/zaloguj", data={"email": "ewa@ngo.example", "password": PASSWORD, "next": target}
    )
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_wrong_password_and_an_unknown_address_look_the_same(app: Flask, client: Client) -> None:
    a_person(app)
    pages = []
    for email in ("ewa@ngo.example", "ola@ngo.example"):
        answer = client.post("/zaloguj", data={"email": email, "password": "nie to hasło"})
        assert answer.status_code == 422
        page = answer.text.replace(email, "…")
        pages.append(re.sub(r'name="csrf_token"[^>]*', "", page))
    assert pages[0] == pages[1]


def test_closed_accounts_do_not_open(app: Flask, client: Client) -> None:
    with app.app_context():
        at = town.moment("2015-01-01")
    a_person(app, closed_at=at)
    answer = client.post("/zaloguj", data={"email": "ewa@ngo.example", "password": PASSWORD})
    assert answer.status_code == 422


def test_an_account_not_confirmed_gets_its_link_again(app: Flask, client: Client) -> None:
    a_person(app, confirmed_at=None)
    answer = client.post("/zaloguj", data={"email": "ewa@ngo.example", "password": PASSWORD})
    assert answer.location == "/sprawdz-poczte"
    assert link_in(last_mail(app)).startswith("/potwierdz/")
    assert client.get("/konto").status_code == 303


def test_an_outdated_fingerprint_is_renewed_by_signing_in(app: Flask, client: Client) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    a_person(app, password_hash=weak)
    answer = client.post("/zaloguj", data={"email": "ewa@ngo.example", "password": PASSWORD})
    assert answer.status_code == 303
    with app.app_context():
        person = queries.person_by_email("ewa@ngo.example")
        assert person is not None
        assert person.password_hash != weak
    assert client.get("/konto").status_code == 200


def registration(**fields: str) -> dict[str, str]:
    return {
        "name": "Ewa Lis",
        "email": "ewa@ngo.example",
        "password": PASSWORD,
        "organisation": "",
        "organisation_name": "",
        **fields,
    }


def test_setting_up_an_account(app: Flask, client: Client) -> None:
    answer = client.post("/rejestracja", data=registration(organisation_name="Klub Łączka"))
    assert (answer.status_code, answer.location) == (303, "/sprawdz-poczte")
    link = link_in(last_mail(app))
    for _scanner in range(2):
        assert client.get(link).status_code == 200
    with app.app_context():
        person = queries.person_by_email("ewa@ngo.example")
        assert person is not None
        assert not person.is_active
    assert client.post(link).location == "/zaloguj"
    answer = client.post(
        "/zaloguj", data={"email": "ewa@ngo.example", "password": PASSWORD, "next": "/konto"}
    )
    assert "Klub Łączka" in client.get(answer.location).text


def test_registration_answers_the_same_for_a_known_address(app: Flask, client: Client) -> None:
    a_person(app)
    known = client.post("/rejestracja", data=registration())
    unknown = client.post("/rejestracja", data=registration(email="ola@ngo.example"))
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.headers.getlist("Set-Cookie") == unknown.headers.getlist("Set-Cookie")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"email": "ewa"},
        {"email": "ewa@" + "x" * 260 + ".example"},
        {"password": "krótkie"},
        {"password": "1234567890"},
        {"password": "ewa@ngo.example"},
        {"organisation": "other"},
        {"organisation_name": "x" * 201},
        {"name": "x" * 121},
    ],
)
def test_a_form_with_mistakes_comes_back_as_typed(
    app: Flask, client: Client, fields: dict[str, str]
) -> None:
    answer = client.post("/rejestracja", data=registration(**fields))
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert registration(**fields)["name"] in answer.text
    assert PASSWORD not in answer.text
    assert last_mail(app) is None


def test_a_confirmation_link_that_is_wrong_says_what_to_do(client: Client) -> None:
    assert client.get("/potwierdz/nonsense").status_code == 404
    assert client.post("/potwierdz/nonsense").status_code == 404


def test_choosing_a_new_password(app: Flask, client: Client) -> None:
    person = a_person(app)
    elsewhere = app.test_client()
    assert isinstance(elsewhere, Client)
    elsewhere.sign_in(person)
    assert elsewhere.get("/konto").status_code == 200
    client.post("/haslo", data={"email": "ewa@ngo.example"})
    link = link_in(last_mail(app))
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": "krótkie"}).status_code == 422
    assert client.post(link, data={"password": NEW_PASSWORD}).location == "/zaloguj"
    assert client.post(link, data={"password": "jeszcze inne hasło"}).status_code == 404
    assert elsewhere.get("/konto").status_code == 303
    answer = client.post("/zaloguj", data={"email": "ewa@ngo.example", "password": NEW_PASSWORD})
    assert answer.status_code == 303


def test_asking_for_a_password_answers_the_same_for_everybody(app: Flask, client: Client) -> None:
    a_person(app)
    known = client.post("/haslo", data={"email": "ewa@ngo.example"})
    assert last_mail(app) is not None
    unknown = client.post("/haslo", data={"email": "ola@ngo.example"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert client.post("/haslo", data={"email": ""}).status_code == 422


def test_an_old_link_is_dead(app: Flask, client: Client) -> None:
    import time_machine

    person = a_person(app)
    with app.app_context():
        link = token_for(person, Purpose.RESET)
    with time_machine.travel("2099-01-01"):
        assert client.get(f"/haslo/{link}").status_code == 404


def test_changing_the_password_keeps_this_session_and_ends_others(
    app: Flask, client: Client
) -> None:
    person = a_person(app)
    elsewhere = app.test_client()
    assert isinstance(elsewhere, Client)
    for browser in (client, elsewhere):
        browser.sign_in(person)
    wrong = client.post("/konto/haslo", data={"current": "nie to", "password": NEW_PASSWORD})
    assert wrong.status_code == 422
    right = client.post("/konto/haslo", data={"current": PASSWORD, "password": NEW_PASSWORD})
    assert right.location == "/konto"
    assert client.get("/konto").status_code == 200
    assert elsewhere.get("/konto").status_code == 303


def test_ones_own_page(app: Flask, client: Client) -> None:
    client.sign_in(a_person(app))
    assert client.post("/konto/nazwa", data={"name": " "}).status_code == 422
    assert client.post("/konto/nazwa", data={"name": "Ewa  Nowa"}).status_code == 303
    assert "Ewa Nowa" in client.get("/konto").text
    assert client.post("/konto/organizacje", data={}).status_code == 422
    joining = {"organisation": "other", "organisation_name": "Klub Łączka"}
    assert client.post("/konto/organizacje", data=joining).status_code == 303
    assert client.post("/konto/organizacje", data=joining).status_code == 422
    assert "Klub Łączka" in client.get("/konto").text
    with app.app_context():
        number = db.session.scalars(sa.select(Membership.id)).one()
    assert client.post(f"/konto/organizacje/{number}/opusc").status_code == 303
    assert "Klub Łączka" not in client.get("/konto").text
    assert client.post(f"/konto/organizacje/{number}/opusc").status_code == 404
    for page in ("nazwa", "haslo", "organizacje"):
        assert client.get(f"/konto/{page}").status_code == 200


def test_nobody_leaves_for_somebody_else(app: Flask, client: Client) -> None:
    person = a_person(app)
    with app.app_context():
        town.organisation(town.person())
        db.session.commit()
        number = db.session.scalars(sa.select(Membership.id)).one()
    client.sign_in(person)
    assert client.post(f"/konto/organizacje/{number}/opusc").status_code == 403


def test_the_office_sees_and_confirms_who_speaks_for_whom(app: Flask, client: Client) -> None:
    clerk = a_person(app, Role.COORDINATOR)
    with app.app_context():
        organisation = town.organisation(name="Klub Łączka")
        db.session.add(Membership(user=town.person(name="Jan Kos"), organisation=organisation))
        db.session.commit()
        number = db.session.scalars(sa.select(Membership.id)).one()
    client.sign_in(clerk)
    assert "Jan Kos" in client.get("/biurko/organizacje").text
    assert client.post(f"/biurko/organizacje/{number}/potwierdz").status_code == 303
    assert "Jan Kos" not in client.get("/biurko/organizacje").text
    assert client.post("/biurko/organizacje/987654/potwierdz").status_code == 404
