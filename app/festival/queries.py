"""Looking up what organisations ask for and how NGO Day is arranged."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar, cast

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.accounts.queries import is_spoken_for
from app.events import queries as events
from app.events.models import Event
from app.festival.models import (
    LIVE,
    Application,
    ApplicationState,
    Festival,
    StageApplication,
    StandApplication,
    StandPlace,
)
from app.festival.stage_programme import Day, Turn
from app.journal.actions import name_of
from app.journal.models import Entry
from app.platform.db import db
from app.platform.language import site_language
from app.platform.polish import sort_key

Asked = TypeVar("Asked", StandApplication, StageApplication)

#: What the journal says of an event once it no longer knows who applied.
FORGOTTEN = "applicants_forgotten"

#: Applications of every sort.
KINDS: tuple[type[Application], ...] = (StandApplication, StageApplication)


def festival_of(event: Event) -> Festival:
    """What is set for an NGO Day; what is usual where nothing is (not stored)."""
    stored = db.session.get(Festival, event.id)
    if stored is not None:
        return stored
    with force_locale(site_language()):
        stages = [str(_("Main stage"))]
    return Festival(event_id=event.id, stages=stages, revision=0, sequence=event.sequence)


def with_programme(events_seen: Iterable[Event]) -> set[int]:
    """The ids of those events whose programme is published."""
    wanted = {event.id for event in events_seen}
    published = Festival.event_id.in_(wanted), Festival.published_at.is_not(None)
    return set(db.session.scalars(sa.select(Festival.event_id).where(*published)))


def is_vouched_for(application: Application) -> bool:
    """Whether the office has confirmed that the applicant speaks for the organisation.

    Of an applicant whose account is closed: whether it has confirmed somebody who can see to the
    application instead. What the office itself puts in the programme needs nobody.
    """
    organisation, sender = application.organisation, application.user
    if organisation is None:
        return True
    if organisation.verified_at is None:
        return False
    return is_spoken_for(organisation, sender if sender and sender.is_active else None)


def events_to_follow() -> list[int]:
    """The ids of the events that were moved or called off since the organisations were told."""
    return list(
        db.session.scalars(
            sa.select(Festival.event_id)
            .join(Festival.event)
            .where(Event.sequence > Festival.sequence)
        )
    )


def events_to_forget() -> list[int]:
    """The ids of the events whose people are erased, but not yet what their applicants wrote."""
    forgotten = sa.select(Entry.id).where(
        Entry.subject == sa.literal("event:") + sa.cast(Event.id, sa.String),
        Entry.action == FORGOTTEN,
    )
    applied = sa.or_(*(sa.exists().where(kind.event_id == Event.id) for kind in KINDS))
    rows = sa.select(Event.id).where(Event.erased_at.is_not(None), applied, ~forgotten.exists())
    return list(db.session.scalars(rows.order_by(Event.id)))


def waiting_for_decision(at: datetime) -> list[tuple[Event, int]]:
    """The NGO Days ahead with applications that nobody has decided about, and how many."""
    numbers: dict[int, int] = {}
    for kind in KINDS:
        rows = db.session.execute(
            sa.select(kind.event_id, sa.func.count())
            .where(kind.state == ApplicationState.SUBMITTED)
            .group_by(kind.event_id)
        )
        for event_id, number in rows:
            numbers[event_id] = numbers.get(event_id, 0) + number
    ahead = sa.select(Event).where(Event.id.in_(numbers), Event.starts_at > at)
    found = db.session.scalars(ahead.order_by(Event.starts_at)) if numbers else ()
    return [(event, numbers[event.id]) for event in found]


def application_by_submission(kind: type[Asked], submission_key: str) -> Asked | None:
    """What a filled-in form has made already."""
    return db.session.scalar(sa.select(kind).where(kind.submission_key == submission_key))


def application_by_id(kind: type[Application], number: int) -> Application | None:
    """An application with its event."""
    found = sa.select(kind).where(kind.id == number).options(joinedload(kind.event))
    return cast(Application | None, db.session.scalar(found))


def held(application: Application) -> Application:
    """The application as it stands now, the event's row locked until the end of the transaction.

    Whatever decides, places or moves anything does this first and looks at the others afterwards.
    """
    number, kind = application.id, type(application)
    events.locked(application.event_id)
    anew = sa.select(kind).where(kind.id == number).execution_options(populate_existing=True)
    return cast(Application, db.session.scalars(anew).one())


def stand_of(event: Event, organisation_id: int) -> StandApplication | None:
    """The stand for which an organisation has applied, if it still counts."""
    return db.session.scalar(
        sa.select(StandApplication).where(
            StandApplication.event_id == event.id,
            StandApplication.organisation_id == organisation_id,
            StandApplication.state.in_(LIVE),
        )
    )


def turns_asked_by(event: Event, organisation_id: int) -> int:
    """How many live applications for a stage an organisation has."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(StageApplication.id)).where(
                StageApplication.event_id == event.id,
                StageApplication.organisation_id == organisation_id,
                StageApplication.state.in_(LIVE),
            )
        )
        or 0
    )


