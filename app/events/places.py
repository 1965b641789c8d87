"""Giving places: the one way in which anybody gets, is offered, or loses one.

Every function here expects the event's row to be locked (``queries.locked``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.accounts.models import User
from app.events import messages
from app.events.models import Event, EventStatus, FreedPlace
from app.events.models_signups import HOLDING, SignUp, SignUpState
from app.events.permissions import is_open_for_signups
from app.events.post import link_of, tell
from app.events.queries_crowd import crowd_of
from app.events.queries_signups import offers_beyond, offers_due, parties_of, rules_of
from app.events.records import forget_needs, write_counts
from app.events.tickets import in_words
from app.events.waiting_list import (
    Crowd,
    Party,
    Standing,
    arriving,
    only_the_line_can_tell,
    promoted,
    seen_from_the_door,
    taken,
)
from app.journal.actions import record
from app.platform.db import db


def turn(
    signup: SignUp, state: SignUpState, *, by: User | None, at: datetime, **details: Any
) -> None:
    """Bring a sign-up into another state and write it in the journal, without names."""
    _stand(signup, state, at)
    _record(signup, by=by, at=at, **details)


def _stand(signup: SignUp, state: SignUpState, at: datetime) -> None:
    signup.state, signup.state_at = state, at
    signup.version = (signup.version or 0) + 1
    signup.offered_until = None


def _record(signup: SignUp, *, by: User | None, at: datetime, **details: Any) -> None:
    scope, people = signup.event, signup.people
    record(str(signup.state), signup, by=by, at=at, scope=scope, people=people, **details)


def arrive(event: Event, signup: SignUp, *, by: User | None, at: datetime) -> None:
    """Put a sign-up at the end of the line: a place or a number, and a letter that says so."""
    where = join(event, signup, crowd_of(event, signup.organisation_id), at=at)
    answer(event, signup, where, by=by, at=at)


def join(event: Event, signup: SignUp, crowd: Crowd, *, at: datetime) -> Standing | None:
    """Give a sign-up the next number of its event, and a place or where it waits.

    ``crowd`` is what it meets, counted under the lock. Whoever fits has a place at once, also
    where freed places are offered: they are here.
    """
    rules = rules_of(event)
    if only_the_line_can_tell(rules, crowd):
        settle(event, at=at)
        crowd = seen_from_the_door(parties_of(event), signup.organisation_id)
    people, number = signup.people, event.last_signup_number + 1
    where = arriving(rules, crowd, Party(0, people, number, organisation=signup.organisation_id))
    signup.number = signup.rank = number
    signup.sequence = event.sequence
    _stand(signup, SignUpState.PLACED if where is None else SignUpState.WAITING, at)
    held, queued = (people, 0) if where is None else (0, people)
    write_counts(event, crowd.held + held, crowd.queued + queued, last_signup_number=number)
    return where


def answer(
    event: Event, signup: SignUp, where: Standing | None, *, by: User | None, at: datetime
) -> None:
    """Say in the journal and in a letter what came of a sign-up that has joined the line."""
    _record(signup, by=by, at=at, number=signup.number)
    if where is None:
        _tell_placed(signup, at)
        return
    tell(
        signup,
        lambda: messages.waiting(event, link_of(signup), where),
        about=f"waiting:{signup.version}",
        at=at,
    )


def settle(event: Event, *, at: datetime) -> None:
    """Give the free places to those who wait, in order, and count anew.

    Nobody is promoted once the event has begun.
    """
    lapse_offers(event, at=at)
    db.session.flush()
    parties = {party.id: party for party in parties_of(event)}
    if event.status is EventStatus.PUBLISHED and at < event.starts_at:
        offered = event.freed_place is FreedPlace.OFFERED
        for party in promoted(rules_of(event), list(parties.values())):
            parties[party.id] = replace(party, holds=True, offered=offered)
            signup = db.session.get_one(SignUp, party.id)
            if offered:
                _offer(signup, at)
            else:
                _promote(signup, at)
    _note(event, list(parties.values()))


def count(event: Event) -> None:
    """Count anew who has and who waits for a place; whatever readers see has changed."""
    db.session.flush()
    _note(event, parties_of(event))


def _note(event: Event, parties: list[Party]) -> None:
    write_counts(event, taken(parties), sum(p.people for p in parties if not p.holds))


def lapse_offers(event: Event, *, at: datetime) -> int:
    """Take back the offers whose time is up; how many there were."""
    if event.status is not EventStatus.PUBLISHED:
        return 0
    due, open_still = offers_due(event, at), is_open_for_signups(event, at)
    for signup in due:
        turn(signup, SignUpState.LAPSED, by=None, at=at)
        tell(
            signup,
            lambda: messages.offer_lapsed(event, open_still=open_still),
            about=f"lapsed:{signup.version}",
            at=at,
        )
    forget_needs(due)
    return len(due)


def shorten_offers(event: Event) -> None:
    """Let no offer last beyond the beginning: the event is earlier now."""
    for signup in offers_beyond(event, event.starts_at):
        signup.offered_until = event.starts_at


def _place(signup: SignUp, at: datetime, *, by: User | None, **details: Any) -> None:
    turn(signup, SignUpState.PLACED, by=by, at=at, **details)
    _tell_placed(signup, at)


def _tell_placed(signup: SignUp, at: datetime) -> None:
    tell(
        signup,
        lambda: messages.placed(signup.event, link_of(signup), signup.people, in_words(signup)),
        about=f"placed:{signup.version}",
        at=at,
    )


def _promote(signup: SignUp, at: datetime) -> None:
    turn(signup, SignUpState.PLACED, by=None, at=at, promoted=True)
    tell(
        signup,
        lambda: messages.promoted(signup.event, link_of(signup), signup.people, in_words(signup)),
        about=f"promoted:{signup.version}",
        at=at,
    )


def _offer(signup: SignUp, at: datetime) -> None:
    event = signup.event
    until = min(at + timedelta(hours=event.offer_hours), event.starts_at)
    turn(signup, SignUpState.OFFERED, by=None, at=at)
    signup.offered_until = until
    tell(
        signup,
        lambda: messages.offered(event, link_of(signup), until, signup.people),
        about=f"offered:{signup.version}",
        at=at,
    )


def accept(signup: SignUp, *, by: User | None, at: datetime) -> None:
    """The offered place is taken."""
    _place(signup, at, by=by, accepted=True)
    count(signup.event)


def leave(signup: SignUp, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Somebody does not come; the place, if there was one, goes on, and needs go, at once."""
    held = signup.state in HOLDING
    turn(signup, SignUpState.CANCELLED, by=by, at=at, held=held)
    signup.cancel_reason = reason
    signup.cancelled_by_id = by.id if by is not None else None
    forget_needs([signup])
    settle(signup.event, at=at)
