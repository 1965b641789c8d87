"""The office's lists with hundreds of events and of people: pages, and what is looked for."""

from __future__ import annotations

import re

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.events.models import EventStatus, Facilitator
from app.events.models_signups import SignUp
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.events.test_office_pages import DESK, prepared
from tests.proofreading import ProofreadingClient as Client


def test_many_events_stand_on_pages_and_are_found_by_words(app: Flask, desk: Client) -> None:
    with app.app_context():
        for n in range(1, 36):
            scene.event(title=f"Szkolenie o dotacjach ({n})", starts_at=now() + n * DAY)
        for n in range(1, 13):
            begins = now() - n * DAY
            scene.event(title=f"Narada ({n})", starts_at=begins, ends_at=begins + HOUR)
        db.session.commit()
    first, second = desk.get(DESK).text, desk.get(f"{DESK}?strona=2").text
    assert ("dotacjach (30)" in first, "dotacjach (31)" in first) == (True, False)
    assert ("dotacjach (30)" in second, "dotacjach (35)" in second) == (False, True)
    assert ("Narada (10)" in first, "Narada (11)" in first) == (True, False)
    over = desk.get(f"{DESK}?zakonczone=1").text
    assert ("Narada (12)" in over, "dotacjach (1)" in over) == (True, False)
    found = desk.get(f"{DESK}?szukaj=SZKOLENIE+31").text
    assert re.findall(r"dotacjach \((\d+)\)", found) == ["31", "31"]  # named once more for readers
    nothing = desk.get(f"{DESK}?szukaj=bal").text
    assert "Żadne wydarzenie nie pasuje do „bal”." in nothing


def test_many_people_stand_on_pages_and_keep_their_numbers(app: Flask, desk: Client) -> None:
    address = prepared(app, people=60, capacity=40)
    with app.app_context():
        last = db.session.scalars(sa.select(SignUp).order_by(SignUp.number.desc())).first()
        assert last is not None
        last.participants[0].name = last.name = "Żaneta Łęcka"
        db.session.commit()
    page = desk.get(f"{address}/uczestnicy").text
    assert "?strona=2" in page
    assert "Żaneta Łęcka" not in page
    assert "Żaneta Łęcka" in desk.get(f"{address}/uczestnicy?strona=9").text, "the last page"
    found = desk.get(f"{address}/uczestnicy?szukaj=lecka+zan").text
    assert "Żaneta Łęcka" in found
    assert "<td>20</td>" in found, "the number on the whole list, not on the page"
    assert "Nikt nie pasuje" in desk.get(f"{address}/uczestnicy?szukaj=Kowalska").text


def test_the_desk_shows_the_meetings_of_the_week(app: Flask, client: Client) -> None:
    with app.app_context():
        host, clerk = town.person(Role.FACILITATOR), scene.coordinator()
        own = scene.event(title="Narada jutro", starts_at=now() + DAY)
        own.facilitators = [Facilitator(name="Host", user_id=host.id)]
        scene.event(title="Narada za miesiąc", starts_at=now() + 30 * DAY)
        scene.event(title="Szkic", starts_at=now() + 2 * DAY, status=EventStatus.DRAFT)
        db.session.commit()
        client.sign_in(clerk)
        of_host = host.get_id()
    seen = client.get("/biurko").text
    with client.session_transaction() as session:
        session["_user_id"] = of_host
    seen_by_host = client.get("/biurko").text
    assert [title in seen for title in ("Narada jutro", "Szkic", "za miesiąc")] == [1, 1, 0]
    assert [title in seen_by_host for title in ("Narada jutro", "Szkic")] == [1, 0]
    assert "Sprawdź i ogłoś" in seen
