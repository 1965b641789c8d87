"""The stage: nothing that clashes is ever let onto it, whoever asks, and it says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.festival import applying, queries, staging
from app.festival.content import StageWish
from app.festival.models import StageApplication
from app.festival.staging import Slot
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.festival import scene

MAIN, SMALL = "Scena główna", "Mała scena"


def two_stages(event: object) -> None:
    staging.name_stages(event, [MAIN, SMALL], by=scene.coordinator(), at=now())  # type: ignore[arg-type]


def hours(event: object) -> list[tuple[str, int]]:
    """Title and minutes after the beginning of all that is on stage."""
    shown = queries.on_stage(event)  # type: ignore[arg-type]
    return [(t.title, (t.starts_at - t.event.starts_at) // scene.MINUTE) for t in shown]  # type: ignore[operator]


def test_a_clash_says_with_what_and_when_there_is_room(context: Flask) -> None:
    event = scene.festival()
    scene.put_on(scene.accepted_turn(event, title="Chór"), 60)
    late = scene.accepted_turn(event, title="Taniec", minutes=30, changeover=10)
    with pytest.raises(DomainError) as clash:
        scene.put_on(late, 70)
    assert str(clash.value.message) == (
        "Koliduje z punktem „Chór”: Scena główna, 13:00–13:20 (przygotowanie sceny od 12:55). "
        "Najbliższy wolny początek na tej scenie: 13:30."
    )
    scene.put_on(late, 90)
    assert hours(event) == [("Chór", 60), ("Taniec", 90)]
    assert [e.action for e in history_of(late)][-1] == "scheduled"


@pytest.mark.parametrize(
    ("minutes", "why"),
    [
        (-30, "zaczyna się o 12:00. Na tej scenie|Najbliższy wolny początek"),
        (350, "końcem wydarzenia o 18:00. Najbliższy wolny początek na tej scenie: 13:00"),
        (30, "nie może być tak wcześnie. Najbliższy wolny początek na tej scenie: 13:00"),
        (110, "musi skończyć wcześniej. Najbliższy wolny początek na tej scenie: 13:00"),
    ],
)
def test_hours_of_the_event_and_of_the_organisation(context: Flask, minutes: int, why: str) -> None:
    event = scene.festival()
    begin = event.starts_at
    turn = scene.accepted_turn(
        event, not_before=begin + scene.HOUR, not_after=begin + 2 * scene.HOUR
    )
    with pytest.raises(DomainError, match=why):
        scene.put_on(turn, minutes)
    scene.put_on(turn, 60)
    assert turn.starts_at == begin + scene.HOUR


def test_one_organisation_is_on_one_stage(context: Flask) -> None:
    event, by = scene.festival(), scene.group()
    two_stages(event)
    first, second = (scene.accepted_turn(event, by, title=t) for t in ("Chór", "Kapela"))
    scene.put_on(first, 0)
    with pytest.raises(DomainError, match=r"na innej scenie: „Chór”, 12:00–12:20. .*: 12:25"):
        scene.put_on(second, 10, SMALL)
    scene.put_on(scene.accepted_turn(event), 10, SMALL)
    scene.put_on(second, 35, SMALL)
    assert len(queries.on_stage(event)) == 3


def test_moving_and_taking_off(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    turn = scene.accepted_turn(event)
    scene.put_on(turn, 0, minutes=15)
    version = turn.version
    scene.put_on(turn, 5, minutes=15)
    assert (turn.minutes, turn.version) == (15, version + 1)
    with pytest.raises(DomainError, match="w międzyczasie"):
        scene.put_on(turn, 40, version=version)
    scene.put_on(turn, 5, minutes=15, version=version)
    for _ in range(2):
        staging.take_off(turn, version=turn.version, by=clerk, at=now())
    assert turn.starts_at is None
    assert queries.on_stage(event) == []


def test_what_cannot_be_put_on(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    with pytest.raises(DomainError, match="Najpierw przyjmij"):
        scene.put_on(scene.turn(event), 0)
    turn = scene.accepted_turn(event)
    with pytest.raises(DomainError, match="Nie ma takiej sceny"):
        scene.put_on(turn, 0, "Balkon")
    with pytest.raises(DomainError, match="od 5 do 120"):
        scene.put_on(turn, 0, minutes=400)
    slot = Slot(MAIN, event.starts_at, 20, 5)
    with pytest.raises(NotAllowed):
        staging.put_on(turn, slot, version=1, by=town.person(town.Role.EXECUTIVE), at=now())
    with pytest.raises(NotAllowed):
        staging.put_on(turn, slot, version=1, by=clerk, at=event.ends_at)


def test_the_offices_own_points(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    wish = StageWish("Otwarcie przez burmistrza", minutes=10, changeover=0)
    points = [
        staging.add_point(event, wish, submission_key="p" * 20, by=clerk, at=now())
        for _ in range(2)
    ]
    point = points[0]
    assert point is points[1]
    scene.put_on(point, 0)
    scene.put_on(scene.accepted_turn(event, title="Chór"), 15)
    longer = StageWish("Otwarcie", minutes=20, changeover=0)
    with pytest.raises(DomainError, match="Koliduje z punktem „Chór”"):
        staging.change_point(point, longer, version=point.version, by=clerk, at=now())
    db.session.rollback()


def test_changing_and_removing_a_point(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    wish = StageWish("Otwarcie", minutes=10, changeover=0)
    point = staging.add_point(event, wish, submission_key="p" * 20, by=clerk, at=now())
    scene.put_on(point, 0)
    longer = StageWish("Otwarcie i hejnał", minutes=15, changeover=0)
    staging.change_point(point, longer, version=point.version, by=clerk, at=now())
    assert hours(event) == [("Otwarcie i hejnał", 0)]
    for _ in range(2):
        staging.remove_point(point, by=clerk, at=now())
    assert (point.state, hours(event)) == ("withdrawn", [])
    own = scene.turn(event)
    with pytest.raises(NotAllowed):
        staging.remove_point(own, by=clerk, at=now())
    with pytest.raises(NotAllowed):
        applying.change(point, wish, version=point.version, by=clerk, at=now())


def test_stages_with_something_on_them_stay(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    two_stages(event)
    scene.put_on(scene.accepted_turn(event), 0, SMALL)
    with pytest.raises(DomainError, match="coś już jest: Mała scena"):
        staging.name_stages(event, [MAIN], by=clerk, at=now())
    for names in ([], [" "], [str(n) for n in range(7)], ["x" * 61]):
        with pytest.raises(DomainError, match="od 1 do 6"):
            staging.name_stages(event, names, by=clerk, at=now())
    staging.name_stages(event, [SMALL, "  Scena   nad rzeką "], by=clerk, at=now())
    assert queries.festival_of(event).stages == [SMALL, "Scena nad rzeką"]


def test_the_first_free_moment_on_each_stage(context: Flask) -> None:
    event = scene.festival()
    two_stages(event)
    scene.put_on(scene.accepted_turn(event), 0)
    turn = scene.accepted_turn(event)
    begin = event.starts_at
    assert staging.free_starts(turn, [MAIN, SMALL]) == {
        MAIN: begin + timedelta(minutes=25),
        SMALL: begin,
    }
    event.ends_at = begin + timedelta(minutes=30)
    assert staging.free_starts(turn, [MAIN])[MAIN] is None


def test_a_turn_of_another_event_does_not_clash(context: Flask) -> None:
    for event in (scene.festival(), scene.festival()):
        turn: StageApplication = scene.accepted_turn(event)
        scene.put_on(turn, 0)
        assert turn.starts_at == event.starts_at
