"""A person's own calendar: its secret address, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.events.calendars import Line
from app.events.models import Event, EventStatus
from app.events.models_calendars import CalendarAddress
from app.events.models_signups import LIVE, SignUp, SignUpState
from app.events.permissions import can_keep_calendar
from app.platform.db import db
from app.platform.errors import require
from app.platform.keys import hash_of, new_submission_key, secret_of
from app.platform.links import absolute


def renew(person: User, *, by: User, at: datetime) -> CalendarAddress:
    """Give somebody an address for their calendar; one they had works no more."""
    require(can_keep_calendar(by, person))
    found = db.session.get(CalendarAddress, person.id)
    if found is None:
        found = CalendarAddress(user_id=person.id)
        db.session.add(found)
    found.seed, found.created_at = new_submission_key(), at
    found.key_hash = hash_of(_secret(found))
    db.session.flush()
    return found


def drop(person: User, *, by: User) -> None:
    """Take the address back; without one nothing changes."""
    require(can_keep_calendar(by, person))
    found = db.session.get(CalendarAddress, person.id)
    if found is not None:
        db.session.delete(found)


def address_of(person: User) -> str | None:
    """The full address of somebody's calendar, if they have one."""
    found = db.session.get(CalendarAddress, person.id)
    return absolute("events.own_calendar", key=_secret(found)) if found else None


def _secret(address: CalendarAddress) -> str:
    return secret_of("calendar", address.seed)


def person_of_key(secret: str) -> User | None:
    """Whose calendar stands under a secret, while their account may be used."""
    found = db.session.scalar(
        sa.select(CalendarAddress)
        .where(CalendarAddress.key_hash == hash_of(secret))
        .options(joinedload(CalendarAddress.user))
    )
    return found.user if found is not None and found.user.is_active else None


def lines_of(person: User) -> Sequence[Line]:
    """The published and cancelled events to which somebody means to come, in order."""
    signups = db.session.scalars(
        sa.select(SignUp)
        .join(SignUp.event)
        .where(
            SignUp.user_id == person.id,
            SignUp.state.in_(LIVE),
            Event.status != EventStatus.DRAFT,
        )
        .options(joinedload(SignUp.event))
        .order_by(Event.starts_at, SignUp.id)
    )
    return [Line(s.event, _standing(s), s.state is SignUpState.PLACED) for s in signups]


def _standing(signup: SignUp) -> str:
    words = {
        SignUpState.PLACED: _("You have a place."),
        SignUpState.OFFERED: _("A place is offered to you: say yes or no."),
        SignUpState.WAITING: _("You are on the waiting list."),
    }
    return str(words[signup.state])
