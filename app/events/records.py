"""The rows of a sign-up: written, written anew, and emptied. Counting is done in ``places``."""

from __future__ import annotations

from datetime import datetime

from app.events.content import Applicant, Wish
from app.events.models import Event
from app.events.models_signups import (
    AccessNeeds,
    Answer,
    Participant,
    SignUp,
    SignUpChannel,
    SignUpState,
)
from app.events.post import key_of
from app.platform.db import db
from app.platform.keys import hash_of, plain_code


def make(
    event: Event,
    wish: Wish,
    applicant: Applicant,
    *,
    submission_key: str,
    at: datetime,
    channel: SignUpChannel = SignUpChannel.ONLINE,
) -> SignUp:
    """The row of a sign-up with its people, not counted yet (``places.arrive`` counts it)."""
    signup = SignUp(
        event=event,
        state=SignUpState.UNCONFIRMED,
        channel=channel,
        user_id=applicant.person.id if applicant.person else None,
        organisation_id=applicant.organisation.id if applicant.organisation else None,
        name=applicant.known_as,
        email=applicant.address,
        submission_key=submission_key,
        sequence=event.sequence,
        version=0,
        created_at=at,
        state_at=at,
    )
    signup.key_hash = hash_of(key_of(signup))
    write(signup, wish)
    db.session.add(signup)
    return signup


def write(signup: SignUp, wish: Wish) -> None:
    """Keep what a sign-up says; people who stay keep their ticket codes."""
    signup.people = len(wish.names)
    signup.named_in_public = wish.named_in_public
    for place, name in enumerate(wish.names):
        if place < len(signup.participants):
            signup.participants[place].name = name
        else:
            signup.participants.append(
                Participant(
                    event_id=signup.event.id, position=place + 1, name=name, code=plain_code()
                )
            )
    del signup.participants[len(wish.names) :]
    signup.answers = [
        Answer(question_id=question, value=value)
        for question, value in sorted(wish.answers.items())
        if value
    ]
    if wish.needs or wish.needs_note:
        chosen = sorted(str(need) for need in wish.needs)
        signup.needs = AccessNeeds(needs=chosen, note=wish.needs_note)
    else:
        signup.needs = None


def lapse_guest(signup: SignUp, *, at: datetime) -> None:
    """An address was never confirmed: nothing of the person is kept."""
    signup.state, signup.state_at = SignUpState.LAPSED, at
    forget(signup, at=at)


def forget(signup: SignUp, *, at: datetime) -> None:
    """Blank everything that says who it was; state, number and count of people stay."""
    signup.name = signup.email = signup.cancel_reason = ""
    signup.user_id = None
    signup.named_in_public = False
    signup.answers, signup.needs = [], None
    for participant in signup.participants:
        participant.name = ""
    signup.erased_at = at
