"""A real server with a database of its own, whose clock a test may turn."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.accounts.models import Organisation, Role, User
from app.accounts.passwords import fingerprint
from app.config import ROOT
from app.platform.clock import now
from app.platform.db import Base, db, transaction
from tests.town import organisation, person

PASSWORD = "Konsultacje-sa-dla-wszystkich-7"

SETTINGS = {
    "SECRET_KEY": "only-for-tests-only-for-tests-only",
    "RATELIMIT_ENABLED": False,
    "LOG_REQUESTS": False,
    "DEMO": False,
    "DEMO_CLOCK_OFFSET": 0.0,
    "PROPAGATE_EXCEPTIONS": False,  # a mistake must look as it would to a reader
}


def whole(app: Flask) -> Any:
    """The application, each answer read and its file closed before a browser can break off.

    The tests' server forgets to close an answer when the browser goes away amid it.
    """

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        pieces = app(environ, start_response)
        try:
            return list(pieces)
        finally:
            getattr(pieces, "close", bool)()

    return answer


class Quiet(WSGIRequestHandler):
    """A request handler that keeps the test's output to the test's own words."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class LiveTown:
    """The running application, its address, and the doors a test may use beside the browser."""

    app: Flask
    url: str

    def settle(self, name: str, role: Role = Role.PARTICIPANT, speaks_for: str = "") -> str:
        """Give somebody a confirmed account; returns the e-mail address to sign in with."""
        email = f"{secrets.token_hex(4)}@miechow.example"
        with self.app.app_context(), transaction():
            user: User = person(role, email=email, name=name, password_hash=fingerprint(PASSWORD))
            if speaks_for:
                made: Organisation = organisation(user, name=speaks_for)
                assert made.id
        return email

    def now(self) -> datetime:
        """What the town's clock shows."""
        with self.app.app_context():
            return now()

    def turn_clock(self, by: timedelta) -> None:
        """Let time pass at once."""
        self.app.config["DEMO_CLOCK_OFFSET"] += by.total_seconds()


@contextmanager
def live_town(database_url: str) -> Iterator[LiveTown]:
    """A town on a free port, with CSRF protection on and the tables its migrations make."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": database_url})
    with app.app_context():
        make_tables(app)
    server = make_server("127.0.0.1", 0, whole(app), threaded=True, request_handler=Quiet)
    url = f"http://127.0.0.1:{server.port}"
    app.config["SITE_URL"] = url
    thread = threading.Thread(target=server.serve_forever, name="town", daemon=True)
    thread.start()
    try:
        yield LiveTown(app, url)
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def make_tables(app: Flask) -> None:
    """The tables, by the migrations that every town runs."""
    if list(Path(ROOT / "migrations" / "versions").glob("*.py")):
        upgrade()
    else:
        Base.metadata.create_all(db.engine)
