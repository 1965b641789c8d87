"""The database: types, engine behaviour and the one place where a transaction is committed.

SQLite runs in WAL mode with foreign keys on. ``transaction()`` opens with ``BEGIN IMMEDIATE``, so
that two writers queue up instead of failing half-way; whatever a request looks at outside it, and
all that a GET does, runs on a connection that refuses to write. PostgreSQL gets the same promise
by ``READ ONLY`` transactions.
"""

from __future__ import annotations

import enum
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import orm
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.types import TypeDecorator
from werkzeug.exceptions import ServiceUnavailable

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

AFTER_COMMIT = "after_commit"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

#: Seconds for which a writer waits for its turn before it gives up.
PATIENCE = 15.0

_BUSY_TIMEOUT = f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}"

_READS = "reads"  # noted with a connection: it refuses to write

_writes: ContextVar[bool] = ContextVar("writes", default=False)


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
        "temp_store = MEMORY",
        "cache_size = -16000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(_BUSY_TIMEOUT)
    connection.create_collation("polish", _compare_polish)


def _compare_polish(left: str, right: str) -> int:
    from app.platform.polish import sort_key

    a, b = sort_key(left), sort_key(right)
    return (a > b) - (a < b)


def only_reads() -> bool:
    """Whether nothing may be changed now: in a GET ever, in other requests outside a transaction.

    A form is read and checked before its transaction opens, so that writers are not kept waiting.
    """
    if not has_request_context():
        return False
    return request.method in SAFE_METHODS or not _writes.get()


def _begin_sqlite(connection: Connection) -> None:
    # On the driver's own connection: this happens in every request, and the wrapping costs more.
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    reads = only_reads()
    if connection.info.get(_READS) is not reads:
        driver.execute(f"PRAGMA query_only = {int(reads)}")
        connection.info[_READS] = reads
    if reads:
        driver.execute("BEGIN")
    else:
        _take_turn(driver)


def _take_turn(driver: sqlite3.Connection) -> None:
    """Begin to write as soon as nobody else does.

    SQLite's own waiting sleeps for up to a tenth of a second, in which others overtake again and
    again; a transaction here lasts a few milliseconds, so we ask as often.
    """
    give_up_at = time.monotonic() + PATIENCE
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(driver, time.monotonic() < give_up_at):
            time.sleep(random.uniform(0.0003, 0.002))  # noqa: S311 - not a secret
    finally:
        driver.execute(_BUSY_TIMEOUT)


def _begun(driver: sqlite3.Connection, patient: bool) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        if not patient:
            raise ServiceUnavailable from error
        return False
    return True


def _begin_postgresql(connection: Connection) -> None:
    connection.info[_READS] = only_reads()
    if connection.info[_READS]:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def glance(question: sa.Select[Any], values: Mapping[str, object]) -> Sequence[sa.Row[Any]]:
    """The rows that answer one small question, without opening a session for it if none is open.

    For what is asked before every page: a session costs more than such an answer.
    """
    if db.session.registry.has() or "test_connection" in current_app.extensions:
        return db.session.execute(question, values).all()
    with db.engine.connect() as connection:
        return connection.execute(question, values).all()


def id_of(row: Any) -> Any:
    """The id of a stored row, which never changes: does not look it up again, as ``row.id`` may."""
    state = sa.inspect(row, raiseerr=False)  # nothing is known of a stand-in for a row
    key = state.identity if state is not None else None
    return key[0] if key else getattr(row, "id")  # noqa: B009 - not every table has one


def insert(row: Base) -> None:
    """Write one new row at once; the unit of work would look through all its relations first.

    Columns are written, so that relations are given by their ids. What has a default and was not
    given is looked up when it is asked for.
    """
    made = db.session.connection().execute(_insert_into(row.__table__), _given(row))
    row.id = made.inserted_primary_key[0]  # type: ignore[attr-defined,index]
    _keep(row)


def insert_all(rows: Sequence[Base], *, apart_by: str = "") -> None:
    """Write new rows of one table in one statement, each as ``insert`` does.

    All of them name the same columns. Those without a key are given one by the database, which
    says in any order to whom: ``apart_by`` names a column that tells them apart.
    """
    if not rows:
        return
    table, given = rows[0].__table__, [_given(row) for row in rows]
    connection = db.session.connection()
    if apart_by:
        made = connection.execute(_insert_and_tell(table, apart_by), given)
        numbers: dict[Any, Any] = dict(made.all())
        for row in rows:
            row.id = numbers[getattr(row, apart_by)]  # type: ignore[attr-defined]
    else:
        connection.execute(_insert_into(table), given)
    for row in rows:
        _keep(row)


def _given(row: Base) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name in row.__table__.c}


def _keep(row: Base) -> None:
    orm.make_transient_to_detached(row)
    db.session.add(row)


@cache
def _insert_into(table: sa.FromClause) -> sa.Insert:
    return sa.insert(cast(sa.Table, table))


@cache
def _insert_and_tell(table: sa.FromClause, apart_by: str) -> Any:
    return _insert_into(table).returning(table.c[apart_by], table.c.id)


@contextmanager
def transaction() -> Iterator[orm.Session]:
    """Everything inside happens, or nothing does; the only place in the house that commits.

    What the request has looked at before is looked at again, once nobody else can write.
    """
    session = db.session()
    _stop_reading(session)
    before = _writes.set(True)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        session.info.pop(AFTER_COMMIT, None)
        raise
    finally:
        _writes.reset(before)
    for hint in session.info.pop(AFTER_COMMIT, ()):
        hint()


def _stop_reading(session: orm.Session) -> None:
    """End a transaction that only reads; all that was loaded in it counts as out of date."""
    if session.in_transaction() and session.connection().info.get(_READS):
        session.rollback()


def after_commit(hint: Callable[[], None]) -> None:
    """Call ``hint`` once the transaction has happened: only for what may be lost without harm."""
    db.session.info.setdefault(AFTER_COMMIT, {})[hint] = None
