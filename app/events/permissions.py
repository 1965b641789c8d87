"""Who may see and steer events, sign up, and change a sign-up, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.accounts.models import OFFICE, Role, User, Visitor
from app.consultations.permissions import can_see
from app.events.models import Event, EventStatus
from app.events.models_signups import LIVE, SignUp, SignUpState

#: Who can be chosen to run an event.
HOSTS = frozenset({Role.COORDINATOR, Role.FACILITATOR})


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Somebody who has opened the secret link of a sign-up: whoever signed up."""

    signup_id: int
    id: None = None
    name: str = ""
    email: str = ""
    role: None = None
    is_authenticated: bool = False


Person = User | Visitor | KeyHolder


def can_see_event(user: Person, event: Event, at: datetime) -> bool:
    """Everybody; an event in preparation, or of a consultation in preparation, is the office's."""
    if event.status is EventStatus.DRAFT and user.role not in OFFICE:
        return False
    return event.consultation is None or can_see(user, event.consultation, at)  # type: ignore[arg-type]


def can_steer_events(user: Person, event: Event | None, at: datetime) -> bool:
    """The coordinator makes, changes, moves and cancels events."""
    return user.role is Role.COORDINATOR


def can_publish_event(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator, once, while it is not over."""
    return (
        can_steer_events(user, event, at)
        and event.status is EventStatus.DRAFT
        and event.ends_at > at
    )


def can_move_event(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator, until it has begun; what has begun can no longer be moved."""
    return (
        can_steer_events(user, event, at)
        and event.status is not EventStatus.CANCELLED
        and event.starts_at > at
    )


def can_cancel_event(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator, while it is published and not over."""
    return (
        can_steer_events(user, event, at)
        and event.status is EventStatus.PUBLISHED
        and event.ends_at > at
    )


def can_thank_participants(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator, once, when it is over."""
    return (
        can_steer_events(user, event, at)
        and event.status is EventStatus.PUBLISHED
        and event.ends_at <= at
        and event.thanked_at is None
    )


def can_see_participants(user: Person, event: Event, at: datetime) -> bool:
    """Those who meet them: the coordinator and the facilitators of this event."""
    return is_run_by(user, event)


def is_run_by(user: Person, event: Event) -> bool:
    """Whether somebody is the coordinator, or a facilitator named among those who run it."""
    if user.role is Role.COORDINATOR:
        return True
    if user.role is not Role.FACILITATOR:
        return False
    return user.id in {host.user_id for host in event.facilitators}


def can_add_materials(user: Person, event: Event, at: datetime) -> bool:
    """Those who run it, at any time: before, for those who prepare, and afterwards."""
    return is_run_by(user, event)


def is_open_for_signups(event: Event, at: datetime) -> bool:
    """Whether sign-ups are taken at this moment; a place may or may not be free."""
    return (
        event.status is EventStatus.PUBLISHED
        and event.takes_signups
        and (event.signup_opens_at is None or event.signup_opens_at <= at)
        and at < event.closes_at
    )


def can_sign_up(user: Person, event: Event, at: datetime) -> bool:
    """Anybody who sees the event, while sign-ups are taken."""
    return is_open_for_signups(event, at) and can_see_event(user, event, at)


def can_enter_signup(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator signs up those who ring or call in, until the event begins."""
    return (
        can_steer_events(user, event, at)
        and event.status is EventStatus.PUBLISHED
        and event.takes_signups
        and at < event.starts_at
    )


def is_own_signup(user: Person, signup: SignUp) -> bool:
    """Whether this person has signed up, by account or by secret link."""
    if isinstance(user, KeyHolder):
        return user.signup_id == signup.id
    return user.id is not None and user.id == signup.user_id


def is_at_own_address(user: Person, signup: SignUp) -> bool:
    """Whether a sign-up without an account was made by the confirmed address of this one."""
    if not isinstance(user, User) or user.confirmed_at is None:
        return False
    return signup.user_id is None and signup.email == user.email


def _before_it_begins(signup: SignUp, at: datetime) -> bool:
    return signup.event.status is EventStatus.PUBLISHED and at < signup.event.starts_at


def can_change_signup(user: Person, signup: SignUp, at: datetime) -> bool:
    """Whoever signed up, or the coordinator, until the event begins."""
    if signup.state not in LIVE or not _before_it_begins(signup, at):
        return False
    return is_own_signup(user, signup) or user.role is Role.COORDINATOR


def can_cancel_signup(user: Person, signup: SignUp, at: datetime) -> bool:
    """Whoever signed up, or the coordinator, until the event begins."""
    if signup.state is SignUpState.UNCONFIRMED:
        return is_own_signup(user, signup)
    return can_change_signup(user, signup, at)


def can_answer_offer(user: Person, signup: SignUp, at: datetime) -> bool:
    """Whoever was offered the place, until the time is up."""
    return (
        is_own_signup(user, signup)
        and signup.state is SignUpState.OFFERED
        and _before_it_begins(signup, at)
        and signup.offered_until is not None
        and at < signup.offered_until
    )


def can_reorder_waiting(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator, with a reason, until the event begins."""
    return can_enter_signup(user, event, at)


def can_erase_signup(user: Person, signup: SignUp, at: datetime) -> bool:
    """Whoever signed up or owns the address, and the coordinator at their request, at any time."""
    if signup.erased_at is not None:
        return False
    own = is_own_signup(user, signup) or is_at_own_address(user, signup)
    return own or user.role is Role.COORDINATOR


def can_stand_on_list(user: Person, signup: SignUp, at: datetime) -> bool:
    """Whoever signed up, if the event shows a list, while they mean to come or have come."""
    return (
        is_own_signup(user, signup)
        and signup.event.shows_participants
        and signup.state in LIVE
        and signup.erased_at is None
    )


def can_keep_calendar(user: Person, person: User) -> bool:
    """Everybody their own: an address under which a calendar reads their sign-ups."""
    return user.id is not None and user.id == person.id


def has_ticket(signup: SignUp) -> bool:
    """Whoever has a place in an event that takes place; not those who wait or have cancelled."""
    return (
        signup.state is SignUpState.PLACED
        and signup.event.status is EventStatus.PUBLISHED
        and signup.erased_at is None
    )
