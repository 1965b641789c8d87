"""The list to sign, badges and tickets: read back, and let in by what is printed on them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.door.acts import Deed
from app.door.models import CheckIn
from app.door.papers import printing
from app.door.queries import Guest, code_in, guests_of
from app.events.models import Event
from app.events.models_signups import Participant, SignUpChannel, SignUpState
from app.events.post import key_of
from app.events.ticket_file import ticket_file
from app.events.tickets import Ticket
from app.platform.clock import now
from app.platform.db import db
from app.platform.keys import _PLAIN, plain_code
from app.platform.typography import NBSP
from tests import qr, town
from tests.door.scene import act, host, meeting, present, tell
from tests.door.test_door_pages import begun, gate, sent
from tests.events import scene as events
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted

__all__ = ["gate"]

HOSTILE = (
    '#panic("x")',
    "$x$ *y* _z_ `c` \\ // /* [a] <b> @c",
    "Jan „Kos\" 'Nowak'",
    "Anna\nMaria\r\tKowalik",
    "Ewa 🙂 \u202eLis",
    "=HYPERLINK(1)",
    "A" * 120,
    "Bartłomiej Konstantynopolitańczykowianeczkowski-Brzęczyszczykiewicz",
)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The words in reading order, with plain spaces and without hyphens at the ends of lines."""
    text = "\n".join(page.extract_text() for page in reader(pdf).pages)
    text = re.sub("\N{ZERO WIDTH SPACE}\n?|[-\xad]\n", "", text)
    return " ".join(text.replace(NBSP, " ").split())


def codes(pdf: bytes) -> list[str]:
    """What a camera reads on all the pages."""
    found: list[str] = []
    for page in reader(pdf).pages:
        contents = page.get_contents()
        assert contents is not None
        found += qr.codes_in_pdf(contents.get_data().decode("latin-1"))
    return found


def people(names: Sequence[str], event: Event, *, waits: bool = False) -> list[Guest]:
    """People of a list that stand in no database."""
    state = SignUpState.WAITING if waits else SignUpState.PLACED
    return [
        Guest(n, name, plain_code(), "TMZM", state, SignUpChannel.ONLINE, n, 1)
        for n, name in enumerate(names, 1)
    ]


def listed(event: Event, guests: Sequence[Guest], blank: int = 0) -> bytes:
    return printing.attendance_list(event, guests, blank=blank, made=now())


def test_the_list_of_nobody_one_and_three_hundred(app: Flask) -> None:
    with app.app_context():
        event = events.event(title="Jak pisać uwagi", place="Dom Kultury, sala 3")
        empty = words(listed(event, []))
        assert "Nikt się nie zapisał." in empty
        one = words(listed(event, people(["Łucja Żółć"], event), blank=2))
        for said in ("Lista obecności", "Jak pisać uwagi", "Dom Kultury, sala 3", "Podpis"):
            assert said in one
        assert "1 Łucja Żółć TMZM 2 3" in one
        many = listed(event, people([f"Osoba Nr{n:03}" for n in range(300)], event), blank=10)
        pages = reader(many).pages
        assert len(pages) > 9
        for number, page in enumerate(pages, 1):
            text = " ".join(page.extract_text().split())
            assert "Imię i nazwisko" in text, number
            assert f"Strona {number} z {len(pages)}" in text
            assert "Administratorem danych" in text
        text = words(many)
        assert all(f"Osoba Nr{n:03}" in text for n in range(300))
        assert " 310" in text


def test_the_list_is_in_polish_order_and_who_waits_stands_apart(app: Flask) -> None:
    with app.app_context():
        event, (zofia, lukasz, adam, ewa) = meeting(3, waiting=1)
        for person, name in zip(
            (zofia, lukasz, adam, ewa),
            ("Zofia Żak", "Łukasz Ćwik", "Adam Cap", "Ewa Abc"),
            strict=True,
        ):
            person.name = name
        db.session.flush()
        text = words(listed(event, guests_of(event), blank=1))
        order = [text.index(name) for name in ("Adam Cap", "Łukasz Ćwik", "Zofia Żak")]
        assert order == sorted(order)
        assert text.index("Lista oczekujących") < text.index("Ewa Abc")
        assert "1 Ewa Abc" in text
        assert "1 Adam Cap" in text


