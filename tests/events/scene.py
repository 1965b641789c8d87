"""Events with people in them, for the tests of this room."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Organisation, Role, User, Visitor
from app.events import signing_up
from app.events.content import Applicant, Wish
from app.events.models import Event, EventKind
from app.events.models_signups import LIVE, SignUp, SignUpState
from app.events.planning import Occasion, Particulars, Plan
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from tests import town

_serial = itertools.count(1)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
GUEST = Visitor()

#: What the office types into the form of an event.
TYPED = {
    "title": "Jak pisać uwagi",
    "kind": "training",
    "summary": "Ćwiczymy na prawdziwym projekcie.",
    "starts_at": "2036-09-24T17:00",
    "ends_at": "2036-09-24T19:00",
    "place": "Centrum, sala szkoleniowa",
    "guests": "Michał Wrona – fundacja",
    "takes_signups": "y",
    "audience": "everybody",
    "capacity": "20",
    "freed_place": "given",
    "offer_hours": "24",
    "remind_days": "7, 1",
    "retention_days": "90",
}


def event(**fields: Any) -> Event:
    """A published workshop in ten days, with places and sign-ups open."""
    n = next(_serial)
    starts_at = fields.pop("starts_at", now() + 10 * DAY)
    made = Event(
        **{
            "slug": f"warsztat-nr-{n}",
            "title": f"Warsztat {n}",
            "kind": EventKind.WORKSHOP,
            "place": "Dom Kultury, sala 3",
            "starts_at": starts_at,
            "ends_at": starts_at + 2 * HOUR,
            "takes_signups": True,
            "capacity": 3,
            **fields,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


def wish(*names: str, **fields: Any) -> Wish:
    """What a form says; without a name, one person comes."""
    return Wish(names=names or ("Anna Nowak",), **fields)


def come(
    to: Event,
    person: User | None = None,
    people: int = 1,
    organisation: Organisation | None = None,
    *,
    at: datetime | None = None,
    **fields: Any,
) -> SignUp:
    """Somebody with an account signs up."""
    person = person or town.person()
    names = tuple(f"{person.name} {n}" for n in range(people))
    signup = signing_up.sign_up(
        to,
        wish(*names, sequence=to.sequence, **fields),
        Applicant(person, organisation),
        submission_key=f"klucz-{next(_serial):016}",
        by=person,
        at=at or now(),
    )
    assert signup is not None
    return signup


def guest(to: Event, email: str = "jan@poczta.example", **fields: Any) -> SignUp | None:
    """Somebody without an account fills the form in."""
    return signing_up.sign_up(
        to,
        wish("Jan Kos", sequence=to.sequence),
        Applicant(name="Jan Kos", email=email),
        submission_key=fields.get("key", f"klucz-{next(_serial):016}"),
        by=GUEST,
        at=fields.get("at", now()),
    )


def group(people: int, **fields: Any) -> tuple[User, Organisation]:
    """Somebody who speaks for an organisation."""
    person = town.person(**fields)
    of = town.organisation(person)
    db.session.refresh(person, ["memberships"])
    return person, of


def coordinator() -> User:
    return town.person(Role.COORDINATOR)


def states(of: Event) -> list[str]:
    """The state of each sign-up that was counted, by arrival."""
    found = db.session.scalars(
        sa.select(SignUp)
        .where(SignUp.event_id == of.id, SignUp.number.is_not(None))
        .order_by(SignUp.number)
    )
    return [str(signup.state) for signup in found]


def letters(to: str | SignUp) -> list[str]:
    """The causes of the letters to somebody, in the order of writing."""
    email = to if isinstance(to, str) else to.email
    keys = db.session.scalars(
        sa.select(OutboxMail.key).where(OutboxMail.recipient == email).order_by(OutboxMail.id)
    )
    return [key.split(":", 2)[2] for key in keys]


def latest_to(email: str) -> OutboxMail:
    """The latest letter to an address."""
    return db.session.scalars(
        sa.select(OutboxMail)
        .where(OutboxMail.recipient == email)
        .order_by(OutboxMail.id.desc())
        .limit(1)
    ).one()


def text_to(email: str) -> str:
    """What the latest letter to an address says."""
    return latest_to(email).text


def holds_true(of: Event) -> None:
    """What must hold of every event after every deed."""
    db.session.flush()
    live = db.session.scalars(
        sa.select(SignUp).where(SignUp.event_id == of.id, SignUp.state.in_(LIVE))
    ).all()
    held = sum(s.people for s in live if s.state is not SignUpState.WAITING)
    assert of.taken == held
    assert of.waiting == sum(s.people for s in live if s.state is SignUpState.WAITING)
    if of.capacity is not None:
        assert held + of.reserved <= of.capacity
    for signup in live:
        assert len(signup.participants) == signup.people


def plan(**fields: Any) -> Plan:
    """A plan of an event; fields of particulars and of the occasion by their names."""
    starts_at = fields.pop("starts_at", now() + 10 * DAY)
    occasion = {
        "starts_at": starts_at,
        "ends_at": fields.pop("ends_at", starts_at + 2 * HOUR),
        "place": fields.pop("place", "Dom Kultury"),
        "signup_opens_at": fields.pop("signup_opens_at", None),
        "signup_closes_at": fields.pop("signup_closes_at", None),
    }
    rest = {
        name: fields.pop(name)
        for name in ("questions", "hosts", "document_ids", "provision_ids")
        if name in fields
    }
    said = {"title": "Jak pisać uwagi", "kind": EventKind.TRAINING, "capacity": 20, **fields}
    return Plan(Particulars(**said), Occasion(**occasion), **rest)
