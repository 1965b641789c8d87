"""The programme as everybody sees it, on the page and on the sheet to hang up."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from app.events.models import Event
from app.festival import square, staging
from app.festival.content import StageWish
from app.platform.clock import now
from app.platform.db import db
from app.platform.typesetting import UNKNOWN
from tests.festival import scene
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted


@pytest.fixture
def slug(app: Flask) -> str:
    """A festival with a stand, a turn, a point of the office, and things nobody should see."""
    with app.app_context():
        event, clerk = scene.festival(title="Święto Organizacji 2016"), scene.coordinator()
        scene.places(event)
        stand = scene.accepted_stand(event, shows="Psy ratownicze", note="Dzwonić: 600 700 800")
        number = scene.spots(event)["A2"]
        square.give_place(stand, number, version=stand.version, by=clerk, at=now())
        turn = scene.accepted_turn(event, title="Kapela Miechowska", equipment="Wzmacniacz")
        scene.put_on(turn, 60)
        opening = StageWish("Otwarcie przez burmistrza", minutes=10, changeover=0)
        point = staging.add_point(event, opening, submission_key="o" * 20, by=clerk, at=now())
        scene.put_on(point, 0)
        scene.stand(event, shows="Jeszcze nieprzyjęte")
        scene.accepted_stand(event, shows="Jeszcze bez miejsca")
        scene.accepted_turn(event, title="Jeszcze bez godziny")
        db.session.commit()
        return event.slug


@pytest.fixture
def clerk(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    with app.app_context():
        person = scene.coordinator()
        db.session.commit()
        client.sign_in(person)
    return client


def page_of(slug: str) -> str:
    return f"/wydarzenia/{slug}/program"


def desk(slug: str, more: str = "") -> str:
    return f"/biurko/wydarzenia/{slug}/swieto/program{more}"


def text_of(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_nobody_sees_it_before_it_is_published(client: Client, clerk: Client, slug: str) -> None:
    page = client.get(page_of(slug)).text
    assert "Program nie jest jeszcze ogłoszony." in page
    assert "Kapela" not in page
    assert client.get(f"{page_of(slug)}.pdf").status_code == 404
    preview = clerk.get(page_of(slug)).text
    assert ("Widzisz to tylko Ty" in preview, "Kapela" in preview) == (True, True)
    assert clerk.get(f"{page_of(slug)}.pdf").status_code == 200


def test_published_it_shows_what_has_a_place_and_nothing_else(
    client: Client, clerk: Client, slug: str
) -> None:
    before = client.get(page_of(slug)).headers["ETag"]
    asked = clerk.get(desk(slug)).text
    assert "Wyślemy 2 listy" in asked
    assert "stoisko bez miejsca" in asked
    assert clerk.post(desk(slug, "/oglos")).location == desk(slug)
    assert "2 wiadomości są w drodze" in clerk.get(desk(slug)).text
    answer = client.get(page_of(slug))
    assert answer.headers["ETag"] != before
    page = answer.text
    assert page.index("Otwarcie przez burmistrza") < page.index("Kapela Miechowska")
    assert "Psy ratownicze" in page
    assert "Jeszcze" not in page
    assert "600 700 800" not in page
    assert "Wzmacniacz" not in page
    pdf = client.get(f"{page_of(slug)}.pdf")
    assert pdf.mimetype == "application/pdf"
    text = text_of(pdf.data)
    for word in ("Święto Organizacji 2016", "13:00", "Kapela Miechowska", "A2", "Psy ratownicze"):
        assert word in text
    assert "Jeszcze" not in text
    assert clerk.post(desk(slug, "/cofnij")).location == desk(slug)
    assert "Kapela" not in client.get(page_of(slug)).text
    assert client.get(f"{page_of(slug)}.pdf").status_code == 404


def test_the_page_of_the_event_leads_to_the_programme(client: Client, slug: str) -> None:
    assert f'href="{page_of(slug)}"' in client.get(f"/wydarzenia/{slug}").text


def test_the_sheet_is_the_same_for_everybody_and_takes_any_words(
    app: Flask, client: Client, clerk: Client, slug: str
) -> None:
    with app.app_context():
        event = db.session.scalars(sa.select(Event).where(Event.slug == slug)).one()
        wild = "Śpiew \N{GRINNING FACE} #let x = *1* $a$ " + "bezspacji" * 12
        scene.put_on(scene.accepted_turn(event, title=wild[:120], description=wild), 180)
        db.session.commit()
    clerk.post(desk(slug, "/oglos"))
    first, second = (client.get(f"{page_of(slug)}.pdf").data for _ in range(2))
    assert first == second
    text = text_of(first)
    assert "#let x" in text
    assert UNKNOWN in text


def test_an_empty_programme_is_not_published(app: Flask, clerk: Client) -> None:
    with app.app_context():
        empty = scene.festival().slug
        db.session.commit()
    assert "Program jest pusty" in clerk.get(desk(empty)).text
    assert clerk.post(desk(empty, "/oglos")).status_code == 409
    assert clerk.get(page_of(empty)).status_code == 200


def test_a_visitor_costs_few_statements(
    app: Flask, client: Client, clerk: Client, slug: str
) -> None:
    clerk.post(desk(slug, "/oglos"))
    with app.app_context(), counted() as first:
        client.get(page_of(slug))
    with app.app_context(), counted() as again:
        client.get(page_of(slug))
    assert len(first) <= 10
    assert len(again) <= 3
