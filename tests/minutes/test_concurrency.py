"""Several windows at once, on a real database: a note is one remark, and no minutes are lost."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.accounts.models import User
from app.events.models import Event
from app.minutes import noting, writing
from app.minutes.content import Draft
from app.minutes.models import Minutes, Note
from app.platform.clock import now
from app.platform.db import Base, db, transaction
from app.remarks.models import Remark, Tally
from tests.conftest import SETTINGS, database_url
from tests.minutes import scene

WINDOWS = 8
NOTES = 3


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[tuple[Flask, int, int, list[int]]]:
    """An application of its own with a workshop, its host, and some notes."""
    own = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_windows"
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": database_url(tmp_path, own)})
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            event, document, host = scene.workshop()
            place = scene.place(event, document, "§ 1")
            notes = [scene.noted(place, host, scene.proposal()).id for _note in range(NOTES)]
            names = event.id, host.id
    yield app, *names, notes
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_note_is_one_remark_however_many_windows_ask(
    crowd: tuple[Flask, int, int, list[int]],
) -> None:
    app, _event, host_id, notes = crowd

    def click(n: int) -> tuple[int, int]:
        with app.app_context():
            note = db.session.get_one(Note, notes[n % NOTES])  # looked at before taking the turn
            host = db.session.get_one(User, host_id)
            with transaction():
                return note.id, noting.make_remark(note, by=host, at=now()).number

    with ThreadPoolExecutor(WINDOWS) as windows:
        given = Counter(windows.map(click, range(WINDOWS * NOTES)))
    assert sorted(number for _note, number in given) == [1, 2, 3]
    assert set(given.values()) == {WINDOWS}
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Remark.id))) == NOTES
        assert db.session.scalars(sa.select(Tally.remarks)).all() == [NOTES]


def test_of_windows_that_save_at_once_one_is_kept_and_the_others_are_told(
    crowd: tuple[Flask, int, int, list[int]],
) -> None:
    app, event_id, host_id, _notes = crowd

    def save(n: int) -> str:
        with app.app_context():
            event = db.session.get_one(Event, event_id)
            host = db.session.get_one(User, host_id)
            try:
                with transaction():
                    writing.save(event, Draft(f"Okno {n}."), revision=0, by=host, at=now())
            except writing.WrittenMeanwhile:
                return ""
            return f"Okno {n}."

    with ThreadPoolExecutor(WINDOWS) as windows:
        kept = [said for said in windows.map(save, range(WINDOWS)) if said]
    assert len(kept) == 1
    with app.app_context():
        minutes = db.session.scalars(sa.select(Minutes)).one()
        assert (minutes.introduction, minutes.revision) == (kept[0], 1)
