"""The demo town's clock can be turned by anybody; a real town's cannot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.models import Role
from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.demo import clock
from app.demo.town import STORY_BEGINS
from app.journal.actions import record
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.proofreading import ProofreadingClient as Client

ADDRESS = "/demo/zegar"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def demo(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.config, "DEMO", True)
    monkeypatch.setitem(app.config, "INSTANCE_PATH", str(tmp_path))
    return app


def turn(client: Client, to: str) -> int:
    return client.post(ADDRESS, data={"to": to}).status_code


def test_a_real_town_has_no_such_clock(app: Flask, client: Client, tmp_path: Path) -> None:
    assert client.get(ADDRESS).status_code == 404
    assert turn(client, "day") == 404
    with app.app_context():
        before = now()
        app.config["INSTANCE_PATH"], kept = str(tmp_path), app.config["INSTANCE_PATH"]
        clock.turn(before + timedelta(days=100))  # a file that somebody has left behind
        assert now() - before < MINUTE
        app.config["INSTANCE_PATH"] = kept


def test_a_day_passes_for_everybody_and_the_strip_tells_it(demo: Flask, client: Client) -> None:
    with demo.app_context():
        before = now()
    assert turn(client, "day") == 303
    with demo.app_context():
        assert timedelta(days=1) <= now() - before < timedelta(days=1) + MINUTE
    assert ADDRESS in demo.test_client().get("/").text


def test_pages_kept_for_visitors_follow_the_clock(demo: Flask, client: Client) -> None:
    with demo.app_context():
        consultation = town.consultation(Phase.OPEN, slug="program")
        town.document(consultation)
        closing, number = consultation.rounds[0].closes_at, consultation.rounds[0].id
        known = consultation.id
        db.session.commit()
    reader = demo.test_client()
    address = "/konsultacje/program"
    while_open = reader.get(address).text
    assert turn(client, f"closed-{number}") == 303
    with demo.app_context():
        assert MINUTE <= now() - closing < 2 * MINUTE
        found = db.session.get_one(Consultation, known)
        assert phase_of(found, now()) is Phase.CONSIDERED
    assert reader.get(address).text != while_open
    assert turn(client, f"closed-{number}") == 409  # it lies behind now
    assert turn(client, "nigdy") == 409


def test_it_goes_back_as_far_as_the_last_thing_that_was_done(demo: Flask, client: Client) -> None:
    clerk_at = datetime.now(UTC) + timedelta(days=3)
    with demo.app_context():
        consultation, clerk = town.consultation(Phase.UPCOMING), town.person(Role.COORDINATOR)
        record("published", consultation, by=clerk, at=clerk_at)
        clock.turn(clerk_at + timedelta(days=9))
        db.session.commit()
    assert turn(client, "back") == 303
    with demo.app_context():
        assert clerk_at < now() < clerk_at + 3 * MINUTE
    page = client.get(ADDRESS).text
    assert 'value="back"' not in page


def test_a_start_goes_on_where_the_clock_was_turned_to(demo: Flask) -> None:
    with demo.app_context():
        assert demo_starts_at() - STORY_BEGINS < MINUTE
        clock.turn(STORY_BEGINS + timedelta(days=30))
        assert demo_starts_at() - STORY_BEGINS - timedelta(days=30) < MINUTE
        assert clock.turned_offset() is None


def demo_starts_at() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=clock.offset_at_start())
