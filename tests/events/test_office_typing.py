"""What the office types in a hurry about people: each answer says what to do, nothing is lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.events.models import EventStatus, Facilitator, Question, QuestionKind
from app.events.models_signups import SignUp, SignUpState
from app.platform.db import db
from tests import town
from tests.events.test_office_pages import DESK, only_event, prepared
from tests.proofreading import ProofreadingClient as Client
from tests.untouched import sent_by_browser


def of_waiting(app: Flask, address: str, deed: str) -> str:
    with app.app_context():
        waits = sa.select(SignUp.id).where(SignUp.state == SignUpState.WAITING)
        return f"{address}/uczestnicy/{db.session.scalars(waits).first()}/{deed}"


def test_a_move_to_where_it_is_writes_to_nobody(app: Flask, desk: Client) -> None:
    address = prepared(app, people=2)
    with app.app_context():
        event = only_event()
        event.starts_at = event.starts_at.replace(second=0, microsecond=0)
        event.ends_at = event.ends_at.replace(second=0, microsecond=0)
        closes = f"{event.starts_at:%Y-%m-%d}T00:30"
        db.session.commit()
    same = sent_by_browser(desk.get(f"{address}/przenies").text)
    page = desk.post(f"{address}/przenies", data=same)
    assert (page.status_code, "Tak jest teraz" in page.text) == (422, True)
    window = desk.post(f"{address}/przenies", data=same | {"signup_closes_at": closes})
    assert window.status_code == 303, "when sign-ups close is no news to those who have a place"
    assert "Zmiany są zapisane." in desk.get(window.location).text


def test_a_reason_of_blanks_is_none(app: Flask, desk: Client) -> None:
    address = prepared(app, people=2, capacity=1)
    for deed in ("odwolaj", "kolejnosc"):
        sent = {"reason": "  ", "number": "1"}
        assert desk.post(of_waiting(app, address, deed), data=sent).status_code == 422
    assert desk.post(f"{address}/odwolaj", data={"reason": " ", "send": "1"}).status_code == 422
    with app.app_context():
        assert only_event().status is EventStatus.PUBLISHED


@pytest.mark.parametrize(
    ("number", "says"),
    [("9", "od 1 do 2"), ("-1", "od 1 do"), ("pierwszy", "od 1 do"), ("", "Wpisz liczbę")],
)
def test_a_number_that_is_not_on_the_list(app: Flask, desk: Client, number: str, says: str) -> None:
    address = of_waiting(app, prepared(app, people=3, capacity=1), "kolejnosc")
    page = desk.post(address, data={"number": number, "reason": "Prowadzi stolik."})
    assert (page.status_code, says in page.text) == (422, True)
    assert f'value="{number}"' in page.text
    assert "Prowadzi stolik." in page.text


def test_the_number_somebody_has_already(app: Flask, desk: Client) -> None:
    address = of_waiting(app, prepared(app, people=2, capacity=1), "kolejnosc")
    done = desk.post(address, data={"number": "1", "reason": "Prowadzi stolik."})
    assert "nic się nie zmieniło" in desk.get(done.location).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"names": "Jan Kos", "email": "jan kos poczta"}, "Sprawdź adres"),
        ({"names": " \n ", "email": "jan@kos.example"}, "Wpisz, kto przyjdzie"),
        ({"names": "Jan Kos", "email": "gosc-0@ngo.example"}, "Ktoś z tym adresem"),
    ],
)
def test_somebody_who_rang_is_written_down_right(
    app: Flask, desk: Client, fields: dict[str, str], says: str
) -> None:
    address = prepared(app, people=1)
    with app.app_context():
        db.session.scalars(sa.select(SignUp)).one().email = "gosc-0@ngo.example"
        db.session.commit()
    form = sent_by_browser(desk.get(f"{address}/dopisz").text)
    page = desk.post(f"{address}/dopisz", data=form | fields)
    assert (page.status_code, says in page.text) == (422, True)
    assert fields["email"] in page.text


def test_who_rang_is_asked_what_everybody_is_asked(app: Flask, desk: Client) -> None:
    address = prepared(app)
    with app.app_context():
        asked = Question(
            event_id=only_event().id,
            position=1,
            kind=QuestionKind.NUMBER,
            text="Ile lat ma organizacja?",
            required=True,
        )
        db.session.add(asked)
        db.session.commit()
        name = f"question_{asked.id}"
    page = desk.get(f"{address}/dopisz").text
    form = sent_by_browser(page) | {"names": "Jan Kos", "need_induction_loop": "y"}
    wrong = desk.post(f"{address}/dopisz", data=form | {name: "sto lat"})
    assert (wrong.status_code, "sto lat" in wrong.text) == (422, True)
    assert desk.post(f"{address}/dopisz", data=form | {name: "7"}).status_code == 303
    other = sent_by_browser(desk.get(f"{address}/dopisz").text) | {"names": "Ewa Lis"}
    assert desk.post(f"{address}/dopisz", data=other).status_code == 303, "they did not say"
    list_ = desk.get(f"{address}/uczestnicy").text
    assert ("Pętla indukcyjna" in list_, "</span> 7" in list_) == (True, True)


def test_addresses_are_taken_as_they_stand_in_a_letter(app: Flask, desk: Client) -> None:
    address = f"{prepared(app)}/zaproszenia"
    nobody = desk.post(address, data={"emails": " \n"})
    assert (nobody.status_code, "wybierz organizację" in nobody.text) == (422, True)
    sent = {"emails": "Ala Kos <Ala@ngo.example>, ola@ngo.example;\njan@ngo.example"}
    assert desk.post(address, data=sent).status_code == 303
    page = desk.get(address).text
    assert [f"{who}@ngo.example" in page for who in ("ala", "ola", "jan")] == [True] * 3
    again = desk.post(address, data=sent)
    assert "są już na liście" in desk.get(again.location).text


def test_a_reminder_of_a_day_nobody_meant(app: Flask, desk: Client) -> None:
    address = prepared(app)
    form = sent_by_browser(desk.get(address).text) | {"remind_days": "7, 00601"}
    page = desk.post(address, data=form)
    assert (page.status_code, "00601" in page.text) == (422, True)


@pytest.mark.parametrize("typed", ["jan@[ngo.example", "jan@ngo..example", "ala.<jan@ngo.example"])
def test_an_invited_address_with_a_slip_is_named(app: Flask, desk: Client, typed: str) -> None:
    address = f"{prepared(app)}/zaproszenia"
    page = desk.post(address, data={"emails": f"ola@ngo.example\n{typed}"})
    assert (page.status_code, "To nie wygląda na adres e-mail" in page.text) == (422, True)
    assert "jan@" in page.text


def test_a_copy_for_a_day_that_has_passed(app: Flask, desk: Client) -> None:
    page = desk.post(f"{prepared(app)}/kopiuj", data={"starts_at": "2014-01-05T10:00"})
    assert (page.status_code, "już minął" in page.text) == (422, True)


def test_what_is_over_is_not_told_as_a_lack_of_rights(app: Flask, desk: Client) -> None:
    address = prepared(app, people=1)
    with app.app_context():
        made = db.session.scalars(sa.select(SignUp)).one()
        made.state = SignUpState.CANCELLED
        number = made.id
        db.session.commit()
    page = desk.get(f"{address}/uczestnicy/{number}/odwolaj")
    assert page.status_code == 403
    assert "Teraz nie można tego zrobić" in page.text


def test_the_summary_names_the_fields_in_the_order_of_the_page(app: Flask, desk: Client) -> None:
    page = desk.post(f"{DESK}/nowe", data={"title": "", "starts_at": ""}).text
    summary = page[page.index("error-summary") : page.index("</ul>", page.index("error-summary"))]
    assert summary.index("#title") < summary.index("#starts_at")


def test_only_the_coordinator_is_led_to_the_list_of_events(app: Flask, client: Client) -> None:
    address = prepared(app)
    with app.app_context():
        host = town.person(Role.FACILITATOR)
        only_event().facilitators = [Facilitator(name="Host", user_id=host.id)]
        db.session.commit()
        client.sign_in(host)
    assert 'href="/biurko/wydarzenia"' not in client.get(f"{address}/uczestnicy").text
