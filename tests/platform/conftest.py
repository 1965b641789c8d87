"""Applications whose data stay, for tests of transactions and of threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue

from app import create_app
from app.platform.access import public
from app.platform.db import Base, db
from tests.conftest import SETTINGS, database_url
from tests.proofreading import ProofreadingClient


@pytest.fixture
def lasting(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, in which a commit is a commit."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    url = database_url(tmp_path, f"lasting_{worker}")
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url, "PROPAGATE_EXCEPTIONS": False})
    app.test_client_class = ProofreadingClient
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.session.remove()
        Base.metadata.drop_all(db.engine)
        db.engine.dispose()


def add_view(app: Flask, rule: str, view: object, *methods: str) -> None:
    """A page that exists in one test only."""

    @public
    def answer() -> ResponseReturnValue:
        return view()  # type: ignore[no-any-return, operator]

    app.add_url_rule(rule, rule, answer, methods=list(methods) or ["GET"])
