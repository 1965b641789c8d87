"""A meeting that has just begun, with people at its door."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Role, User
from app.door.actions import carry_out
from app.door.acts import Act, Deed, Outcome
from app.door.models import CheckIn, CheckInWay
from app.events.models import Event, Facilitator
from app.events.models_signups import Participant
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene

_serial = itertools.count(1)

MINUTE = timedelta(minutes=1)


def meeting(people: int = 2, waiting: int = 0, **fields: Any) -> tuple[Event, list[Participant]]:
    """A meeting that began half an hour ago; who has a place comes first, then who waits.

    Every facilitator that there is runs it."""
    fields.setdefault("capacity", people if waiting else people + 1)
    event = scene.event(**fields)
    signups = [scene.come(event) for _ in range(people + waiting)]
    event.starts_at = now() - timedelta(minutes=30)
    event.ends_at = now() + timedelta(hours=2)
    db.session.flush()
    for person in db.session.scalars(sa.select(User).where(User.role == Role.FACILITATOR)):
        runs(event, person)
    return event, [signup.participants[0] for signup in signups]


def host() -> User:
    """A facilitator, named among those who run every event that there is."""
    person = town.person(Role.FACILITATOR)
    for event in db.session.scalars(sa.select(Event)):
        runs(event, person)
    return person


def runs(event: Event, person: User) -> None:
    """Name somebody among those who run an event."""
    event.facilitators.append(Facilitator(name=person.name, user_id=person.id))
    db.session.flush()


def act(deed: Deed = Deed.LET_IN, who: Participant | None = None, **fields: Any) -> Act:
    """An act of a device; without a key, one of its own."""
    return Act(
        **{
            "key": f"klucz-urzadzenia-{next(_serial)}",
            "deed": deed,
            "happened_at": now(),
            "way": CheckInWay.WALK_IN if deed is Deed.WALK_IN else CheckInWay.CODE,
            "participant_id": who.id if who else 0,
            **fields,
        }
    )


def tell(event: Event, told: Act, by: User, at: datetime | None = None) -> Outcome:
    return carry_out(event, told, by=by, at=at or now())


def present(event: Event) -> list[str]:
    """The names of those who are there."""
    db.session.flush()
    return sorted(
        db.session.scalars(
            sa.select(Participant.name)
            .join(CheckIn, CheckIn.participant_id == Participant.id)
            .where(Participant.event_id == event.id, CheckIn.undone_at.is_(None))
        )
    )


def rows(event: Event) -> int:
    return len(db.session.scalars(sa.select(CheckIn).where(CheckIn.event_id == event.id)).all())
