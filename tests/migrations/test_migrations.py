"""The migrations make the tables that the models describe, forwards and backwards."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from app.config import ROOT
from app.platform.db import Base, db

VERSIONS = ROOT / "migrations" / "versions"
DATED = re.compile(r"20\d\d_(0[1-9]|1[0-2])_([0-2]\d|3[01])_([01]\d|2[0-3])[0-5]\d_[a-z0-9_]+\.py")


def differences() -> list[object]:
    """What would have to be done to the database to make it what the models say."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def tables() -> set[str]:
    """The tables that the database has, without Alembic's own."""
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_head_and_one_beginning() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_names_of_migrations_begin_with_their_day_and_hour() -> None:
    names = sorted(path.name for path in VERSIONS.glob("*.py"))
    assert names
    assert [name for name in names if not DATED.fullmatch(name)] == []


def test_every_migration_says_what_it_is_for() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    silent = [each.revision for each in script.walk_revisions() if not each.doc.strip()]
    assert silent == []


def test_an_empty_database_becomes_what_the_models_say(empty: Flask) -> None:
    upgrade()
    assert tables() == set(Base.metadata.tables)
    assert differences() == []


def test_every_step_back_can_be_taken_and_taken_again(empty: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert differences() == []


def test_each_migration_alone_goes_down_and_up(empty: Flask) -> None:
    steps = list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())[::-1]
    for step in steps:
        upgrade(revision=step.revision)
        before = tables()
        downgrade(revision=step.down_revision or "base")
        upgrade(revision=step.revision)
        assert tables() == before
    assert differences() == []
