"""Hours on the day of the festival, in summer, in winter, and after midnight."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from app.events.local_times import MissingTime
from app.festival.hours import clock_of, hour_of_day

JUNE = datetime(2016, 6, 12, 9, 0, tzinfo=UTC)  # eleven in the town
DECEMBER = datetime(2016, 12, 5, 10, 0, tzinfo=UTC)
LONG = timedelta(hours=14)


def test_an_hour_is_one_of_the_towns_clocks() -> None:
    assert hour_of_day(JUNE, JUNE + LONG, time(11, 0)) == JUNE
    half_past_two = hour_of_day(JUNE, JUNE + LONG, time(14, 30))
    assert half_past_two == datetime(2016, 6, 12, 12, 30, tzinfo=UTC)
    in_winter = hour_of_day(DECEMBER, DECEMBER + LONG, time(14, 30))
    assert in_winter == datetime(2016, 12, 5, 13, 30, tzinfo=UTC)


def test_an_hour_before_the_beginning_is_of_the_night_after_if_it_lasts_till_then() -> None:
    until_one = JUNE + LONG
    assert hour_of_day(JUNE, until_one, time(0, 30)) == datetime(2016, 6, 12, 22, 30, tzinfo=UTC)
    assert hour_of_day(JUNE, until_one, time(1, 0)) == until_one
    assert hour_of_day(JUNE, until_one, time(10, 0)) == JUNE - timedelta(hours=1)


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    begins = datetime(2016, 3, 26, 12, 0, tzinfo=UTC)
    with pytest.raises(MissingTime):
        hour_of_day(begins, begins + LONG, time(2, 30))


def test_there_and_back() -> None:
    assert clock_of(hour_of_day(JUNE, JUNE + LONG, time(17, 45))) == time(17, 45)
    assert clock_of(None) is None
