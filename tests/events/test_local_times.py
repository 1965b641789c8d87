"""The two odd nights of the year, and the hour that stays the same across them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.local_times import (
    TOWN_ZONE,
    MissingTime,
    RepeatedTime,
    days_before,
    moment_of,
    morning_of,
    moved_along,
)
from tests.town import moment


@pytest.mark.parametrize(
    ("shown", "utc"),
    [
        ("2015-06-12 10:00", "2015-06-12 08:00"),
        ("2015-12-01 10:00", "2015-12-01 09:00"),
        ("2015-03-29 01:59", "2015-03-29 00:59"),
        ("2015-03-29 03:00", "2015-03-29 01:00"),
        ("2015-10-25 01:59", "2015-10-24 23:59"),
        ("2015-10-25 03:00", "2015-10-25 02:00"),
    ],
)
def test_what_the_clocks_show(shown: str, utc: str) -> None:
    assert moment_of(datetime.fromisoformat(shown)) == moment(utc)


@pytest.mark.parametrize("shown", ["2015-03-29 02:00", "2015-03-29 02:30", "2016-03-27 02:59"])
def test_an_hour_that_does_not_exist(shown: str) -> None:
    with pytest.raises(MissingTime):
        moment_of(datetime.fromisoformat(shown))


@pytest.mark.parametrize("shown", ["2015-10-25 02:00", "2015-10-25 02:59", "2016-10-30 02:30"])
def test_an_hour_that_comes_twice(shown: str) -> None:
    with pytest.raises(RepeatedTime):
        moment_of(datetime.fromisoformat(shown))


YEARS = st.datetimes(datetime.fromisoformat("2015-01-01"), datetime.fromisoformat("2035-01-01"))


@given(YEARS)
def test_every_other_time_means_what_it_shows(shown: datetime) -> None:
    try:
        found = moment_of(shown)
    except ValueError:
        assert shown.hour == 2
        assert shown.month in {3, 10}
        return
    assert found.astimezone(TOWN_ZONE).replace(tzinfo=None) == shown


def test_a_day_before_is_the_same_hour_also_over_the_change() -> None:
    starts = moment("2015-10-25 16:00")
    assert starts - days_before(starts, 1) == timedelta(hours=25)
    assert days_before(moment("2015-06-12 08:00"), 7) == moment("2015-06-05 08:00")


def test_seven_in_the_morning_of_the_day() -> None:
    assert morning_of(moment("2015-06-12 21:59")) == moment("2015-06-12 05:00")
    assert morning_of(moment("2015-06-12 22:00")) == moment("2015-06-13 05:00")
    assert morning_of(moment("2015-10-25 16:00")) == moment("2015-10-25 06:00")


def test_an_hour_that_the_clocks_skip_becomes_the_next() -> None:
    week = moment("2015-03-22 12:00"), moment("2015-03-29 11:00")
    assert moved_along(moment("2015-03-22 01:30"), *week) == moment("2015-03-29 01:30")


@given(YEARS, YEARS, YEARS)
def test_what_moves_along_keeps_its_distance_on_the_clocks(
    shown: datetime, before: datetime, after: datetime
) -> None:
    try:
        own, old, new = moment_of(shown), moment_of(before), moment_of(after)
        wanted = moment_of(shown + (after - before))
    except ValueError:
        return
    assert moved_along(own, old, new) == wanted
