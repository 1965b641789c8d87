"""Pages of a list, Polish order, the clock, and how dates and numbers are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.models import Organisation
from app.platform import clock
from app.platform.db import db
from app.platform.language import ago, day, moment, number
from app.platform.pages import Page, paginate
from app.platform.polish import sort_key
from tests import town
from tests.queries import counted

NBSP = "\N{NO-BREAK SPACE}"


@given(st.integers(0, 500), st.integers(1, 40), st.integers(1, 60))
def test_pages_tell_the_truth_about_any_list(total: int, per_page: int, wanted: int) -> None:
    page: Page[int] = Page([], min(wanted, max(1, -(-total // per_page))), per_page, total)
    assert (page.pages - 1) * per_page < max(total, 1) <= page.pages * per_page
    assert page.has_previous == (page.number > 1)
    assert page.has_next == (page.last < total)
    assert (page.first == 0) == (total == 0)
    shown = [n for n in page.window() if n]
    assert shown == sorted(set(shown))
    assert {1, page.number, page.pages} <= set(shown)


def test_gaps_in_the_window() -> None:
    page: Page[int] = Page([], 10, 10, 200)
    assert list(page.window()) == [1, None, 8, 9, 10, 11, 12, None, 20]


@pytest.mark.parametrize(
    ("wanted", "expected"), [(1, 1), (3, 3), (99, 3), (0, 1), (-5, 1), (10**30, 3)]
)
def test_a_page_out_of_range_is_the_nearest_one(context: Flask, wanted: int, expected: int) -> None:
    for _ in range(12):
        town.organisation()
    with counted() as statements:
        page = paginate(
            db.session(), sa.select(Organisation).order_by(Organisation.id), wanted, per_page=5
        )
        items = len(page.items)
    assert (page.number, page.total, items) == (expected, 12, 2 if expected == 3 else 5)
    assert len(statements) == 2


def test_a_page_of_nothing(context: Flask) -> None:
    page = paginate(db.session(), sa.select(Organisation), 7)
    assert (page.number, page.pages, page.first, page.last, list(page.items)) == (1, 1, 0, 0, [])


def test_polish_order() -> None:
    words = ["Zofia", "żaba", "źrebak", "Łąka", "mak", "Luty", "ćma", "Cyklon", "10", "Ósemka", "o"]
    assert sorted(words, key=sort_key) == [
        "10",
        "Cyklon",
        "ćma",
        "Luty",
        "Łąka",
        "mak",
        "o",
        "Ósemka",
        "Zofia",
        "źrebak",
        "żaba",
    ]


@given(st.lists(st.text(max_size=8)))
def test_any_words_can_be_sorted(words: list[str]) -> None:
    in_order = sorted(words, key=sort_key)
    assert [sort_key(word) for word in in_order] == sorted(map(sort_key, words))


def test_case_and_composition_do_not_matter() -> None:
    assert sort_key("ŁĄKA")[0] == sort_key("łąka")[0]
    assert sort_key("z\u0307aba") == sort_key("żaba")


def test_the_demo_town_lives_in_its_own_year(context: Flask) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 23, 12, tzinfo=UTC)
        context.config["DEMO_CLOCK_OFFSET"] = -86400.0
        try:
            assert clock.now() == datetime(2026, 11, 22, 12, tzinfo=UTC)
        finally:
            context.config["DEMO_CLOCK_OFFSET"] = 0.0


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2015-06-12 21:59", date(2015, 6, 12)),
        ("2015-06-12 22:00", date(2015, 6, 13)),
        ("2015-12-12 22:59", date(2015, 12, 12)),
        ("2015-12-12 23:00", date(2015, 12, 13)),
    ],
)
def test_the_town_s_midnight(context: Flask, utc: str, expected: date) -> None:
    with time_machine.travel(town.moment(utc), tick=False):
        assert clock.today() == expected


def test_dates_in_polish(context: Flask) -> None:
    with force_locale("pl"):
        assert day(date(2015, 6, 12)) == f"12{NBSP}czerwca 2015{NBSP}r."
        assert day(date(2015, 6, 12), weekday=True) == f"12{NBSP}czerwca 2015{NBSP}r. (piątek)"
        at = town.moment("2015-06-12 08:05")
        assert moment(at, weekday=True) == f"12{NBSP}czerwca 2015{NBSP}r. (piątek), 10:05"
        assert moment(town.moment("2015-12-31 23:30")) == f"1{NBSP}stycznia 2016{NBSP}r., 0:30"


def test_dates_in_english(context: Flask) -> None:
    with force_locale("en"):
        assert day(date(2015, 6, 12), weekday=True) == "12 June 2015 (Friday)"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "dzisiaj"),
        (1, "jutro"),
        (-1, "wczoraj"),
        (2, "za 2 dni"),
        (5, "za 5 dni"),
        (22, "za 22 dni"),
        (-3, "3 dni temu"),
        (-12, "12 dni temu"),
        (31, "za 1 miesiąc"),
        (62, "za 2 miesiące"),
        (-155, "5 miesięcy temu"),
        (365, "za 1 rok"),
        (800, "za 2 lata"),
        (-1826, "5 lat temu"),
    ],
)
def test_how_far_away_in_polish(context: Flask, days: int, expected: str) -> None:
    with (
        time_machine.travel(town.moment("2015-09-24 22:30"), tick=False),
        force_locale("pl"),
    ):
        # half past midnight on the 25th in the town
        assert ago(date(2015, 9, 25) + timedelta(days)).replace("\xa0", " ") == expected


def test_near_midnight_the_day_is_that_of_the_town(context: Flask) -> None:
    with (
        time_machine.travel(town.moment("2015-09-24 22:30"), tick=False),
        force_locale("pl"),
    ):
        assert ago(town.moment("2015-09-24 21:59")) == "wczoraj"
        assert ago(town.moment("2015-09-24 22:01")) == "dzisiaj"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (999, "999"), (120000, f"120{NBSP}000"), (1234567, f"1{NBSP}234{NBSP}567")],
)
def test_numbers(value: int, expected: str) -> None:
    assert number(value) == expected
