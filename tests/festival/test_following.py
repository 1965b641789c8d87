"""An NGO Day that is moved or called off, and people who close their accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.events import steering as events
from app.events.models import Event
from app.events.planning import Occasion, occasion_of
from app.festival import applying, chores, publishing, queries, square, staging
from app.festival.content import StageWish, StandWish
from app.festival.forgetting import forget_applicant
from app.festival.hours import clock_of
from app.festival.models import Application
from app.festival.programme import programme_of
from app.festival.stage_programme import running
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import NotAllowed
from tests import town
from tests.festival import scene

DAY = timedelta(days=1)


def move(event: Event, by: timedelta) -> None:
    was = occasion_of(event)
    occasion = Occasion(
        was.starts_at + by, was.ends_at + by, "Park", "", None, was.signup_closes_at
    )
    events.move(event, occasion, by=scene.coordinator(), at=now())


def test_hours_move_along_and_everybody_is_told_once(context: Flask) -> None:
    event = scene.festival()
    begin = event.starts_at
    turn = scene.put_on(scene.accepted_turn(event, not_before=begin + scene.HOUR, title="Chór"), 60)
    stand, gone = scene.stand(event), scene.stand(event)
    assert gone.user is not None
    applying.withdraw(gone, "", by=gone.user, at=now())
    publishing.publish(event, by=scene.coordinator(), at=now())
    move(event, 7 * DAY + scene.HOUR)
    for _ in range(2):
        chores.see_to(now())
    assert turn.starts_at == begin + 7 * DAY + 2 * scene.HOUR
    assert turn.not_before == turn.starts_at
    assert running(queries.turns_on(event), queries.day_of(event)) == {}
    assert [key for key in scene.letters(turn.user) if key.startswith("event")] == ["event:1"]
    assert "Na scenie zaczynacie teraz o 14:00." in scene.text_to(turn.user)
    assert "Park" in scene.text_to(stand.user)
    assert scene.letters(gone.user) == ["received", "withdrawn"]
    assert publishing.to_be_told(event) == []


def test_nobody_reads_an_old_hour_before_the_worker_comes(context: Flask) -> None:
    event = scene.festival()
    begin = event.starts_at
    turn = scene.put_on(scene.accepted_turn(event, not_before=begin + scene.HOUR), 60)
    publishing.publish(event, by=scene.coordinator(), at=now())
    move(event, DAY + 2 * scene.HOUR)
    _stage, (shown,) = programme_of(event).stages[0]
    assert shown.starts_at == begin + DAY + 3 * scene.HOUR
    assert clock_of(turn.not_before) == time(15, 0)
    assert running(queries.turns_on(event), queries.day_of(event)) == {}


def test_an_arrangement_before_the_worker_comes_moves_along_too(context: Flask) -> None:
    event = scene.festival()
    first, second = scene.accepted_turn(event), scene.accepted_turn(event)
    scene.put_on(first, 0)
    move(event, DAY)
    scene.put_on(second, 60)
    chores.see_to(now())
    starts = [first.starts_at, second.starts_at]
    assert starts == [event.starts_at, event.starts_at + scene.HOUR]


def told(application: Application) -> list[str]:
    """The letters about places and times."""
    return [key for key in scene.letters(application.user) if key.startswith("whereabouts")]


def test_who_was_given_another_place_in_peace_is_told_of_it_after_a_move(context: Flask) -> None:
    """A letter about the new date names no place: who heard of A1 and is on A2 must be told."""
    event, clerk = scene.festival(), scene.coordinator()
    scene.places(event)
    stand, stays = scene.accepted_stand(event), scene.accepted_stand(event)
    later, off = scene.accepted_turn(event), scene.accepted_turn(event)
    scene.put_on(later, 60)
    scene.put_on(off, 120)
    spots = scene.spots(event)
    for who, label in ((stand, "A1"), (stays, "A3")):
        square.give_place(who, spots[label], version=who.version, by=clerk, at=now())
    assert publishing.publish(event, by=clerk, at=now()) == 4
    publishing.take_back(event, by=clerk, at=now())
    square.give_place(stand, spots["A2"], version=stand.version, by=clerk, at=now())
    scene.put_on(later, 180)
    staging.take_off(off, version=off.version, by=clerk, at=now())
    move(event, DAY)
    chores.see_to(now())
    for who in (stand, stays, later, off):
        assert scene.letters(who.user)[-1] == "event:1"
        assert "Na scenie" not in scene.text_to(who.user)
    assert publishing.publish(event, by=clerk, at=now()) == 3
    assert "miejsce A2" in scene.text_to(stand.user)
    assert "Zaczynacie o 15:00" in scene.text_to(later.user)
    assert "są nieaktualne" in scene.text_to(off.user)
    assert told(stays) == ["whereabouts:1"]


def test_hours_typed_between_the_move_and_the_worker_stay_as_typed(context: Flask) -> None:
    event, (person, of), clerk = scene.festival(), scene.group(), scene.coordinator()
    asked = scene.turn(event, (person, of), not_before=event.starts_at)
    first, second = (StageWish(title, not_after=event.ends_at) for title in ("Hejnał", "Wręczenie"))
    old = staging.add_point(event, first, submission_key="punkt-stary-01", by=clerk, at=now())
    move(event, 7 * DAY)
    hour = event.starts_at + scene.HOUR
    applying.change(asked, StageWish("Chór", not_before=hour), version=0, by=person, at=now())
    new = staging.add_point(
        event, replace(second, not_after=hour), submission_key="punkt-nowy-001", by=clerk, at=now()
    )
    chores.see_to(now())
    assert (asked.not_before, old.not_after, new.not_after) == (hour, event.ends_at, hour)
    move(event, 7 * DAY)
    hour = event.starts_at + scene.HOUR
    wish = replace(first, not_after=hour)
    staging.change_point(old, wish, version=old.version, by=clerk, at=now())
    chores.see_to(now())
    assert (asked.not_before, old.not_after, new.not_after) == (hour, hour, hour)


def test_called_off(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    stand = scene.stand(event, (person, of))
    events.cancel(event, "Burza nad powiatem.", by=scene.coordinator(), at=now())
    for _ in range(2):
        chores.see_to(now())
    assert scene.letters(person) == ["received", "event:1"]
    assert "Burza nad powiatem." in scene.text_to(person)
    with pytest.raises(NotAllowed):
        applying.change(stand, StandWish("x"), version=0, by=person, at=now())
    with pytest.raises(NotAllowed):
        square.lay_out(event, square.Layout(1, 1, 3, False), by=scene.coordinator(), at=now())


def test_who_applies_after_the_move_knows_the_date(context: Flask) -> None:
    event = scene.festival()
    move(event, DAY)
    stand = scene.stand(event)
    chores.see_to(now())
    assert scene.letters(stand.user) == ["received"]


def test_a_closed_account_leaves_the_organisations_application(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    stand = scene.stand(event, (person, of), note="Telefon 600 700 800")
    turn = scene.turn(event, (person, of), equipment="Dzwonić do Ewy")
    others = scene.stand(event, note="Zostaje")
    forget_applicant(person, by=person, at=now())
    assert (stand.note, turn.equipment, others.note) == ("", "", "Zostaje")
    assert (stand.state, stand.organisation_id) == ("submitted", of.id)
    assert history_of(stand)[-1].action == "applicant_forgotten"
    colleague = town.person()
    db.session.add(town.Membership(user_id=colleague.id, organisation_id=of.id, confirmed_at=now()))
    db.session.flush()
    db.session.refresh(colleague, ["memberships"])
    applying.withdraw(stand, "", by=colleague, at=now())
    assert stand.state == "withdrawn"


def test_what_waits_for_a_decision(context: Flask) -> None:
    event, over = scene.festival(), scene.festival()
    for of in (event, over):
        scene.stand(of)
        scene.turn(of)
        scene.accepted_stand(of)
    over.starts_at = now() - DAY
    db.session.flush()
    assert queries.waiting_for_decision(now()) == [(event, 2)]
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 2
