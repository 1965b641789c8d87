"""Hours of the day of the festival, as people say them: „o 14:30”."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.events.local_times import TOWN_ZONE, moment_of


def hour_of_day(begins: datetime, ends: datetime, clock: time) -> datetime:
    """The moment at which the town's clocks show this on the day of the festival.

    An hour earlier than its beginning is one of the following night if it still lasts then: a
    festival is shorter than a day. Raises ``MissingTime`` and ``RepeatedTime`` as
    ``local_times.moment_of`` does.
    """
    shown = datetime.combine(begins.astimezone(TOWN_ZONE).date(), clock)
    following = shown + timedelta(days=1)
    last = ends.astimezone(TOWN_ZONE).replace(tzinfo=None)
    return moment_of(following if following <= last else shown)


def clock_of(moment: datetime | None) -> time | None:
    """What the town's clocks show then."""
    return moment.astimezone(TOWN_ZONE).time() if moment else None
