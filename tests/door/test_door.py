"""At the door: once is once, the room is not overfilled in silence, figures follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.door.actions import NoRoom
from app.door.acts import Deed, Outcome
from app.door.models import CheckIn
from app.door.permissions import can_take_attendance
from app.events.models import Event, EventStatus
from app.events.models_signups import SignUp, SignUpChannel, SignUpState
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.door.scene import MINUTE, act, host, meeting, present, rows, runs, tell
from tests.events import scene as events


def entries(event: Event) -> list[str]:
    return [
        entry.action
        for entry in db.session.scalars(sa.select(Entry).order_by(Entry.id))
        if entry.scope == f"event:{event.id}" and entry.subject.startswith("event_participant:")
    ]


def test_once_twice_and_from_two_devices_is_one_attendance(context: Flask) -> None:
    event, (anna, _jan) = meeting()
    gate, other = host(), host()
    first = act(who=anna)
    assert tell(event, first, gate) is Outcome.IN
    assert tell(event, first, gate) is Outcome.IN
    assert tell(event, act(who=anna), other) is Outcome.ALREADY
    assert tell(event, first, gate) is Outcome.IN
    assert present(event) == [anna.name]
    assert (event.people_present, rows(event)) == (1, 1)
    assert entries(event) == ["let_in"]


def test_taking_back_and_letting_in_again(context: Flask) -> None:
    event, (anna, _jan) = meeting()
    gate, start = host(), now() - 10 * MINUTE
    came = act(who=anna, happened_at=start)
    back = act(Deed.TAKE_BACK, anna, happened_at=start + MINUTE)
    assert tell(event, came, gate) is Outcome.IN
    assert tell(event, back, gate) is Outcome.OUT
    assert (present(event), event.people_present) == ([], 0)
    assert tell(event, came, gate) is Outcome.OVERTAKEN
    assert tell(event, back, gate) is Outcome.OUT
    assert present(event) == []
    assert tell(event, act(who=anna), gate) is Outcome.IN
    assert tell(event, back, gate) is Outcome.OVERTAKEN
    assert present(event) == [anna.name]
    assert entries(event) == ["let_in", "take_back", "let_in"]


def test_a_word_that_comes_late_does_not_undo_a_later_one(context: Flask) -> None:
    """One device was without network: what it did earlier reaches us last."""
    event, (anna, _jan) = meeting()
    gate, start = host(), now() - 10 * MINUTE
    assert tell(event, act(Deed.TAKE_BACK, anna, happened_at=start), gate) is Outcome.OUT
    late = act(who=anna, happened_at=start - MINUTE)
    assert tell(event, late, gate) is Outcome.OVERTAKEN
    assert present(event) == []


def test_a_clock_that_is_wrong_is_not_believed(context: Flask) -> None:
    event, (anna, jan) = meeting()
    gate, at = host(), now()
    tell(event, act(who=anna, happened_at=at + timedelta(days=400)), gate, at)
    tell(event, act(who=jan, happened_at=at - timedelta(days=400)), gate, at)
    moments = db.session.scalars(sa.select(CheckIn.happened_at).order_by(CheckIn.id)).all()
    assert moments == [at, event.starts_at - timedelta(hours=24)]


def test_who_walks_in_has_a_free_place_once(context: Flask) -> None:
    event, _people = meeting(people=2, capacity=3)
    gate, guest = host(), act(Deed.WALK_IN, name="Ewa Lis")
    for _ in range(2):
        assert tell(event, guest, gate) is Outcome.IN
    assert (event.taken, event.people_present, present(event)) == (3, 1, ["Ewa Lis"])
    signup = db.session.scalars(sa.select(SignUp).where(SignUp.channel == SignUpChannel.DOOR)).one()
    assert (signup.state, signup.number, signup.entered_by_id) == (SignUpState.PLACED, 3, gate.id)
    events.holds_true(event)


def test_a_full_room_asks_for_a_reason(context: Flask) -> None:
    event, _people = meeting(people=2, capacity=2)
    gate = host()
    with pytest.raises(NoRoom):
        tell(event, act(Deed.WALK_IN, name="Ewa Lis"), gate)
    assert (event.taken, rows(event)) == (2, 0)
    tell(event, act(Deed.WALK_IN, name="Ewa Lis", reason="Dostawimy krzesło."), gate)
    tell(event, act(Deed.WALK_IN, name="Jan Bez Sieci", offline=True), gate)
    assert (event.taken, present(event)) == (4, ["Ewa Lis", "Jan Bez Sieci"])
    reasons = [e.reason for e in db.session.scalars(sa.select(Entry)) if e.reason]
    assert reasons == ["Dostawimy krzesło."]


def test_who_was_written_in_by_mistake_takes_no_place(context: Flask) -> None:
    event, _people = meeting(people=2, capacity=3)
    gate = host()
    tell(event, act(Deed.WALK_IN, name="Ewa Lis"), gate)
    row = db.session.scalars(sa.select(CheckIn)).one()
    assert tell(event, act(Deed.TAKE_BACK, row.participant), gate) is Outcome.OUT
    assert (event.taken, event.people_present) == (2, 0)
    assert tell(event, act(who=row.participant), gate) is Outcome.IN
    assert (event.taken, event.people_present) == (3, 1)
    events.holds_true(event)


def test_who_waits_is_let_in_on_a_place_or_with_a_reason(context: Flask) -> None:
    event, (_anna, late) = meeting(people=1, waiting=1)
    gate = host()
    with pytest.raises(NoRoom):
        tell(event, act(who=late), gate)
    assert late.signup.state is SignUpState.WAITING
    assert tell(event, act(who=late, reason="Ktoś nie przyszedł."), gate) is Outcome.IN
    assert (late.signup.state, event.taken, event.waiting) == (SignUpState.PLACED, 2, 0)


def test_what_cannot_be_done_says_why(context: Flask) -> None:
    event, (anna, jan) = meeting()
    gate = host()
    stranger = meeting()[1][0]
    with pytest.raises(DomainError):
        tell(event, act(who=stranger), gate)
    with pytest.raises(DomainError):
        tell(event, act(Deed.WALK_IN, name=""), gate)
    anna.signup.state = SignUpState.CANCELLED
    with pytest.raises(DomainError):
        tell(event, act(who=anna), gate)
    used = act(who=jan)
    tell(event, used, gate)
    with pytest.raises(DomainError):
        tell(event, act(Deed.WALK_IN, name="Ewa Lis", key=used.key), gate)
    with pytest.raises(DomainError):
        tell(event, act(Deed.WALK_IN, name="Ewa", key=anna.signup.submission_key), gate)
    assert present(event) == [jan.name]


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"starts_at": timedelta(hours=23)}, True),
        ({"starts_at": timedelta(hours=25)}, False),
        ({"starts_at": timedelta(days=-20)}, True),
        ({"status": EventStatus.DRAFT}, False),
        ({"status": EventStatus.CANCELLED}, False),
        ({"erased_at": timedelta(0)}, False),
    ],
)
@pytest.mark.parametrize("role", Role)
def test_who_may_take_attendance_and_when(
    context: Flask, role: Role, changes: dict[str, object], allowed: bool
) -> None:
    event, at = events.event(), now()
    event.starts_at = at
    for name, value in changes.items():
        setattr(event, name, at + value if isinstance(value, timedelta) else value)
    stranger, host = town.person(role), town.person(role)
    runs(event, host)
    meets_them = role in {Role.COORDINATOR, Role.FACILITATOR}
    assert can_take_attendance(host, event, at) is (allowed and meets_them)
    assert can_take_attendance(stranger, event, at) is (allowed and role is Role.COORDINATOR)


def test_nobody_else_lets_people_in(context: Flask) -> None:
    event, (anna, _jan) = meeting()
    with pytest.raises(NotAllowed):
        tell(event, act(who=anna), town.person())
    assert rows(event) == 0
