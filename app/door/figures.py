"""What is left of a meeting in figures, the same before and after its people are erased."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Organisation
from app.door.models import CheckIn
from app.events.models import Event, EventStatus
from app.events.models_signups import HOLDING, Participant, SignUp, SignUpChannel, SignUpState
from app.platform.clock import TOWN_ZONE, local
from app.platform.db import db
from app.platform.polish import sort_key


@dataclass(frozen=True, slots=True)
class Attendance:
    """People, not sign-ups. Whoever signed up has a place, waits, or gave up: nobody is left out.

    ``online`` and ``office`` say how they signed up; ``walked_in`` came without. ``counted`` came
    to an event at which heads were counted instead of letting people in one by one. What nobody
    knows is ``None``: ``came`` and ``organisations_came`` where nobody looked, ``no_shows`` also
    until the event is over.
    """

    online: int = 0
    office: int = 0
    with_place: int = 0
    waiting: int = 0
    gave_up: int = 0
    came_signed_up: int = 0
    walked_in: int = 0
    counted: int = 0
    no_shows: int | None = None
    organisations_signed_up: int = 0
    organisations_came: int | None = None
    taken: bool = False  # people were let in one by one
    known: bool = False  # somebody looked who came, one way or the other

    @property
    def signed_up(self) -> int:
        """Everybody who ever signed up."""
        return self.online + self.office

    @property
    def came(self) -> int | None:
        """Everybody who came, signed up or not."""
        return self.came_signed_up + self.walked_in + self.counted if self.known else None


_SUMMED = ("online", "office", "with_place", "waiting", "gave_up", "came_signed_up", "walked_in")


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """How many people of one organisation signed up and came."""

    name: str
    signed_up: int
    came: int


@dataclass(frozen=True, slots=True)
class Year:
    """The events of a year with their figures, and all of them together."""

    year: int
    events: Sequence[Event]
    figures: Mapping[int, Attendance]
    total: Attendance


def _between(year: int) -> tuple[datetime, datetime]:
    return (datetime(year, 1, 1, tzinfo=TOWN_ZONE), datetime(year + 1, 1, 1, tzinfo=TOWN_ZONE))


def _in_year(year: int) -> sa.ColumnElement[bool]:
    since, until = _between(year)
    return sa.and_(
        Event.status != EventStatus.DRAFT, Event.starts_at >= since, Event.starts_at < until
    )


def years_with_events() -> Sequence[int]:
    """The years of the town's calendar in which events begin, the latest first."""
    first, last = db.session.execute(
        sa.select(
            sa.func.min(Event.starts_at, type_=Event.starts_at.type),
            sa.func.max(Event.starts_at, type_=Event.starts_at.type),
        ).where(Event.status != EventStatus.DRAFT)
    ).one()
    return list(range(local(last).year, local(first).year - 1, -1)) if first else []


def year_in_figures(year: int, at: datetime) -> Year:
    """All events of a year but those in preparation; few statements, however many there are."""
    chosen = _in_year(year)
    events = db.session.scalars(
        sa.select(Event).where(chosen).order_by(Event.starts_at, Event.id)
    ).all()
    known = _figures(chosen)
    figures = {e.id: _told(e, known.get(e.id, Attendance()), at) for e in events}
    return Year(year, events, figures, _together(figures.values(), _organisations(chosen)[None]))


def attendance_of(event: Event, at: datetime) -> Attendance:
    """The figures of one event."""
    return _told(event, _figures(Event.id == event.id).get(event.id, Attendance()), at)


def _told(event: Event, one: Attendance, at: datetime) -> Attendance:
    """With what follows from the clock and from heads that were counted."""
    if one.taken:
        over = event.ends_at <= at
        return replace(one, no_shows=one.with_place - one.came_signed_up if over else None)
    if event.people_present is None:
        return one
    bodies = event.organisations_present
    return replace(one, counted=event.people_present, organisations_came=bodies, known=True)


def _together(apart: Collection[Attendance], bodies: tuple[int, int]) -> Attendance:
    """All events of a year. An organisation counts once; where heads were counted, nobody knows
    which organisations came, so neither is it known how many came in the year."""
    absent = [one.no_shows for one in apart if one.no_shows is not None]
    by_name = all(one.taken for one in apart if one.known)
    return Attendance(
        **{name: sum(getattr(one, name) for one in apart) for name in _SUMMED},
        counted=sum(one.counted for one in apart),
        no_shows=sum(absent) if absent else None,
        organisations_signed_up=bodies[0],
        organisations_came=bodies[1] if by_name else None,
        taken=any(one.taken for one in apart),
        known=any(one.known for one in apart),
    )


