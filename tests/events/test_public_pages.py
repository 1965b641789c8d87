"""What anybody reads about an event: whom it is for, that it was moved, and what to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Visitor
from app.events import signing_up, steering
from app.events.forms import form_for
from app.events.models import Audience, Event, EventStatus, FreedPlace, QuestionKind
from app.events.planning import Asked, occasion_of
from app.events.post import key_of
from app.events.questioning import set_questions
from app.platform.clock import now
from app.platform.db import db
from app.platform.language import moment
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.events.test_signup_pages import form_at, prepared
from tests.proofreading import ProofreadingClient as Client


def test_the_list_says_for_whom_an_event_is_and_how_sign_ups_stand(
    app: Flask, client: Client
) -> None:
    prepared(app, title="Rada", audience=Audience.INVITED)
    prepared(app, title="Narada", audience=Audience.ORGANISATIONS)
    prepared(app, title="Wczesny", signup_opens_at=now() + DAY)
    prepared(app, title="Późny", signup_closes_at=now() - HOUR)
    prepared(app, title="Otwarty", takes_signups=False)
    page = client.get("/wydarzenia").text
    for words in ("na zaproszenie", "dla organizacji", "Początek zapisów", "Zapisy są zamknięte",
                  "bez zapisów"):  # fmt: skip
        assert words in page, words


def test_the_page_of_a_moved_event_names_the_date_before(app: Flask, client: Client) -> None:
    slug = prepared(app, published_at=now() - DAY)
    address = f"/wydarzenia/{slug}"
    with app.app_context():
        event, by = db.session.scalars(sa.select(Event)).one(), scene.coordinator()
        old = occasion_of(event)
        was = moment(old.starts_at, weekday=True)
        steering.move(event, replace(old, online_url="https://x.example"), by=by, at=now())
        db.session.commit()
    assert "Zmienił" not in client.get(address).text
    with app.app_context():
        event, by = db.session.scalars(sa.select(Event)).one(), scene.coordinator()
        later = replace(old, starts_at=old.starts_at + DAY, ends_at=old.ends_at + DAY)
        steering.move(event, later, by=by, at=now())
        db.session.commit()
    page = client.get(address).text
    assert "Zmienił się termin" in page
    assert f"Poprzedni termin: {was}." in page
    with app.app_context():
        event, by = db.session.scalars(sa.select(Event)).one(), scene.coordinator()
        steering.move(event, replace(occasion_of(event), place="Remiza"), by=by, at=now())
        db.session.commit()
    assert "Zmieniło się miejsce" in client.get(address).text


def test_nobody_is_invited_to_what_was_called_off(app: Flask, client: Client) -> None:
    called_off = {"status": EventStatus.CANCELLED, "cancelled_at": now(), "cancel_reason": "Śnieg"}
    slug = prepared(app, takes_signups=False, **called_off)
    past = prepared(app, starts_at=now() - DAY, **called_off)
    assert "Po prostu przyjdź" not in client.get(f"/wydarzenia/{slug}").text
    page = client.get(f"/wydarzenia/{past}").text
    assert "Śnieg" in page
    assert "Co z tego wynikło" not in page


@pytest.mark.parametrize("name", ["\u200b\u200b", "\u00a0 \u3164", "🎉", "-- 12"])
def test_a_name_that_nobody_can_read_is_no_name(app: Flask, client: Client, name: str) -> None:
    slug = prepared(app)
    sent = form_at(client, slug, name=name, email="jan@poczta.example")
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    assert page.status_code == 422
    assert "Wpisz swoje imię i nazwisko" in page.text


def test_what_turns_the_direction_of_writing_does_not_get_into_a_name(app: Flask) -> None:
    prepared(app)
    with app.test_request_context(method="POST", data={"name": "Jan\u202e  Kos\u200b"}):
        form = form_for(db.session.scalars(sa.select(Event)).one(), Visitor())
        assert form.people() == ("Jan Kos",)
        assert form.name.data == "Jan Kos"


def test_two_questions_without_an_answer_are_told_apart(app: Flask, client: Client) -> None:
    slug = prepared(app)
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        asked = [Asked(QuestionKind.TEXT, text, (), True) for text in ("Skąd?", "Po co?")]
        set_questions(event, asked, at=now())
        db.session.commit()
    sent = form_at(client, slug, name="Jan Kos", email="jan@poczta.example")
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=sent).text
    assert "Skąd? – Odpowiedz na to pytanie." in page
    assert "Po co? – Odpowiedz na to pytanie." in page


def test_a_group_is_offered_its_places(app: Flask, client: Client) -> None:
    prepared(app, capacity=2, freed_place=FreedPlace.OFFERED)
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        (person, of), first = scene.group(2), scene.come(event)
        group = scene.come(event, person, 2, of)
        signing_up.cancel(first, by=first.user, at=now())
        text, key = scene.text_to(group.email), key_of(group)
        db.session.commit()
    assert "Zwolniły się 2 miejsca" in text
    page = client.get(f"/zapisy/{key}").text
    assert "Zwolniły się 2\u00a0miejsca" in page or "Zwolniły się 2 miejsca" in page
    assert "Tak, biorę te miejsca" in page
    page = client.get(f"/zapisy/{key}/rezygnuje").text
    assert "Wszystkie 2 miejsca" in page


def test_a_broken_link_says_how_to_get_the_whole_one(client: Client) -> None:
    page = client.get("/zapisy/niecaly")
    assert page.status_code == 404
    assert "nie skopiował się w całości" in page.text


def test_what_is_too_late_is_said_above_the_sign_up(app: Flask, client: Client) -> None:
    prepared(app)
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        key = key_of(scene.come(event))
        event.starts_at = now() - timedelta(minutes=1)
        db.session.commit()
    late = client.post(f"/zapisy/{key}/rezygnuje")
    assert late.status_code == 403
    assert "Masz miejsce" in late.text
    assert "nie ma z czego rezygnować" in late.text
    assert (
        "Tego zgłoszenia nie można już zmienić"
        in client.get(f"/zapisy/{key}/zmien", follow_redirects=True).text
    )
