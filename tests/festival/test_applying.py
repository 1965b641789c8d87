"""Applying for NGO Day: once per form, changeable until decided, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.events.models import EventStatus
from app.festival import applying, queries
from app.festival.content import MOST_TURNS, StageWish, StandWish, mistakes
from app.festival.models import ApplicationState, StandApplication
from app.festival.permissions import (
    can_change_application,
    can_see_application,
    takes_applications,
)
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.events import scene as events
from tests.festival import scene

HOUR = scene.HOUR


def test_one_form_is_one_stand_and_one_letter(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    wish = StandWish("  Pierwsza pomoc ", metres=4, watts=500)
    made = [
        applying.apply_for_stand(event, wish, of, submission_key="f" * 20, by=person, at=now())
        for _ in range(2)
    ]
    assert made[0] is made[1]
    assert (made[0].shows, made[0].metres, made[0].state) == ("Pierwsza pomoc", 4, "submitted")
    assert scene.letters(person) == ["received"]
    letter = scene.text_to(person)
    assert "4 m, prąd do 500 W" in letter
    assert f"/konto/zgloszenia/stoisko/{made[0].id}" in letter
    assert [entry.action for entry in history_of(made[0])] == ["applied"]


def test_an_organisation_has_one_stand_and_several_turns(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    first = scene.stand(event, (person, of))
    with pytest.raises(applying.AppliedAlready) as already:
        scene.stand(event, (person, of))
    assert already.value.application is first
    for _ in range(MOST_TURNS):
        scene.turn(event, (person, of))
    with pytest.raises(DomainError, match="już 4"):
        scene.turn(event, (person, of))
    applying.withdraw(first, "", by=person, at=now())
    assert scene.stand(event, (person, of)).id != first.id


def test_the_key_of_somebody_elses_form_shows_nothing(context: Flask) -> None:
    event, wish = scene.festival(), StandWish("Stoisko")
    for n, (person, of) in enumerate((scene.group(), scene.group())):
        if n == 0:
            applying.apply_for_stand(event, wish, of, submission_key="k" * 20, by=person, at=now())
            continue
        with pytest.raises(NotAllowed):
            applying.apply_for_stand(event, wish, of, submission_key="k" * 20, by=person, at=now())


def test_who_may_apply_and_when(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    stranger = town.person()
    with pytest.raises(NotAllowed, match="do której należysz"):
        scene.stand(event, (stranger, of))
    assert takes_applications(event, event.closes_at - timedelta(seconds=1))
    assert not takes_applications(event, event.closes_at)
    event.signup_opens_at = now() + HOUR
    with pytest.raises(NotAllowed, match="jeszcze nie przyjmujemy"):
        scene.stand(event, (person, of))
    event.signup_opens_at, event.status = None, EventStatus.DRAFT
    with pytest.raises(NotAllowed):
        scene.stand(event, (person, of))
    workshop = events.event()
    with pytest.raises(NotAllowed):
        scene.stand(workshop, (person, of))


def test_what_must_be_corrected(context: Flask) -> None:
    event = scene.festival()
    begin, end = event.starts_at, event.ends_at

    def wrong(wish: StandWish | StageWish) -> list[str]:
        return [field for field, _ in mistakes(wish, event)]

    assert wrong(StandWish(" ")) == ["shows"]
    assert wrong(StandWish("x", metres=0, watts=20_001)) == ["metres", "watts"]
    assert wrong(StageWish("")) == ["title"]
    assert wrong(StageWish("x", minutes=121, performers=0)) == ["minutes", "performers"]
    assert wrong(StageWish("x", not_before=begin - HOUR)) == ["not_before"]
    assert wrong(StageWish("x", not_after=end + HOUR)) == ["not_after"]
    assert wrong(StageWish("x", not_before=end - 10 * scene.MINUTE)) == ["not_after"]
    assert wrong(StageWish("x", not_before=begin, not_after=begin + 20 * scene.MINUTE)) == []
    event.ends_at = begin + 10 * scene.MINUTE
    assert wrong(StageWish("x")) == ["minutes"]


def test_changing_until_decided_with_the_version_that_was_seen(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    stand = scene.stand(event, (person, of))
    applying.change(stand, StandWish("Inaczej", metres=6), version=0, by=person, at=now())
    assert (stand.shows, stand.metres, stand.version) == ("Inaczej", 6, 1)
    with pytest.raises(DomainError, match="w międzyczasie"):
        applying.change(stand, StandWish("Stare okno"), version=0, by=person, at=now())
    applying.change(stand, StandWish("Inaczej", metres=6), version=1, by=person, at=now())
    assert stand.version == 1
    assert scene.letters(person) == ["received", "changed:1"]
    stand.state = ApplicationState.ACCEPTED
    db.session.flush()
    with pytest.raises(NotAllowed, match="rozpatrzone"):
        applying.change(stand, StandWish("Za późno"), version=1, by=person, at=now())


def test_withdrawing_leaves_a_trace_and_frees_the_place(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    turn = scene.turn(event, (person, of))
    turn.state, turn.starts_at, turn.stage = ApplicationState.ACCEPTED, event.starts_at, "Scena"
    db.session.flush()
    for _ in range(2):
        applying.withdraw(turn, " Choroba ", by=person, at=now())
    assert (turn.state, turn.reason, turn.starts_at) == ("withdrawn", "Choroba", None)
    assert scene.letters(person) == ["received", "withdrawn"]
    assert [e.action for e in history_of(turn)] == ["applied", "withdrawn"]
    assert queries.applications_of(person) == [turn]


def test_who_sees_an_application(context: Flask) -> None:
    event, (person, of) = scene.festival(), scene.group()
    stand, at = scene.stand(event, (person, of)), now()
    colleague, stranger = town.person(), town.person()
    for who, confirmed in ((colleague, at), (stranger, None)):
        seat = town.Membership(user_id=who.id, organisation_id=of.id, confirmed_at=confirmed)
        db.session.add(seat)
        db.session.flush()
        db.session.refresh(who, ["memberships"])
    assert [can_see_application(who, stand, at) for who in (person, colleague, stranger)] == [
        True,
        True,
        False,
    ]
    assert can_change_application(colleague, stand, at)
    assert queries.applications_of(colleague) == [stand]
    assert queries.applications_of(stranger) == []
    assert not can_change_application(person, stand, event.starts_at)


def test_an_address_that_nobody_has_is_found_nowhere(context: Flask) -> None:
    assert queries.application_by_id(StandApplication, 2**31 - 1) is None
