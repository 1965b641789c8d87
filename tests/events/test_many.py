"""Ten years of events, and hundreds of people in one: no page asks more for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.events import chores
from app.events.local_times import days_before
from app.events.models import Facilitator
from app.events.models_signups import SignUp
from app.events.routes_people import PER_PAGE
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.events.test_office_pages import DESK
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted

Row = TypeVar("Row")


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


@contextmanager
def read_of(table: type[Row]) -> Iterator[list[Row]]:
    """The rows of a table that are read from the database inside."""
    read: list[Row] = []
    sa.event.listen(table, "load", note := lambda row, _context: read.append(row))
    sa.event.listen(table, "refresh", again := lambda row, _context, _names: read.append(row))
    try:
        yield read
    finally:
        sa.event.remove(table, "load", note)
        sa.event.remove(table, "refresh", again)


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
    with read_of(SignUp) as read:
        _number, page = asked(app, client, address)
    assert "Osoba nr 049" in page
    assert len(read) == PER_PAGE


def test_whom_a_reminder_has_reached_nobody_looks_up_again(context: Flask) -> None:
    event = scene.event(capacity=None, remind_days=[7])
    for n in range(40):
        scene.come(event, town.person(name=f"Osoba nr {n:03}"))
    at = days_before(event.starts_at, 7)
    chores.remind(event, at=at)
    late = scene.come(event, at=at - HOUR)
    db.session.commit()
    with read_of(SignUp) as read:
        chores.remind(event, at=at + HOUR)
    assert [signup.id for signup in read] == [late.id]
    assert len([key for key in scene.letters(late) if key.startswith("reminder")]) == 1


def test_the_page_of_an_event_asks_six_times_and_once_more_when_it_is_read_again(
    app: Flask,
) -> None:
    with app.app_context():
        of = town.consultation()
        event = scene.event(consultation_id=of.id)
        db.session.commit()
        address = f"/wydarzenia/{event.slug}"
    visitor = Client(app)
    assert [asked(app, visitor, address)[0] for _ in range(2)] == [6, 1]
