"""Signing up through the pages, as people do, with and without an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import User
from app.events import signing_up, steering
from app.events.models import Audience, Event, FreedPlace, Question, QuestionKind
from app.events.models_signups import AccessNeeds, SignUp
from app.events.planning import occasion_of
from app.events.post import key_of
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted


def prepared(app: Flask, **fields: Any) -> str:
    with app.app_context():
        slug = scene.event(**fields).slug
        db.session.commit()
        return slug


def signed_in(app: Flask, client: Client, person: User | None = None) -> str:
    with app.app_context():
        person = person or town.person()
        db.session.commit()
        client.sign_in(person)
        return person.email


def fields_of(page: str) -> dict[str, str]:
    """What the hidden fields of a form hold."""
    found = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found[name[1]] = value[1]
    return found


def form_at(client: Client, slug: str, **typed: object) -> dict[str, object]:
    page = client.get(f"/wydarzenia/{slug}/zapisy").text
    return {**fields_of(page), **typed}


def only_signup() -> SignUp:
    return db.session.scalars(sa.select(SignUp)).one()


def test_with_an_account_the_answer_comes_at_once(app: Flask, client: Client) -> None:
    slug = prepared(app, capacity=1, online_url="https://rozmowa.example/pokoj")
    signed_in(app, client)
    sent = form_at(client, slug, names="Anna Nowak")
    address = f"/wydarzenia/{slug}/zapisy"
    answers = [client.post(address, data=sent) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    page = client.get(answers[0].location)
    assert "Masz miejsce" in page.text
    assert "https://rozmowa.example/pokoj" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(address).status_code == 303
    assert "Anna Nowak" in client.get("/konto/zapisy").text
    assert "https://rozmowa.example/pokoj" not in app.test_client().get(f"/wydarzenia/{slug}").text


def test_the_second_one_sees_a_number_and_why(app: Flask, client: Client) -> None:
    slug = prepared(app, capacity=1)
    with app.app_context():
        scene.come(db.session.scalars(sa.select(Event)).one())
        db.session.commit()
    signed_in(app, client)
    assert "Wszystkie miejsca są teraz zajęte" in client.get(f"/wydarzenia/{slug}/zapisy").text
    made = client.post(f"/wydarzenia/{slug}/zapisy", data=form_at(client, slug, names="Anna Nowak"))
    page = client.get(made.location).text
    assert "Masz numer 1 na liście oczekujących" in page
    assert "Wszystkie miejsca są zajęte" in page


def test_a_guest_confirms_by_mail(app: Flask, client: Client) -> None:
    slug = prepared(app)
    sent = form_at(client, slug, name="Jan Kos", email="Jan@Poczta.example")
    first = client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    assert first.location.endswith("/zapisy/potwierdz")
    assert "Sprawdź pocztę" in client.get(first.location).text
    with app.app_context():
        link = re.search(r"/zapisy/\S+", scene.text_to("jan@poczta.example"))
        assert link is not None
    key = link[0]
    other = app.test_client()
    assert "Potwierdzam" in other.get(key).text
    for _ in range(2):
        assert other.post(f"{key}/potwierdz").status_code == 303
    assert "Masz miejsce" in other.get(key).text
    known = client.post(
        f"/wydarzenia/{slug}/zapisy",
        data=form_at(client, slug, name="Jan Kos", email="jan@poczta.example"),
    )
    assert known.location == first.location  # nobody learns that the address is known


def test_change_and_cancel_from_the_link(app: Flask, client: Client) -> None:
    prepared(app)
    with app.app_context():
        signup = scene.come(db.session.scalars(sa.select(Event)).one())
        db.session.commit()
        key = f"/zapisy/{key_of(signup)}"
    sent = fields_of(client.get(f"{key}/zmien").text)
    assert client.post(f"{key}/zmien", data={**sent, "names": "Ewa Lis"}).status_code == 303
    assert "Ewa Lis" in client.get(key).text
    assert "Czy na pewno" in client.get(f"{key}/rezygnuje").text
    for _ in range(2):
        gone = client.post(f"{key}/rezygnuje")
        assert (gone.status_code, gone.location) == (303, key)
    assert "odwołane" in client.get(key).text
    assert client.get(f"{key}/rezygnuje").status_code == 303
    assert client.post(f"{key}/zapomnij").status_code == 303
    assert "Ewa Lis" not in client.get(key).text


def test_a_group_is_named_line_by_line(app: Flask, client: Client) -> None:
    slug = prepared(app, capacity=9)
    with app.app_context():
        person, of = scene.group(1)
        db.session.commit()
        client.sign_in(person)
        number = of.id
    assert "Kogo zapisujesz?" in client.get(f"/wydarzenia/{slug}/zapisy").text
    sent = form_at(client, slug, names="Ala Ma\r\n\r\n  Ola   Ma \r\nEla Ma", behalf=number)
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=sent).status_code == 303
    with app.app_context():
        assert [p.name for p in only_signup().participants] == ["Ala Ma", "Ola Ma", "Ela Ma"]


def test_questions_and_needs_are_asked_and_everything_typed_is_kept(
    app: Flask, client: Client
) -> None:
    slug = prepared(app)
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        asked = [
            Question(event_id=event.id, kind=kind, text=text, choices=choices, required=True)
            for kind, text, choices in (
                (QuestionKind.TEXT, "Czego się spodziewasz?", []),
                (QuestionKind.CHOICE, "Kiedy Ci wygodniej?", ["rano", "wieczorem"]),
                (QuestionKind.YES_NO, "Czy masz laptop?", []),
                (QuestionKind.NUMBER, "Ile lat działacie?", []),
            )
        ]
        db.session.add_all(asked)
        db.session.commit()
        names = [f"question_{question.id}" for question in asked]
    signed_in(app, client)
    needs = {"need_interpreter": "y", "needs_note": "Siedzę z przodu."}
    wrong = form_at(client, slug, names="Anna Nowak", **needs)
    wrong |= {names[0]: "Ćwiczeń", names[3]: "dużo"}
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=wrong)
    assert page.status_code == 422
    for words in ("Ćwiczeń", "dużo", "Siedzę z przodu.", "samymi cyframi", "Odpowiedz na"):
        assert words in page.text
    right = wrong | {names[1]: "wieczorem", names[2]: "no", names[3]: "12"}
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=right).status_code == 303
    with app.app_context():
        assert sorted(a.value for a in only_signup().answers) == sorted(
            ["Ćwiczeń", "wieczorem", "no", "12"]
        )
        assert db.session.scalars(sa.select(AccessNeeds)).one().needs == ["interpreter"]


@pytest.mark.parametrize(
    "typed",
    [
        {"names": ""},
        {"names": "Anna\nEwa"},
        {"names": "a" * 121},
        {"submission_key": ""},
        {"sequence": "x"},
        {"needs_note": "a" * 2001},
    ],
)
def test_a_bad_form_is_given_back(app: Flask, client: Client, typed: dict[str, str]) -> None:
    slug = prepared(app)
    signed_in(app, client)
    sent = form_at(client, slug, names="Anna Nowak") | typed
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=sent).status_code == 422


@pytest.mark.parametrize("email", ["", "jan", "jan@", "a@b", "j" * 260 + "@poczta.example"])
def test_a_guest_with_a_bad_address_is_asked_again(app: Flask, client: Client, email: str) -> None:
    slug = prepared(app)
    sent = form_at(client, slug, name="Jan Kos", email=email)
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    assert page.status_code == 422
    assert "Jan Kos" in page.text


def test_an_event_that_moves_meanwhile_is_shown_with_its_new_date(
    app: Flask, client: Client
) -> None:
    slug = prepared(app)
    signed_in(app, client)
    sent = form_at(client, slug, names="Anna Nowak")
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        old = occasion_of(event)
        moved = type(old)(old.starts_at + DAY, old.ends_at + DAY, "Ratusz, sala 12")
        steering.move(event, moved, by=scene.coordinator(), at=now())
        db.session.commit()
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    assert page.status_code == 409
    for words in ("Ratusz, sala 12", "zmienił się termin", "Anna Nowak"):
        assert words in page.text
    again = fields_of(page.text) | {"names": "Anna Nowak"}
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=again).status_code == 303


def test_a_second_after_closing_is_refused_kindly(app: Flask, client: Client) -> None:
    slug = prepared(app, signup_closes_at=now() + HOUR)
    signed_in(app, client)
    sent = form_at(client, slug, names="Anna Nowak")
    with app.app_context():
        db.session.execute(sa.update(Event).values(signup_closes_at=now()))
        db.session.commit()
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    assert page.status_code == 409
    assert "Zapisy właśnie się skończyły" in page.text
    assert "Anna Nowak" in page.text


def test_an_offer_is_answered_from_the_page(app: Flask, client: Client) -> None:
    prepared(app, capacity=1, freed_place=FreedPlace.OFFERED)
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        first, second = scene.come(event), scene.come(event)
        signing_up.cancel(first, by=first.user, at=now())
        db.session.commit()
        key = f"/zapisy/{key_of(second)}"
    assert "Trzymamy to miejsce" in client.get(key).text
    assert client.post(f"{key}/biore").status_code == 303
    assert "Masz miejsce" in client.get(key).text


def test_a_false_key_opens_nothing(app: Flask, client: Client) -> None:
    prepared(app)
    for address in ("/zapisy/zmyslony", "/zapisy/zmyslony/zmien", "/zapisy/zmyslony/rezygnuje"):
        assert client.get(address).status_code == 404
    for act in ("potwierdz", "biore", "rezygnuje", "zmien", "zapomnij"):
        assert client.post(f"/zapisy/zmyslony/{act}").status_code == 404


def test_queries_of_signing_up_do_not_grow_with_those_who_came(app: Flask, client: Client) -> None:
    slug, counts = prepared(app, capacity=100), []
    for _ in range(2):
        signed_in(app, client)
        sent = form_at(client, slug, names="Anna Nowak")
        with app.app_context(), counted() as statements:
            assert client.post(f"/wydarzenia/{slug}/zapisy", data=sent).status_code == 303
        counts.append(len(statements))
        with app.app_context():
            event = db.session.scalars(sa.select(Event)).one()
            for _n in range(20):
                scene.come(event)
            db.session.commit()
    assert counts[0] == counts[1]
    assert counts[0] <= 32


def test_names_are_public_only_by_consent(app: Flask, client: Client) -> None:
    slug = prepared(app, capacity=9, shows_participants=True)
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        agreed = scene.come(event, town.person(name="Ewa Zgodna"), named_in_public=True)
        scene.come(event, town.person(name="Jan Cichy"))
        db.session.commit()
        key = f"/zapisy/{key_of(agreed)}"
    page = client.get(f"/wydarzenia/{slug}").text
    assert "Ewa Zgodna" in page
    assert "Jan Cichy" not in page
    sent = fields_of(client.get(f"{key}/zmien").text)
    assert client.post(f"{key}/zmien", data={**sent, "names": "Ewa Zgodna"}).status_code == 303
    assert "Ewa Zgodna" not in app.test_client().get(f"/wydarzenia/{slug}").text


def test_a_guest_learns_at_once_that_an_event_is_for_organisations(
    app: Flask, client: Client
) -> None:
    slug = prepared(app, audience=Audience.ORGANISATIONS)
    page = client.get(f"/wydarzenia/{slug}/zapisy", follow_redirects=True)
    assert "To wydarzenie jest dla organizacji" in page.text
    assert "Zaloguj się, żeby się zapisać" in page.text
