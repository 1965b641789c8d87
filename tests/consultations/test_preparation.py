"""What the dates of a consultation put at risk."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.consultations.preparation import Dates, Risk, adoption_day, overlapping, warnings

WARSAW = ZoneInfo("Europe/Warsaw")


def dates(opens: str, closes: str) -> Dates:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=WARSAW)

    return Dates(moment(opens), moment(closes))


def test_days_are_counted_with_the_first_and_the_last() -> None:
    assert dates("2015-09-01 08:00", "2015-09-14 15:30").days == 14


def test_closing_at_midnight_does_not_add_a_day() -> None:
    assert dates("2015-09-01 00:00", "2015-09-15 00:00").days == 14


def test_days_are_counted_over_a_change_of_clocks() -> None:
    assert dates("2015-10-20 00:00", "2015-10-27 00:00").days == 7


def test_thirteen_days_are_short_and_fourteen_are_not() -> None:
    due = date(2015, 11, 30)
    short = warnings([dates("2015-09-01 00:00", "2015-09-14 00:00")], due)
    assert [(w.risk, w.days) for w in short] == [(Risk.SHORT, 13)]
    assert warnings([dates("2015-09-01 00:00", "2015-09-15 00:00")], due) == []


def test_a_round_past_the_adoption_day_is_late() -> None:
    due = adoption_day(2016)
    late = warnings([dates("2015-11-10 00:00", "2015-12-02 00:00")], due)
    assert [(w.risk, w.due_on) for w in late] == [(Risk.LATE, date(2015, 11, 30))]
    assert warnings([dates("2015-11-10 00:00", "2015-12-01 00:00")], due) == []


def test_rounds_are_named_in_the_order_of_their_dates() -> None:
    rounds = [
        dates("2015-10-01 00:00", "2015-10-05 00:00"),
        dates("2015-09-01 00:00", "2015-09-20 00:00"),
    ]
    assert [w.round_number for w in warnings(rounds, date(2015, 11, 30))] == [2]


def test_a_round_may_begin_when_the_other_ends() -> None:
    one = dates("2015-09-01 00:00", "2015-09-15 00:00")
    assert not overlapping([dates("2015-09-15 00:00", "2015-09-30 00:00"), one])
    assert overlapping([dates("2015-09-14 23:59", "2015-09-30 00:00"), one])
