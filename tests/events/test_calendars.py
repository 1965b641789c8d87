"""Calendar files, read back as a calendar reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from icalendar import Calendar

from app.accounts.models import User
from app.consultations.phases import Phase
from app.events import actions, own_calendar, signing_up, steering
from app.events.calendars import Line, calendar
from app.events.models import EventStatus
from app.events.models_calendars import CalendarAddress
from app.events.planning import occasion_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import NotAllowed
from app.privacy.actions import close_account
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted


def read(raw: bytes | str) -> list[dict[str, str]]:
    """The events of a file, each as plain words under the names of the standard."""
    file = Calendar.from_ical(raw)
    return [{k: str(v) for k, v in c.items() if k != "CATEGORIES"} for c in file.walk("VEVENT")]


def times(raw: bytes) -> list[tuple[datetime, datetime]]:
    found = Calendar.from_ical(raw).walk("VEVENT")
    return [(c["DTSTART"].dt, c["DTEND"].dt) for c in found]


def test_what_a_calendar_is_told(context: Flask) -> None:
    event = scene.event(
        slug="warsztat-zolw",
        title="Żółw; gęś, jaźń – " + "bardzo długi tytuł " * 8,
        place="Dom Kultury, sala 3\nI piętro",
        summary="Pierwszy akapit.\n\nDrugi: ąęłń.",
        online_url="https://rozmowa.example/tajny-pokoj",
        starts_at=datetime(2015, 6, 12, 8, 0, tzinfo=UTC),
    )
    raw = calendar([Line(event)])
    (told,) = read(raw)
    assert told["SUMMARY"] == event.title
    assert told["LOCATION"] == event.place
    assert "Drugi: ąęłń." in told["DESCRIPTION"]
    assert told["URL"].endswith("/wydarzenia/warsztat-zolw")
    assert told["STATUS"] == "CONFIRMED"
    assert times(raw) == [(event.starts_at, event.ends_at)]
    assert b"tajny-pokoj" not in raw
    assert b"METHOD:PUBLISH" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw == calendar([Line(event)])


@pytest.mark.parametrize("day", [(3, 29), (10, 25)])
def test_nights_on_which_the_clocks_change(context: Flask, day: tuple[int, int]) -> None:
    begins = datetime(2015, *day, 0, 30, tzinfo=UTC)
    event = scene.event(starts_at=begins, ends_at=begins + 2 * HOUR)
    assert times(calendar([Line(event)])) == [(begins, begins + 2 * HOUR)]


def test_a_moved_event_keeps_its_name_and_grows(context: Flask) -> None:
    event, office = scene.event(), scene.coordinator()
    (before,) = read(calendar([Line(event)]))
    occasion = occasion_of(event)
    later = type(occasion)(
        **{
            **{name: getattr(occasion, name) for name in occasion.__dataclass_fields__},
            "starts_at": occasion.starts_at + DAY,
            "ends_at": occasion.ends_at + DAY,
        }
    )
    steering.move(event, later, by=office, at=now())
    (moved,) = read(calendar([Line(event)]))
    steering.cancel(event, "Choroba.", by=office, at=now())
    (cancelled,) = read(calendar([Line(event)]))
    assert before["UID"] == moved["UID"] == cancelled["UID"]
    assert [int(e["SEQUENCE"]) for e in (before, moved, cancelled)] == [0, 1, 2]
    assert cancelled["STATUS"] == "CANCELLED"
    assert "Choroba." in cancelled["DESCRIPTION"]


def stamps(raw: bytes) -> list[datetime]:
    found = Calendar.from_ical(raw).walk("VEVENT")
    assert all(c["DTSTAMP"].dt == c["LAST-MODIFIED"].dt for c in found)
    return [c["DTSTAMP"].dt for c in found]


def test_a_calendar_sees_which_copy_of_an_event_is_the_newest(context: Flask) -> None:
    """RFC 5546, 2.1.5: the higher SEQUENCE, and where it is the same the later DTSTAMP."""
    office, at = scene.coordinator(), now().replace(microsecond=0)
    (event,) = actions.prepare(scene.plan(), by=office, at=at)
    actions.publish(event, by=office, at=at)
    copies = [calendar([Line(event)])]
    plan = actions.plan_of(event)
    said = replace(plan, particulars=replace(plan.particulars, title="Nowy tytuł"))
    actions.change(event, said, by=office, at=at + HOUR)
    copies.append(calendar([Line(event)]))
    occasion = occasion_of(event)
    for n, later in enumerate((DAY, -DAY), 2):
        moved = replace(
            occasion, starts_at=occasion.starts_at + later, ends_at=occasion.ends_at + later
        )
        steering.move(event, moved, by=office, at=at + n * HOUR)
        copies.append(calendar([Line(event)]))
    scene.come(event, at=at + 4 * HOUR)
    assert calendar([Line(event)]) == copies[-1]
    steering.cancel(event, "Choroba.", by=office, at=at + 5 * HOUR)
    copies.append(calendar([Line(event)]))
    told = [read(raw)[0] for raw in copies]
    assert [int(e["SEQUENCE"]) for e in told] == [0, 0, 1, 2, 3]
    assert [stamps(raw) for raw in copies] == [[at + n * HOUR] for n in (0, 1, 2, 3, 5)]
    assert len({e["UID"] for e in told}) == 1
    assert [e["STATUS"] for e in told] == ["CONFIRMED"] * 4 + ["CANCELLED"]
    assert Calendar.from_ical(copies[0]).walk("VEVENT")[0]["CREATED"].dt == at


def test_the_file_of_everything(app: Flask, client: Client) -> None:
    with app.app_context():
        scene.event(title="Jawne")
        scene.event(title="Odwołane", status=EventStatus.CANCELLED)
        scene.event(title="Szkic", status=EventStatus.DRAFT)
        scene.event(title="Tajne", consultation=town.consultation(Phase.DRAFT))
        scene.event(title="Rok temu", starts_at=now() - 360 * DAY)
        scene.event(title="Dawno temu", starts_at=now() - 370 * DAY)
        db.session.commit()
    answer = client.get("/wydarzenia.ics")
    assert answer.content_type.startswith("text/calendar")
    assert [e["SUMMARY"] for e in read(answer.data)] == ["Rok temu", "Jawne", "Odwołane"]
    tag = answer.headers["ETag"]
    assert client.get("/wydarzenia.ics", headers={"If-None-Match": tag}).status_code == 304
    with app.app_context():
        scene.event(title="Nowe")
        db.session.commit()
    assert client.get("/wydarzenia.ics", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_file_of_everything_asks_as_often_for_many(
    app: Flask, client: Client, number: int
) -> None:
    with app.app_context():
        for _ in range(number):
            scene.event(consultation=town.consultation(Phase.OPEN))
        db.session.commit()
    with app.app_context(), counted() as statements:
        client.get("/wydarzenia.ics")
    assert len(statements) == 2


def test_the_file_of_one_event(app: Flask, client: Client) -> None:
    with app.app_context():
        scene.event(slug="warsztat")
        scene.event(slug="szkic", status=EventStatus.DRAFT)
        db.session.commit()
    answer = client.get("/wydarzenia/warsztat.ics")
    assert answer.content_type.startswith("text/calendar")
    assert len(read(answer.data)) == 1
    assert "/wydarzenia/warsztat.ics" in client.get("/wydarzenia/warsztat").text
    assert client.get("/wydarzenia/szkic.ics").status_code == 404
    assert client.get("/wydarzenia/nie-ma.ics").status_code == 404


def test_ones_own_calendar(context: Flask) -> None:
    person = town.person()
    sure, full, left = (scene.event(title=t, capacity=1) for t in ("Mam", "Czekam", "Nie idę"))
    scene.come(sure, person)
    scene.come(full)
    scene.come(full, person)
    signing_up.cancel(scene.come(left, person), by=person, at=now())
    scene.come(scene.event(title="Cudze"))
    told = read(calendar(own_calendar.lines_of(person)))
    assert {e["SUMMARY"]: e["STATUS"] for e in told} == {
        "Mam": "CONFIRMED",
        "Czekam": "TENTATIVE",
    }


def test_an_address_is_secret_renewed_and_taken_back(app: Flask, client: Client) -> None:
    with app.app_context():
        person = town.person()
        scene.come(scene.event(title="Mój warsztat"), person)
        db.session.commit()
        client.sign_in(person)
        number = person.id
    assert "/kalendarz/" not in client.get("/konto/zapisy").text
    assert client.post("/konto/zapisy/kalendarz").status_code == 303
    first = address(app, number)
    assert first in client.get("/konto/zapisy").text
    answer = app.test_client().get(first)
    assert "Mój warsztat" in answer.text
    again = app.test_client().get(first, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    client.post("/konto/zapisy/kalendarz")
    second = address(app, number)
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(second).status_code == 200
    client.post("/konto/zapisy/kalendarz/wylacz")
    assert app.test_client().get(second).status_code == 404
    assert client.post("/konto/zapisy/kalendarz/wylacz").status_code == 303


def address(app: Flask, number: int) -> str:
    with app.app_context():
        found = own_calendar.address_of(db.session.get_one(User, number))
    assert found is not None
    return "/" + found.split("/", 3)[3]


def test_a_closed_account_has_no_calendar(context: Flask) -> None:
    person = town.person()
    own_calendar.renew(person, by=person, at=now())
    close_account(person, by=person, at=now())
    db.session.flush()
    assert db.session.get(CalendarAddress, person.id) is None


def test_nobody_makes_an_address_for_somebody_else(context: Flask) -> None:
    person, office = town.person(), scene.coordinator()
    with pytest.raises(NotAllowed):
        own_calendar.renew(person, by=office, at=now())
    with pytest.raises(NotAllowed):
        own_calendar.drop(person, by=office)
