"""Every request that changes something is answered as the table says: permission × phase × role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.routing import Rule

from app.accounts.models import User
from app.consultations.actions import particulars_of
from app.consultations.phases import Phase
from app.consultations.preparation import version_of
from app.consultations.queries import consultation_by_slug
from app.demo import clock
from app.events.actions import plan_of
from app.events.models import Event, EventStatus
from app.events.planning import version_of as version_of_plan
from app.events.queries import event_by_slug
from app.events.steering import seen_of
from app.platform.clock import local, now
from app.platform.db import db
from tests.events.scene import DAY, HOUR
from tests.house.access_table import PEOPLE, REFUSED, SIGN_IN, VIEWS, VISITOR
from tests.house.posts import PASSWORD, POSTS, WITH_EVENTS, Post, always_done
from tests.house.test_access_table import address, browser, demo, may_pass, views
from tests.house.town_in_phases import Place, place

__all__ = ["demo"]

#: What a visitor is answered at a gate: led to sign in, or told to when something was typed.
AT_THE_GATE = {SIGN_IN, 401}

#: Argon2 of the password, made cheaply: the tables ask for it hundreds of times.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def test_every_view_that_changes_something_has_a_row(application: Flask) -> None:
    there = {name for name, rule in views(application).items() if "POST" in (rule.methods or ())}
    assert there - set(POSTS) == set(), "say what real requests are answered"
    assert set(POSTS) - there == set(), "these views are gone"


def settled(phase: Phase) -> Place:
    """A town in a phase, with all that the forms need to know."""
    town = place(phase)
    db.session.execute(sa.update(User).values(password_hash=CHEAP))
    consultation = consultation_by_slug(str(town.values["slug"]))
    assert consultation is not None
    author = db.session.get_one(User, int(town.people["author"].partition(":")[0]))
    first = consultation.rounds[0]
    town.values.update(
        fix=f"drop:{town.values['row']}",
        version=version_of(particulars_of(consultation)),
        author_email=author.email,
        opens=f"{local(first.opens_at):%Y-%m-%dT%H:%M}",
        closes=f"{local(first.closes_at):%Y-%m-%dT%H:%M}",
    )
    see(town)
    return town


def see(town: Place) -> None:
    """What the office's pages about the event have shown, as their forms carry it."""
    event = event_by_slug(str(town.values["event"]))
    assert event is not None
    town.values.update(seen=seen_of([event]), event_version=version_of_plan(plan_of(event)))


def address_of(rule: Rule, post: Post, town: Place) -> str:
    named = {part: town.values[thing] for part, thing in post.names.items()}
    return address(rule, town.values, named)


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Afterwards the world is as it was, and so is its clock, which no transaction knows."""
    world = app.extensions["test_connection"].begin_nested()
    yield
    world.rollback()
    with app.app_context():
        clock.forget()


def asked(app: Flask, town: Place, endpoint: str, who: str) -> int:
    """What somebody is answered who sends the form of a view."""
    post = POSTS[endpoint]
    with app.test_request_context():
        path = address_of(views(app)[endpoint], post, town)
    with undone(app):
        return browser(app, town, who).post(path, data=post.data(town.values, who)).status_code


@pytest.mark.parametrize("phase", Phase)
def test_what_requests_are_answered(demo: Flask, phase: Phase) -> None:
    """What does not depend on the phase is asked once, in an open consultation."""
    with demo.app_context():
        town = settled(phase)
        db.session.commit()
    different = []
    for who in PEOPLE:
        for endpoint, post in POSTS.items():
            if post.answer is always_done and phase != Phase.OPEN:
                continue
            passes = may_pass(VIEWS[endpoint], who)
            expected = {post.answer(who, phase)} if passes else {REFUSED}
            if not passes and who == VISITOR:
                expected = AT_THE_GATE
            answer = asked(demo, town, endpoint, who)
            if answer not in expected:
                different.append((endpoint, who, answer, expected))
    assert different == []


#: How an event becomes what it is in the table.
BECOMES = {
    "begun": {"starts_at": now() - HOUR, "ends_at": now() + DAY},
    "over": {"starts_at": now() - DAY, "ends_at": now() - HOUR},
    "called off": {"status": EventStatus.CANCELLED, "cancelled_at": now()},
}


@pytest.mark.parametrize("moment", WITH_EVENTS)
def test_what_requests_about_events_are_answered(demo: Flask, moment: str) -> None:
    with demo.app_context():
        town = settled(Phase.OPEN)
        db.session.execute(sa.update(Event).values(BECOMES[moment]))
        see(town)
        db.session.commit()
    different = []
    for endpoint in (name for name in POSTS if name.startswith("events.")):
        for who in (person for person in PEOPLE if may_pass(VIEWS[endpoint], person)):
            usual = POSTS[endpoint].answer(who, Phase.OPEN)
            expected = WITH_EVENTS[moment].get(endpoint, usual)
            answer = asked(demo, town, endpoint, who)
            if answer != expected:
                different.append((endpoint, who, answer, expected))
    assert different == []
