"""Events: what is to come, what is over, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role, User, Visitor
from app.consultations.phases import Phase
from app.events import queries
from app.events.models import Event, EventKind
from app.events.permissions import can_see_event
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted

HOUR = timedelta(hours=1)


def event(title: str, starts_at: datetime, **fields: Any) -> Event:
    """A meeting of two hours."""
    made = Event(
        **{
            "slug": title.lower().replace(" ", "-"),
            "title": title,
            "kind": EventKind.WORKSHOP,
            "starts_at": starts_at,
            "ends_at": starts_at + 2 * HOUR,
            "place": "Dom Kultury, sala 3",
            **fields,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


def test_the_nearest_comes_first(context: Flask) -> None:
    at = now()
    later, sooner = event("A", at + 50 * HOUR), event("B", at + 10 * HOUR)
    running = event("C", at - HOUR)
    event("D", at - 90 * HOUR)
    assert queries.upcoming(at, 5) == [running, sooner, later]
    assert queries.upcoming(at, 2) == [running, sooner]


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("role", [None, *Role])
def test_who_sees_an_event(context: Flask, phase: Phase, role: Role | None) -> None:
    found = event("A", now(), consultation=town.consultation(phase))
    user = town.person(role) if role else Visitor()
    office = role in {Role.FACILITATOR, Role.COORDINATOR, Role.EXECUTIVE}
    assert can_see_event(user, found, now()) is (phase is not Phase.DRAFT or office)


def test_an_event_without_a_consultation_is_for_all(context: Flask) -> None:
    assert can_see_event(Visitor(), event("A", now()), now())


def test_an_empty_calendar_says_what_one_can_do(client: Client) -> None:
    page = client.get("/wydarzenia").text
    assert "empty__title" in page
    assert "/konsultacje" in page


def test_the_list(app: Flask, client: Client) -> None:
    with app.app_context():
        event("Warsztat", now() + 24 * HOUR)
        event("Seminarium", now() - 24 * HOUR, outcome="Ustalono trzy rzeczy.", people_present=22)
        event("Tajne", now() + HOUR, consultation=town.consultation(Phase.DRAFT))
        db.session.commit()
    page = client.get("/wydarzenia").text
    assert page.index("Warsztat") < page.index("Seminarium") < page.index("Ustalono trzy rzeczy.")
    assert "22" in page
    assert "Tajne" not in page


def test_an_event_to_come(app: Flask, client: Client) -> None:
    with app.app_context():
        of = town.consultation(Phase.OPEN, title="Program na rok 2016")
        event(
            "Warsztat",
            now() + 48 * HOUR,
            consultation=of,
            capacity=24,
            summary="Przeczytamy.\n\nI zapiszemy.",
            outcome="jeszcze nie",
            people_present=7,
        )
        db.session.commit()
    page = client.get("/wydarzenia/warsztat").text
    for words in ("Dom Kultury, sala 3", "24", "<p>I zapiszemy.</p>", "Program na rok 2016"):
        assert words in page
    assert "jeszcze nie" not in page


def test_an_event_that_is_over(app: Flask, client: Client) -> None:
    with app.app_context():
        event(
            "Warsztat",
            now() - 48 * HOUR,
            outcome="Uzgodniono godziny.",
            people_present=43,
            organisations_present=21,
        )
        event("Cichy", now() - 48 * HOUR)
        db.session.commit()
    page = client.get("/wydarzenia/warsztat").text
    for words in ("Uzgodniono godziny.", "43", "21"):
        assert words in page
    assert client.get("/wydarzenia/cichy").status_code == 200


def test_hidden_and_missing_look_the_same(app: Flask, client: Client) -> None:
    with app.app_context():
        event("Tajne", now(), consultation=town.consultation(Phase.DRAFT))
        db.session.commit()
    assert client.get("/wydarzenia/tajne").status_code == 404
    assert client.get("/wydarzenia/zadne").status_code == 404


def test_the_office_sees_what_is_in_preparation(app: Flask, client: Client) -> None:
    with app.app_context():
        event("Tajne", now(), consultation=town.consultation(Phase.DRAFT))
        clerk: User = town.person(Role.COORDINATOR)
        db.session.commit()
        client.sign_in(clerk)
    assert client.get("/wydarzenia/tajne").status_code == 200
    assert "Tajne" in client.get("/wydarzenia").text


def test_pages_are_kept_until_something_changes(app: Flask, client: Client) -> None:
    with app.app_context():
        event("Warsztat", now() + 24 * HOUR)
        db.session.commit()
    for address in ("/wydarzenia", "/wydarzenia/warsztat"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        with app.app_context():
            db.session.execute(sa.update(Event).values(revision=Event.revision + 1))
            db.session.commit()
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_queries_do_not_grow_with_events(app: Flask, client: Client) -> None:
    counts = []
    for round_number in range(2):
        with app.app_context():
            of = town.consultation()
            for n in range(5):
                event(f"A {round_number} {n}", now() + n * HOUR, consultation=of)
                event(f"B {round_number} {n}", now() - 5 * HOUR, consultation=of)
            db.session.commit()
        with app.app_context(), counted() as statements:
            assert client.get("/wydarzenia").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6
