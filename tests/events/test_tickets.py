"""Tickets: on the page, in the letter, and who has none."""

from __future__ import annotations

import re

from flask import Flask

from app.events import signing_up, steering
from app.events.post import key_of
from app.events.tickets import Ticket, tickets_of
from app.platform.clock import now
from app.platform.db import db
from tests.events import scene
from tests.proofreading import ProofreadingClient as Client


def test_a_code_is_read_in_groups_and_drawn_as_dark_squares() -> None:
    ticket = Ticket("Anna", "ABCDEFGH")
    assert ticket.spoken == "ABCD EFGH"
    assert ticket.picture.startswith("<svg")
    assert 'fill="#fff"' in ticket.picture
    assert ticket.picture != Ticket("Anna", "ABCDEFGJ").picture


def test_each_person_of_a_group_has_a_ticket(app: Flask, client: Client) -> None:
    with app.app_context():
        person, of = scene.group(2)
        signup = scene.come(scene.event(), person, 2, of)
        key, codes = key_of(signup), [ticket.spoken for ticket in tickets_of(signup)]
        letter = scene.text_to(person.email)
        db.session.commit()
    page = client.get(f"/zapisy/{key}/bilet")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.text.count('class="ticket__picture"') == 2
    assert page.text.count('class="ticket__code"') == 2
    for code in codes:
        assert code in page.text
        assert code in letter
    assert f"/zapisy/{key}/bilet" in letter
    assert re.search(r"/wydarzenia/[a-z0-9-]+\.ics", letter)
    assert f"/zapisy/{key}/bilet" in client.get(f"/zapisy/{key}").text


def test_who_waits_has_no_ticket_until_promoted(app: Flask, client: Client) -> None:
    with app.app_context():
        event = scene.event(capacity=1)
        first, second = scene.come(event), scene.come(event)
        code = second.participants[0].code
        assert code not in scene.text_to(second.email).replace(" ", "")
        key, ahead = key_of(second), first.id
        db.session.commit()
    assert client.get(f"/zapisy/{key}/bilet").status_code == 303
    assert "/bilet" not in client.get(f"/zapisy/{key}").text
    with app.app_context():
        first = db.session.get_one(type(first), ahead)
        signing_up.cancel(first, by=first.user, at=now())
        db.session.commit()
    assert client.get(f"/zapisy/{key}/bilet").status_code == 200
    with app.app_context():
        waiting = db.session.get_one(type(first), ahead + 1)
        assert code in scene.text_to(waiting.email).replace(" ", "")


def test_a_cancelled_event_has_no_tickets(app: Flask, client: Client) -> None:
    with app.app_context():
        event = scene.event()
        key = key_of(scene.come(event))
        steering.cancel(event, "Choroba.", by=scene.coordinator(), at=now())
        db.session.commit()
    assert client.get(f"/zapisy/{key}/bilet").status_code == 303
    assert client.get("/zapisy/nie-ma-takiej/bilet").status_code == 404
