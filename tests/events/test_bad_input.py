"""What people do in spite of everything: two windows, two spellings, a moment too late."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.events import steering
from app.events.models import Event
from app.events.models_signups import SignUp
from app.events.planning import occasion_of
from app.events.post import key_of
from app.platform.clock import now
from app.platform.db import db
from tests.events import scene
from tests.events.scene import DAY, TYPED
from tests.events.test_signup_pages import fields_of, form_at, prepared, signed_in
from tests.proofreading import ProofreadingClient as Client

DESK = "/biurko/wydarzenia"


def only_event() -> Event:
    return db.session.scalars(sa.select(Event)).one()


def test_one_address_in_two_spellings_with_and_without_an_account(app: Flask) -> None:
    """The account first, then as a guest in capitals: the page tells nothing, the letter does."""
    slug = prepared(app)
    own, other = Client(app), Client(app)
    address = signed_in(app, own)
    sent = form_at(own, slug, names="Anna Nowak")
    assert own.post(f"/wydarzenia/{slug}/zapisy", data=sent).status_code == 303
    guest = form_at(other, slug, name="Anna Nowak", email=f"  {address.upper()} ")
    said = other.post(f"/wydarzenia/{slug}/zapisy", data=guest)
    assert said.location.endswith("/zapisy/potwierdz")
    with app.app_context():
        assert len(db.session.scalars(sa.select(SignUp)).all()) == 1
        assert scene.letters(address)[-1].startswith("again:")


def test_a_double_click_on_cancelling_cancels_once(app: Flask, client: Client) -> None:
    slug = prepared(app, capacity=1)
    with app.app_context():
        event = only_event()
        signup, waiting = scene.come(event), scene.come(event)
        key, address, other = key_of(signup), signup.email, waiting.email
        db.session.commit()
    for _ in range(2):
        assert client.post(f"/zapisy/{key}/rezygnuje").status_code == 303
    with app.app_context():
        assert scene.letters(address) == ["placed:1", "cancelled:2"]
        assert scene.letters(other) == ["waiting:1", "promoted:2"]
        scene.holds_true(only_event())
    assert slug in client.get(f"/zapisy/{key}").text


def test_calling_off_in_two_windows_writes_once(app: Flask, desk: Client) -> None:
    slug = prepared(app)
    with app.app_context():
        address = scene.come(only_event()).email
        db.session.commit()
    address_of_page = f"{DESK}/{slug}/odwolaj"
    windows = [
        fields_of(desk.post(address_of_page, data={"reason": reason}).text)
        for reason in ("Choroba.", "Inny powód.")
    ]
    for fields in windows:
        assert desk.post(address_of_page, data={**fields, "send": "1"}).status_code == 303
    with app.app_context():
        assert scene.letters(address) == ["placed:1", "event-cancelled"]
        assert only_event().cancel_reason == "Choroba."


def test_a_smaller_room_than_people_in_it_is_refused_also_in_a_second_window(
    app: Flask, desk: Client
) -> None:
    """The form was opened before two people signed up."""
    assert desk.post(f"{DESK}/nowe", data={**TYPED, "capacity": "3"}).status_code == 303
    with app.app_context():
        event = only_event()
        address = f"{DESK}/{event.slug}"
    assert desk.post(f"{address}/oglos").status_code == 303
    with app.app_context():
        for _ in range(2):
            scene.come(only_event())
        db.session.commit()
    page = desk.post(address, data={**TYPED, "capacity": "1"})
    assert page.status_code == 422
    assert "Zajęte miejsca: 2" in page.text
    with app.app_context():
        assert only_event().capacity == 3
        scene.holds_true(only_event())


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("signup_opens_at", "2036-03-30T02:30"),  # skipped when the clocks go forward
        ("signup_closes_at", "2035-10-28T02:30"),  # shown twice when they go back
    ],
)
def test_hours_that_no_clock_or_two_clocks_show_are_asked_again_where_they_are_folded(
    app: Flask, desk: Client, field: str, typed: str
) -> None:
    page = desk.post(f"{DESK}/nowe", data={**TYPED, field: typed})
    assert page.status_code == 422
    opened = re.search(r"<details[^>]* open>(?:(?!</details>).)*" + field, page.text, re.DOTALL)
    assert opened, "the part with the mistake is folded"


def test_the_usual_is_folded_and_the_unusual_is_not(app: Flask, desk: Client) -> None:
    fresh = desk.get(f"{DESK}/nowe").text
    assert fresh.count('<details class="disclosure form__more">') == 8
    assert 'form__more" open>' not in fresh
    sent = {**TYPED, "asks_needs": "y", "guests": "", "offer_hours": "48", "reserved": "2"}
    made = desk.post(f"{DESK}/nowe", data=sent)
    page = desk.get(made.location).text
    opened = re.findall(r'form__more" open>\s*<summary>([^<]+)', page)
    assert opened == [
        "Miejsca zatrzymane i limit na organizację",
        "Lista oczekujących i przypomnienia",
    ]


def test_a_night_of_thirteen_hours_is_counted_by_the_clock_on_the_wall(
    app: Flask, desk: Client
) -> None:
    """From Saturday evening to Sunday morning, while the clocks go back."""
    times = {"starts_at": "2035-10-27T20:00", "ends_at": "2035-10-28T08:00"}
    made = desk.post(f"{DESK}/nowe", data={**TYPED, **times})
    with app.app_context():
        event = only_event()
        assert event.ends_at - event.starts_at == timedelta(hours=13)
    page = desk.get(made.location).text
    assert "2035-10-27T20:00" in page
    assert "2035-10-28T08:00" in page


def test_a_guest_who_confirms_after_a_move_sees_the_new_date_first(
    app: Flask, client: Client
) -> None:
    slug = prepared(app)
    sent = form_at(client, slug, name="Jan Kos", email="jan@poczta.example")
    client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    with app.app_context():
        event, old = only_event(), occasion_of(only_event())
        moved = replace(
            old, starts_at=old.starts_at + DAY, ends_at=old.ends_at + DAY, place="Ratusz"
        )
        steering.move(event, moved, by=scene.coordinator(), at=now())
        key = key_of(db.session.scalars(sa.select(SignUp)).one())
        db.session.commit()
    page = client.get(f"/zapisy/{key}").text
    assert "zmieniły się od wypełnienia formularza" in page
    assert "Ratusz" in page
    assert client.post(f"/zapisy/{key}/potwierdz").status_code == 303
    with app.app_context():
        assert db.session.scalars(sa.select(SignUp)).one().sequence == 1


def test_a_guest_who_confirms_a_second_after_closing_is_told_kindly(
    app: Flask, client: Client
) -> None:
    slug = prepared(app)
    sent = form_at(client, slug, name="Jan Kos", email="jan@poczta.example")
    client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    with app.app_context():
        only_event().signup_closes_at = now() - timedelta(seconds=1)
        key = key_of(db.session.scalars(sa.select(SignUp)).one())
        db.session.commit()
    assert "właśnie się skończyły" in client.get(f"/zapisy/{key}").text
    answer = client.post(f"/zapisy/{key}/potwierdz")
    assert answer.status_code == 403
    assert "właśnie się skończyły" in answer.text
    with app.app_context():
        assert scene.letters("jan@poczta.example") == ["confirm"]
