"""The programme: which events somebody looks for, as a list or a month."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased, lazyload

from app.consultations.models import Consultation
from app.events.models import Event, EventKind, EventStatus
from app.platform.clock import TOWN_ZONE, local
from app.platform.db import db
from app.platform.pages import Page, paginate

#: Events on one page of the list, a series counted as one.
PER_PAGE = 20

#: The years of which a month can be asked for.
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for; an empty value does not narrow the list.

    ``office`` also sees what is in preparation.
    """

    kind: EventKind | None = None
    consultation: str = ""
    online: bool | None = None
    open_only: bool = False
    office: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chosen)

    @property
    def chosen(self) -> int:
        """How many filters narrow the list."""
        return sum(
            (self.kind is not None, bool(self.consultation), self.online is not None,
             self.open_only)
        )  # fmt: skip

    def conditions(self, at: datetime) -> list[sa.ColumnElement[bool]]:
        """What must hold of an event that is shown."""
        wanted: list[sa.ColumnElement[bool]] = []
        if not self.office:
            wanted.append(Event.status != EventStatus.DRAFT)
            shown = sa.select(Consultation.id).where(Consultation.published_at <= at)
            wanted.append(sa.or_(Event.consultation_id.is_(None), Event.consultation_id.in_(shown)))
        if self.kind is not None:
            wanted.append(Event.kind == self.kind)
        if self.consultation:
            of = sa.select(Consultation.id).where(Consultation.slug == self.consultation)
            wanted.append(Event.consultation_id.in_(of))
        if self.online is not None:
            wanted.append(Event.online_url != "" if self.online else Event.place != "")
        if self.open_only:
            wanted += _takes_signups(at)
        return wanted


def _takes_signups(at: datetime) -> list[sa.ColumnElement[bool]]:
    """``permissions.is_open_for_signups`` as the database says it."""
    return [
        Event.status == EventStatus.PUBLISHED,
        Event.takes_signups.is_(True),
        Event.starts_at > at,
        sa.or_(Event.signup_opens_at.is_(None), Event.signup_opens_at <= at),
        sa.or_(Event.signup_closes_at.is_(None), Event.signup_closes_at > at),
    ]


def coming(sought: Sought, at: datetime, number: int) -> Page[Event]:
    """Events that are not over, the nearest first; of a series, its nearest date."""
    return _listed([*sought.conditions(at), Event.ends_at > at], number, latest_first=False)


def over(sought: Sought, at: datetime, number: int, per_page: int = PER_PAGE) -> Page[Event]:
    """Events that are over, the latest first; of a series, its latest date."""
    conditions = [*sought.conditions(at), Event.ends_at <= at]
    return _listed(conditions, number, latest_first=True, per_page=per_page)


def _listed(
    conditions: Sequence[sa.ColumnElement[bool]],
    number: int,
    *,
    latest_first: bool,
    per_page: int = PER_PAGE,
) -> Page[Event]:
    order = (
        (Event.starts_at.desc(), Event.id.desc()) if latest_first else (Event.starts_at, Event.id)
    )
    alone_or_series = sa.func.coalesce(Event.series_id, -Event.id)
    place = sa.func.row_number().over(partition_by=alone_or_series, order_by=order)
    ranked = sa.select(Event.id, place.label("place")).where(*conditions).subquery()
    statement = (
        sa.select(Event)
        .join(ranked, sa.and_(ranked.c.id == Event.id, ranked.c.place == 1))
        .options(lazyload(Event.consultation))
        .order_by(*order)
    )
    return paginate(db.session(), statement, number, per_page)


def other_dates(
    events: Sequence[Event], sought: Sought, at: datetime
) -> Mapping[int, Sequence[Event]]:
    """Under the id of each event of a series, the other dates of it that the reader may see."""
    shown = {event.series_id: event.id for event in events if event.series_id is not None}
    if not shown:
        return {}
    rows = db.session.scalars(
        sa.select(Event)
        .where(
            Event.series_id.in_(shown),
            Event.id.not_in(shown.values()),
            *Sought(office=sought.office).conditions(at),
        )
        .options(lazyload(Event.consultation))
        .order_by(Event.starts_at, Event.id)
    )
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for event in rows:
        if event.series_id is not None:
            found[shown[event.series_id]].append(event)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of days, Monday first, each day with what takes place on it."""

    first: date
    weeks: Sequence[Sequence[date]]
    events: Mapping[date, Sequence[Event]]

    @property
    def before(self) -> date | None:
        """The first day of the month before, if it can be asked for."""
        earlier = (self.first - timedelta(days=1)).replace(day=1)
        return earlier if earlier.year >= FIRST_YEAR else None

    @property
    def after(self) -> date | None:
        """The first day of the month after, if it can be asked for."""
        later = (self.first + timedelta(days=32)).replace(day=1)
        return later if later.year <= LAST_YEAR else None


def month_named(text: str, today: date) -> date:
    """The first day of the month that „2015-06” names, or else of this month."""
    try:
        named = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return today.replace(day=1)
    return named if FIRST_YEAR <= named.year <= LAST_YEAR else today.replace(day=1)


def month(first: date, sought: Sought, at: datetime) -> Month:
    """What takes place in a month; an event of several days stands on each of them."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    following = (first + timedelta(days=32)).replace(day=1)
    begin, end = (datetime.combine(on, time(), TOWN_ZONE) for on in (first, following))
    rows = db.session.scalars(
        sa.select(Event)
        .where(
            *sought.conditions(at),
            Event.starts_at < end.astimezone(UTC),
            Event.ends_at > begin.astimezone(UTC),
        )
        .options(lazyload(Event.consultation))
        .order_by(Event.starts_at, Event.id)
    )
    days: defaultdict[date, list[Event]] = defaultdict(list)
    for event in rows:
        for on in _days_of(event):
            if first <= on < following:
                days[on].append(event)
    return Month(first, weeks, days)


def _days_of(event: Event) -> list[date]:
    """The days on which an event takes place; one that ends at midnight is not on the next."""
    begin = local(event.starts_at).date()
    last = max(begin, local(event.ends_at - timedelta(microseconds=1)).date())
    return [begin + timedelta(days=n) for n in range((last - begin).days + 1)]


def consultations_with_events(office: bool, at: datetime) -> Sequence[tuple[str, str]]:
    """Address and title of each consultation that has events to choose from, the newest first."""
    event = aliased(Event)
    rows = db.session.execute(
        sa.select(Consultation.slug, Consultation.title)
        .where(
            Consultation.id.in_(sa.select(event.consultation_id)),
            *(() if office else (Consultation.published_at <= at,)),
        )
        .order_by(Consultation.year.desc(), Consultation.id.desc())
    )
    return [(slug, title) for slug, title in rows]
