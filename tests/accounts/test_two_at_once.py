"""Several people of one organisation at the same moment, on both databases: all get in, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import actions
from app.accounts.actions import Affiliation
from app.accounts.models import Membership, Organisation, User
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import DomainError
from tests import town as people
from tests.two_databases import BOTH, town_on

pytestmark = pytest.mark.xdist_group("race")

EVERYBODY = 6
NEW = Affiliation(name="Stowarzyszenie Nowe")


@pytest.fixture(params=BOTH)
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    with town_on(request.param, tmp_path) as app:
        yield app


def together(app: Flask, deeds: list[Callable[[], object]]) -> list[object]:
    """Do everything at once; what came of each: nothing, or why not."""
    start, came = Barrier(len(deeds)), list[object]()

    def run(deed: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    deed()
            except Exception as error:
                came.append(type(error))

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def rows(app: Flask) -> tuple[int, int]:
    """How many organisations and memberships there are."""
    with app.app_context():
        count = sa.func.count()
        return tuple(
            db.session.scalar(sa.select(count).select_from(table)) or 0
            for table in (Organisation, Membership)
        )  # type: ignore[return-value]


def test_a_room_registers_for_one_new_organisation(town: Flask) -> None:
    def register(n: int) -> Callable[[], None]:
        email, name = f"osoba{n}@ngo.example", f"Osoba {n}"
        return lambda: actions.register(email, name, "!", NEW, at=now())

    assert together(town, [register(n) for n in range(EVERYBODY)]) == []
    assert rows(town) == (1, EVERYBODY)


def test_a_double_click_joins_once_and_says_so(town: Flask) -> None:
    with town.app_context(), transaction():
        number = people.person().id

    def join() -> None:
        actions.join(NEW, by=db.session.get_one(User, number), at=now())

    assert together(town, [join] * EVERYBODY) == [DomainError] * (EVERYBODY - 1)
    assert rows(town) == (1, 1)