def applications_of(person: User) -> list[Application]:
    """All that somebody has sent or, as far as the office has confirmed it, their organisations."""
    confirmed = [m.organisation_id for m in person.memberships if m.confirmed_at is not None]
    found: list[Application] = []
    for kind in KINDS:
        theirs = sa.or_(kind.user_id == person.id, kind.organisation_id.in_(confirmed))
        found += db.session.scalars(
            sa.select(kind)
            .where(theirs, kind.organisation_id.is_not(None))
            .options(joinedload(kind.event))
        )
    return sorted(found, key=lambda a: (a.event.starts_at, a.created_at, a.id), reverse=True)


def sent_by(person: User) -> list[Application]:
    """All that somebody has sent themselves."""
    found: list[Application] = []
    for kind in KINDS:
        found += db.session.scalars(sa.select(kind).where(kind.user_id == person.id))
    return found


def stands(event: Event, *states: ApplicationState) -> list[StandApplication]:
    """The applications for stands in these states (any, if none is named), by arrival."""
    return list(
        db.session.scalars(
            sa.select(StandApplication)
            .where(StandApplication.event_id == event.id, _in(StandApplication, states))
            .options(joinedload(StandApplication.user))
            .order_by(StandApplication.created_at, StandApplication.id)
        )
    )


def turns(event: Event, *states: ApplicationState) -> list[StageApplication]:
    """The applications for a stage and the office's own points, by arrival."""
    return list(
        db.session.scalars(
            sa.select(StageApplication)
            .where(StageApplication.event_id == event.id, _in(StageApplication, states))
            .options(joinedload(StageApplication.user))
            .order_by(StageApplication.created_at, StageApplication.id)
        )
    )


def _in(kind: type[Application], states: Sequence[ApplicationState]) -> sa.ColumnElement[bool]:
    return kind.state.in_(states) if states else sa.true()


def places(event: Event) -> list[StandPlace]:
    """The plan of the square, row by row."""
    return list(
        db.session.scalars(
            sa.select(StandPlace)
            .where(StandPlace.event_id == event.id)
            .order_by(StandPlace.row, StandPlace.column, StandPlace.id)
        )
    )


def place_of(event: Event, number: int) -> StandPlace | None:
    """One place of this plan."""
    return db.session.scalar(
        sa.select(StandPlace).where(StandPlace.event_id == event.id, StandPlace.id == number)
    )


def on_stage(event: Event) -> list[StageApplication]:
    """What is on the stages, in the order of the day."""
    found = db.session.scalars(
        sa.select(StageApplication).where(
            StageApplication.event_id == event.id,
            StageApplication.state == ApplicationState.ACCEPTED,
            StageApplication.starts_after.is_not(None),
        )
    )
    return sorted(found, key=lambda turn: (turn.starts_at, turn.stage, turn.id))


def on_square(event: Event) -> list[StandApplication]:
    """The stands that have a place, in the order of the plan."""
    found = [s for s in stands(event, ApplicationState.ACCEPTED) if s.place is not None]
    return sorted(found, key=lambda stand: _by_plan(stand.place))


def _by_plan(place: StandPlace | None) -> tuple[object, ...]:
    return (place.row, place.column, sort_key(place.label)) if place else ()


def as_turn(application: StageApplication, starts_at: datetime, stage: str) -> Turn:
    """An application as the stage sees it, at a time and on a stage."""
    return Turn(
        id=application.id,
        stage=stage,
        starts_at=starts_at,
        minutes=application.minutes,
        changeover=application.changeover,
        organisation=application.organisation_id,
        not_before=application.not_before,
        not_after=application.not_after,
    )


def turns_on(event: Event) -> list[Turn]:
    """What is on the stages, as the stage sees it."""
    return [as_turn(a, a.starts_at, a.stage) for a in on_stage(event) if a.starts_at is not None]


def day_of(event: Event) -> Day:
    """The hours of the event."""
    return Day(event.starts_at, event.ends_at)


def changed_at(event: Event) -> datetime | None:
    """When anything was last done about an NGO Day: until then, what is read now was so."""
    name = name_of(event)
    about = sa.or_(Entry.scope == name, Entry.subject == name)
    return db.session.scalar(sa.select(sa.func.max(Entry.at)).where(about))


def version_of(slug: str, at: datetime) -> Hashable | None:
    """What the public page of the programme depends on: that of the event, and the programme."""
    about = events.version_of(slug, at)
    if about is None:
        return None
    revision = db.session.scalar(
        sa.select(Festival.revision).join(Festival.event).where(Event.slug == slug)
    )
    return about, revision
