"""Forgetting everybody of an event when the time that was set has passed; the figures stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.events.models import Event, EventStatus, Invitation
from app.events.models_signups import AccessNeeds, Answer, Participant, SignUp
from app.journal.actions import record
from app.platform import mail
from app.platform.db import db

#: How long after the end of an event, or after it was called off, needs are kept.
NEEDS_KEPT = timedelta(days=1)


def events_to_erase(at: datetime) -> Sequence[int]:
    """Ids of the events whose people are to be forgotten by now, in the order of their ids."""
    over = sa.or_(Event.ends_at <= at - timedelta(days=1), Event.cancelled_at.is_not(None))
    rows = db.session.scalars(
        sa.select(Event)
        .where(Event.erased_at.is_(None), Event.status != EventStatus.DRAFT, over)
        .order_by(Event.id)
    )
    return [event.id for event in rows if event.erased_from <= at]


def erase_people(event: Event, *, at: datetime) -> None:
    """Blank who signed up, what they answered and need, who was invited and all letters to them.

    States, numbers of people, organisations and attendance stay, so every figure is afterwards
    what it was before. A second time, or before the time has come, nothing happens. The caller
    holds the event's row.
    """
    if event.erased_at is not None or event.erased_from > at:
        return
    db.session.flush()
    known = sa.select(SignUp.id).where(SignUp.event_id == event.id)
    causes = {f"signup:{number}" for number in db.session.scalars(known)}
    counted = db.session.execute(
        sa.select(sa.func.count(SignUp.id), sa.func.sum(SignUp.people)).where(
            SignUp.event_id == event.id, SignUp.erased_at.is_(None)
        )
    ).one()
    _blank(event, at)
    mail.forget_causes({*causes, f"event:{event.id}"})
    event.erased_at = at
    event.revision += 1
    record(
        "people_erased",
        event,
        by=None,
        at=at,
        signups=counted[0],
        people=int(counted[1] or 0),
        days=event.retention_days,
    )
    db.session.flush()
    db.session.expire_all()


def drafts_to_clear(at: datetime) -> Sequence[int]:
    """Ids of the events that were never published, are past, and still keep invited addresses."""
    rows = db.session.scalars(
        sa.select(Event)
        .where(
            Event.status == EventStatus.DRAFT,
            Event.ends_at <= at - timedelta(days=1),
            sa.exists().where(Invitation.event_id == Event.id, Invitation.email.is_not(None)),
        )
        .order_by(Event.id)
    )
    return [event.id for event in rows if event.erased_from <= at]


def clear_draft(event: Event, *, at: datetime) -> None:
    """Forget who was to be invited to an event that never was; it can still be given a new date."""
    if event.status is not EventStatus.DRAFT or event.erased_from > at:
        return
    db.session.execute(
        sa.delete(Invitation).where(Invitation.event_id == event.id, Invitation.email.is_not(None)),
        execution_options={"synchronize_session": False},
    )
    record("invitations_erased", event, by=None, at=at, days=event.retention_days)


def forget_invited(address: str) -> None:
    """Take an address off all lists of invitations: its owner has closed the account.

    The rows stay, empty: their numbers are in the keys of letters, and must not be given again.
    """
    db.session.execute(
        sa.update(Invitation).where(Invitation.email == address).values(email=None),
        execution_options={"synchronize_session": False},
    )


def events_with_needs_over(at: datetime) -> Sequence[int]:
    """Ids of the events that keep needs a day after they ended or were called off."""
    since = at - NEEDS_KEPT
    over = sa.or_(Event.ends_at <= since, Event.cancelled_at <= since)
    kept = sa.select(SignUp.event_id).where(SignUp.id.in_(sa.select(AccessNeeds.signup_id)))
    return db.session.scalars(
        sa.select(Event.id).where(over, Event.id.in_(kept)).order_by(Event.id)
    ).all()


def erase_needs(event: Event, *, at: datetime) -> None:
    """Erase what people needed to take part: data on health goes first (Art. 9 GDPR).

    A second time, or before the time has come, nothing happens. The caller holds the event's row.
    """
    if min(event.ends_at, event.cancelled_at or event.ends_at) + NEEDS_KEPT > at:
        return
    known = sa.select(SignUp.id).where(SignUp.event_id == event.id)
    kept = db.session.scalar(
        sa.select(sa.func.count()).where(AccessNeeds.signup_id.in_(known)).select_from(AccessNeeds)
    )
    if not kept:
        return
    db.session.execute(
        sa.delete(AccessNeeds).where(AccessNeeds.signup_id.in_(known)),
        execution_options={"synchronize_session": False},
    )
    record("needs_erased", event, by=None, at=at, signups=kept)
    db.session.expire_all()


def _blank(event: Event, at: datetime) -> None:
    """As ``records.forget`` does for one sign-up, for all of them."""
    known = sa.select(SignUp.id).where(SignUp.event_id == event.id)
    for statement in (
        sa.delete(AccessNeeds).where(AccessNeeds.signup_id.in_(known)),
        sa.delete(Answer).where(Answer.signup_id.in_(known)),
        sa.update(Participant).where(Participant.event_id == event.id).values(name=""),
        sa.delete(Invitation).where(Invitation.event_id == event.id, Invitation.email.is_not(None)),
        sa.update(SignUp)
        .where(SignUp.event_id == event.id, SignUp.erased_at.is_(None))
        .values(
            name="",
            email="",
            cancel_reason="",
            user_id=None,
            cancelled_by_id=None,
            named_in_public=False,
            erased_at=at,
        ),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
