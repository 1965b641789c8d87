"""From what a clock in the town shows to a moment, on the two odd nights of the year too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: As in ``platform.clock``, which a pure topic cannot ask.
TOWN_ZONE = ZoneInfo("Europe/Warsaw")


class MissingTime(ValueError):
    """The clocks are put forward and skip this hour."""


class RepeatedTime(ValueError):
    """The clocks are put back and show this hour twice."""


def moment_of(shown: datetime) -> datetime:
    """The moment in UTC at which the town's clocks show a naive time.

    Raises ``MissingTime`` on the night of March and ``RepeatedTime`` on that of October: a guess
    would send people to the door an hour early or late.
    """
    first = shown.replace(tzinfo=TOWN_ZONE, fold=0)
    second = shown.replace(tzinfo=TOWN_ZONE, fold=1)
    moment = first.astimezone(UTC)
    if moment.astimezone(TOWN_ZONE).replace(tzinfo=None) != shown:
        raise MissingTime(shown)
    if first.utcoffset() != second.utcoffset():
        raise RepeatedTime(shown)
    return moment


def morning_of(moment: datetime) -> datetime:
    """Seven o'clock on the town's clocks on the day of a moment."""
    on = moment.astimezone(TOWN_ZONE).date()
    return datetime.combine(on, time(7), TOWN_ZONE).astimezone(UTC)


def moved_along(moment: datetime, before: datetime, after: datetime) -> datetime:
    """A moment put off as far as ``after`` is from ``before`` on the town's clocks.

    Its own hour stays whatever the clocks did meanwhile. One that they skip becomes the next.
    """
    shown, old, new = (
        one.astimezone(TOWN_ZONE).replace(tzinfo=None) for one in (moment, before, after)
    )
    return (shown + (new - old)).replace(tzinfo=TOWN_ZONE).astimezone(UTC)


def days_before(moment: datetime, days: int) -> datetime:
    """The same hour on the town's clocks some days earlier, whatever the clocks did meanwhile."""
    local = moment.astimezone(TOWN_ZONE)
    on: date = local.date() - timedelta(days=days)
    return datetime.combine(on, local.time(), TOWN_ZONE).astimezone(UTC)