def organisations_of(event: Event) -> Sequence[OfOrganisation]:
    """The organisations of an event in Polish order; people who come for none are not in it."""
    came = sa.func.count(CheckIn.id)
    rows = db.session.execute(
        sa.select(Organisation.name, sa.func.count(Participant.id), came)
        .join(SignUp, SignUp.organisation_id == Organisation.id)
        .join(Participant, Participant.signup_id == SignUp.id)
        .outerjoin(CheckIn, _present())
        .where(SignUp.event_id == event.id, SignUp.number.is_not(None))
        .group_by(Organisation.id, Organisation.name)
    )
    found = [OfOrganisation(name, signed_up, came) for name, signed_up, came in rows]
    return sorted(found, key=lambda one: sort_key(one.name))


def _present() -> sa.ColumnElement[bool]:
    return sa.and_(CheckIn.participant_id == Participant.id, CheckIn.undone_at.is_(None))


def _figures(chosen: sa.ColumnElement[bool]) -> dict[int, Attendance]:
    """The figures of each event among the chosen ones to which anybody signed up or came."""
    places: dict[int, dict[str, int]] = {}
    rows = db.session.execute(
        sa.select(SignUp.event_id, SignUp.channel, SignUp.state, sa.func.sum(SignUp.people))
        .join(SignUp.event)
        .where(chosen, SignUp.number.is_not(None))
        .group_by(SignUp.event_id, SignUp.channel, SignUp.state)
    )
    for event_id, channel, state, people in rows:
        of = places.setdefault(event_id, {})
        if channel is SignUpChannel.DOOR:
            continue
        for name in (str(channel), _standing(state)):
            of[name] = of.get(name, 0) + int(people)
    came = _who_came(chosen)
    bodies = _organisations(chosen, apart=True)
    return {
        event_id: Attendance(
            **of,
            walked_in=came.get(event_id, (0, 0))[0],
            came_signed_up=came.get(event_id, (0, 0))[1],
            organisations_signed_up=bodies.get(event_id, (0, 0))[0],
            organisations_came=bodies.get(event_id, (0, 0))[1] if event_id in came else None,
            taken=event_id in came,
            known=event_id in came,
        )
        for event_id, of in places.items()
    }


def _who_came(chosen: sa.ColumnElement[bool]) -> dict[int, tuple[int, int]]:
    """How many came to each event without a sign-up, and with one."""
    at_door = SignUp.channel == SignUpChannel.DOOR
    rows = db.session.execute(
        sa.select(
            SignUp.event_id,
            sa.func.count(sa.case((at_door, 1))),
            sa.func.count(Participant.id),
        )
        .join(SignUp.event)
        .join(Participant, Participant.signup_id == SignUp.id)
        .join(CheckIn, _present())
        .where(chosen)
        .group_by(SignUp.event_id)
    )
    return {event_id: (walked, everybody - walked) for event_id, walked, everybody in rows}


def _standing(state: SignUpState) -> str:
    if state in HOLDING:
        return "with_place"
    return "waiting" if state is SignUpState.WAITING else "gave_up"


def _organisations(
    chosen: sa.ColumnElement[bool], *, apart: bool = False
) -> dict[int | None, tuple[int, int]]:
    """How many organisations signed up and came: of each event, or of all together (``None``)."""
    there = sa.case((CheckIn.id.is_not(None), SignUp.organisation_id))
    counts = (
        sa.func.count(sa.distinct(SignUp.organisation_id)),
        sa.func.count(sa.distinct(there)),
    )
    asked = (
        sa.select(SignUp.event_id if apart else sa.null(), *counts)
        .join(SignUp.event)
        .join(Participant, Participant.signup_id == SignUp.id)
        .outerjoin(CheckIn, _present())
        .where(chosen, SignUp.number.is_not(None))
    )
    rows = db.session.execute(asked.group_by(SignUp.event_id) if apart else asked)
    return {event_id: (signed_up, came) for event_id, signed_up, came in rows}
