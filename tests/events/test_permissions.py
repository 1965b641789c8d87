"""Who may do what with an event and a sign-up: permission × moment × role."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.accounts.models import Role, Visitor
from app.events import permissions
from app.events.models import EventStatus
from app.events.models_signups import SignUpState
from app.events.permissions import KeyHolder
from app.platform.clock import now
from tests import town

pytestmark = pytest.mark.usefixtures("context")

HOUR = timedelta(hours=1)
EVERYBODY = {str(role) for role in Role} | {"visitor", "owner", "holder", "host"}
OFFICE = {"facilitator", "host", "coordinator", "executive"}
CLERK = {"coordinator"}
OWN = {"owner", "holder"}
HOSTS = {"host", "coordinator"}

#: When somebody asks: hours from the beginning of an event that lasts two; sign-ups open ten hours
#: before it and close one hour before.
MOMENTS = {"early": -11, "open": -5, "closed": -0.5, "begun": 1, "over": 3}

#: Permission on a published event → moment → who may.
EVENT: dict[str, dict[str, set[str]]] = {
    "can_see_event": dict.fromkeys(MOMENTS, EVERYBODY),
    "can_steer_events": dict.fromkeys(MOMENTS, CLERK),
    "can_publish_event": {},
    "can_move_event": dict.fromkeys(("early", "open", "closed"), CLERK),
    "can_cancel_event": dict.fromkeys(("early", "open", "closed", "begun"), CLERK),
    "can_thank_participants": {"over": CLERK},
    "can_see_participants": dict.fromkeys(MOMENTS, HOSTS),
    "can_sign_up": {"open": EVERYBODY},
    "can_enter_signup": dict.fromkeys(("early", "open", "closed"), CLERK),
    "can_reorder_waiting": dict.fromkeys(("early", "open", "closed"), CLERK),
}

#: Permission on a sign-up that has a place → moment → who may.
SIGNUP: dict[str, dict[str, set[str]]] = {
    "can_change_signup": dict.fromkeys(("early", "open", "closed"), OWN | CLERK),
    "can_cancel_signup": dict.fromkeys(("early", "open", "closed"), OWN | CLERK),
    "can_answer_offer": {},
    "can_erase_signup": dict.fromkeys(MOMENTS, OWN | CLERK),
}


def people() -> dict[str, Any]:
    made: dict[str, Any] = {str(role): town.person(role) for role in Role}
    return made | {
        "visitor": Visitor(),
        "owner": town.person(),
        "holder": KeyHolder(7),
        "host": town.person(Role.FACILITATOR),
    }


def event_at(moment: str, **fields: Any) -> Any:
    starts_at = now() - MOMENTS[moment] * HOUR
    return SimpleNamespace(
        **{
            "status": EventStatus.PUBLISHED,
            "consultation": None,
            "starts_at": starts_at,
            "ends_at": starts_at + 2 * HOUR,
            "takes_signups": True,
            "signup_opens_at": starts_at - 10 * HOUR,
            "closes_at": starts_at - HOUR,
            "thanked_at": None,
            **fields,
        }
    )


def signup_at(moment: str, owner: Any, **fields: Any) -> Any:
    standing = {
        "state": SignUpState.PLACED,
        "offered_until": None,
        "erased_at": None,
        "email": "",
    }
    return SimpleNamespace(
        **{"id": 7, "user_id": owner.id, "event": event_at(moment), **standing, **fields}
    )


def allowed(name: str, thing: Any, who: dict[str, Any]) -> set[str]:
    may = getattr(permissions, name)
    event = getattr(thing, "event", thing)
    event.facilitators = [SimpleNamespace(user_id=who["host"].id)]
    return {key for key, user in who.items() if may(user, thing, now())}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", sorted(EVENT))
def test_who_may_what_with_an_event(name: str, moment: str) -> None:
    assert allowed(name, event_at(moment), people()) == EVENT[name].get(moment, set())


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", sorted(SIGNUP))
def test_who_may_what_with_a_sign_up(name: str, moment: str) -> None:
    who = people()
    signup = signup_at(moment, who["owner"])
    assert allowed(name, signup, who) == SIGNUP[name].get(moment, set())


def test_a_draft_is_for_the_office_alone() -> None:
    draft = event_at("open", status=EventStatus.DRAFT)
    assert allowed("can_see_event", draft, people()) == OFFICE
    assert allowed("can_publish_event", draft, people()) == CLERK
    assert allowed("can_sign_up", draft, people()) == set()


def test_of_an_event_called_off_only_reading_is_left() -> None:
    gone = event_at("open", status=EventStatus.CANCELLED)
    left = {name for name in EVENT if allowed(name, gone, people())}
    assert left == {"can_see_event", "can_steer_events", "can_see_participants"}


def test_thanks_go_out_once() -> None:
    thanked = event_at("over", thanked_at=now())
    assert allowed("can_thank_participants", thanked, people()) == set()


@pytest.mark.parametrize(("hours", "who_may"), [(1, OWN), (0, set()), (-1, set())])
def test_an_offer_is_answered_by_whom_it_was_made_in_time(hours: int, who_may: set[str]) -> None:
    who = people()
    until = now() + hours * HOUR
    offer = signup_at("open", who["owner"], state=SignUpState.OFFERED, offered_until=until)
    assert allowed("can_answer_offer", offer, who) == who_may


@pytest.mark.parametrize("state", [SignUpState.CANCELLED, SignUpState.LAPSED])
def test_what_is_gone_is_neither_changed_nor_cancelled(state: SignUpState) -> None:
    who = people()
    signup = signup_at("open", who["owner"], state=state)
    assert allowed("can_change_signup", signup, who) == set()
    assert allowed("can_cancel_signup", signup, who) == set()


def test_an_unconfirmed_one_is_cancelled_by_its_owner_alone() -> None:
    who = people()
    signup = signup_at("open", who["owner"], state=SignUpState.UNCONFIRMED)
    assert allowed("can_cancel_signup", signup, who) == OWN
    assert allowed("can_change_signup", signup, who) == set()


def test_what_was_erased_is_erased_once() -> None:
    who = people()
    assert allowed("can_erase_signup", signup_at("open", who["owner"], erased_at=now()), who) == (
        set()
    )