def test_who_walked_in_stands_on_the_list(app: Flask) -> None:
    with app.app_context():
        event, _people = meeting(1)
        tell(event, act(Deed.WALK_IN, name="Ewa Lis"), host())
        assert "Ewa Lis bez zapisu" in words(listed(event, guests_of(event)))


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_set_as_they_are_and_do_nothing(app: Flask, name: str) -> None:
    with app.app_context():
        event = events.event(title=name, place=name)
        guests = people([name], event)
        list_text, badge_text = (
            words(listed(event, guests)),
            words(printing.badges(event, guests, made=now())),
        )
        shown = " ".join(name.replace("🙂", "□").replace("\u202e", "").split())
        for text in (list_text, badge_text):
            assert shown.replace(" ", "") in text.replace(" ", "")
        assert codes(printing.badges(event, guests, made=now())) == [guests[0].code]


@pytest.mark.parametrize(("number", "sheets"), [(0, 1), (1, 1), (10, 1), (11, 2), (300, 30)])
def test_badges_fill_whole_sheets_and_each_has_its_own_code(
    app: Flask, number: int, sheets: int
) -> None:
    with app.app_context():
        event = events.event(title="Warsztat")
        guests = people([f"Żaneta Nr{n:03}" for n in range(number)], event)
        pdf = printing.badges(
            event, [*guests, *people(["Kto Czeka"], event, waits=True)], made=now()
        )
        assert len(reader(pdf).pages) == sheets
        assert codes(pdf) == [guest.code for guest in guests]
        text = words(pdf)
        assert all(f"Żaneta Nr{n:03}" in text for n in range(number))
        assert text.count("Warsztat") == sheets * 10
        assert "Czeka" not in text
        width, height = (float(n) / 72 * 25.4 for n in reader(pdf).pages[0].mediabox[2:])
        assert (round(width), round(height)) == (210, 297)


def test_a_name_is_parted_between_words_and_not_within_one(app: Flask) -> None:
    with app.app_context():
        event = events.event(title="Spotkanie podsumowujące konsultacje programu współpracy")
        names = ("Bartłomiej Abramowicz", "Świętosława Kowalska-Brzęczyszczykiewicz")
        pdf = printing.badges(event, people(names, event), made=now())
        text = "\n".join(page.extract_text() for page in reader(pdf).pages)
        for word in ("Bartłomiej", "Abramowicz", "Świętosława", "Kowalska", "Brzęczyszczykiewicz"):
            assert word in text, word
        assert text.count("współpracy") == 10


def test_papers_can_be_read_aloud(app: Flask) -> None:
    """Tagged, with a title and a language, and a spoken code beside each picture."""
    with app.app_context():
        event = events.event(title="Warsztat")
        guests = people(["Anna Nowak"], event)
        for pdf in (listed(event, guests), printing.badges(event, guests, made=now())):
            root = reader(pdf).trailer["/Root"]
            assert root["/MarkInfo"]["/Marked"]
            assert root["/Lang"] == "pl"
            assert "Warsztat" in (reader(pdf).metadata or {})["/Title"]


@settings(max_examples=60)
@given(code=st.text(_PLAIN, min_size=8, max_size=8))
def test_every_code_is_read_from_its_picture_as_the_door_understands_it(code: str) -> None:
    ticket = Ticket("Anna", code)
    assert qr.code_in_svg(ticket.drawing) == qr.code_in_svg(str(ticket.picture)) == code
    assert code_in(code) == code_in(ticket.spoken) == code_in(code.lower()) == code


