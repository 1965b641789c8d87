"""Everybody learns their place or time once the programme is published, and when it changes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from app.accounts.models import User
from app.events.models import Event, EventStatus
from app.festival import applying, deciding, publishing, queries, square, staging
from app.festival.models import StageApplication, StandApplication
from app.festival.programme import programme_of
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.festival import scene
from tests.queries import counted


@dataclass
class Day:
    """A festival with a stand on A1, somebody on stage at one, and somebody who waits."""

    event: Event
    clerk: User
    stand: StandApplication
    turn: StageApplication
    waits: StandApplication

    def give(self, label: str | None) -> None:
        number = scene.spots(self.event)[label] if label else None
        stand = self.stand
        square.give_place(stand, number, version=stand.version, by=self.clerk, at=now())

    def publish(self) -> int:
        return publishing.publish(self.event, by=self.clerk, at=now())


@pytest.fixture
def day(context: Flask) -> Day:
    event = scene.festival()
    scene.places(event)
    made = Day(
        event,
        scene.coordinator(),
        scene.accepted_stand(event),
        scene.put_on(scene.accepted_turn(event, title="Kapela", changeover=10), 60),
        scene.accepted_stand(event),
    )
    made.give("A1")
    return made


def told(application: StandApplication | StageApplication) -> list[str]:
    """The letters about places and times."""
    return [key for key in scene.letters(application.user) if key.startswith("whereabouts")]


def test_everybody_is_told_once(day: Day) -> None:
    assert told(day.stand) == []
    assert [a.id for a in publishing.to_be_told(day.event)] == [day.stand.id, day.turn.id]
    assert [day.publish(), day.publish()] == [2, 0]
    assert (told(day.stand), told(day.turn), told(day.waits)) == (
        ["whereabouts:1"],
        ["whereabouts:1"],
        [],
    )
    assert "miejsce A1" in scene.text_to(day.stand.user)
    letter = scene.text_to(day.turn.user)
    assert "Zaczynacie o 13:00 (Scena główna). Bądźcie przy scenie o 12:50" in letter
    assert f"/wydarzenia/{day.event.slug}/program" in letter
    assert "programme_published" in [e.action for e in history_of(day.event)]


def test_again_when_it_changes_and_only_then(day: Day) -> None:
    day.publish()
    day.give("A2")
    day.give("A1")
    assert told(day.stand) == ["whereabouts:1", "whereabouts:2", "whereabouts:3"]
    assert "miejsce A1" in scene.text_to(day.stand.user)
    day.give(None)
    assert "są nieaktualne" in scene.text_to(day.stand.user)
    scene.put_on(day.turn, 120)
    assert told(day.turn) == ["whereabouts:1", "whereabouts:2"]
    assert "14:00" in scene.text_to(day.turn.user)
    place = queries.places(day.event)[0]
    square.change_place(place, "Przy fontannie", 3, False, by=day.clerk, at=now())
    assert len(told(day.stand)) == 4


def test_a_place_that_is_renamed_is_told(day: Day) -> None:
    day.publish()
    place = day.stand.place
    assert place is not None
    square.change_place(place, "Przy fontannie", 3, True, by=day.clerk, at=now())
    assert "miejsce Przy fontannie" in scene.text_to(day.stand.user)


def test_hidden_it_is_changed_in_peace(day: Day) -> None:
    day.publish()
    for _ in range(2):
        publishing.take_back(day.event, by=day.clerk, at=now())
    day.give("A3")
    day.give("A1")
    scene.put_on(day.turn, 120)
    assert day.publish() == 1
    assert (told(day.stand), told(day.turn)) == (
        ["whereabouts:1"],
        ["whereabouts:1", "whereabouts:2"],
    )


def test_who_does_not_come_is_not_in_it(day: Day) -> None:
    day.publish()
    before = queries.version_of(day.event.slug, now())
    person = day.stand.user
    assert person is not None
    applying.withdraw(day.stand, "", by=person, at=now())
    version = day.turn.version
    deciding.refuse(day.turn, "Burza.", version=version, by=day.clerk, at=now())
    assert programme_of(day.event).empty
    assert queries.version_of(day.event.slug, now()) != before
    assert scene.letters(day.turn.user)[-1].startswith("refused")
    assert (len(told(day.stand)), len(told(day.turn))) == (1, 1)


def test_what_cannot_be_published(day: Day) -> None:
    empty = scene.festival()
    with pytest.raises(DomainError, match="Program jest pusty"):
        publishing.publish(empty, by=day.clerk, at=now())
    with pytest.raises(NotAllowed):
        publishing.publish(day.event, by=town.person(town.Role.EXECUTIVE), at=now())
    with pytest.raises(NotAllowed, match="po jego zakończeniu"):
        publishing.publish(day.event, by=day.clerk, at=day.event.ends_at)
    day.event.ends_at = day.event.starts_at + scene.HOUR
    with pytest.raises(DomainError, match="koliduje"):
        day.publish()
    day.event.status = EventStatus.DRAFT
    with pytest.raises(NotAllowed):
        day.publish()


def test_many_letters_take_as_many_statements_as_few(context: Flask) -> None:
    needed = []
    for many in (2, 12):
        event, clerk = scene.festival(), scene.coordinator()
        scene.places(event, 1, many)
        for spot in list(scene.spots(event).values()):
            stand = scene.accepted_stand(event)
            square.give_place(stand, spot, version=stand.version, by=clerk, at=now())
        db.session.commit()
        with counted() as statements:
            assert publishing.publish(event, by=clerk, at=now()) == many
            db.session.flush()
        needed.append(len(statements))
    assert needed[1] <= needed[0] + 2


def test_every_change_makes_a_new_page(day: Day) -> None:
    seen = [queries.version_of(day.event.slug, now())]
    point = staging.add_point(
        day.event,
        scene.StageWish("Otwarcie", minutes=10, changeover=0),
        submission_key="p" * 20,
        by=day.clerk,
        at=now(),
    )
    for change in (
        day.publish,
        lambda: day.give("A2"),
        lambda: scene.put_on(day.turn, 65),
        lambda: scene.put_on(point, 0),
        lambda: staging.take_off(point, version=point.version, by=day.clerk, at=now()),
        lambda: scene.places(day.event),
        lambda: publishing.take_back(day.event, by=day.clerk, at=now()),
    ):
        change()
        seen.append(queries.version_of(day.event.slug, now()))
    assert len(set(seen)) == len(seen)
    assert queries.version_of("nie-ma-takiego", now()) is None


def test_the_sheet_says_as_of_the_last_change_not_of_the_publication(context: Flask) -> None:
    event = scene.festival()
    scene.put_on(scene.accepted_turn(event), 0)
    publishing.publish(event, by=scene.coordinator(), at=now())
    later = now() + scene.HOUR
    square.lay_out(event, square.Layout(1, 1, 3, False), by=scene.coordinator(), at=later)
    assert queries.changed_at(event) == later
