"""Who may do what with an NGO Day: predicate × moment × person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.accounts.models import Role, User, Visitor
from app.events.models import Event, EventStatus
from app.festival.models import ApplicationState, StandApplication
from app.festival.permissions import (
    can_apply_to_festival,
    can_arrange_festival,
    can_change_application,
    can_decide_application,
    can_publish_programme,
    can_see_application,
    can_withdraw_application,
)
from app.platform.db import db
from tests import town
from tests.events import scene as events
from tests.festival import scene

MINUTE = timedelta(minutes=1)

#: A moment of the festival, or what became of it.
MOMENTS = ("before", "open", "closed", "begun", "over", "called off", "in preparation")

EVERYBODY = {"visitor", "sender", *map(str, Role)}
CLERK = {"coordinator"}
UNTIL_OVER = {"before", "open", "closed", "begun"}

#: Who may, and when; ``office`` sees what is in preparation.
TABLE = {
    can_apply_to_festival: (EVERYBODY, {"open"}),
    can_arrange_festival: (CLERK, {*UNTIL_OVER, "in preparation"}),
    can_publish_programme: (CLERK, UNTIL_OVER),
    can_see_application: ({"sender"}, set(MOMENTS)),
    can_change_application: ({"sender"}, {"before", "open", "closed"}),
    can_withdraw_application: ({"sender"}, {"before", "open", "closed"}),
    can_decide_application: (CLERK, {*UNTIL_OVER, "in preparation"}),
}


@pytest.fixture
def stand(context: Flask) -> StandApplication:
    return scene.stand(scene.festival())


def moment(event: Event, name: str) -> datetime:
    """The moment, with the event as it is then."""
    event.signup_opens_at = event.starts_at - timedelta(days=15)
    if name == "called off":
        event.status = EventStatus.CANCELLED
    if name == "in preparation":
        event.status = EventStatus.DRAFT
    return {
        "before": event.signup_opens_at - MINUTE,
        "closed": event.closes_at,
        "begun": event.starts_at,
        "over": event.ends_at,
    }.get(name, event.signup_opens_at)


def people(stand: StandApplication) -> dict[str, User | Visitor]:
    assert stand.user is not None
    roles = {str(role): town.person(role) for role in Role}
    return {"visitor": Visitor(), "sender": stand.user, **roles}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_table(stand: StandApplication, name: str) -> None:
    at, everybody = moment(stand.event, name), people(stand)
    wrong = []
    for predicate, (who, when) in TABLE.items():
        thing = stand if "application" in predicate.__name__ else stand.event
        for person, user in everybody.items():
            expected = person in who and name in when
            if predicate(user, thing, at) is not expected:  # type: ignore[arg-type,operator]
                wrong.append((predicate.__name__, person, expected))
    assert wrong == []


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (ApplicationState.SUBMITTED, (True, True, True)),
        (ApplicationState.ACCEPTED, (False, True, True)),
        (ApplicationState.REFUSED, (False, False, True)),
        (ApplicationState.WITHDRAWN, (False, False, False)),
    ],
)
def test_what_the_state_allows(
    stand: StandApplication, state: ApplicationState, may: tuple[bool, bool, bool]
) -> None:
    at, everybody = moment(stand.event, "open"), people(stand)
    stand.state = state
    found = (
        can_change_application(everybody["sender"], stand, at),
        can_withdraw_application(everybody["sender"], stand, at),
        can_decide_application(everybody["coordinator"], stand, at),
    )
    assert found == may


def test_other_events_are_not_arranged(context: Flask) -> None:
    workshop, clerk = events.event(), scene.coordinator()
    at = workshop.starts_at - timedelta(days=1)
    assert not can_arrange_festival(clerk, workshop, at)
    assert not can_apply_to_festival(clerk, workshop, at)


def test_the_offices_point_is_nobodys_application(context: Flask) -> None:
    event = scene.festival()
    turn, person = scene.turn(event), town.person()
    turn.organisation, turn.user = None, person
    db.session.flush()
    at = moment(event, "open")
    assert not can_see_application(person, turn, at)
    assert not can_decide_application(scene.coordinator(), turn, at)
