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
from app.events.queries_signups import offers_due, parties_of, rules_of
from app.events.tickets import in_words
from app.events.waiting_list import Party, promoted, standing, taken
from app.journal.actions import record
from app.platform.db import db


def turn(
    signup: SignUp, state: SignUpState, *, by: User | None, at: datetime, **details: Any
) -> None:
    """Bring a sign-up into another state and write it in the journal, without names."""
    signup.state, signup.state_at = state, at
    signup.version = (signup.version or 0) + 1
    signup.offered_until = None
    record(str(state), signup, by=by, at=at, scope=signup.event, people=signup.people, **details)


def arrive(event: Event, signup: SignUp, *, by: User | None, at: datetime) -> None:
    """Put a sign-up at the end of the line: a place or a number, and a letter that says so.

    Whoever fits has a place at once, also where freed places are offered: they are here.
    """
    with db.session.no_autoflush:  # the row is written once, in its final state
        others = parties_of(event)
        if any(p.offered for p in others) or promoted(rules_of(event), others):
            settle(event, at=at)
            others = parties_of(event)
    event.last_signup_number += 1
    signup.number = signup.rank = event.last_signup_number
    signup.sequence = event.sequence
    fresh = Party(0, signup.people, signup.rank, organisation=signup.organisation_id)
    fits = promoted(rules_of(event), [*others, fresh]) == [fresh]
    parties = [*others, replace(fresh, holds=fits)]
    _note(event, parties)
    if fits:
        _place(signup, at, by=by, number=signup.number)
        return
    turn(signup, SignUpState.WAITING, by=by, at=at, number=signup.number)
    where = standing(rules_of(event), parties, 0)
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
    event.taken = taken(parties)
    event.waiting = sum(party.people for party in parties if not party.holds)
    event.revision += 1


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
    return len(due)


def _place(signup: SignUp, at: datetime, *, by: User | None, **details: Any) -> None:
    turn(signup, SignUpState.PLACED, by=by, at=at, **details)
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
        lambda: messages.offered(event, link_of(signup), until),
        about=f"offered:{signup.version}",
        at=at,
    )


def accept(signup: SignUp, *, by: User | None, at: datetime) -> None:
    """The offered place is taken."""
    _place(signup, at, by=by, accepted=True)
    count(signup.event)


def leave(signup: SignUp, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Somebody does not come; the place, if there was one, goes on at once."""
    held = signup.state in HOLDING
    turn(signup, SignUpState.CANCELLED, by=by, at=at, held=held)
    signup.cancel_reason = reason
    signup.cancelled_by_id = by.id if by is not None else None
    settle(signup.event, at=at)
