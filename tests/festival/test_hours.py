"""Hours on the day of the festival, in summer, in winter, and after midnight."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from app.events.local_times import MissingTime
from app.festival.hours import clock_of, hour_of_day

JUNE = datetime(2016, 6, 12, 9, 0, tzinfo=UTC)  # eleven in the town


def test_an_hour_is_one_of_the_towns_clocks() -> None:
    assert hour_of_day(JUNE, time(11, 0)) == JUNE
    assert hour_of_day(JUNE, time(14, 30)) == datetime(2016, 6, 12, 12, 30, tzinfo=UTC)
    december = datetime(2016, 12, 5, 10, 0, tzinfo=UTC)
    assert hour_of_day(december, time(14, 30)) == datetime(2016, 12, 5, 13, 30, tzinfo=UTC)


def test_an_hour_before_the_beginning_is_of_the_night_after() -> None:
    assert hour_of_day(JUNE, time(0, 30)) == datetime(2016, 6, 12, 22, 30, tzinfo=UTC)
    assert hour_of_day(JUNE, time(10, 59)) == datetime(2016, 6, 13, 8, 59, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(MissingTime):
        hour_of_day(datetime(2016, 3, 26, 12, 0, tzinfo=UTC), time(2, 30))


def test_there_and_back() -> None:
    assert clock_of(hour_of_day(JUNE, time(17, 45))) == time(17, 45)
    assert clock_of(None) is None
