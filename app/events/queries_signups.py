"""Looking sign-ups up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import User
from app.events.models import Event, EventStatus
from app.events.models_signups import HOLDING, LIVE, SignUp, SignUpState
from app.events.queries import locked
from app.events.waiting_list import Party, Rules, Standing, standing
from app.journal.actions import name_of
from app.journal.models import Entry
from app.platform.db import db
from app.platform.keys import hash_of


def held(signup: SignUp) -> SignUp:
    """The same sign-up as it stands now, its event locked until the transaction ends."""
    locked(signup.event_id)
    db.session.refresh(signup)
    return signup


def signup_by_key(secret: str) -> SignUp | None:
    """The sign-up to which a secret link leads."""
    return db.session.scalar(
        sa.select(SignUp)
        .where(SignUp.key_hash == hash_of(secret))
        .options(joinedload(SignUp.event), selectinload(SignUp.participants))
    )


def signup_by_submission(submission_key: str) -> SignUp | None:
    """The sign-up that a filled-in form has made already."""
    return db.session.scalar(sa.select(SignUp).where(SignUp.submission_key == submission_key))


def signup_of_event(event: Event, signup_id: int) -> SignUp | None:
    """One sign-up, if it is for this event."""
    return db.session.scalar(
        sa.select(SignUp)
        .where(SignUp.event_id == event.id, SignUp.id == signup_id)
        .options(selectinload(SignUp.participants))
    )


def live_signup_of(event: Event, email: str) -> SignUp | None:
    """The sign-up of an address that still counts, if there is one."""
    return db.session.scalar(
        sa.select(SignUp).where(
            SignUp.event_id == event.id, SignUp.email == email, SignUp.state.in_(LIVE)
        )
    )


def unconfirmed_of(event: Event, email: str) -> Sequence[SignUp]:
    """Sign-ups of an address that wait to be confirmed."""
    return db.session.scalars(
        sa.select(SignUp).where(
            SignUp.event_id == event.id,
            SignUp.email == email,
            SignUp.state == SignUpState.UNCONFIRMED,
        )
    ).all()


def signups_of_person(person: User) -> Sequence[SignUp]:
    """Where somebody has signed up, what comes last first; those erased are gone."""
    return db.session.scalars(
        sa.select(SignUp)
        .join(SignUp.event)
        .where(SignUp.user_id == person.id, SignUp.erased_at.is_(None))
        .options(joinedload(SignUp.event), selectinload(SignUp.participants))
        .order_by(Event.starts_at.desc(), SignUp.id.desc())
    ).all()


def signups_to_forget(person: User) -> Sequence[SignUp]:
    """All that somebody has signed up for: with the account, or as a guest by its address."""
    by_address = sa.and_(SignUp.user_id.is_(None), SignUp.email == person.email)
    return db.session.scalars(
        sa.select(SignUp)
        .where(sa.or_(SignUp.user_id == person.id, by_address), SignUp.erased_at.is_(None))
        .order_by(SignUp.event_id, SignUp.id)
    ).all()


def named_in_public(event: Event) -> Sequence[SignUp]:
    """Who has a place and agreed to stand on the public list, if the event has one."""
    if not event.shows_participants:
        return []
    return db.session.scalars(
        sa.select(SignUp)
        .where(
            SignUp.event_id == event.id,
            SignUp.state == SignUpState.PLACED,
            SignUp.named_in_public,
            SignUp.name != "",
        )
        .options(joinedload(SignUp.organisation))
        .order_by(SignUp.number)
    ).all()


def those_to_tell(event: Event) -> Sequence[SignUp]:
    """Whoever means to come and whose address we know, by arrival."""
    return db.session.scalars(
        sa.select(SignUp)
        .where(SignUp.event_id == event.id, SignUp.state.in_(LIVE), SignUp.email != "")
        .order_by(SignUp.number)
    ).all()


def out_of_reach(events: Sequence[Event]) -> Sequence[SignUp]:
    """Whoever means to come and whose address we do not know: somebody must ring them."""
    return db.session.scalars(
        sa.select(SignUp)
        .where(
            SignUp.event_id.in_([event.id for event in events]),
            SignUp.state.in_(LIVE),
            SignUp.email == "",
            SignUp.name != "",
        )
        .order_by(SignUp.event_id, SignUp.number)
    ).all()


def rules_of(event: Event) -> Rules:
    """The rules of an event's places."""
    return Rules(event.capacity, event.reserved, event.per_organisation)


