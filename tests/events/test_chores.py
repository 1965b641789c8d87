"""What falls due by time: offers, reminders, unconfirmed addresses; each letter exactly once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.events import actions, chores, places, signing_up, steering
from app.events.models import FreedPlace
from app.events.planning import occasion_of
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR

pytestmark = pytest.mark.usefixtures("context")


def reminders(to: object) -> list[str]:
    return [cause.split(":")[1] for cause in scene.letters(to) if cause.startswith("reminder")]


def test_offers_lapse_by_time_though_nobody_asks() -> None:
    event = scene.event(capacity=1, freed_place=FreedPlace.OFFERED, offer_hours=24)
    first, second, third = (scene.come(event) for _ in range(3))
    at = now()
    signing_up.cancel(first, by=first.user, at=at)
    chores.see_to(at + 23 * HOUR)
    assert (second.state, third.state) == ("offered", "waiting")
    for _ in range(2):
        chores.see_to(at + 24 * HOUR)
    assert (second.state, third.state) == ("lapsed", "offered")
    assert scene.letters(second)[-1] == "lapsed:3"


def test_reminders_come_once_each_on_the_days_that_were_set() -> None:
    event = scene.event(starts_at=now() + 10 * DAY, remind_days=[7, 1])
    signup, cancelled = scene.come(event), scene.come(event)
    signing_up.cancel(cancelled, by=cancelled.user, at=now())
    week, day = event.starts_at - 7 * DAY, event.starts_at - DAY
    chores.see_to(week - 2 * HOUR)
    assert reminders(signup) == []
    for at in (week + HOUR, week + 2 * HOUR, day + HOUR, day + 2 * HOUR):
        chores.see_to(at)
    assert reminders(signup) == ["7", "1"]
    assert reminders(cancelled) == []


def test_a_reminder_that_was_missed_for_long_is_not_written_late() -> None:
    event = scene.event(remind_days=[7])
    signup = scene.come(event)
    chores.see_to(event.starts_at - 7 * DAY + 14 * HOUR)
    assert reminders(signup) == []


def test_who_has_just_got_a_place_needs_no_reminder() -> None:
    event = scene.event(starts_at=now() + 7 * DAY - HOUR, remind_days=[7])
    signup = scene.come(event)
    chores.see_to(now())
    assert reminders(signup) == []


@pytest.mark.parametrize(
    ("starts", "before", "since"),
    [
        ("2036-06-12 10:00", "2036-06-12 04:59", "2036-06-12 05:00"),  # 12 o'clock: at 7
        ("2036-06-12 05:30", "2036-06-12 04:29", "2036-06-12 04:30"),  # half past seven
        ("2036-06-11 23:00", "2036-06-11 21:59", "2036-06-11 22:00"),  # one in the night
    ],
)
def test_on_the_day_itself_people_are_reminded_in_the_morning(
    starts: str, before: str, since: str
) -> None:
    event = scene.event(starts_at=town.moment(starts), remind_days=[0])
    signup = scene.come(event)
    chores.see_to(town.moment(before))
    assert reminders(signup) == []
    for _ in range(2):
        chores.see_to(town.moment(since))
    assert reminders(signup) == ["0"]
    assert chores.reminders_due(event, event.starts_at) == []


@pytest.mark.parametrize(
    ("starts", "days", "at", "said"),
    [
        ("2036-06-11 23:00", 0, "2036-06-11 22:10", "Dziś"),  # ten past midnight, before one
        ("2036-06-11 22:30", 0, "2036-06-11 21:40", "Jutro"),  # 23:40 before half past midnight
        ("2036-06-12 18:00", 1, "2036-06-11 18:00", "Jutro"),
        ("2036-06-12 18:00", 1, "2036-06-12 04:00", "Dziś"),  # the worker stood still over night
        ("2036-06-12 18:00", 2, "2036-06-10 18:00", "Za 2 dni"),
    ],
)
def test_a_reminder_says_the_day_on_which_it_is_read(
    starts: str, days: int, at: str, said: str
) -> None:
    event = scene.event(starts_at=town.moment(starts), remind_days=[days])
    signup = scene.come(event)
    chores.remind(event, at=town.moment(at))
    assert scene.latest_to(signup.email).subject.startswith(f"{said}: ")


def test_who_signed_up_is_reminded_also_when_sign_ups_are_no_longer_needed() -> None:
    event = scene.event(remind_days=[7])
    signup = scene.come(event)
    plan = actions.plan_of(event)
    free = replace(plan, particulars=replace(plan.particulars, takes_signups=False))
    actions.change(event, free, by=scene.coordinator(), at=now())
    chores.see_to(event.starts_at - 7 * DAY + HOUR)
    assert reminders(signup) == ["7"]


def test_an_event_that_was_moved_is_reminded_of_anew() -> None:
    event = scene.event(remind_days=[7])
    signup = scene.come(event)
    chores.see_to(event.starts_at - 7 * DAY + HOUR)
    old = occasion_of(event)
    later = type(old)(old.starts_at + 14 * DAY, old.ends_at + 14 * DAY, old.place)
    steering.move(event, later, by=scene.coordinator(), at=now())
    chores.see_to(event.starts_at - 7 * DAY + HOUR)
    assert reminders(signup) == ["7", "7"]


def test_an_address_never_confirmed_is_forgotten() -> None:
    event = scene.event()
    signup = scene.guest(event)
    assert signup is not None
    chores.see_to(now() + 23 * HOUR)
    assert signup.state == "unconfirmed"
    chores.see_to(now() + 25 * HOUR)
    assert (signup.state, signup.email, signup.name) == ("lapsed", "", "")


def test_a_worker_that_dies_in_the_middle_writes_no_letter_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = scene.event(remind_days=[1])
    events = [first, *(scene.event(remind_days=[1], starts_at=first.starts_at) for _ in range(2))]
    people = [scene.come(event) for event in events]
    at = first.starts_at - DAY + HOUR
    db.session.commit()
    true_tell, told = chores.tell_all, []

    def dies(*args: object, **words: object) -> None:
        true_tell(*args, **words)  # type: ignore[arg-type]
        told.append(args)
        if len(told) == 2:
            raise SystemExit("killed before it was committed")

    with monkeypatch.context() as patch:
        patch.setattr(chores, "tell_all", dies)
        with pytest.raises(SystemExit):
            chores.see_to(at)
    assert [reminders(p.email) for p in people] == [["1"], [], []]
    chores.see_to(at)
    chores.see_to(at + timedelta(minutes=1))
    assert [reminders(p.email) for p in people] == [["1"], ["1"], ["1"]]


def test_nothing_lapses_of_an_event_that_was_called_off() -> None:
    event = scene.event(capacity=1, freed_place=FreedPlace.OFFERED)
    first, second = scene.come(event), scene.come(event)
    signing_up.cancel(first, by=first.user, at=now())
    steering.cancel(event, "Choroba prowadzącego.", by=scene.coordinator(), at=now())
    chores.see_to(now() + 3 * DAY)
    assert (second.state, scene.letters(second)[-1]) == ("offered", "event-cancelled")
    assert places.lapse_offers(event, at=now() + 3 * DAY) == 0


def test_the_worker_knows_the_chores(app: Flask) -> None:
    assert chores.see_to in app.extensions["chores"]
