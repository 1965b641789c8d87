"""The programme: what is found, in which order, in which month, and at what price."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.consultations.phases import Phase
from app.events import programme
from app.events.models import Event, EventKind, EventStatus, Series
from app.events.permissions import can_see_event, is_open_for_signups
from app.events.programme import Sought
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted

EVERYTHING = Sought()


def titles(events: list[Event] | tuple[Event, ...] | object) -> list[str]:
    return [event.title for event in events]  # type: ignore[attr-defined]


def coming(sought: Sought = EVERYTHING, number: int = 1) -> list[str]:
    return titles(programme.coming(sought, now(), number).items)


def series_of(number: int, **fields: object) -> list[Event]:
    series = Series(title="Cykl", created_at=now())
    db.session.add(series)
    first = fields.pop("starts_at", now() + DAY)
    return [
        scene.event(title=f"Cykl {n}", series=series, starts_at=first + 7 * n * DAY, **fields)
        for n in range(number)
    ]


def test_each_filter_narrows(context: Flask) -> None:
    of = town.consultation(Phase.OPEN)
    scene.event(title="Szkolenie", kind=EventKind.TRAINING, takes_signups=False)
    scene.event(title="Zdalne", place="", online_url="https://rozmowa.example/x", capacity=None)
    scene.event(title="O programie", consultation=of, signup_closes_at=now() - HOUR)
    scene.event(title="Odwołane", status=EventStatus.CANCELLED)
    assert coming() == ["Szkolenie", "Zdalne", "O programie", "Odwołane"]
    assert coming(Sought(kind=EventKind.TRAINING)) == ["Szkolenie"]
    assert coming(Sought(consultation=of.slug)) == ["O programie"]
    assert coming(Sought(online=True)) == ["Zdalne"]
    assert "Zdalne" not in coming(Sought(online=False))
    assert coming(Sought(open_only=True)) == ["Zdalne"]


@pytest.mark.parametrize("office", [False, True])
@pytest.mark.parametrize("phase", [None, *Phase])
@pytest.mark.parametrize("status", EventStatus)
def test_the_database_and_the_permission_say_the_same(
    context: Flask, office: bool, phase: Phase | None, status: EventStatus
) -> None:
    event = scene.event(status=status, consultation=phase and town.consultation(phase))
    user = scene.coordinator() if office else scene.GUEST
    found = programme.coming(Sought(office=office), now(), 1).items
    assert (event in found) is can_see_event(user, event, now())


@pytest.mark.parametrize("opens", [None, -HOUR, HOUR])
@pytest.mark.parametrize("closes", [None, -HOUR, HOUR, 100 * DAY])
@pytest.mark.parametrize("starts", [-HOUR, DAY])
def test_open_means_the_same_in_both(
    context: Flask, opens: object, closes: object, starts: object
) -> None:
    at = now()
    event = scene.event(
        starts_at=at + starts,  # type: ignore[operator]
        signup_opens_at=opens and at + opens,  # type: ignore[operator]
        signup_closes_at=closes and at + closes,  # type: ignore[operator]
    )
    found = programme.coming(Sought(open_only=True), at, 1).items
    assert (event in found) is is_open_for_signups(event, at)


def test_a_series_stands_once_with_its_dates(context: Flask) -> None:
    earlier, *later = series_of(4, starts_at=now() - DAY)
    later[2].status = EventStatus.DRAFT
    page = programme.coming(EVERYTHING, now(), 1)
    assert titles(page.items) == ["Cykl 1"]
    assert page.total == 1
    dates = programme.other_dates(page.items, EVERYTHING, now())
    assert titles(dates[later[0].id]) == [earlier.title, "Cykl 2"]
    assert titles(programme.over(EVERYTHING, now(), 1).items) == ["Cykl 0"]


def test_a_month_knows_its_edges_by_the_town_clock(context: Flask) -> None:
    def at(*when: int) -> datetime:
        return datetime(*when, tzinfo=UTC)  # type: ignore[misc]

    scene.event(title="Maj", starts_at=at(2015, 5, 31, 20), ends_at=at(2015, 5, 31, 22))
    scene.event(title="Noc", starts_at=at(2015, 5, 31, 21), ends_at=at(2015, 5, 31, 23))
    scene.event(title="Dwa dni", starts_at=at(2015, 6, 12, 8), ends_at=at(2015, 6, 13, 10))
    scene.event(title="Lipiec", starts_at=at(2015, 6, 30, 22, 30), ends_at=at(2015, 7, 1, 1))
    june = programme.month(date(2015, 6, 1), EVERYTHING, now())
    assert {on.day: titles(events) for on, events in june.events.items()} == {
        1: ["Noc"],
        12: ["Dwa dni"],
        13: ["Dwa dni"],
    }
    assert june.before == date(2015, 5, 1)
    assert june.after == date(2015, 7, 1)


@given(st.text(max_size=12) | st.dates().map(lambda on: f"{on:%Y-%m}"))
def test_any_month_can_be_asked_for(text: str) -> None:
    first = programme.month_named(text, date(2015, 6, 12))
    assert first.day == 1
    assert programme.FIRST_YEAR <= first.year <= programme.LAST_YEAR


def test_the_last_month_has_none_after_it(context: Flask) -> None:
    assert programme.month(date(2200, 12, 1), EVERYTHING, now()).after is None
    assert programme.month(date(2000, 1, 1), EVERYTHING, now()).before is None


def test_the_views_and_their_links(app: Flask, client: Client) -> None:
    with app.app_context():
        scene.event(title="Jutro", starts_at=now() + DAY, capacity=7)
        scene.event(title="Odwołane", starts_at=now() + DAY, status=EventStatus.CANCELLED)
        scene.event(title="Dawno", starts_at=now() - 40 * DAY, outcome="Ustalono trzy rzeczy.")
        db.session.commit()
    page = client.get("/wydarzenia").text
    assert page.index("Jutro") < page.index("Ustalono trzy rzeczy.")
    assert "7 wolnych miejsc" in page
    assert "Odwołano" in page
    assert "Inne terminy" not in page
    over = client.get("/wydarzenia?widok=minione").text
    assert "Ustalono trzy rzeczy." in over
    assert "Jutro" not in over
    with app.app_context():
        month = f"{now() - 40 * DAY:%Y-%m}"
    past = client.get(f"/wydarzenia?widok=miesiac&miesiac={month}&rodzaj=workshop").text
    assert "Dawno" in past
    assert 'rel="next"' in past
    assert "rodzaj=workshop" in past
    for odd in ("widok=x", "widok=miesiac&miesiac=9999-99", "strona=99", "rodzaj=%00x", "gdzie=x"):
        assert client.get(f"/wydarzenia?{odd}").status_code in {200, 400}
    assert "empty__title" in client.get("/wydarzenia?rodzaj=festival").text
    assert "empty__title" in client.get("/wydarzenia?widok=miesiac&miesiac=2001-02").text


@pytest.mark.parametrize("number", [1, 15])
@pytest.mark.parametrize("view", ["", "?widok=minione", "?widok=miesiac"])
def test_many_events_cost_no_more_queries(
    app: Flask, client: Client, number: int, view: str
) -> None:
    with app.app_context():
        for _ in range(number):
            series_of(2, consultation=town.consultation(Phase.OPEN))
            series_of(2, starts_at=now() - 60 * DAY)
        db.session.commit()
    with app.app_context(), counted() as statements:
        client.get(f"/wydarzenia{view}")
    assert len(statements) <= 7
    with app.app_context(), counted() as statements:
        client.get(f"/wydarzenia{view}")
    assert len(statements) == 1
