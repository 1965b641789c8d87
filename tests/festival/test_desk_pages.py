"""The office's pages of NGO Day: the list, the decision, the square and the stages."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.events.models import Event
from app.festival import queries
from app.festival.models import StageApplication, StandApplication
from app.platform.db import db
from tests.events import scene as events
from tests.festival import scene
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        slug = scene.festival(title="Święto Organizacji 2016").slug
        db.session.commit()
        return slug


@pytest.fixture
def clerk(app: Flask, client: Client) -> Client:
    """A browser of the coordinator."""
    with app.app_context():
        person = scene.coordinator()
        db.session.commit()
        client.sign_in(person)
    return client


def event_of(slug: str) -> Event:
    return db.session.scalars(sa.select(Event).where(Event.slug == slug)).one()


def desk(slug: str, more: str = "") -> str:
    return f"/biurko/wydarzenia/{slug}/swieto{more}"


def number_of(app: Flask, slug: str, make: object, **fields: object) -> int:
    """The id of an application that is made for this event."""
    with app.app_context():
        made = make(event_of(slug), **fields)  # type: ignore[operator]
        db.session.commit()
        return int(made.id)


def test_the_list_and_its_filters(app: Flask, clerk: Client, slug: str) -> None:
    assert "Nikt jeszcze nie zgłosił stoiska" in clerk.get(desk(slug)).text
    number_of(app, slug, scene.stand, shows="Pokaz psów ratowniczych")
    number_of(app, slug, scene.accepted_stand, shows="Kiermasz książek")
    number_of(app, slug, scene.turn, title="Kapela Miechowska")
    page = clerk.get(desk(slug)).text
    assert page.index("Pokaz psów") < page.index("Kiermasz")
    assert "Kapela Miechowska" in page
    accepted = clerk.get(desk(slug, "?stan=accepted")).text
    assert ("Kiermasz" in accepted, "Pokaz psów" in accepted) == (True, False)
    assert "Żadne zgłoszenie nie pasuje" in accepted
    assert "Kiermasz" not in clerk.get(desk(slug, "?miejsce=with")).text
    assert clerk.get(desk(slug, "?stan=cokolwiek")).status_code == 200
    assert desk(slug) in clerk.get(f"/biurko/wydarzenia/{slug}").text


def test_a_decision_with_what_was_typed(app: Flask, clerk: Client, slug: str) -> None:
    number = number_of(app, slug, scene.stand)
    address = desk(slug, f"/stoisko/{number}")
    assert clerk.post(address, data={"version": "0"}).status_code == 422
    refused = clerk.post(address, data={"version": "0", "outcome": "refuse", "reason": ""})
    assert refused.status_code == 422
    assert "organizacja się o tym dowie" in refused.text
    assert clerk.post(address, data={"version": "0", "outcome": "accept"}).status_code == 303
    stale = clerk.post(address, data={"version": "0", "outcome": "refuse", "reason": "Za późno."})
    assert stale.status_code == 422
    assert ("w międzyczasie" in stale.text, "Za późno." in stale.text) == (True, True)
    assert clerk.get(desk(slug, f"/scena/{number}")).status_code == 404
    assert clerk.get(desk(slug, "/namiot/1")).status_code == 404


def test_the_square_from_nothing_to_everybody(app: Flask, clerk: Client, slug: str) -> None:
    plan = desk(slug, "/plan")
    assert "Nie ma jeszcze miejsc." in clerk.get(plan).text
    assert clerk.post(plan, data={"rows": "0", "columns": "x", "metres": "3"}).status_code == 422
    laid = {"rows": "1", "columns": "3", "metres": "3", "has_power": "y"}
    assert clerk.post(plan, data=laid).location == plan
    stand, other = (number_of(app, slug, scene.accepted_stand) for _ in range(2))
    page = clerk.get(plan).text
    assert "2 stoiska czekają na miejsce" in page
    with app.app_context():
        spots = scene.spots(event_of(slug))
    give = desk(slug, f"/stoisko/{stand}/miejsce")
    assert clerk.post(give, data={"place": spots["A2"], "version": "1"}).location == plan
    late = clerk.post(give, data={"place": spots["A1"], "version": "1"})
    assert (late.status_code, "Plan placu" in late.text) == (409, True)
    for junk in ("", "rynek", "9" * 30, "-1"):
        assert clerk.post(give, data={"place": junk, "version": "2"}).status_code == 400
    shown = clerk.get(f"{plan}/propozycja").text
    pairs = re.findall(r'name="pair" value="([\d:]+)"', shown)
    assert pairs == [f"{other}:{spots['A1']}"]
    revision = re.findall(r'name="revision" value="(\d+)"', shown)[0]
    taken = {"pair": pairs, "revision": revision}
    answers = [clerk.post(f"{plan}/propozycja", data=taken).status_code for _ in range(2)]
    assert answers == [303, 303]
    old = clerk.post(f"{plan}/propozycja", data={**taken, "pair": f"{other}:{spots['A3']}"})
    assert (old.status_code, "Obejrzyj propozycję" in old.text) == (409, True)
    assert "Nie ma czego proponować." in clerk.get(f"{plan}/propozycja").text
    one = f"{plan}/{spots['A2']}"
    assert "Tu stoi:" in clerk.get(one).text
    wrong = clerk.post(one, data={"label": "A1", "metres": "3", "has_power": "y"})
    assert wrong.status_code == 422
    assert "już jest" in wrong.text
    assert clerk.post(one, data={"label": " \t ", "metres": "3"}).status_code == 422
    assert clerk.post(one, data={"label": "a1", "metres": "3"}).status_code == 422
    many = clerk.post(plan, data={"rows": "26", "columns": "30", "metres": "3"})
    assert (many.status_code, "jeszcze tyle: 397" in many.text) == (422, True)
    renamed = {"label": "Przy ratuszu", "metres": "4", "has_power": "y"}
    assert clerk.post(one, data=renamed).status_code == 303
    assert "Przy ratuszu" in clerk.get(plan).text
    assert clerk.post(f"{one}/usun").status_code == 409
    assert clerk.post(f"{plan}/{spots['A3']}/usun").status_code == 303
    assert clerk.get(f"{plan}/{spots['A3']}").status_code == 404


def test_the_stage_asks_before_it_moves_anybody(app: Flask, clerk: Client, slug: str) -> None:
    stages = desk(slug, "/sceny")
    number = number_of(app, slug, scene.accepted_turn, title="Kapela", minutes=20, changeover=5)
    assert "1 występ czeka na godzinę" in clerk.get(stages).text
    address = f"{stages}/{number}"
    sent = {"stage": "Scena główna", "begins": "12:30", "minutes": "20", "changeover": "5"}
    assert clerk.post(address, data={**sent, "version": "1"}).location == stages
    moved = {**sent, "begins": "14:00", "version": "2"}
    asked = clerk.post(address, data=moved)
    assert asked.status_code == 200
    assert "Odtąd: Scena główna" in asked.text
    assert "12:30" in clerk.get(stages).text
    assert "Inna godzina" in clerk.post(address, data={**moved, "correct": "1"}).text
    assert clerk.post(address, data={**moved, "send": "1"}).location == stages
    again = clerk.post(address, data={**moved, "begins": "15:00", "send": "1"})
    assert again.status_code == 422
    assert "w międzyczasie" in again.text
    assert 'datetime="' in clerk.get(stages).text
    assert "14:00" in clerk.get(stages).text
    off = clerk.post(f"{address}/zdejmij", data={"version": "3"})
    assert off.location == stages
    assert "1 występ czeka na godzinę" in clerk.get(stages).text


def test_a_clash_stands_at_the_field(app: Flask, clerk: Client, slug: str) -> None:
    stages = desk(slug, "/sceny")
    first = number_of(app, slug, scene.accepted_turn, title="Chór")
    second = number_of(app, slug, scene.accepted_turn, title="Taniec")
    sent = {"stage": "Scena główna", "begins": "13:00", "minutes": "20", "changeover": "5"}
    clerk.post(f"{stages}/{first}", data={**sent, "version": "1"})
    answer = clerk.post(f"{stages}/{second}", data={**sent, "version": "1"})
    assert answer.status_code == 422
    assert "Koliduje z punktem „Chór”" in answer.text
    assert "wolny początek na tej scenie: 13:25" in answer.text
    assert 'value="13:00"' in answer.text
    for wrong in ("", "25:00", "wieczorem"):
        bad = clerk.post(f"{stages}/{second}", data={**sent, "begins": wrong, "version": "1"})
        assert bad.status_code == 422
    night = clerk.post(f"{stages}/{second}", data={**sent, "begins": "09:00", "version": "1"})
    assert "Wydarzenie zaczyna się o" in night.text
    nowhere = clerk.post(f"{stages}/{second}", data={**sent, "stage": "Nie ma", "version": "1"})
    assert "Nie ma takiej sceny" in nowhere.text


def test_points_of_the_office_and_stages(app: Flask, clerk: Client, slug: str) -> None:
    stages = desk(slug, "/sceny")
    point = {"title": "Otwarcie", "description": "", "minutes": "10", "changeover": "0"}
    point |= {"submission_key": "punkt-urzedu-numer-1", "version": "0"}
    assert clerk.post(f"{stages}/punkt", data={**point, "title": ""}).status_code == 422
    made = [clerk.post(f"{stages}/punkt", data=point).location for _ in range(2)]
    assert made[0] == made[1]
    assert "Otwarcie" in clerk.get(made[0]).text
    assert 'value="Otwarcie"' in clerk.get(f"{made[0]}/zmien").text
    changed = {**point, "title": "Uroczyste otwarcie"}
    assert clerk.post(f"{made[0]}/zmien", data=changed).location == stages
    assert "Uroczyste otwarcie" in clerk.get(stages).text
    assert clerk.post(f"{made[0]}/zmien", data=changed).location == stages
    stale = clerk.post(f"{made[0]}/zmien", data={**changed, "title": "Początek"})
    assert (stale.status_code, "Początek" in stale.text) == (422, True)
    assert "Uroczyste otwarcie" in stale.text
    back = clerk.post(f"{stages}/punkt", data={**point, "title": "Zakończenie"})
    assert (back.status_code, "Zakończenie" in back.text) == (422, True)
    named = clerk.post(stages, data={"names": "Scena główna\r\nMała scena"})
    assert named.status_code == 303
    assert "Mała scena" in clerk.get(stages).text
    assert clerk.post(stages, data={"names": " \n"}).status_code == 422
    assert clerk.post(f"{made[0]}/usun").location == stages
    assert "Uroczyste" not in clerk.get(stages).text
    own = number_of(app, slug, scene.turn)
    assert clerk.get(f"{stages}/{own}/zmien").status_code == 404


def test_other_events_have_no_stands(app: Flask, clerk: Client) -> None:
    with app.app_context():
        other = events.event().slug
        db.session.commit()
    for more in ("", "/plan", "/sceny"):
        assert clerk.get(desk(other, more)).status_code == 404


def test_when_it_is_over_nothing_is_arranged(app: Flask, clerk: Client, slug: str) -> None:
    number = number_of(app, slug, scene.accepted_turn)
    with app.app_context():
        event = event_of(slug)
        event.starts_at, event.ends_at = scene.noon(-2), scene.noon(-1)
        db.session.commit()
    for more in ("", "/plan", "/sceny", f"/sceny/{number}", f"/scena/{number}"):
        assert clerk.get(desk(slug, more)).status_code == 200
    assert "niczego się już nie układa" in clerk.get(desk(slug, "/plan")).text
    laid = {"rows": "1", "columns": "3", "metres": "3"}
    assert clerk.post(desk(slug, "/plan"), data=laid).status_code == 403


def test_hundreds_of_applications_take_few_statements(app: Flask, clerk: Client, slug: str) -> None:
    with app.app_context():
        event, by = event_of(slug), scene.group()
        scene.places(event, 10, 10)
        for n, place in enumerate(queries.places(event)):
            shared = {"event": event, "user": by[0], "created_at": event.starts_at}
            stand = StandApplication(
                organisation=by[1], shows="x", submission_key=f"s{n:030}", state="accepted",
                place=place, **shared,
            )  # fmt: skip
            turn = StageApplication(
                organisation=by[1], title=f"T{n}", minutes=5, changeover=0, state="accepted",
                submission_key=f"t{n:030}", stage="Scena główna",
                starts_after=n * 5, **shared,
            )  # fmt: skip
            db.session.add_all([stand, turn])
        db.session.commit()
    for more in ("", "/plan", "/sceny"):
        with app.app_context(), counted() as statements:
            assert clerk.get(desk(slug, more)).status_code == 200
        assert len(statements) <= 9, (more, len(statements))
