"""What people need to take part is data on health: it goes first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.events import chores, erasure, hosting, places, signing_up, steering
from app.events.models import Event, FreedPlace
from app.events.models_signups import AccessNeeds, Need, SignUp, SignUpState
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.queries import counted

NEEDS: dict[str, Any] = {
    "needs": frozenset({Need.STEP_FREE}),
    "needs_note": "Poruszam się na wózku",
}


def coming(event: Event) -> SignUp:
    """Somebody who has said what they need."""
    return scene.come(event, town.person(), **NEEDS)


def kept() -> list[int]:
    """The sign-ups whose needs are kept."""
    db.session.flush()
    return sorted(db.session.scalars(sa.select(AccessNeeds.signup_id)))


def test_needs_go_the_day_after_and_the_names_stay(context: Flask) -> None:
    event, ahead = scene.event(), scene.event(starts_at=now() + 30 * DAY)
    signup, later = coming(event), coming(ahead)
    chores.see_to(event.ends_at + DAY - timedelta(seconds=1))
    assert kept() == [signup.id, later.id]
    for hours in (24, 25):
        chores.see_to(event.ends_at + hours * HOUR)
    assert kept() == [later.id]
    assert (signup.needs, signup.erased_at, signup.name != "") == (None, None, True)
    entries = db.session.scalars(sa.select(Entry).where(Entry.action == "needs_erased")).all()
    assert [(entry.details, entry.by_id) for entry in entries] == [({"signups": 1}, None)]


def test_needs_of_an_event_called_off_do_not_wait_for_its_date(context: Flask) -> None:
    event, at = scene.event(), now()
    signup = coming(event)
    steering.cancel(event, "Choroba.", by=scene.coordinator(), at=at)
    erasure.erase_needs(event, at=at + 23 * HOUR)
    assert kept() == [signup.id]
    chores.see_to(at + 24 * HOUR)
    assert kept() == []


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("by_office", [False, True])
def test_needs_go_at_once_with_whoever_cancels(
    context: Flask, waits: bool, by_office: bool
) -> None:
    event = scene.event(capacity=1)
    if waits:
        scene.come(event)
    signup = coming(event)
    assert (signup.state is SignUpState.WAITING) is waits
    other = coming(event)
    if by_office:
        hosting.remove(signup, "Pomyłka.", by=scene.coordinator(), at=now())
    else:
        signing_up.cancel(signup, by=signup.user, at=now())
    assert kept() == [other.id]
    assert signup.needs is None


def test_needs_go_at_once_with_an_offer_that_lapses(context: Flask) -> None:
    event = scene.event(capacity=1, freed_place=FreedPlace.OFFERED)
    first, offered = scene.come(event), coming(event)
    signing_up.cancel(first, by=first.user, at=now())
    assert offered.offered_until is not None
    assert kept() == [offered.id]
    chores.see_to(offered.offered_until)
    assert (offered.state, offered.needs, kept()) == (SignUpState.LAPSED, None, [])


def test_as_many_statements_for_many_as_for_few(context: Flask) -> None:
    asked = []
    for number in (1, 20):
        event = scene.event(capacity=30)
        for _n in range(number):
            coming(event)
        db.session.flush()
        with counted() as statements:
            erasure.erase_needs(event, at=event.ends_at + DAY)
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert kept() == []


def test_leaving_costs_one_statement_more_at_most(context: Flask) -> None:
    event = scene.event()
    signup = coming(event)
    with counted() as statements:
        places.leave(signup, by=None, at=now())
    assert sum("event_access_needs" in statement for statement in statements) == 1
