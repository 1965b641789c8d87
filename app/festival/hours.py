"""Hours of the day of the festival, as people say them: „o 14:30”."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.events.local_times import TOWN_ZONE, moment_of


def hour_of_day(begins: datetime, clock: time) -> datetime:
    """The moment at which the town's clocks show this after the festival begins.

    An hour earlier than its beginning is one of the following night: a festival is shorter than a
    day. Raises ``MissingTime`` and ``RepeatedTime`` as ``local_times.moment_of`` does.
    """
    first = begins.astimezone(TOWN_ZONE)
    later = timedelta(days=1) if clock < first.time().replace(second=0, microsecond=0) else None
    return moment_of(datetime.combine(first.date(), clock) + (later or timedelta()))


def clock_of(moment: datetime | None) -> time | None:
    """What the town's clocks show then."""
    return moment.astimezone(TOWN_ZONE).time() if moment else None
