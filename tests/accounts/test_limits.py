"""Guessing passwords is slowed down, with a page that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.platform.db import Base, db
from app.platform.security import limiter
from tests.conftest import SETTINGS
from tests.proofreading import ProofreadingClient


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own, because the limiter is switched on for a process."""
    url = f"sqlite:///{tmp_path / 'limited.sqlite3'}"
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url, "RATELIMIT_ENABLED": True})
    app.test_client_class = ProofreadingClient
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    limiter.reset()
    limiter.enabled = False
    with app.app_context():
        db.engine.dispose()


def knock(app: Flask, email: str = "ewa@ngo.example", ip: str = "203.0.113.5") -> TestResponse:
    return app.test_client().post(
        "/zaloguj",
        data={"email": email, "password": "nie to"},
        environ_base={"REMOTE_ADDR": ip},
    )


def test_one_mailbox_is_tried_ten_times_a_minute(limited: Flask) -> None:
    answers = [knock(limited, ip=f"203.0.113.{n}") for n in range(12)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2
    assert "<h1>" in answers[-1].text
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert knock(limited, email="ola@ngo.example").status_code == 422


def test_one_computer_tries_thirty_mailboxes_a_minute(limited: Flask) -> None:
    answers = [knock(limited, email=f"osoba{n}@ngo.example") for n in range(32)]
    assert [answer.status_code for answer in answers] == [422] * 30 + [429] * 2


def test_looking_at_the_form_is_free(limited: Flask) -> None:
    client = limited.test_client()
    assert {client.get("/zaloguj").status_code for _ in range(40)} == {200}
