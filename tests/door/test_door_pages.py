"""The page of the door without scripts, and what a device is answered."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Role, User
from app.events.models import Event
from app.events.models_signups import Participant
from app.events.post import key_of
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.door.scene import host, meeting, present, rows, runs
from tests.events import scene as events
from tests.events.test_signup_pages import fields_of
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted


@pytest.fixture
def gate(app: Flask, client: Client) -> Client:
    """A browser of somebody who runs the meeting."""
    with app.app_context():
        person = host()
        db.session.commit()
        client.sign_in(person)
    return client


@pytest.mark.parametrize(
    "address",
    [
        "uczestnicy",
        "uczestnicy.csv",
        "uczestnicy.xlsx?potrzeby=1",
        "wejscie",
        "wejscie/lista",
        "druki",
        "druki/lista-obecnosci.pdf",
        "druki/identyfikatory.pdf",
    ],
)
def test_a_facilitator_of_other_events_meets_nobody_here(
    app: Flask, client: Client, address: str
) -> None:
    with app.app_context():
        slug, stranger = meeting()[0].slug, town.person(Role.FACILITATOR)
        db.session.commit()
        client.sign_in(stranger)
    answer = client.get(f"/biurko/wydarzenia/{slug}/{address}")
    assert answer.status_code == 403
    assert "dopisać Cię do prowadzących" in answer.text


def test_nor_through_a_form_that_is_filled_in_wrongly(app: Flask, client: Client) -> None:
    with app.app_context():
        (event, (anna, _jan)), stranger = meeting(), town.person(Role.FACILITATOR)
        door, name = f"/biurko/wydarzenia/{event.slug}/wejscie", anna.name
        db.session.commit()
        client.sign_in(stranger)
    answer = client.post(f"{door}/bez-zapisu", data={"name": ""})
    assert answer.status_code == 403
    assert name not in answer.text
    assert client.post(f"{door}/kolejka", json={"acts": []}).status_code == 403


def begun(app: Flask, **fields: Any) -> tuple[str, list[Participant]]:
    with app.app_context():
        event, people = meeting(**fields)
        for person, name in zip(people, ("Zofia Żak", "Łukasz Ćwik", "Adam Ęcki"), strict=False):
            person.name = name
        db.session.commit()
        for person in people:
            db.session.refresh(person)
        return f"/biurko/wydarzenia/{event.slug}/wejscie", people


def sent(**fields: object) -> dict[str, object]:
    act = {"key": "klucz-z-telefonu-1", "deed": "let_in", "way": "camera", "at": now().isoformat()}
    return {**act, **fields}


def test_letting_in_by_name_and_taking_back(app: Flask, gate: Client) -> None:
    door, (zofia, lukasz) = begun(app)
    page = gate.get(door)
    assert page.text.index("Łukasz Ćwik") < page.text.index("Zofia Żak")
    assert "camera=(self)" in page.headers["Permissions-Policy"]
    assert "camera=()" in gate.get("/wydarzenia").headers["Permissions-Policy"]
    found = gate.get(f"{door}?szukaj=lukasz").text
    assert ("Łukasz Ćwik" in found, "Zofia Żak" in found) == (True, False)
    answer = gate.post(f"{door}/{lukasz.id}/wpusc?szukaj=lukasz", data={"way": "name"})
    assert (answer.status_code, answer.location) == (303, f"{door}?szukaj=lukasz")
    assert "Wpuszczono." in gate.get(door).text
    gate.post(f"{door}/{lukasz.id}/wpusc")
    assert "wpuszczono już wcześniej" in gate.get(door).text
    assert gate.post(f"{door}/{lukasz.id}/cofnij").status_code == 303
    assert gate.post(f"{door}/999999/wpusc").status_code == 409
    assert zofia.code in gate.get(door).text


def test_a_code_finds_its_owner(app: Flask, gate: Client) -> None:
    door, (zofia, _lukasz) = begun(app)
    for typed in (zofia.code, f" {zofia.code.lower()} ", f"http://localhost/bilet/{zofia.code}"):
        page = gate.get(door, query_string={"szukaj": typed}).text
        assert ("Zofia Żak" in page, "Łukasz Ćwik" in page) == (True, False)
    assert "Nikt na liście nie pasuje" in gate.get(f"{door}?szukaj=nikt").text


def test_a_full_room_keeps_what_was_typed(app: Flask, gate: Client) -> None:
    door, _people = begun(app, capacity=2)
    form = {"key": "klucz-formularza-1", "name": "Ewa Lis", "reason": ""}
    refused = gate.post(f"{door}/bez-zapisu", data=form)
    assert refused.status_code == 422
    assert "Wszystkie miejsca są zajęte (2 z 2)" in refused.text
    assert 'value="Ewa Lis"' in refused.text
    for nobody in ("", "  "):
        assert gate.post(f"{door}/bez-zapisu", data={**form, "name": nobody}).status_code == 422
    del form["reason"]
    assert gate.post(f"{door}/bez-zapisu", data=form).status_code == 422
    for _ in range(2):
        answer = gate.post(f"{door}/bez-zapisu", data={**form, "reason": "Jest krzesło."})
        assert answer.status_code == 303
    assert gate.get(door).text.count("Ewa Lis</p>") == 1


def test_a_queue_is_answered_act_by_act_and_twice_alike(app: Flask, gate: Client) -> None:
    door, (zofia, lukasz) = begun(app)
    queue = [
        sent(participant=zofia.id),
        sent(key="klucz-z-telefonu-2", deed="walk_in", way="walk_in", name="Ewa Lis"),
        sent(key="klucz-z-telefonu-3", participant=999_999),
        sent(key="klucz-z-telefonu-4", deed="fly"),
        sent(key="klucz-z-telefonu-5", participant=lukasz.id),
    ]
    for _ in range(2):
        answer = gate.post(f"{door}/kolejka", json={"acts": queue})
        assert answer.status_code == 200
        outcomes = [each["outcome"] for each in answer.json["answers"]]
        assert outcomes == ["in", "in", "refused", "refused", "in"]
    with app.app_context():
        event = db.session.get_one(Participant, zofia.id).signup.event
        assert present(event) == ["Ewa Lis", "Zofia Żak", "Łukasz Ćwik"]
        assert (event.people_present, event.taken) == (3, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "krótki"},
        {"key": 7},
        {"at": "wczoraj"},
        {"at": "2015-09-24T10:00:00"},
        {"at": None},
        {"way": "teleport"},
        {"participant": "1"},
        {"participant": True},
        {"participant": 2**40},
        {"name": "x" * 121},
        {"name": "zero\x00"},
        {"reason": ["a"]},
    ],
)
def test_what_is_no_act_is_refused_alone(app: Flask, gate: Client, wrong: dict[str, Any]) -> None:
    door, (zofia, _lukasz) = begun(app)
    queue = [
        sent(participant=zofia.id) | wrong,
        sent(key="klucz-z-telefonu-9", participant=zofia.id),
    ]
    answer = gate.post(f"{door}/kolejka", json={"acts": queue})
    assert [each["outcome"] for each in answer.json["answers"]] == ["refused", "in"]


@pytest.mark.parametrize("body", [None, [], {}, {"acts": "x"}, {"acts": [{}] * 101}])
def test_what_is_no_queue_is_not_understood(app: Flask, gate: Client, body: Any) -> None:
    door, _people = begun(app)
    assert gate.post(f"{door}/kolejka", json=body).status_code == 400


def test_the_door_is_not_open_yet(app: Flask, gate: Client) -> None:
    with app.app_context():
        event = events.event(starts_at=now() + timedelta(days=3))
        runs(event, db.session.scalars(sa.select(User)).one())
        person = events.come(event).participants[0]
        db.session.commit()
        door, number = f"/biurko/wydarzenia/{event.slug}/wejscie", person.id
    page = gate.get(door).text
    assert "Możesz wpuszczać od" in page
    assert "Wpuść" not in page
    assert gate.post(f"{door}/{number}/wpusc").status_code == 403
    told = gate.post(f"{door}/kolejka", json={"acts": [sent(participant=number)]})
    assert told.json["answers"][0]["outcome"] == "refused"


def test_the_list_costs_the_same_for_many(app: Flask, gate: Client) -> None:
    costs = []
    for people in (2, 12):
        door, _ = begun(app, people=people)
        with app.app_context(), counted() as statements:
            assert gate.get(f"{door}/lista").status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_who_was_let_in_is_not_left_out_of_their_party(app: Flask, gate: Client) -> None:
    with app.app_context():
        person, of = events.group(3)
        event = events.event(capacity=5, starts_at=now() + timedelta(hours=1))
        runs(event, db.session.scalars(sa.select(User).where(User.role == Role.FACILITATOR)).one())
        signup = events.come(event, person, 3, of)
        first, second, _third = [p.name for p in signup.participants]
        party, come = f"/zapisy/{key_of(signup)}", signup.participants[1].id
        door = f"/biurko/wydarzenia/{event.slug}/wejscie"
        db.session.commit()
    assert gate.post(f"{door}/{come}/wpusc").status_code == 303
    sent = fields_of(gate.get(f"{party}/zmien").text)
    answer = gate.post(f"{party}/zmien", data={**sent, "names": first})
    assert (answer.status_code, "wpuszczono już" in answer.text) == (422, True)
    answer = gate.post(f"{party}/zmien", data={**sent, "names": second})
    assert answer.status_code == 303
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        assert (present(event), event.taken) == ([second], 1)


def test_places_that_the_office_keeps_are_not_told_as_taken(app: Flask, gate: Client) -> None:
    door, _people = begun(app, capacity=5, reserved=3)
    form = {"key": "klucz-biurka-9-abcdef", "name": "Ewa Lis"}
    refused = gate.post(f"{door}/bez-zapisu", data=form)
    assert refused.status_code == 422
    assert "zajęte są 2 z 5, a biuro zatrzymało 3" in refused.text


def test_the_list_is_small_on_its_way_to_a_crowded_hall(app: Flask) -> None:
    gate = FlaskClient(app, app.response_class)  # proof-readers cannot read compressed pages
    with app.app_context():
        person, (event, _people) = host(), meeting(people=60)
        db.session.commit()
        address = f"/biurko/wydarzenia/{event.slug}/wejscie"
        with gate.session_transaction() as session:
            session["_user_id"] = person.get_id()
    takes = {"Accept-Encoding": "gzip"}
    for page in (address, f"{address}/lista"):
        plain, small = gate.get(page), gate.get(page, headers=takes)
        assert small.headers["Content-Encoding"] == "gzip"
        assert small.headers["Cache-Control"] == "no-store"
        rows = (plain.data, gzip.decompress(small.data))
        assert [text.count(b"data-person=") for text in rows] == [60, 60]
        assert len(small.data) < len(plain.data) / 8
    sought = gate.get(f"{address}?szukaj=Osoba", headers=takes)
    assert "Content-Encoding" not in sought.headers, "words from outside stand beside a secret"


def test_who_was_let_in_by_mistake_can_be_left_out_again(app: Flask, gate: Client) -> None:
    with app.app_context():
        person, of = events.group(2)
        event = events.event(capacity=5, starts_at=now() + timedelta(hours=1))
        runs(event, db.session.scalars(sa.select(User).where(User.role == Role.FACILITATOR)).one())
        signup = events.come(event, person, 2, of)
        first, second = signup.participants[0].name, signup.participants[1].id
        party = f"/zapisy/{key_of(signup)}/zmien"
        door = f"/biurko/wydarzenia/{event.slug}/wejscie/{second}"
        db.session.commit()
    assert gate.post(f"{door}/wpusc").status_code == 303
    assert gate.post(f"{door}/cofnij").status_code == 303
    sent = {**fields_of(gate.get(party).text), "names": first}
    assert gate.post(party, data=sent).status_code == 303
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        assert (present(event), event.taken, rows(event)) == ([], 1, 0)
