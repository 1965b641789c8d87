"""Whatever people and the office do, in whatever order, these laws of places and letters hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.models import Organisation, User
from app.events import actions, hosting, places, signing_up
from app.events.models import Event, FreedPlace
from app.events.models_signups import LIVE, SignUp, SignUpState
from app.events.queries_crowd import number_on_list
from app.events.queries_signups import parties_of, rules_of, standing_of
from app.events.waiting_list import promoted
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene

pytestmark = pytest.mark.usefixtures("context")


class Play:
    """An event, its office, those who have signed up, and the hour."""

    def __init__(self, freed_place: FreedPlace) -> None:
        self.clerk, self.at = scene.coordinator(), now()
        self.event = scene.event(capacity=4, freed_place=freed_place, offer_hours=12)
        self.made: list[SignUp] = []

    def chosen(self, n: int) -> SignUp:
        """One of those who have signed up."""
        if not self.made:
            raise DomainError("nobody yet")
        return self.made[n % len(self.made)]

    def come(self, n: int, people: int) -> None:
        person, of = scene.group(people) if people > 1 else (town.person(), None)
        self.made.append(scene.come(self.event, person, people, of, at=self.at))

    def cancel(self, n: int, people: int) -> None:
        signing_up.cancel(self.chosen(n), by=self._owner(n), at=self.at)

    def accept(self, n: int, people: int) -> None:
        signing_up.accept_offer(self.chosen(n), by=self._owner(n), at=self.at)

    def erase(self, n: int, people: int) -> None:
        signing_up.erase(self.chosen(n), by=self.clerk, at=self.at)

    def shrink(self, n: int, people: int) -> None:
        signup = self.chosen(n)
        names = tuple(p.name for p in signup.participants)[:people]
        signing_up.change(signup, scene.wish(*names), by=self._owner(n), at=self.at)

    def _owner(self, n: int) -> User:
        owner = self.chosen(n).user
        if owner is None:
            raise DomainError("erased")
        return owner

    def room(self, n: int, people: int) -> None:
        self._plan(capacity=n)

    def keep(self, n: int, people: int) -> None:
        self._plan(reserved=people)

    def _plan(self, **fields: int) -> None:
        plan = actions.plan_of(self.event)
        said = replace(plan.particulars, **fields)
        actions.change(self.event, replace(plan, particulars=said), by=self.clerk, at=self.at)

    def release(self, n: int, people: int) -> None:
        hosting.release(self.event, people, by=self.clerk, at=self.at)

    def reorder(self, n: int, people: int) -> None:
        hosting.reorder(self.chosen(n), people, "powód", by=self.clerk, at=self.at)

    def remove(self, n: int, people: int) -> None:
        hosting.remove(self.chosen(n), "na prośbę", by=self.clerk, at=self.at)

    def later(self, n: int, people: int) -> None:
        self.at += timedelta(hours=9)
        places.settle(self.event, at=self.at)


DEEDS: dict[str, Callable[[Play, int, int], None]] = {
    name: getattr(Play, name)
    for name in (
        "come", "come", "cancel", "accept", "erase", "shrink", "room", "keep", "release",
        "reorder", "remove", "later",
    )
}  # fmt: skip

HISTORIES = st.lists(
    st.tuples(st.sampled_from(["come", "come", *DEEDS]), st.integers(0, 9), st.integers(1, 3)),
    max_size=20,
)


def letters_by_address() -> Counter[str]:
    """How many letters each address was ever written."""
    return Counter(db.session.scalars(sa.select(OutboxMail.recipient)))


def every_place_is_given(of: Event) -> None:
    """Never more people than places, and nobody waits who fits."""
    scene.holds_true(of)
    assert promoted(rules_of(of), parties_of(of)) == []
    waiting = [party for party in parties_of(of) if not party.holds]
    if waiting:
        assert of.free is not None
        assert of.free < min(party.people for party in waiting)


def every_number_is_true(of: Event) -> None:
    """On the list from 1, in order, each at their own place, however it is counted."""
    waiting = db.session.scalars(
        sa.select(SignUp)
        .where(SignUp.event_id == of.id, SignUp.state == SignUpState.WAITING)
        .order_by(SignUp.rank, SignUp.id)
    ).all()
    numbers = [standing.number for s in waiting if (standing := standing_of(s))]
    assert numbers == [number_on_list(s) for s in waiting] == list(range(1, len(waiting) + 1))


def every_change_was_told_once(signup: SignUp) -> None:
    """Each version of a sign-up has one letter; whoever is erased has none left."""
    told = [cause.rpartition(":")[2] for cause in scene.letters(signup)] if signup.email else []
    expected = range(1, signup.version + 1) if signup.email else ()
    assert sorted(map(int, told)) == list(expected)


def told_at_arrival(signup: SignUp) -> str:
    """What the first letter to somebody said."""
    return db.session.scalars(
        sa.select(OutboxMail.subject)
        .where(OutboxMail.recipient == signup.email)
        .order_by(OutboxMail.id)
        .limit(1)
    ).one()


@given(HISTORIES, st.sampled_from(FreedPlace))
def test_places_numbers_and_letters(
    history: list[tuple[str, int, int]], freed_place: FreedPlace
) -> None:
    outer = db.session.begin_nested()
    play, before = Play(freed_place), letters_by_address()
    for name, n, people in history:
        known = len(play.made)
        with suppress(DomainError), db.session.begin_nested():
            DEEDS[name](play, n, people)
        every_place_is_given(play.event)
        every_number_is_true(play.event)
        after = letters_by_address()
        assert all(number == 1 for who, number in (after - before).items() if who), name
        before = after
        for signup in play.made[known:]:
            standing = standing_of(signup)
            number = f"Masz numer {standing.number} na liście" if standing else "Masz "
            assert told_at_arrival(signup).startswith(number)
    for signup in play.made:
        every_change_was_told_once(signup)
    outer.rollback()


def test_a_larger_room_writes_to_everybody_once_also_to_parties() -> None:
    event, clerk = scene.event(capacity=3), scene.coordinator()
    scene.come(event, *_group(3))
    waiting = [scene.come(event, *_group(people)) for people in (3, 1, 2, 3)]
    before = letters_by_address()
    plan = actions.plan_of(event)
    large = replace(plan, particulars=replace(plan.particulars, capacity=9))
    for _ in range(2):  # a double click
        actions.change(event, large, by=clerk, at=now())
    assert [s.state for s in waiting] == ["placed", "placed", "placed", "waiting"]
    assert letters_by_address() - before == Counter(s.email for s in waiting[:3])
    assert all(s.state in LIVE for s in waiting)


def _group(people: int) -> tuple[User, int, Organisation]:
    person, of = scene.group(people)
    return person, people, of
