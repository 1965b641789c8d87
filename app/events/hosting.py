"""What the office does with the people of an event: enter, remove, reorder, release."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.accounts.queries import person_by_email
from app.events import messages, places
from app.events.content import LARGEST_PARTY, Applicant, Wish
from app.events.models import Event
from app.events.models_signups import SignUp, SignUpChannel, SignUpState
from app.events.permissions import (
    can_cancel_signup,
    can_enter_signup,
    can_reorder_waiting,
    can_steer_events,
)
from app.events.post import link_of, tell
from app.events.queries import locked
from app.events.queries_crowd import crowd_of
from app.events.queries_signups import (
    held,
    live_signup_of,
    parties_of,
    signup_by_submission,
)
from app.events.records import keep, make
from app.events.signing_up import SignedUpAlready, refuse_mistakes
from app.events.tickets import in_words
from app.events.waiting_list import line, moved_to
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require


class NoSuchNumber(DomainError):
    """The waiting list is shorter than the number that somebody is to have on it."""

    def __init__(self, last: int) -> None:
        super().__init__(
            _l("Numbers on this list go from 1 to %(last)d. Choose one of them.", last=last)
        )


class NotSoMany(DomainError):
    """The office keeps fewer places than are to be released."""

    def __init__(self, reserved: int) -> None:
        super().__init__(
            _l("You can release from 1 to %(reserved)d places.", reserved=reserved)
            if reserved
            else _l("No places are kept any more.")
        )


def enter(
    event: Event,
    wish: Wish,
    applicant: Applicant,
    *,
    submission_key: str,
    on_reserved: bool,
    by: User,
    at: datetime,
) -> SignUp:
    """Sign somebody up who rang or came to the office, at the end of the line like everybody.

    ``on_reserved`` gives them places that the office has kept. An address may be missing;
    if it belongs to an account, the sign-up is shown there too.
    """
    event = locked(event.id)
    made = signup_by_submission(submission_key)
    if made is not None:
        return made
    require(can_enter_signup(by, event, at), _l("The event has begun or is not published."))
    refuse_mistakes(wish, (), LARGEST_PARTY)
    _refuse_second(event, applicant)
    if on_reserved:
        _refuse_beyond_reserve(event, len(wish.names))
    signup = make(
        event,
        wish,
        applicant,
        submission_key=submission_key,
        at=at,
        channel=SignUpChannel.OFFICE,
    )
    signup.entered_by_id = by.id
    signup.user_id = _owner_of(applicant.address)
    if on_reserved:
        _seat(event, keep(signup, wish), by=by, at=at)
    else:
        where = places.join(event, signup, crowd_of(event, signup.organisation_id), at=at)
        places.answer(event, keep(signup, wish), where, by=by, at=at)
    return signup


def _refuse_second(event: Event, applicant: Applicant) -> None:
    known = live_signup_of(event, applicant.address) if applicant.address else None
    if known is not None:
        raise SignedUpAlready(known)


def _owner_of(address: str) -> int | None:
    """The id of the living account that an address belongs to."""
    owner = person_by_email(address) if address else None
    return owner.id if owner is not None and owner.is_active else None


def _refuse_beyond_reserve(event: Event, people: int) -> None:
    if people > event.reserved:
        raise DomainError(
            _l(
                "The office keeps only %(reserved)d places. Enter fewer people, or enter them "
                "without using the kept places.",
                reserved=event.reserved,
            )
        )


def _seat(event: Event, signup: SignUp, *, by: User, at: datetime) -> None:
    event.reserved -= signup.people
    event.last_signup_number += 1
    signup.number = signup.rank = event.last_signup_number
    places.turn(signup, SignUpState.PLACED, by=by, at=at, number=signup.number, reserved=True)
    tell(
        signup,
        lambda: messages.placed(event, link_of(signup), signup.people, in_words(signup)),
        about=f"placed:{signup.version}",
        at=at,
    )
    places.settle(event, at=at)


def remove(signup: SignUp, reason: str, *, by: User, at: datetime) -> SignUp:
    """Cancel somebody's sign-up, with a reason that they are told. Twice is the same as once."""
    signup = held(signup)
    if signup.state in {SignUpState.CANCELLED, SignUpState.LAPSED}:
        return signup
    require(can_steer_events(by, signup.event, at) and can_cancel_signup(by, signup, at))
    if not reason.strip():
        raise DomainError(_l("Say why: the person will be told."))
    event, why = signup.event, reason.strip()
    places.leave(signup, by=by, at=at, reason=why)
    tell(signup, lambda: messages.removed(event, why), about=f"removed:{signup.version}", at=at)
    return signup


def reorder(signup: SignUp, number: int, reason: str, *, by: User, at: datetime) -> bool:
    """Put somebody at another number of the waiting list, with a reason that all on it can read;
    whether the order has become another. Raises ``NoSuchNumber``.
    """
    signup = held(signup)
    event = signup.event
    require(can_reorder_waiting(by, event, at))
    if signup.state is not SignUpState.WAITING:
        raise DomainError(_l("This sign-up does not wait any more. Open the list anew."))
    if not reason.strip():
        raise DomainError(_l("Say why the order changes: everybody on the list can read it."))
    parties = parties_of(event)
    if not 1 <= number <= len(line(parties)):
        raise NoSuchNumber(len(line(parties)))
    changed = moved_to(parties, signup.id, number)
    for own, rank in changed.items():
        db.session.get_one(SignUp, own).rank = rank
    if changed:
        record("reordered", signup, by=by, at=at, scope=event, reason=reason.strip(), ranks=changed)
    places.settle(event, at=at)
    return bool(changed)


def release(event: Event, number: int, *, by: User, at: datetime) -> None:
    """Let go of some of the places that the office keeps: they go to those who wait."""
    event = locked(event.id)
    require(can_steer_events(by, event, at))
    if not 0 < number <= event.reserved:
        raise NotSoMany(event.reserved)
    event.reserved -= number
    record("released", event, by=by, at=at, scope=event, places=number, reserved=event.reserved)
    places.settle(event, at=at)
