"""Databases that have no tables yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.platform.db import db
from tests.conftest import SETTINGS


def server() -> str:
    """The PostgreSQL server to try, if one is at hand."""
    for name in ("TEST_POSTGRESQL_URL", "TEST_DATABASE_URL"):
        if os.environ.get(name, "").startswith("postgres"):
            return os.environ[name]
    if os.environ.get("REQUIRE_POSTGRESQL") == "1":
        pytest.fail("TEST_POSTGRESQL_URL is not set")
    pytest.skip("no PostgreSQL here: set TEST_POSTGRESQL_URL")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database that has no tables yet."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    schema, engine = "", None
    if request.param == "postgresql":
        address = server().replace("postgresql://", "postgresql+psycopg://", 1)
        schema = f"empty_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        engine = sa.create_engine(address)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        url = f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{schema}"
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if engine is not None:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        engine.dispose()
