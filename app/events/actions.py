"""What the office does: make, change, copy, move, publish and cancel events.

Everything that concerns people who have signed up happens with the event's row locked, and its
letters are written in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.addresses import address_from
from app.documents.models import Document, Provision
from app.events import places
from app.events.inviting import send_invitations
from app.events.local_times import moved_along
from app.events.models import (
    Event,
    EventStatus,
    Facilitator,
    Series,
)
from app.events.permissions import (
    can_publish_event,
    can_steer_events,
)
from app.events.planning import (
    KIND_STAYS,
    OCCASION,
    Occasion,
    Particulars,
    Plan,
    may_become,
    mistakes,
    occasion_of,
    version_of,
)
from app.events.queries import addresses, event_by_submission, locked
from app.events.queries_signups import parties_of
from app.events.questioning import asked_by, hosts_of, set_questions
from app.events.waiting_list import taken
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require


class ChangedMeanwhile(DomainError):
    """Somebody else has saved since the form was opened; nothing of theirs is overwritten."""

    def __init__(self) -> None:
        super().__init__(_l("Somebody else has saved this event meanwhile. Open it anew."))


_PARTICULARS = tuple(field.name for field in fields(Particulars))


def prepare(
    plan: Plan,
    others: Sequence[Occasion] = (),
    *,
    submission_key: str | None = None,
    by: User,
    at: datetime,
) -> list[Event]:
    """Prepare an event that only the office sees; with ``others``, a series of dates.

    The same ``submission_key`` again prepares nothing more.
    """
    require(can_steer_events(by, None, at))
    made_before = event_by_submission(submission_key) if submission_key else None
    if made_before is not None:
        return [made_before]
    occasions = sorted([plan.occasion, *others], key=lambda occasion: occasion.starts_at)
    series = None
    if others:
        series = Series(title=plan.particulars.title, created_at=at)
        db.session.add(series)
    made: list[Event] = []
    for occasion in occasions:
        event = _new(replace(plan, occasion=occasion), at)
        event.series = series
        event.submission_key = None if made else submission_key
        record("prepared", event, by=by, at=at)
        made.append(event)
    return made


def _new(plan: Plan, at: datetime) -> Event:
    _refuse(plan, 0)
    event = Event(
        slug=address_from(plan.particulars.title, addresses()),
        status=EventStatus.DRAFT,
        sequence=0,
        revision=1,
        taken=0,
        waiting=0,
        last_signup_number=0,
    )
    _set(event, plan)
    db.session.add(event)
    db.session.flush()
    set_questions(event, plan.questions, at=at)
    return event


def _refuse(plan: Plan, held: int) -> None:
    for _field, problem in mistakes(plan, held):
        raise DomainError(problem)


def _set(event: Event, plan: Plan) -> None:
    for name in _PARTICULARS:
        value = getattr(plan.particulars, name)
        setattr(event, name, list(value) if name == "remind_days" else value)
    for occasion_field in fields(Occasion):
        setattr(event, occasion_field.name, getattr(plan.occasion, occasion_field.name))
    event.facilitators = [
        Facilitator(
            position=n,
            name=host.name,
            about=host.about,
            user_id=host.user_id,
        )
        for n, host in enumerate(plan.hosts, 1)
    ]
    event.documents = list(
        db.session.scalars(sa.select(Document).where(Document.id.in_(plan.document_ids)))
    )
    if event.consultation_id is None and event.documents:
        event.consultation_id = event.documents[0].consultation_id
    event.provisions = list(
        db.session.scalars(sa.select(Provision).where(Provision.id.in_(plan.provision_ids)))
    )


def change(event: Event, plan: Plan, *, version: str | None = None, by: User, at: datetime) -> None:
    """Change what is said about an event, and its places; freed ones go to those who wait.

    The time and place of a published event are changed by ``move``, which tells people. It does not
    become an NGO Day, nor is one any other event: what organisations applied for would be lost.
    ``version`` is that of the plan that was changed (``version_of``), ``None`` for whatever stands;
    raises ``ChangedMeanwhile`` if it stands no more. The same form twice is the same as once.
    """
    event = locked(event.id)
    require(can_steer_events(by, event, at))
    if event.status is EventStatus.CANCELLED:
        raise DomainError(_l("This event is cancelled. Copy it to plan it anew."))
    stands = version_of(plan_of(event))
    if version is not None and version != stands:
        if version_of(plan) == stands:
            return
        raise ChangedMeanwhile
    if event.status is not EventStatus.DRAFT:
        _refuse_another_event(event, plan)
    _refuse(plan, taken(parties_of(event)))
    changed = [n for n in _PARTICULARS if getattr(event, n) != getattr(plan.particulars, n)]
    before = {"capacity": event.capacity, "reserved": event.reserved}
    _set(event, plan)
    event.changed_at = at
    set_questions(event, plan.questions, at=at)
    places_now = {"capacity": event.capacity, "reserved": event.reserved}
    record("changed", event, by=by, at=at, fields=changed, before=before, places=places_now)
    places.settle(event, at=at)


def _refuse_another_event(event: Event, plan: Plan) -> None:
    """What everybody has read stays: when and where it is, and whether it is an NGO Day."""
    now_so = occasion_of(event)
    if any(getattr(plan.occasion, name) != getattr(now_so, name) for name in OCCASION):
        raise DomainError(
            _l("To change the time or the place, use “Move”, so that people are told.")
        )
    if not may_become(event.kind, plan.particulars.kind):
        raise DomainError(KIND_STAYS)


def copy(event: Event, starts_at: datetime, *, by: User, at: datetime) -> Event:
    """Prepare the same event for another date, with its questions and without its people."""
    require(can_steer_events(by, event, at))
    along = partial(moved_along, before=event.starts_at, after=starts_at)
    occasion = Occasion(
        starts_at,
        starts_at + (event.ends_at - event.starts_at),
        event.place,
        event.online_url,
        event.signup_opens_at and along(event.signup_opens_at),
        event.signup_closes_at and along(event.signup_closes_at),
    )
    made = _new(replace(plan_of(event), occasion=occasion), at)
    record("copied", made, by=by, at=at, source=event.id)
    return made


def plan_of(event: Event) -> Plan:
    """An event as a plan, for a form or a copy."""
    values = {name: getattr(event, name) for name in _PARTICULARS}
    values["remind_days"] = tuple(event.remind_days)
    return Plan(
        particulars=Particulars(**values),
        occasion=occasion_of(event),
        questions=asked_by(event),
        hosts=hosts_of(event),
        document_ids=tuple(document.id for document in event.documents),
        provision_ids=tuple(provision.id for provision in event.provisions),
    )


def publish(event: Event, *, by: User, at: datetime) -> int:
    """Show an event to everybody; from now on its address stays. How many invitations go out."""
    event = locked(event.id)
    require(
        can_publish_event(by, event, at),
        _l("This event is published already, or it is over. Copy it to plan it anew."),
    )
    event.status, event.published_at, event.changed_at = EventStatus.PUBLISHED, at, at
    event.revision += 1
    record("published", event, by=by, at=at)
    return send_invitations(event, at=at)
