"""Every view is in the table of access, and answers as the table says to real requests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.consultations.phases import Phase
from app.platform.access import declared
from app.platform.db import db
from tests.house.access_table import (
    OPENS,
    PENDING,
    PEOPLE,
    PUBLIC,
    REFUSED,
    SIGN_IN,
    SIGNED_IN,
    VIEWS,
    VISITOR,
    Row,
    always,
)
from tests.house.town_in_phases import Place, place


def views(app: Flask) -> dict[str, Rule]:
    """One address of each view of the application."""
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}


def test_every_view_has_a_row_and_every_row_a_view(application: Flask) -> None:
    there = set(views(application))
    assert there - set(VIEWS) - PENDING == set(), "decide who may open these views"
    assert set(VIEWS) - there == set(), "these views are gone"
    assert PENDING & set(VIEWS) == set()


def test_gates_are_those_of_the_table(application: Flask) -> None:
    different = {
        endpoint: (declared(application.view_functions[endpoint]), row.gate)
        for endpoint, row in VIEWS.items()
        if set(declared(application.view_functions[endpoint]) or ()) != set(row.gate)
    }
    assert different == {}


def may_pass(row: Row, who: str) -> bool:
    if row.gate == PUBLIC:
        return True
    return who != VISITOR and (row.gate == SIGNED_IN or who in row.gate)


#: What an address needs, where that is not what most of its room need.
ASKED = {
    "events.confirm_remove_material": ("number", "material"),
    "events.download_material": ("number", "material"),
    "events.move_material": ("number", "material"),
    "events.remove_material": ("number", "material"),
    "minutes.protocol_file": ("number", "minutes"),
    "minutes.version": ("number", "minutes"),
    "events.own_calendar": ("key", "calendar_key"),
    **dict.fromkeys(
        ("festival.place", "festival.remove_place", "festival.save_place"), ("number", "place")
    ),
    **dict.fromkeys(
        (
            "festival.edit_point",
            "festival.remove_point",
            "festival.save_point",
            "festival.save_slot",
            "festival.slot",
            "festival.take_off",
        ),
        ("number", "point"),
    ),
    "remarks.respond": ("number", "reworded"),
    "remarks.respond_by_key": ("key", "reworded_key"),
    "remarks.restate": ("number", "collided"),
    "remarks.restate_by_key": ("key", "collided_key"),
}


def address(rule: Rule, values: dict[str, Any], named: Mapping[str, Any] | None = None) -> str:
    """The address of a view with the things of a place in it, or those that are ``named``."""
    package = rule.endpoint.split(".")[0]
    numbers = {
        "accounts": "membership",
        "demo": "mail",
        "events": "signup",
        "door": "guest",
        "minutes": "note",
        "reports": "report",
        "reading": "provision",
        "drafting": "provision",
        "festival": "stand",
    }
    of_event = {
        "events": "event",
        "door": "meeting",
        "festival": "festival",
        "minutes": "meeting",
    }
    known = {
        "slug": values[of_event.get(package, "slug")],
        "document": values["document"],
        "key": values["signup_key" if package == "events" else "key"],
        "token": values["reset" if rule.endpoint == "accounts.reset" else "confirm"],
        "old": 1,
        "new": 2,
        "edition": 2,
        "kind": "pdf" if package == "minutes" else "xlsx",
        "year": 2026,
        "what": "stoisko",
        "id": values["unpublished" if "publish" in rule.endpoint else "import"],
        "number": values[numbers.get(package, "remark")],
        "change": values["change"],
        "draft": values["aside"],
        "target": values["provision"],
        "reply_id": values["reply"],
    }
    if rule.endpoint in ASKED:
        part, thing = ASKED[rule.endpoint]
        known[part] = values[thing]
    known |= {name: value for name, value in (named or {}).items() if name in rule.arguments}
    query = {"lang": "pl"} if rule.endpoint == "home.language" else {}
    return url_for(rule.endpoint, **{name: known[name] for name in rule.arguments}, **query)


@pytest.fixture
def demo(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """With the pages that only the demo town has."""
    monkeypatch.setitem(app.config, "DEMO", True)
    monkeypatch.setitem(app.config, "INSTANCE_PATH", str(tmp_path))
    return app


def browser(app: Flask, town: Place, who: str) -> FlaskClient:
    client = app.test_client()
    if who != VISITOR:
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = town.people[who], True
    return client


def settled(app: Flask, phase: Phase) -> tuple[Place, dict[str, str]]:
    """A place in a phase and the address of each view in it."""
    with app.app_context():
        town = place(phase)
        db.session.commit()
    with app.test_request_context():
        return town, {name: address(rule, town.values) for name, rule in views(app).items()}


def is_sent_to_sign_in(response: TestResponse) -> bool:
    return response.status_code == SIGN_IN and response.location.startswith("/zaloguj")


@pytest.mark.parametrize("phase", Phase)
def test_what_people_are_answered(demo: Flask, phase: Phase) -> None:
    """Pages that do not depend on the phase are opened once, in an open consultation."""
    town, addresses = settled(demo, phase)
    different = []
    for who in PEOPLE:
        client = browser(demo, town, who)
        for endpoint, row in VIEWS.items():
            rule = views(demo)[endpoint]
            if "GET" not in (rule.methods or ()) or (row.answer is always and phase != Phase.OPEN):
                continue
            expected = row.answer(who, phase)
            if not may_pass(row, who):
                expected = SIGN_IN if who == VISITOR else REFUSED
            with client.get(addresses[endpoint]) as response:
                found = response.status_code
                led_away = is_sent_to_sign_in(response)
            if endpoint == "home.language":
                expected = SIGN_IN  # leads back to where one was
            if (found, led_away) != (expected, expected == SIGN_IN and not may_pass(row, who)):
                different.append((endpoint, who, phase.value, found, expected))
    assert different == []


def test_nobody_changes_what_is_not_theirs_to_change(demo: Flask) -> None:
    town, addresses = settled(demo, Phase.OPEN)
    different = []
    for who in PEOPLE:
        client = browser(demo, town, who)
        for endpoint, row in VIEWS.items():
            methods = views(demo)[endpoint].methods or ()
            if "POST" not in methods or may_pass(row, who):
                continue
            with client.post(addresses[endpoint]) as response:
                refused = response.status_code == REFUSED
                if not (is_sent_to_sign_in(response) if who == VISITOR else refused):
                    different.append((endpoint, who, response.status_code))
    assert different == []


def test_the_table_would_notice(application: Flask) -> None:
    """A page that is open to all is not in the table as one of the office."""
    assert may_pass(Row(PUBLIC), VISITOR)
    assert not may_pass(Row(SIGNED_IN), VISITOR)
    assert not may_pass(Row(("staff", "coordinator")), "facilitator")
    assert Row(PUBLIC).answer(VISITOR, Phase.DRAFT) == OPENS
