"""Ten years of events, and hundreds of people in one: no page asks more for it."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.events.models import Facilitator
from app.events.models_signups import SignUp
from app.events.routes_people import PER_PAGE
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import DAY
from tests.events.test_office_pages import DESK
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted


def signed_in(app: Flask, role: Role) -> tuple[Client, int]:
    """A browser of somebody new, and who it is."""
    with app.app_context():
        person = town.person(role)
        db.session.commit()
        client = Client(app)
        client.sign_in(person)
        return client, person.id


def asked(app: Flask, client: Client, address: str) -> tuple[int, str]:
    """How many statements a page takes, and what it says."""
    with app.app_context(), counted() as statements:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(statements), answer.text


def test_the_desk_of_a_facilitator_asks_as_often_for_many_meetings(app: Flask) -> None:
    took = []
    for many in (2, 12):
        client, host = signed_in(app, Role.FACILITATOR)
        with app.app_context():
            for n in range(many):
                held = scene.event(starts_at=now() - n * DAY)
                held.facilitators = [Facilitator(name="Host", user_id=host)]
            db.session.commit()
        number, page = asked(app, client, "/biurko")
        assert page.count("Protokół i materiały") >= many
        took.append(number)
    assert took[0] == took[1]


def test_the_list_of_those_who_come_reads_one_page_of_them(app: Flask) -> None:
    client, _person = signed_in(app, Role.COORDINATOR)
    with app.app_context():
        event = scene.event(capacity=60)
        for n in range(60):
            scene.come(event, town.person(name=f"Osoba nr {n:03}"))
        db.session.commit()
        address = f"{DESK}/{event.slug}/uczestnicy"
    read: list[SignUp] = []
    sa.event.listen(SignUp, "load", note := lambda signup, _context: read.append(signup))
    try:
        _number, page = asked(app, client, address)
    finally:
        sa.event.remove(SignUp, "load", note)
    assert "Osoba nr 049" in page
    assert len(read) == PER_PAGE
