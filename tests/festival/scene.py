"""An NGO Day with organisations that want to take part in it."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Organisation, Role, User
from app.events.models import Event, EventKind
from app.festival import applying, deciding, queries, square, staging
from app.festival.content import StageWish, StandWish
from app.festival.models import StageApplication, StandApplication
from app.festival.square import Layout
from app.festival.staging import Slot
from app.platform.clock import local, now
from app.platform.db import db
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene as events

_serial = itertools.count(1)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def noon(days: int = 20) -> datetime:
    """Noon by the town's clocks, some days from now."""
    return local(now() + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)


def festival(**fields: Any) -> Event:
    """A published NGO Day from noon to six in twenty days, for which one can apply."""
    starts_at = fields.pop("starts_at", noon())
    return events.event(
        **{
            "kind": EventKind.FESTIVAL,
            "starts_at": starts_at,
            "ends_at": starts_at + 6 * HOUR,
            "takes_signups": False,
            "capacity": None,
            "signup_closes_at": starts_at - timedelta(days=7),
            "place": "Rynek",
            **fields,
        }
    )


def group(**fields: Any) -> tuple[User, Organisation]:
    """Somebody who speaks for an organisation that the office knows."""
    person = town.person(**fields)
    of = town.organisation(person, verified_at=now())
    db.session.refresh(person, ["memberships"])
    return person, of


def stand(
    to: Event, by: tuple[User, Organisation] | None = None, **fields: Any
) -> StandApplication:
    """An application for a stand."""
    person, of = by or group()
    return applying.apply_for_stand(
        to,
        StandWish(**{"shows": "Pokaz pierwszej pomocy.", **fields}),
        of,
        submission_key=f"klucz-stoiska-{next(_serial):08}",
        by=person,
        at=now(),
    )


def turn(to: Event, by: tuple[User, Organisation] | None = None, **fields: Any) -> StageApplication:
    """An application for the stage."""
    person, of = by or group()
    return applying.apply_for_stage(
        to,
        StageWish(**{"title": f"Występ {next(_serial)}", **fields}),
        of,
        submission_key=f"klucz-sceny-{next(_serial):08}",
        by=person,
        at=now(),
    )


def coordinator() -> User:
    """The town's coordinator; appointed if there is none."""
    known = db.session.scalars(sa.select(User).where(User.role == Role.COORDINATOR)).first()
    return known or town.person(Role.COORDINATOR)


def letters(to: User | None) -> list[str]:
    """The causes of the letters to somebody, in the order of writing."""
    assert to is not None
    keys = db.session.scalars(
        sa.select(OutboxMail.key).where(OutboxMail.recipient == to.email).order_by(OutboxMail.id)
    )
    return [key.split(":", 2)[2] for key in keys]


def text_to(person: User | None) -> str:
    """The latest letter to somebody."""
    assert person is not None
    return events.text_to(person.email)


STAND = {
    "shows": "Nauka resuscytacji na fantomach",
    "metres": "3",
    "watts": "0",
    "tables": "1",
    "chairs": "2",
    "note": "",
    "submission_key": "formularz-stoiska-1",
    "version": "0",
}
STAGE = {
    "title": "Tańce ludowe",
    "description": "Zespół dziecięcy.",
    "minutes": "20",
    "changeover": "5",
    "performers": "12",
    "equipment": "Dwa mikrofony",
    "not_before": "13:00",
    "not_after": "",
    "submission_key": "formularz-sceny-12",
    "version": "0",
}


def accepted_stand(
    to: Event, by: tuple[User, Organisation] | None = None, **fields: Any
) -> StandApplication:
    """A stand that the office has accepted."""
    made = stand(to, by, **fields)
    deciding.accept(made, version=made.version, by=coordinator(), at=now())
    return made


def accepted_turn(
    to: Event, by: tuple[User, Organisation] | None = None, **fields: Any
) -> StageApplication:
    """A turn that the office has accepted."""
    made = turn(to, by, **fields)
    deciding.accept(made, version=made.version, by=coordinator(), at=now())
    return made


def places(
    of: Event, rows: int = 1, columns: int = 3, metres: int = 3, power: bool = False
) -> None:
    """Rows of places on the square."""
    square.lay_out(of, Layout(rows, columns, metres, power), by=coordinator(), at=now())


def spots(of: Event) -> dict[str, int]:
    """The ids of the places, by their names."""
    db.session.flush()
    return {place.label: place.id for place in queries.places(of)}


def put_on(
    who: StageApplication, after: int, stage: str = "Scena główna", **fields: Any
) -> StageApplication:
    """Put a turn on a stage, so many minutes after the event begins."""
    begins = who.event.starts_at + after * MINUTE
    slot = Slot(stage, begins, fields.get("minutes", who.minutes), who.changeover)
    version = fields.get("version", who.version)
    staging.put_on(who, slot, version=version, by=coordinator(), at=now())
    return who


POINT = {
    "title": "Otwarcie przez burmistrza",
    "description": "",
    "minutes": "10",
    "changeover": "0",
    "submission_key": "formularz-punktu-12",
    "version": "0",
}
SLOT = {"stage": "Scena główna", "begins": "16:00", "minutes": "10", "changeover": "0", "send": "y"}
