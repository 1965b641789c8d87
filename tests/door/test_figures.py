"""Figures of an event and of a year, and the tables to take away: true, safe, and few questions."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.door import exports, figures
from app.door.acts import Deed
from app.events import erasure, hosting, signing_up
from app.events.content import Applicant
from app.events.models import Event, EventStatus, Question, QuestionKind
from app.events.models_signups import Need, SignUpState
from app.platform import sheets
from app.platform.clock import now
from app.platform.db import db
from app.platform.sheets import Sheet
from tests import town
from tests.door.scene import act, host, tell
from tests.events import scene as events
from tests.events.scene import DAY, HOUR
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted

HOSTILE = (
    "=1+1",
    "+48 600",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "a;b",
    'x "y"',
    "a\nb",
)


def lived() -> Event:
    """Eight signed up: two of one organisation came, one gave up, two waited; one walked in."""
    event = events.event(capacity=5, title="Jak pisać uwagi")
    person, of = events.group(2)
    pair = events.come(event, person, 2, of)
    absent, gone, alone = events.come(event), events.come(event), events.come(event)
    by = events.coordinator()
    entered = hosting.enter(
        event,
        events.wish("Stefan Telefon"),
        Applicant(name="Stefan Telefon"),
        submission_key="zapis-telefoniczny-1",
        on_reserved=False,
        by=by,
        at=now(),
    )
    signing_up.cancel(gone, by=gone.user, at=now())
    events.come(event)
    waits = events.come(event)
    assert waits.state is SignUpState.WAITING
    assert entered.state is SignUpState.PLACED
    event.starts_at, event.ends_at = now() - HOUR, now() + HOUR
    db.session.flush()
    gate = host()
    for participant in (*pair.participants, *alone.participants):
        tell(event, act(who=participant), gate)
    tell(event, act(Deed.WALK_IN, name="Ewa Bez Zapisu", reason="Jest krzesło."), gate)
    tell(event, act(who=absent.participants[0], key="klucz-pomylka-123456"), gate)
    tell(
        event,
        act(Deed.TAKE_BACK, absent.participants[0], happened_at=now() + timedelta(seconds=1)),
        gate,
        at=now() + timedelta(seconds=2),
    )
    return event


def test_everybody_is_counted_once(context: Flask) -> None:
    event = lived()
    one = figures.attendance_of(event, event.ends_at)
    assert (one.signed_up, one.online, one.office) == (8, 7, 1)
    assert (one.with_place, one.waiting, one.gave_up) == (5, 2, 1)
    assert one.with_place + one.waiting + one.gave_up == one.signed_up
    assert (one.came, one.came_signed_up, one.walked_in) == (4, 3, 1)
    assert one.no_shows == one.with_place - 3
    assert (one.organisations_signed_up, one.organisations_came) == (1, 1)
    assert event.people_present == one.came
    assert [(o.signed_up, o.came) for o in figures.organisations_of(event)] == [(2, 2)]


def test_figures_are_the_same_after_the_people_are_erased(context: Flask) -> None:
    event = lived()
    before = figures.attendance_of(event, event.ends_at), list(figures.organisations_of(event))
    erasure.erase_people(event, at=event.ends_at + 100 * DAY)
    assert event.erased_at is not None
    assert (
        figures.attendance_of(event, event.ends_at),
        list(figures.organisations_of(event)),
    ) == before
    assert exports.participants(event, with_needs=True).rows == []


def test_where_nobody_looked_nobody_is_a_no_show(context: Flask) -> None:
    event = events.event()
    events.come(event)
    assert figures.attendance_of(event, event.ends_at).no_shows is None
    assert figures.attendance_of(events.event(), now()) == figures.Attendance()


def test_before_the_end_nobody_is_a_no_show_and_the_year_adds_only_what_is_known(
    context: Flask,
) -> None:
    event, unseen = lived(), events.event()
    events.come(unseen)
    year = event.starts_at.year
    assert figures.attendance_of(event, now()).no_shows is None
    assert figures.year_in_figures(year, now()).total.no_shows is None
    total = figures.year_in_figures(year, event.ends_at).total
    assert (total.with_place >= 5, total.no_shows, total.came) == (True, 2, 4)
    assert total.organisations_came == 1
    counted = events.event(starts_at=event.starts_at, people_present=43, organisations_present=7)
    one = figures.attendance_of(counted, counted.ends_at)
    assert (one.came, one.organisations_came, one.no_shows, one.taken) == (43, 7, None, False)
    total = figures.year_in_figures(year, event.ends_at).total
    assert (total.came, total.no_shows, total.organisations_came) == (47, 2, None)


def test_a_year_is_that_of_the_town_and_adds_up(context: Flask) -> None:
    """New Year's Eve in Miechów begins an hour before that in UTC."""
    last = events.event(starts_at=datetime(2026, 12, 31, 22, 30, tzinfo=UTC))
    first = events.event(starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    events.event(starts_at=datetime(2027, 5, 1, tzinfo=UTC), status=EventStatus.DRAFT)
    off = events.event(
        starts_at=datetime(2027, 6, 1, tzinfo=UTC),
        status=EventStatus.CANCELLED,
        cancelled_at=now(),
    )
    assert [e.id for e in figures.year_in_figures(2026, now()).events] == [last.id]
    assert [e.id for e in figures.year_in_figures(2027, now()).events] == [first.id, off.id]
    assert figures.years_with_events() == [2027, 2026]
    person, of = events.group(2)
    ahead = [events.event(starts_at=now() + n * DAY, capacity=9) for n in (2, 3)]
    for event in ahead:
        events.come(event, person, 2, of)
    year = figures.year_in_figures(ahead[0].starts_at.year, now())
    if ahead[0].starts_at.year == ahead[1].starts_at.year:
        assert (year.total.signed_up, year.total.organisations_signed_up) == (4, 1)


def test_as_many_statements_for_a_year_of_many(app: Flask) -> None:
    asked = []
    for number in (2, 12):
        with app.app_context():
            for n in range(number):
                events.come(events.event(starts_at=datetime(2031, 2, 1, tzinfo=UTC) + n * DAY))
            db.session.commit()
            with counted() as statements:
                assert len(figures.year_in_figures(2031, now()).events) >= number
            asked.append(len(statements))
    assert asked[0] == asked[1] <= 6


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    for row in sheet.iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    return [["" if value is None else value for value in row] for row in sheet.values]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = Sheet(text, ["Nazwa", text], [[text, 3]])
    read = read_csv(sheets.as_csv(sheet))
    for cell in (read[0][1], read[1][0]):
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        assert cell.lstrip("'") == text.replace("\r", "\n") or text.strip() in cell
    assert read[1][1] == "3"
    table = read_xlsx(sheets.as_xlsx([sheet], title=text, author=text, made=now()))
    assert table[1][1] == 3
    assert str(table[1][0]).strip() == text.strip()


def told(event: Event) -> None:
    """Two people who say everything."""
    asked = [
        Question(event_id=event.id, kind=kind, text=text, position=n)
        for n, (kind, text) in enumerate(
            (
                (QuestionKind.TEXT, "Co Cię interesuje?"),
                (QuestionKind.NUMBER, "Ile lat działacie?"),
                (QuestionKind.YES_NO, "Zostaniesz na obiad?"),
            )
        )
    ]
    db.session.add_all(asked)
    db.session.flush()
    for name in ("Łucja Żółć", "=cmd|' /C calc'!A0"):
        events.come(
            event,
            town.person(name=name),
            answers={asked[0].id: "=2+2", asked[1].id: "12", asked[2].id: "yes"},
            needs=frozenset({Need.INTERPRETER}),
            needs_note="+ asystent",
        )


@pytest.fixture
def office(app: Flask, client: Client) -> Client:
    """A browser of the coordinator, and an event with people who say everything."""
    with app.app_context():
        told(events.event(slug="warsztat"))
        person = events.coordinator()
        db.session.commit()
        client.sign_in(person)
    return client


def test_participants_can_be_taken_away_as_csv_and_xlsx(office: Client) -> None:
    answer = office.get("/biurko/wydarzenia/warsztat/uczestnicy.csv")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    heads, first, second = read_csv(answer.data)
    assert heads[1] == "Imię i nazwisko"
    assert heads[-3:] == ["Co Cię interesuje?", "Ile lat działacie?", "Zostaniesz na obiad?"]
    assert (first[1], second[1]) == ("Łucja Żółć 0", "'=cmd|' /C calc'!A0 0")
    assert first[-3:] == ["'=2+2", "12", "tak"]
    table = read_xlsx(office.get("/biurko/wydarzenia/warsztat/uczestnicy.xlsx").data)
    assert table[0] == heads
    assert table[1][-3:] == ["=2+2", 12, "tak"]
    assert [row[0] for row in table[1:]] == [1, 2]


def test_needs_are_in_the_file_only_if_asked_for(office: Client) -> None:
    address = "/biurko/wydarzenia/warsztat/uczestnicy.xlsx"
    assert "asystent" not in str(read_xlsx(office.get(address).data))
    table = read_xlsx(office.get(f"{address}?potrzeby=1").data)
    assert table[0][-1] == "Potrzeby"
    assert "asystent" in table[1][-1]


@pytest.mark.parametrize(
    ("role", "figures_seen", "people_seen"),
    [
        (Role.PARTICIPANT, 403, 403),
        (Role.COUNCILLOR, 403, 403),
        (Role.EXECUTIVE, 200, 403),
        (Role.FACILITATOR, 200, 403),
        (Role.COORDINATOR, 200, 200),
    ],
)
def test_who_sees_figures_and_who_sees_people(
    app: Flask, client: Client, role: Role, figures_seen: int, people_seen: int
) -> None:
    with app.app_context():
        told(events.event(slug="warsztat"))
        person = town.person(role)
        db.session.commit()
        client.sign_in(person)
    page = client.get("/biurko/wydarzenia/warsztat/liczby")
    assert page.status_code == figures_seen
    assert ("uczestnicy.xlsx" in page.text) is (people_seen == 200)
    assert client.get("/biurko/wydarzenia-w-liczbach").status_code == figures_seen
    assert client.get("/biurko/wydarzenia/warsztat/uczestnicy.csv").status_code == people_seen


def test_erased_people_cannot_be_taken_away(app: Flask, office: Client) -> None:
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        erasure.erase_people(event, at=event.ends_at + 100 * DAY)
        db.session.commit()
    assert office.get("/biurko/wydarzenia/warsztat/uczestnicy.csv").status_code == 403
    page = office.get("/biurko/wydarzenia/warsztat/liczby").text
    assert "Dane osobowe zostały usunięte" in page
    assert "uczestnicy.csv" not in page


def test_the_year_as_a_page_and_as_files(app: Flask, office: Client) -> None:
    with app.app_context():
        year = db.session.scalars(sa.select(Event)).one().starts_at.year
    here = f"/biurko/wydarzenia-w-liczbach/{year}"
    page = office.get(here).text
    assert "Razem" in page
    assert "/biurko/wydarzenia/warsztat/liczby" in page
    rows = read_csv(office.get(f"{here}.csv").data)
    assert rows[-1][0] == "Razem"
    assert rows[-1][5:8] == ["2", "2", "0"]
    assert read_xlsx(office.get(f"{here}.xlsx").data)[-1][5:8] == [2, 2, 0]
    for odd in ("1", "99999", "2147483647"):
        assert "W tym roku nie było" in office.get(f"/biurko/wydarzenia-w-liczbach/{odd}").text
        assert office.get(f"/biurko/wydarzenia-w-liczbach/{odd}.csv").status_code == 200


def test_files_ask_the_database_as_often_for_many_as_for_few(app: Flask) -> None:
    asked = []
    for number in (1, 15):
        with app.app_context():
            event = events.event(capacity=50)
            for _n in range(number):
                events.come(event, needs=frozenset({Need.ASSISTANCE}))
            db.session.flush()
            with counted() as statements:
                assert len(exports.participants(event, with_needs=True).rows) == number
            asked.append(len(statements))
    assert asked[0] == asked[1] <= 6