def parties_of(event: Event) -> list[Party]:
    """Everybody who has, is offered, or waits for a place."""
    rows = db.session.execute(
        sa.select(
            SignUp.id, SignUp.people, SignUp.rank, SignUp.state, SignUp.organisation_id
        ).where(SignUp.event_id == event.id, SignUp.state.in_(LIVE))
    )
    return [
        Party(
            id=row.id,
            people=row.people,
            rank=row.rank,
            holds=row.state in HOLDING,
            organisation=row.organisation_id,
            offered=row.state is SignUpState.OFFERED,
        )
        for row in rows
    ]


def standing_of(signup: SignUp) -> Standing | None:
    """The number of a waiting sign-up and why it has not moved."""
    if signup.state is not SignUpState.WAITING:
        return None
    return standing(rules_of(signup.event), parties_of(signup.event), signup.id)


def reorderings_of(event: Event) -> Sequence[Entry]:
    """When and why the office changed the order of a waiting list, the latest first."""
    return db.session.scalars(
        sa.select(Entry)
        .where(Entry.scope == name_of(event), Entry.action == "reordered")
        .order_by(Entry.id.desc())
        .limit(5)
    ).all()


def offers_due(event: Event, at: datetime) -> Sequence[SignUp]:
    """Offers whose time is up, in the order in which they ran out."""
    return db.session.scalars(
        sa.select(SignUp)
        .where(
            SignUp.event_id == event.id,
            SignUp.state == SignUpState.OFFERED,
            SignUp.offered_until <= at,
        )
        .order_by(SignUp.offered_until, SignUp.id)
    ).all()


def offers_beyond(event: Event, moment: datetime) -> Sequence[SignUp]:
    """Offers that last longer than until ``moment``."""
    return db.session.scalars(
        sa.select(SignUp).where(
            SignUp.event_id == event.id,
            SignUp.state == SignUpState.OFFERED,
            SignUp.offered_until > moment,
        )
    ).all()


def events_with_offers_due(at: datetime) -> Sequence[int]:
    """Ids of the events in which an offer's time is up."""
    return db.session.scalars(
        sa.select(SignUp.event_id)
        .join(SignUp.event)
        .where(
            Event.status == EventStatus.PUBLISHED,
            SignUp.state == SignUpState.OFFERED,
            SignUp.offered_until <= at,
        )
        .distinct()
        .order_by(SignUp.event_id)
    ).all()


def events_with_stale_guests(since: datetime) -> Sequence[int]:
    """Ids of the events in which an address has not been confirmed since before ``since``."""
    return db.session.scalars(
        sa.select(SignUp.event_id)
        .where(SignUp.state == SignUpState.UNCONFIRMED, SignUp.created_at <= since)
        .distinct()
        .order_by(SignUp.event_id)
    ).all()


def stale_guests(event: Event, since: datetime) -> Sequence[SignUp]:
    """Sign-ups whose address has not been confirmed since before ``since``."""
    return db.session.scalars(
        sa.select(SignUp)
        .where(
            SignUp.event_id == event.id,
            SignUp.state == SignUpState.UNCONFIRMED,
            SignUp.created_at <= since,
        )
        .order_by(SignUp.id)
    ).all()


def events_ahead(at: datetime, horizon: timedelta) -> Sequence[Event]:
    """The published events that begin within ``horizon`` and in which somebody has a place, also
    where people need not sign up any more.
    """
    return db.session.scalars(
        sa.select(Event)
        .where(
            Event.status == EventStatus.PUBLISHED,
            Event.taken > 0,
            Event.starts_at > at,
            Event.starts_at <= at + horizon,
        )
        .order_by(Event.id)
    ).all()


def holders_of_places(event: Event, *also: sa.ColumnElement[bool]) -> Sequence[SignUp]:
    """Who has a place and an address, by arrival; those of whom this holds ``also``."""
    return db.session.scalars(
        sa.select(SignUp)
        .where(
            SignUp.event_id == event.id,
            SignUp.state == SignUpState.PLACED,
            SignUp.email != "",
            *also,
        )
        .order_by(SignUp.number)
    ).all()
