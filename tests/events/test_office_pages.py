"""The office's pages: preparing, publishing, moving with a preview, and those who come."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.events.models import (
    Audience,
    Event,
    EventKind,
    EventStatus,
    Facilitator,
    Invitation,
    Question,
)
from app.events.models_signups import AccessNeeds, Need, SignUp
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR, TYPED
from tests.events.test_signup_pages import fields_of
from tests.proofreading import ProofreadingClient as Client
from tests.untouched import sent_by_browser

DESK = "/biurko/wydarzenia"


def typed(**fields: object) -> dict[str, object]:
    return {**TYPED, "submission_key": "formularz-wydarzenia-1", **fields}


def only_event() -> Event:
    return db.session.scalars(sa.select(Event)).one()


def test_an_event_is_prepared_seen_and_published(app: Flask, desk: Client) -> None:
    assert desk.get(f"{DESK}/nowe").status_code == 200
    sent = typed(question_text_1="Czy masz laptop?", question_kind_1="yes_no")
    for _ in range(2):  # a double click
        made = desk.post(f"{DESK}/nowe", data=sent)
        assert made.location == f"{DESK}/jak-pisac-uwagi"
    page = desk.get(made.location).text
    for words in ("2036-09-24T17:00", "Michał Wrona – fundacja", "Czy masz laptop?", "7, 1"):
        assert words in page
    assert app.test_client().get("/wydarzenia/jak-pisac-uwagi").status_code == 404
    assert desk.post(f"{made.location}/oglos").status_code == 303
    assert "Zapisz się" in app.test_client().get("/wydarzenia/jak-pisac-uwagi").text
    assert "Jak pisać uwagi" in desk.get(DESK).text
    with app.app_context():
        assert only_event().starts_at.hour == 15  # UTC


def test_what_a_browser_sends_of_an_untouched_form_is_kept(app: Flask, desk: Client) -> None:
    """Only the fields that stand on the page are sent, with what stands in them."""
    sent = sent_by_browser(desk.get(f"{DESK}/nowe").text)
    sent |= {"title": "Dyżur", "starts_at": "2036-09-24T17:00", "ends_at": "2036-09-24T19:00"}
    made = desk.post(f"{DESK}/nowe", data=sent)
    assert made.status_code == 303
    again = sent_by_browser(desk.get(made.location).text) | {"capacity": "7"}
    assert desk.post(made.location, data=again).status_code == 303
    with app.app_context():
        assert only_event().capacity == 7


def test_a_series_is_prepared_at_once(app: Flask, desk: Client) -> None:
    dates = "2036-10-01 17:00\r\n\r\n2036-10-08 17:00"
    assert desk.post(f"{DESK}/nowe", data=typed(other_dates=dates)).status_code == 303
    with app.app_context():
        events = db.session.scalars(sa.select(Event).order_by(Event.starts_at)).all()
        assert [e.slug[-2:] for e in events] == ["gi", "-2", "-3"]
        assert len({e.ends_at - e.starts_at for e in events}) == 1
        for event in events:
            event.status = EventStatus.PUBLISHED
        db.session.commit()
    assert "Inne terminy" in app.test_client().get("/wydarzenia/jak-pisac-uwagi").text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": ""}, "tytuł"),
        ({"title": "  "}, "Nadaj wydarzeniu tytuł"),
        ({"title": "ż" * 201}, "tylu znakach: 200"),
        ({"starts_at": "2014-09-24T10:00", "ends_at": "2014-09-24T12:00"}, "już minął"),
        ({"ends_at": "2037-09-24T19:00"}, "ponad miesiąc"),
        ({"starts_at": "jutro"}, "na przykład 24.09.2015 10:00"),
        ({"starts_at": "2036-03-30T02:30"}, "tej godziny nie ma"),
        ({"ends_at": "2036-10-26T02:30"}, "wypada dwa razy"),
        ({"ends_at": "2036-09-24T16:00"}, "musi skończyć się później"),
        ({"signup_closes_at": "2036-09-25T16:00"}, "nie mogą kończyć się po wydarzeniu"),
        ({"signup_opens_at": "2036-09-24T18:00"}, "muszą zacząć się"),
        ({"capacity": "zero"}, ">Wpisz liczbę od 1 do 100\N{NO-BREAK SPACE}000.<"),
        ({"capacity": "-5"}, ">Wpisz liczbę od 1 do 100\N{NO-BREAK SPACE}000.<"),
        ({"capacity": "5", "reserved": "6"}, "zatrzymać najwyżej"),
        ({"remind_days": "7, 999"}, "od 0 do 60"),
        ({"other_dates": "2036-03-30 02:30"}, "tej godziny nie ma"),
        ({"other_dates": "24.09.2036 17:00"}, "stoi dwa razy"),
        ({"other_dates": "1.10.2015 17:00"}, "już minął"),
        ({"online_url": "https://rozmowa.example/" + "a" * 500}, "tylu znakach: 500"),
        ({"online_url": "javascript:alert(1)"}, "https://"),
        ({"question_text_1": "Kiedy?", "question_kind_1": "choice"}, "dwie odpowiedzi"),
        (
            {"question_text_2": "Kiedy?", "question_kind_2": "choice"},
            'id="question_choices_2-error"',
        ),
        (
            {
                "question_text_1": "Kiedy?",
                "question_kind_1": "choice",
                "question_choices_1": "rano\nwieczorem\nrano",
            },
            "stoi tu dwa razy",
        ),
        ({"question_choices_1": "rano\nwieczorem"}, "Napisz pytanie"),
        ({"question_required_2": "y"}, "Napisz pytanie"),
        ({"guests": "Ż" * 121}, "Skróć"),
        ({"provisions": "§ 99"}, "Nie ma w wybranych dokumentach"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    app: Flask, desk: Client, fields: dict[str, str], says: str
) -> None:
    page = desk.post(f"{DESK}/nowe", data=typed(**fields))
    assert page.status_code == 422
    assert says in page.text
    assert "Ćwiczymy na prawdziwym projekcie." in page.text
    with app.app_context():
        assert db.session.scalars(sa.select(Event)).all() == []


def test_a_date_is_read_as_it_is_written_in_poland(app: Flask, desk: Client) -> None:
    sent = typed(starts_at="24.09.2036 17:00", ends_at="24.9.2036, 19.00", title="")
    page = desk.post(f"{DESK}/nowe", data=sent | {"ends_at": "24.9.2036 19.00"})
    assert 'value="2036-09-24T17:00"' in page.text, "a browser's own field shows no other shape"
    assert 'value="2036-09-24T19:00"' in page.text


def test_provisions_are_named_as_they_are_cited(app: Flask, desk: Client) -> None:
    with app.app_context():
        document = town.document()
        db.session.commit()
        number = document.id
    sent = typed(documents=[number], provisions="§ 2 ust. 1, § 3")
    made = desk.post(f"{DESK}/nowe", data=sent)
    assert made.status_code == 303
    form = desk.get(made.location).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "§ 2 ust. 1, § 3" in form
    again = {**sent, **fields_of(form)}
    assert desk.post(made.location, data=again).status_code == 303
    desk.post(f"{made.location}/oglos")
    page = app.test_client().get("/wydarzenia/jak-pisac-uwagi").text
    assert "§ 2 ust. 1" in page.replace("\N{NO-BREAK SPACE}", " ")


def prepared(app: Flask, people: int = 0, **fields: Any) -> str:
    with app.app_context():
        event = scene.event(**fields)
        for _ in range(people):
            scene.come(event)
        db.session.commit()
        return f"{DESK}/{event.slug}"


def edited(desk: Client, address: str, **fields: object) -> dict[str, object]:
    page = desk.get(address).text
    sent = {**typed(title="Warsztat"), **fields_of(page), **fields}
    hidden = {"starts_at", "ends_at", "place"} if 'name="starts_at"' not in page else set()
    return {name: value for name, value in sent.items() if name not in hidden}


def test_the_capacity_below_those_who_come_says_what_to_do(app: Flask, desk: Client) -> None:
    address = prepared(app, people=3, capacity=5)
    page = desk.post(address, data=edited(desk, address, capacity="2"))
    assert page.status_code == 422
    assert "Zajęte miejsca: 3" in page.text
    assert desk.post(address, data=edited(desk, address, capacity="3")).status_code == 303


def test_which_kinds_a_published_event_can_still_be(app: Flask, desk: Client) -> None:
    """An old window may still offer what has been refused since: it is told why."""
    day = prepared(app, kind=EventKind.FESTIVAL)
    workshop = prepared(app, kind=EventKind.WORKSHOP)
    for address, wrong, right in ((day, "meeting", "festival"), (workshop, "festival", "meeting")):
        page = desk.get(address).text
        assert "Skopiuj wydarzenie" in page
        closed = set(re.findall(r'<option disabled value="(\w+)"', page))
        assert (wrong in closed, right in closed) == (True, False)
        refused = desk.post(address, data=edited(desk, address, kind=wrong))
        assert refused.status_code == 422
        assert "Skopiuj wydarzenie" in refused.text.partition('id="error-summary-title"')[2][:400]
        assert desk.post(address, data=edited(desk, address, kind=right)).status_code == 303
    draft = prepared(app, status=EventStatus.DRAFT)
    assert "<option disabled" not in desk.get(draft).text


def test_of_two_windows_the_second_sees_what_the_first_saved(app: Flask, desk: Client) -> None:
    """Texts, places and questions of a colleague are not overwritten in silence."""
    address = prepared(app, capacity=5, remind_days=[7, 1])
    first, second = (edited(desk, address, capacity="5") for _ in range(2))
    hers = {**first, "summary": "Nowy opis.", "capacity": "9", "question_text_1": "Masz laptop?"}
    for _ in range(2):  # a double click is no colleague
        assert desk.post(address, data=hers).status_code == 303
    his = {**second, "contact": "Pokój 12", "question_text_1": "Masz telefon?"}
    shown = desk.post(address, data=his)
    assert shown.status_code == 409
    for words in ("zapisano w innym oknie", "Nowy opis.", "Masz laptop?", "Pokój 12", "Masz tel"):
        assert words in shown.text
    assert shown.text.count("summary__row") == 4  # summary, whom to ask, places, the question
    with app.app_context():
        assert (only_event().capacity, only_event().contact) == (9, "")
        assert [q.text for q in only_event().questions] == ["Masz laptop?"]
    again = {**his, **fields_of(shown.text), "capacity": "9", "summary": "Nowy opis."}
    assert desk.post(address, data=again).status_code == 303
    with app.app_context():
        event = only_event()
        assert (event.capacity, event.contact, event.summary) == (9, "Pokój 12", "Nowy opis.")
        assert [q.text for q in event.questions] == ["Masz telefon?"]


def test_a_date_typed_before_the_event_was_published_is_not_dropped_in_silence(
    app: Flask, desk: Client
) -> None:
    address = prepared(app, status=EventStatus.DRAFT)
    his = edited(desk, address, starts_at="2036-09-24T18:00", ends_at="2036-09-24T20:00")
    assert desk.post(f"{address}/oglos").status_code == 303
    refused = desk.post(address, data=his)
    assert refused.status_code == 422
    for words in ("„Przenieś”", "24 września 2036 r., 18:00", "nie zostało zapisane"):
        assert words in refused.text.replace("\N{NO-BREAK SPACE}", " ")
    again = {k: v for k, v in his.items() if f'name="{k}"' in refused.text}
    assert "starts_at" not in again
    assert desk.post(address, data={**again, "contact": "Pokój 12"}).status_code == 303
    with app.app_context():
        assert (only_event().contact, only_event().starts_at.year) == ("Pokój 12", now().year)


def test_a_form_without_the_version_that_was_opened_overwrites_nothing(
    app: Flask, desk: Client
) -> None:
    address = prepared(app, capacity=5)
    sent = edited(desk, address, capacity="9")
    for version in ({}, {"version": ""}):
        old = {**{k: v for k, v in sent.items() if k != "version"}, **version}
        shown = desk.post(address, data=old)
        assert shown.status_code == 409
    with app.app_context():
        assert only_event().capacity == 5
    assert desk.post(address, data={**sent, **fields_of(shown.text)}).status_code == 303


def test_kept_places_released_meanwhile_are_not_kept_again(app: Flask, desk: Client) -> None:
    address = prepared(app, capacity=5, reserved=3)
    old = edited(desk, address, capacity="5", reserved="3")
    assert desk.post(f"{address}/zwolnij", data={"places": "2"}).status_code == 303
    assert desk.post(address, data=old).status_code == 409
    with app.app_context():
        assert only_event().reserved == 1


def test_a_move_shows_the_letter_and_who_gets_it_first(app: Flask, desk: Client) -> None:
    address = prepared(app, people=2)
    assert desk.get(f"{address}/przenies").status_code == 200
    with app.app_context():
        event = only_event()
        day = f"{event.starts_at + 2 * DAY:%Y-%m-%d}"
        written = len(db.session.scalars(sa.select(OutboxMail)).all())
    new = {"starts_at": f"{day}T10:00", "ends_at": f"{day}T12:00", "place": "Ratusz"}
    shown = desk.post(f"{address}/przenies", data=new)
    assert shown.status_code == 200
    for words in ("Ta wiadomość zostanie wysłana", "Do 2 osób", "Ratusz", "Poprzedni termin"):
        assert words in shown.text
    with app.app_context():
        assert only_event().place == "Dom Kultury, sala 3"
        assert len(db.session.scalars(sa.select(OutboxMail)).all()) == written
    again = desk.post(f"{address}/przenies", data={**new, "correct": "1"})
    assert (again.status_code, f"{day}T10:00" in again.text) == (200, True)
    sent = {**new, **fields_of(shown.text), "send": "1"}
    for _ in range(2):
        assert desk.post(f"{address}/przenies", data=sent).status_code == 303
    with app.app_context():
        assert only_event().place == "Ratusz"
        assert len(db.session.scalars(sa.select(OutboxMail)).all()) == written + 2
    wrong = {**new, "ends_at": f"{day}T09:00", "send": "1"}
    assert desk.post(f"{address}/przenies", data=wrong).status_code == 422


def test_a_new_link_is_shown_in_the_letter_first(app: Flask, desk: Client) -> None:
    address = prepared(app, people=2, capacity=1, place="Ratusz")
    with app.app_context():
        event = only_event()
        event.starts_at = event.starts_at.replace(second=0, microsecond=0)
        event.ends_at = event.ends_at.replace(second=0, microsecond=0)
        db.session.commit()
    fields = r'<input[^>]*name="(\w+_at|place)"[^>]*value="([^"]*)"'
    stands = dict(re.findall(fields, desk.get(f"{address}/przenies").text))
    link = {**stands, "online_url": "https://rozmowa.example/pokoj"}
    shown = desk.post(f"{address}/przenies", data=link).text
    assert shown.count("https://rozmowa.example/pokoj") == 2  # in the letter, and kept
    assert ("Do 1 osoby" in shown, "Zmienił się link" in shown) == (True, True)
    moved = desk.post(f"{address}/przenies", data={**link, "place": "Rynek"}).text
    assert ("Do 2 osób" in moved, "bez linku" in moved) == (True, True)


def test_calling_off_shows_the_letter_and_asks_why(app: Flask, desk: Client) -> None:
    address = prepared(app, people=1)
    assert desk.post(f"{address}/odwolaj", data={"reason": ""}).status_code == 422
    shown = desk.post(f"{address}/odwolaj", data={"reason": "Zalało salę."})
    assert "to wydarzenie się nie odbędzie" in shown.text
    with app.app_context():
        assert only_event().status is EventStatus.PUBLISHED
    sent = {**fields_of(shown.text), "send": "1"}
    for _ in range(2):
        assert desk.post(f"{address}/odwolaj", data=sent).status_code == 303
    slug = address.rpartition("/")[2]
    assert "Zalało salę." in app.test_client().get(f"/wydarzenia/{slug}").text


def test_the_letter_of_invitation_is_shown_before_it_is_sent(app: Flask, desk: Client) -> None:
    address = prepared(app, audience=Audience.INVITED, status=EventStatus.DRAFT)
    assert "Nie zostanie wysłane żadne zaproszenie" in desk.get(address).text
    with app.app_context():
        speaks = town.person(name="Ewa Lis", email="ewa@ngo.example")
        body = town.organisation(speaks, verified_at=now())
        db.session.commit()
        number = body.id
    sent = {"emails": "ala@ngo.example", "organisations": [number]}
    assert desk.post(f"{address}/zaproszenia", data=sent).status_code == 303
    for page in (address, f"{address}/zaproszenia"):
        shown = desk.get(page).text
        for words in ("pod 2 adresy", "ala@ngo.example", "ewa@ngo.example", "Zapraszamy na:"):
            assert words in shown
    with app.app_context():
        assert db.session.scalars(sa.select(OutboxMail)).all() == []
    assert "2 zaproszenia" in desk.post(f"{address}/oglos", follow_redirects=True).text
    assert "wyjdą od razu" in desk.get(f"{address}/zaproszenia").text
    with app.app_context():
        assert len(db.session.scalars(sa.select(OutboxMail)).all()) == 2


def test_thanks_are_previewed_and_sent_once(app: Flask, desk: Client) -> None:
    address = prepared(app, people=2)
    assert desk.get(f"{address}/podziekuj").status_code == 403
    with app.app_context():
        event = only_event()
        event.starts_at, event.ends_at = now() - 3 * HOUR, now() - HOUR
        db.session.commit()
    assert "Dziękujemy" in desk.get(f"{address}/podziekuj").text
    words = {"words": "Dziękujemy za wieczór."}
    assert "Do 2 osób" in desk.post(f"{address}/podziekuj", data=words).text
    assert desk.post(f"{address}/podziekuj", data={**words, "send": "1"}).status_code == 303
    assert desk.post(f"{address}/podziekuj", data={**words, "send": "1"}).status_code == 403


def test_a_copy_is_a_draft_of_its_own(app: Flask, desk: Client) -> None:
    address = prepared(app, people=1)
    assert desk.post(f"{address}/kopiuj", data={"starts_at": ""}).status_code == 422
    made = desk.post(f"{address}/kopiuj", data={"starts_at": "2036-09-24T17:00"})
    assert made.status_code == 303
    assert "W przygotowaniu" in desk.get(made.location).text


def test_who_comes_with_answers_and_needs(app: Flask, desk: Client) -> None:
    address = prepared(app, people=1, capacity=2)
    with app.app_context():
        event = only_event()
        asked = Question(event_id=event.id, kind="text", text="Dieta?", choices=[])
        db.session.add(asked)
        db.session.flush()
        scene.come(
            event,
            answers={asked.id: "wegańska"},
            needs=frozenset({Need.INDUCTION_LOOP}),
            needs_note="Siedzę z przodu.",
        )
        last = scene.come(event)
        db.session.commit()
        number, name = last.id, last.name
    page = desk.get(f"{address}/uczestnicy").text
    for words in ("wegańska", "Pętla indukcyjna", "Siedzę z przodu.", name, "czeka 1 osoba"):
        assert words in page
    first = f"{address}/uczestnicy/{number}"
    assert desk.post(f"{first}/kolejnosc", data={"number": "1"}).status_code == 422
    order = {"number": "1", "reason": "Prowadzi stolik."}
    assert desk.post(f"{first}/kolejnosc", data=order).status_code == 303
    assert desk.post(f"{first}/odwolaj", data={"reason": "Pomyłka."}).status_code == 303
    assert "Pomyłka." in desk.get(f"{address}/uczestnicy").text
    assert desk.get(f"{address}/uczestnicy/999999/odwolaj").status_code == 404


def test_needs_are_not_for_everybody(app: Flask, client: Client) -> None:
    address = prepared(app, people=1)
    with app.app_context():
        signup = db.session.scalars(sa.select(SignUp)).one()
        signup.needs = AccessNeeds(needs=["interpreter"], note="")
        people = {str(role): town.person(role) for role in Role}
        people["host"] = town.person(Role.FACILITATOR)
        signup.event.facilitators = [Facilitator(name="Host", user_id=people["host"].id)]
        db.session.commit()
        sessions = {who: person.get_id() for who, person in people.items()}
    for who, remembered in sessions.items():
        with client.session_transaction() as session:
            session["_user_id"] = remembered
        allowed = who in {"coordinator", "host"}
        page = client.get(f"{address}/uczestnicy")
        assert page.status_code == (200 if allowed else 403)
        assert ("Tłumacz polskiego języka migowego" in page.text) is allowed


def test_the_office_enters_releases_and_invites(app: Flask, desk: Client) -> None:
    address = prepared(app, people=1, capacity=3, reserved=2)
    assert desk.post(f"{address}/dopisz", data={"names": ""}).status_code == 422
    entry = {**fields_of(desk.get(f"{address}/dopisz").text), "names": "Jan Kos",
             "organisation": "0", "on_reserved": "y"}  # fmt: skip
    for _ in range(2):
        assert desk.post(f"{address}/dopisz", data=entry).status_code == 303
    assert desk.post(f"{address}/zwolnij", data={"places": "1"}).status_code == 303
    gone = desk.post(f"{address}/zwolnij", data={"places": "1"})
    assert (gone.status_code, "Nie ma już zatrzymanych miejsc" in gone.text) == (422, True)
    bad = desk.post(f"{address}/zaproszenia", data={"emails": "ala"})
    assert bad.status_code == 422
    invited = desk.post(f"{address}/zaproszenia", data={"emails": "Ala@ngo.example\r\n"})
    assert invited.status_code == 303
    assert "ala@ngo.example" in desk.get(f"{address}/zaproszenia").text
    with app.app_context():
        assert only_event().reserved == 0
        assert len(db.session.scalars(sa.select(SignUp)).all()) == 2
        assert db.session.scalars(sa.select(Invitation.email)).all() == ["ala@ngo.example"]
