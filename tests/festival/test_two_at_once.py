"""Several coordinators at the same moment, on both databases: nothing clashes, nothing is twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.events.models import Event
from app.festival import queries, square, staging
from app.festival.models import StageApplication, StandApplication
from app.festival.stage_programme import running
from app.festival.staging import Slot
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import DomainError
from tests.festival import scene
from tests.two_databases import BOTH, town_on

pytestmark = pytest.mark.xdist_group("race")

EVERYBODY = 6


@pytest.fixture(params=BOTH)
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    with town_on(request.param, tmp_path) as app:
        yield app


def together(app: Flask, deeds: list[Callable[[], None]]) -> list[str]:
    """Do everything at once; what was refused says why."""
    start, refused = Barrier(len(deeds)), []

    def run(deed: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    deed()
            except DomainError as error:
                refused.append(str(error.message))

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_nobody_is_put_on_the_stage_together(town: Flask) -> None:
    with town.app_context(), transaction():
        event = scene.festival()
        turns = [scene.accepted_turn(event, minutes=20, changeover=5) for _ in range(EVERYBODY)]
        clerk, numbers, number = scene.coordinator(), [t.id for t in turns], event.id
        begins, by = event.starts_at, clerk.id

    def put(n: int, minutes: int) -> Callable[[], None]:
        def deed() -> None:
            turn = db.session.get_one(StageApplication, numbers[n])
            slot = Slot("Scena główna", begins + minutes * scene.MINUTE, 20, 5)
            who = db.session.get_one(type(clerk), by)
            staging.put_on(turn, slot, version=turn.version, by=who, at=now())

        return deed

    refused = together(town, [put(n, n % 3) for n in range(EVERYBODY)])
    assert len(refused) == EVERYBODY - 1
    with town.app_context():
        event = db.session.get_one(Event, number)
        assert len(queries.on_stage(event)) == 1
        assert running(queries.turns_on(event), queries.day_of(event)) == {}


def test_no_place_is_given_twice(town: Flask) -> None:
    with town.app_context(), transaction():
        event = scene.festival()
        scene.places(event, 1, 2)
        stands = [scene.accepted_stand(event) for _ in range(EVERYBODY)]
        clerk, numbers, number = scene.coordinator(), [s.id for s in stands], event.id
        first, by = scene.spots(event)["A1"], clerk.id

    def give(n: int) -> Callable[[], None]:
        def deed() -> None:
            stand = db.session.get_one(StandApplication, numbers[n])
            who = db.session.get_one(type(clerk), by)
            square.give_place(stand, first, version=stand.version, by=who, at=now())

        return deed

    refused = together(town, [give(n) for n in range(EVERYBODY)])
    assert len(refused) == EVERYBODY - 1
    with town.app_context():
        assert len(queries.on_square(db.session.get_one(Event, number))) == 1
