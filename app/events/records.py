"""The rows of a sign-up: written, written anew, and emptied. Counting is done in ``places``."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from datetime import datetime
from operator import attrgetter
from typing import cast

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import set_committed_value

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
from app.platform import mail
from app.platform.db import db, id_of, insert, insert_all
from app.platform.errors import DomainError
from app.platform.keys import hash_of, plain_code

_event = cast(sa.Table, Event.__table__)

#: Part of every sign-up, so it is put together once: what is written is given with it.
_WRITE = sa.update(_event).where(_event.c.id == sa.bindparam("own"))


def make(
    event: Event,
    wish: Wish,
    applicant: Applicant,
    *,
    submission_key: str,
    at: datetime,
    channel: SignUpChannel = SignUpChannel.ONLINE,
) -> SignUp:
    """A sign-up, not written and not counted yet (``keep`` and ``places.join`` do that)."""
    signup = SignUp(
        event_id=id_of(event),
        state=SignUpState.UNCONFIRMED,
        channel=channel,
        number=None,
        rank=None,
        people=len(wish.names),
        user_id=id_of(applicant.person) if applicant.person else None,
        organisation_id=id_of(applicant.organisation) if applicant.organisation else None,
        name=applicant.known_as,
        email=applicant.address,
        named_in_public=wish.named_in_public,
        entered_by_id=None,
        submission_key=submission_key,
        sequence=event.sequence,
        version=0,
        created_at=at,
        state_at=at,
        offered_until=None,
    )
    signup.key_hash = hash_of(key_of(signup))
    set_committed_value(signup, "event", event)
    return signup


def keep(signup: SignUp, wish: Wish) -> SignUp:
    """Write a new sign-up with its people and answers: a statement for each table, and no more."""
    event_id = signup.event_id
    insert(signup)
    people = [
        Participant(
            signup_id=signup.id, event_id=event_id, position=n, name=name, code=plain_code()
        )
        for n, name in enumerate(wish.names, 1)
    ]
    answers = [
        Answer(signup_id=signup.id, question_id=question, value=value)
        for question, value in sorted(wish.answers.items())
        if value
    ]
    needs = _needs_of(wish, signup_id=signup.id)
    insert_all(people, apart_by="position")
    insert_all(answers)
    insert_all([needs] if needs else [])
    for name, rows in (("participants", people), ("answers", answers), ("needs", needs)):
        set_committed_value(signup, name, rows)
    return signup


def _needs_of(wish: Wish, **fields: int) -> AccessNeeds | None:
    if not (wish.needs or wish.needs_note):
        return None
    chosen = sorted(str(need) for need in wish.needs)
    return AccessNeeds(needs=chosen, note=wish.needs_note, **fields)


def write(signup: SignUp, wish: Wish) -> None:
    """Keep what a sign-up says; people who stay keep their ticket codes.

    Raises ``DomainError`` if somebody is left out whom the door has let in.
    """
    signup.people = len(wish.names)
    signup.named_in_public = wish.named_in_public
    _name_people(signup, wish.names)
    signup.answers = [
        Answer(question_id=question, value=value)
        for question, value in sorted(wish.answers.items())
        if value
    ]
    signup.needs = _needs_of(wish)


def _name_people(signup: SignUp, names: Sequence[str]) -> None:
    """Give each name its row: the one it had, else that of somebody renamed, else a new one."""
    free: dict[str, deque[Participant]] = {}
    for participant in signup.participants:
        free.setdefault(participant.name, deque()).append(participant)
    rows = [free[name].popleft() if free.get(name) else None for name in names]
    stay = {id(row) for row in rows}
    rest = deque(row for row in signup.participants if id(row) not in stay)
    for position, (name, own) in enumerate(zip(names, rows, strict=True), 1):
        row = own or (rest.popleft() if rest else None)
        if row is None:
            row = Participant(event_id=signup.event_id, code=plain_code())
            signup.participants.append(row)
        row.position, row.name = position, name
    _leave_out(signup, rest)
    signup.participants.sort(key=attrgetter("position"))


def _leave_out(signup: SignUp, people: Collection[Participant]) -> None:
    """Delete the rows of people who do not come, and with them what the door has taken back."""
    if any(participant.let_in for participant in people):
        raise DomainError(
            _l(
                "Somebody whom you leave out has already been let in at the door. Leave their "
                "name, or ask those who run the event."
            )
        )
    for participant in people:
        signup.participants.remove(participant)


def write_counts(event: Event, held: int, queued: int, **others: int) -> None:
    """Write how many people of an event have and wait for a place: a reader's page is new.

    As a statement, for the unit of work would look through all that hangs on an event. ``others``
    are columns that change with them.
    """
    said = {"taken": held, "waiting": queued, "revision": event.revision + 1, **others}
    db.session.connection().execute(_WRITE, {"own": id_of(event), **said})
    for name, value in said.items():
        set_committed_value(event, name, value)


def forget_needs(signups: Sequence[SignUp]) -> None:
    """Erase what people who no longer come need to take part; one statement for all of them."""
    if not signups:
        return
    of = [signup.id for signup in signups]
    db.session.execute(
        sa.delete(AccessNeeds).where(AccessNeeds.signup_id.in_(of)),
        execution_options={"synchronize_session": False},
    )
    for signup in signups:
        db.session.expire(signup, ["needs"])


def lapse_guest(signup: SignUp, *, at: datetime) -> None:
    """An address was never confirmed: nothing of the person is kept."""
    signup.state, signup.state_at = SignUpState.LAPSED, at
    forget(signup, at=at)


def forget(signup: SignUp, *, at: datetime) -> None:
    """Blank everything that says who it was, letters too; state, number and people's count stay."""
    signup.name = signup.email = signup.cancel_reason = ""
    signup.user_id = signup.cancelled_by_id = None
    signup.named_in_public = False
    signup.answers, signup.needs = [], None
    for participant in signup.participants:
        participant.name = ""
    signup.erased_at = at
    mail.forget_causes({f"signup:{signup.id}"})