def test_what_is_printed_lets_its_owner_in(app: Flask, gate: Client) -> None:
    """The code on the page of the ticket, in its file and on the badge, told to the door."""
    door, guests = begun(app)
    slug = door.split("/")[3]
    with app.app_context():
        keys = {g.id: key_of(db.session.get_one(Participant, g.id).signup) for g in guests}
        by_code = {guest.code: guest for guest in guests}
    badges = codes(gate.get(f"/biurko/wydarzenia/{slug}/druki/identyfikatory.pdf").data)
    assert sorted(badges) == sorted(by_code)
    for number, code in enumerate(badges):
        key = keys[by_code[code].id]
        assert codes(gate.get(f"/zapisy/{key}/bilet.pdf").data) == [code]
        picture = re.search(
            r"<svg[^>]*ticket__picture.*?</svg>", gate.get(f"/zapisy/{key}/bilet").text, re.DOTALL
        )
        assert picture
        assert qr.code_in_svg(picture[0]) == code
        row = re.search(rf'data-person="(\d+)" data-code="{code}"', gate.get(door).text)
        assert row
        told = sent(key=f"klucz-z-druku-{number:03}", participant=int(row[1]))
        answer = gate.post(f"{door}/kolejka", json={"acts": [told]}).get_json()
        assert answer["answers"][0]["outcome"] == "in"
        assert f'data-code="{code}"' in gate.get(f"{door}?szukaj={code}").text
    with app.app_context():
        event = db.session.scalars(sa.select(Event).where(Event.slug == slug)).one()
        assert len(present(event)) == len(guests)
        assert db.session.scalars(sa.select(CheckIn.way).distinct()).all() == ["camera"]


def test_a_group_has_its_tickets_in_one_file_and_who_waits_has_none(
    app: Flask, client: Client
) -> None:
    with app.app_context():
        person, of = events.group(3)
        event = events.event(capacity=3, title="#panic() dla „Nas”")
        signup, waits = events.come(event, person, 3, of), events.come(event)
        expected = [participant.code for participant in signup.participants]
        assert codes(ticket_file(signup)) == expected
        text = words(ticket_file(signup))
        assert "#panic() dla „Nas”" in text
        assert all(participant.name in text for participant in signup.participants)
        assert ticket_file(signup) == ticket_file(signup)
        key, key_of_waiting = key_of(signup), key_of(waits)
        db.session.commit()
    answer = client.get(f"/zapisy/{key}/bilet.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"/zapisy/{key_of_waiting}/bilet.pdf").status_code == 303
    assert client.get("/zapisy/cokolwiek/bilet.pdf").status_code == 404


def test_the_page_of_papers_and_the_empty_rows(app: Flask, gate: Client) -> None:
    door, _guests = begun(app, people=1, waiting=1)
    papers = door.replace("wejscie", "druki")
    page = gate.get(papers).text
    assert "1 osoba według nazwiska" in page
    assert "1 osoba czekająca" in page
    assert "1 Zofia Żak 2 3 4" in words(gate.get(f"{papers}/lista-obecnosci.pdf?puste=3").data)
    for odd in ("", "-1", "x", "1e9", "99999999999", "%00"):
        answer = gate.get(f"{papers}/lista-obecnosci.pdf?puste={odd}")
        assert answer.status_code in {200, 400}
    most = words(gate.get(f"{papers}/lista-obecnosci.pdf?puste=5000").data)
    assert " 201 " in most
    assert " 202 " not in most


def test_papers_ask_the_database_as_often_for_many_as_for_one(app: Flask, gate: Client) -> None:
    asked = []
    for number in (1, 12):
        door, _guests = begun(app, people=number)
        for paper in ("lista-obecnosci.pdf", "identyfikatory.pdf", ""):
            address = f"{door.replace('wejscie', 'druki')}/{paper}".rstrip("/")
            with app.app_context(), counted() as statements:
                assert gate.get(address).status_code == 200
            asked.append(len(statements))
    assert asked[:3] == asked[3:]


def test_nobody_else_prints(app: Flask, client: Client) -> None:
    door, _guests = begun(app)
    with app.app_context():
        person = town.person()
        db.session.commit()
        client.sign_in(person)
    for paper in ("", "/lista-obecnosci.pdf", "/identyfikatory.pdf"):
        assert client.get(door.replace("wejscie", "druki") + paper).status_code == 403


def test_after_erasure_papers_are_empty(app: Flask) -> None:
    with app.app_context():
        event, guests = meeting(2)
        for guest in guests:
            guest.name = ""
        event.erased_at = now() + timedelta(days=1)
        db.session.flush()
        assert codes(printing.badges(event, guests_of(event), made=now())) == []


def test_a_double_barrelled_surname_stands_in_one_piece_on_the_list(app: Flask) -> None:
    with app.app_context():
        event = events.event()
        pdf = listed(event, people(["Włodzimierz Świętochłowska-Żółkiewska"], event))
    assert "Świętochłowska-Żółkiewska" in reader(pdf).pages[0].extract_text()
