"""The database: types, engine behaviour and the one place where a transaction is committed.

SQLite runs in WAL mode with foreign keys on. A request that may write opens its transaction with
``BEGIN IMMEDIATE``, so that two writers queue up instead of failing half-way; a GET runs on a
connection that refuses to write. PostgreSQL gets the same promise by ``READ ONLY`` transactions.
"""

from __future__ import annotations

import enum
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import orm
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

AFTER_COMMIT = "after_commit"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC; a naive one is a programming error and is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StrEnumType(TypeDecorator[enum.StrEnum]):
    """A ``StrEnum`` kept as its value in a short text column."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, members: type[enum.StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.members(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> enum.StrEnum | None:
        return None if value is None else self.members(value)


class Base(orm.DeclarativeBase):
    """The base of all tables, with names for every constraint so that migrations can find them."""

    registry = orm.registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime(),
            dict[str, Any]: sa.JSON(),
            list[Any]: sa.JSON(),
        },
    )


class Session(FlaskSession):
    """Flask's session; a test may put its own connection in its place to roll everything back."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        connection: Connection | None = current_app.extensions.get("test_connection")
        return connection if connection is not None else super().get_bind(*args, **kwargs)


db = SQLAlchemy(
    model_class=Base,
    # A test's session joins the test's transaction, where a rollback must undo its own work only.
    session_options={"class_": Session, "join_transaction_mode": "create_savepoint"},
)


def init_app(app: Flask) -> None:
    """Bind the database to the application and teach its engine how transactions begin."""
    db.init_app(app)
    with app.app_context():
        _teach(db.engine)


def _teach(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _on_sqlite_connect)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        sa.event.listen(engine, "begin", _begin_postgresql)


def _on_sqlite_connect(connection: DBAPIConnection, _record: Any) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 15000",
        "temp_store = MEMORY",
        "cache_size = -16000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_collation("polish", _compare_polish)


def _compare_polish(left: str, right: str) -> int:
    from app.platform.polish import sort_key

    a, b = sort_key(left), sort_key(right)
    return (a > b) - (a < b)


def only_reads() -> bool:
    """Whether the current request has promised not to change anything."""
    return has_request_context() and request.method in SAFE_METHODS


def _begin_sqlite(connection: Connection) -> None:
    if only_reads():
        connection.exec_driver_sql("PRAGMA query_only = 1")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only = 0")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if only_reads():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def transaction() -> Iterator[orm.Session]:
    """Everything inside happens, or nothing does; the only place in the house that commits."""
    session = db.session()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        session.info.pop(AFTER_COMMIT, None)
        raise
    for hint in session.info.pop(AFTER_COMMIT, ()):
        hint()


def after_commit(hint: Callable[[], None]) -> None:
    """Call ``hint`` once the transaction has happened: only for what may be lost without harm."""
    db.session.info.setdefault(AFTER_COMMIT, {})[hint] = None
