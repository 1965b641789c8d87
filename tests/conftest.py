"""A town in a test: an application, a database that forgets, and a client that proof-reads."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.platform.db import Base, db
from tests import laws  # noqa: F401 - loads the profile of hypothesis
from tests.proofreading import ProofreadingClient

SETTINGS = {
    "TESTING": True,
    "SECRET_KEY": "only-for-tests-only-for-tests-only",
    "RATELIMIT_ENABLED": False,
    "LOG_REQUESTS": False,
    "DEMO": False,
    "DEMO_CLOCK_OFFSET": 0.0,
    "SITE_URL": "http://localhost",
    "SERVER_NAME": None,
    "WTF_CSRF_ENABLED": False,
}


#: What a run may insist on; where it does, nothing may be left out for want of anything.
REQUIREMENTS = ("REQUIRE_BROWSER", "REQUIRE_OFFICE", "REQUIRE_REDIS", "REQUIRE_POSTGRESQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about another database than that of this run."""
    database = "postgresql" if os.environ.get("TEST_DATABASE_URL") else "sqlite"
    foreign = [
        item
        for item in items
        if (about := item.get_closest_marker("only_on")) and about.args != (database,)
    ]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is required, a test that was skipped has failed."""
    report = yield
    if report.skipped and all(os.environ.get(name) == "1" for name in REQUIREMENTS):
        report.outcome = "failed"
        report.longrepr = f"skipped although everything is required: {report.longrepr}"
    return report


def database_url(folder: Path, worker: str) -> str:
    """A database of this test process's own: a SQLite file, or a schema in PostgreSQL."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url:
        return f"sqlite:///{folder / 'test.sqlite3'}"
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    schema = f"test_{worker}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    engine.dispose()
    separator = "&" if "?" in url else "?"
    return f"{url}{separator}options=-csearch_path%3D{schema}"


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database whose tables exist; made once for a test process."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    url = database_url(tmp_path_factory.mktemp("database"), worker)
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
    app.test_client_class = ProofreadingClient
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application with a database that forgets everything when the test ends.

    Every session joins one connection's outer transaction by savepoints, so ``commit`` works and
    nothing stays.
    """
    with application.app_context():
        engine = db.engine
    connection = engine.connect()
    outer = connection.begin()
    application.extensions["test_connection"] = connection
    application.extensions["kept_pages"].clear()
    try:
        yield application
    finally:
        application.extensions.pop("test_connection", None)
        outer.rollback()
        connection.close()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application's context, for tests that call actions and queries directly."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> ProofreadingClient:
    """A browser without cookies."""
    client = app.test_client()
    assert isinstance(client, ProofreadingClient)
    return client
