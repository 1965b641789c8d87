"""Databases of a test's own on SQLite and on PostgreSQL, whose transactions are real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app import create_app
from app.platform.db import Base, db
from scripts.race import schema_of
from tests.conftest import SETTINGS
from tests.migrations.conftest import server

#: For ``pytest.fixture(params=BOTH)``.
BOTH = ("sqlite", "postgresql")


@contextmanager
def address_on(kind: str, folder: Path) -> Iterator[str]:
    """An empty database; on PostgreSQL a schema that is dropped afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'own.sqlite3'}"
    else:
        with schema_of(server()) as url:
            yield url


@contextmanager
def town_on(kind: str, folder: Path) -> Iterator[Flask]:
    """An application on a database with tables and nothing in them."""
    with address_on(kind, folder) as address:
        url = address.replace("postgresql://", "postgresql+psycopg://", 1)
        app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
        with app.app_context():
            Base.metadata.create_all(db.engine)
        yield app
        with app.app_context():
            db.engine.dispose()
