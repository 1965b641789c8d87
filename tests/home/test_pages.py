"""The front door: home page, pages about the service, language and health."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from lxml import html

from app.consultations.phases import Phase
from app.documents.models import Document
from app.events.models import Event, EventKind
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import Message, put
from tests import town
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted

ABOUT = ("/o-stronie", "/dostepnosc", "/prywatnosc")

MARKS = """
wstep podmiot url status data-publikacja data-aktualizacja data-sporzadzenie kontakt osoba procedura
architektura
"""


def with_remarks(document: Document, *counts: int) -> None:
    """So many remarks were sent to the document's consultation."""
    document.consultation.last_remark_number = sum(counts)


@pytest.mark.parametrize("address", ["/", *ABOUT])
def test_reading_leaves_no_cookie_and_is_not_sent_twice(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_nothing_is_going_on(client: Client) -> None:
    page = client.get("/").text
    assert "empty__title" in page
    assert "feature" not in page
    assert "Zobacz wcześniejsze konsultacje" not in page


def test_earlier_consultations_are_offered_where_there_are_any(app: Flask, client: Client) -> None:
    with app.app_context():
        town.consultation(Phase.CONCLUDED)
        db.session.commit()
    assert "Zobacz wcześniejsze konsultacje" in client.get("/").text


def test_a_running_consultation_comes_first(app: Flask, client: Client) -> None:
    with app.app_context():
        running = town.consultation(Phase.OPEN, title="Program na rok 2016")
        document = town.document(running)
        with_remarks(document, 3, 4)
        town.consultation(Phase.CONSIDERED, title="Program na rok 2015")
        town.consultation(Phase.CONCLUDED, title="Program na rok 2014")
        town.consultation(Phase.DRAFT, title="Program tajny")
        slug = running.slug
        db.session.commit()
    page = client.get("/").text
    tree = html.document_fromstring(page)
    (feature,) = tree.find_class("feature")
    words = feature.text_content()
    assert "Program na rok 2016" in words
    assert "7" in words
    assert "9" in words  # days left
    assert feature.xpath(f".//a[@href='/konsultacje/{slug}/dokumenty/program']")
    assert "Program na rok 2015" in page
    assert "Program na rok 2014" in page
    assert "Program tajny" not in page


@pytest.mark.parametrize("phase", [p for p in Phase if p is not Phase.DRAFT])
def test_every_public_phase_is_shown(app: Flask, client: Client, phase: Phase) -> None:
    with app.app_context():
        title = town.consultation(phase).title
        db.session.commit()
    assert title in client.get("/").text


def test_next_events_are_shown_but_not_those_of_a_draft(app: Flask, client: Client) -> None:
    with app.app_context():
        secret = town.consultation(Phase.DRAFT)
        for title, of in (("Warsztat jawny", None), ("Warsztat tajny", secret.id)):
            db.session.add(
                Event(
                    slug=title.replace(" ", "-"),
                    title=title,
                    kind=EventKind.WORKSHOP,
                    consultation_id=of,
                    starts_at=now() + timedelta(days=1),
                    ends_at=now() + timedelta(days=1, hours=2),
                )
            )
        db.session.commit()
    page = client.get("/").text
    assert "Warsztat jawny" in page
    assert "Warsztat tajny" not in page


def test_queries_do_not_grow_with_consultations(app: Flask, client: Client) -> None:
    counts = []
    for _ in range(2):
        with app.app_context():
            for phase in (Phase.OPEN, Phase.CONCLUDED):
                for _ in range(3):
                    with_remarks(town.document(town.consultation(phase)), 1)
            db.session.commit()
        with app.app_context(), counted() as statements:
            assert client.get("/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


def test_a_change_shows_at_once(app: Flask, client: Client) -> None:
    first = client.get("/")
    with app.app_context():
        town.consultation(Phase.OPEN, title="Całkiem nowy program")
        db.session.commit()
    second = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert "Całkiem nowy program" in second.text


@pytest.mark.parametrize("mark", MARKS.split())
def test_the_declaration_has_the_marks_that_the_law_sets(client: Client, mark: str) -> None:
    tree = html.document_fromstring(client.get("/dostepnosc").text)
    assert len(tree.xpath(f"//*[@id='a11y-{mark}']")) == 1


@pytest.mark.parametrize("address", ABOUT)
def test_the_contact_comes_from_the_newest_consultation(
    app: Flask, client: Client, address: str
) -> None:
    with app.app_context():
        town.consultation(Phase.OPEN, contact_email="cop@urzad.example", year=2016)
        town.consultation(Phase.OPEN, contact_email="stary@urzad.example", year=2014)
        town.consultation(Phase.DRAFT, contact_email="tajny@urzad.example", year=2017)
        db.session.commit()
    page = client.get(address).text
    assert "cop@urzad.example" in page
    assert "stary@" not in page
    assert "tajny@" not in page


def test_choosing_a_language_keeps_the_page(client: Client) -> None:
    here = {"Referer": "http://localhost/dostepnosc?a=1"}
    answer = client.get("/jezyk?lang=en", headers=here)
    assert (answer.status_code, answer.location) == (303, "/dostepnosc?a=1")
    assert 'lang="en"' in client.get("/dostepnosc").text
    client.get("/jezyk?lang=pl", headers=here)
    assert 'lang="pl"' in client.get("/dostepnosc").text


@pytest.mark.parametrize(
    "referrer", [None, "https://evil.example/dostepnosc", "http://localhost/wyloguj", "nonsense"]
)
def test_a_language_chosen_elsewhere_leads_home(client: Client, referrer: str | None) -> None:
    headers = {"Referer": referrer} if referrer else {}
    assert client.get("/jezyk?lang=en", headers=headers).location == "/"


@pytest.mark.parametrize("wanted", ["de", "", "../pl"])
def test_there_are_two_languages(client: Client, wanted: str) -> None:
    answer = client.get("/jezyk", query_string={"lang": wanted})
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_health_with_nothing_waiting(client: Client) -> None:
    answer = client.get("/zdrowie")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "database": "ok", "oldest_unsent_mail_seconds": None}
    assert "Set-Cookie" not in answer.headers


def test_health_says_how_long_mail_has_waited(app: Flask, client: Client) -> None:
    with app.app_context():
        put("ewa@ngo.example", Message("x", "y"), key="x", at=now() - timedelta(hours=2))
        db.session.commit()
    assert (client.get("/zdrowie").json or {})["oldest_unsent_mail_seconds"] is None
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    try:
        waited = (client.get("/zdrowie").json or {})["oldest_unsent_mail_seconds"]
    finally:
        app.config["SMTP_URL"] = ""
    assert 7200 <= waited < 7260
