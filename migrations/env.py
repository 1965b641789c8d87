"""How Alembic reaches the application's database."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database.

    A migration must still run when the class it was made with has been renamed or is gone.
    """
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    """Run the migrations on a live connection, each in its own transaction."""
    with database.engine.connect() as connection:
        _watch_references(connection, watch=False)
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            compare_type=True,
            render_item=render_item,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.in_transaction():
            connection.commit()
        _watch_references(connection, watch=True)


def _watch_references(connection: Connection, *, watch: bool) -> None:
    """On SQLite a table is changed by being made anew, which must not upset rows that refer to it.

    Afterwards every reference is checked, as SQLite's own instructions for ``ALTER TABLE`` say.
    """
    if connection.dialect.name != "sqlite":
        return
    raw = connection.connection.driver_connection  # a pragma does nothing within a transaction
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys = {'ON' if watch else 'OFF'}")
    if watch and (broken := raw.execute("PRAGMA foreign_key_check").fetchall()):
        raise SystemExit(f"the migration has left references to rows that are gone: {broken[:5]}")


if context.is_offline_mode():
    raise SystemExit("migrations need a database: run them without --sql")
run()
