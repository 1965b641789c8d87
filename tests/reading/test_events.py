"""Meetings on the pages of a consultation and of the provisions they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.drafting import actions as drafts
from app.drafting.models import ChangeKind
from app.drafting.watching import let_watch
from app.events import actions, steering
from app.events.models import Event, EventStatus
from app.events.planning import occasion_of
from app.platform.clock import now
from app.platform.db import db
from tests.drafting import scene as drafting
from tests.events import scene as meetings
from tests.events.scene import DAY, HOUR
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.reading import scene
from tests.reading.scene import Place, document_of
from tests.remarks.scene import provision

ABOUT = "§ 2 ust. 1"


def meeting(app: Flask, place: Place, *about: str, **fields: Any) -> str:
    """An event of the consultation, about provisions of its document."""
    with app.app_context():
        document = document_of(place)
        event = meetings.event(consultation_id=document.consultation_id, **fields)
        event.provisions = [provision(document, citation) for citation in about]
        db.session.commit()
        return event.slug


def do(app: Flask, slug: str, deed: Callable[[Event], object]) -> None:
    with app.app_context():
        deed(db.session.query(Event).filter_by(slug=slug).one())
        db.session.commit()


def test_meetings_stand_on_the_pages_of_what_they_are_about_and_lead_back(
    app: Flask, client: Client
) -> None:
    place = scene.published(app)
    slug = meeting(app, place, ABOUT, title="O zasadach", capacity=7)
    for address in (place.root, place.section("§ 2")):
        page = client.get(address).text
        assert f'href="/wydarzenia/{slug}"' in page
        assert "7 wolnych miejsc" in page
    assert "O zasadach" not in client.get(place.section("§ 1")).text
    event = client.get(f"/wydarzenia/{slug}").text
    assert f'href="{place.section(ABOUT)}"' in event
    assert f'href="{place.root}"' in event


def test_what_is_over_stands_below_with_the_way_to_what_came_of_it(
    app: Flask, client: Client
) -> None:
    place = scene.published(app)
    past = now() - 9 * DAY
    meeting(app, place, ABOUT, title="Dawne", starts_at=past, outcome="Uzgodniono zasady.")
    meeting(app, place, ABOUT, title="Nowsze", starts_at=past + DAY)
    meeting(app, place, ABOUT, title="Przyszłe", starts_at=now() + 2 * DAY)
    meeting(app, place, ABOUT, title="Bliższe", starts_at=now() + DAY)
    meeting(app, place, ABOUT, title="Szkic", status=EventStatus.DRAFT)
    for address in (place.root, place.section("§ 2")):
        page = client.get(address).text
        order = [page.index(title) for title in ("Bliższe", "Przyszłe", "Nowsze", "Dawne")]
        assert order == sorted(order)
        assert "#outcome" in page
        assert "Szkic" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capacity": None}, "Zapisy są otwarte"),
        ({"capacity": 0}, "działa lista oczekujących"),
        ({"takes_signups": False}, "bez zapisów"),
        ({"signup_opens_at": now() + DAY}, "Początek zapisów"),
        ({"signup_closes_at": now() - HOUR}, "Zapisy są zamknięte"),
        ({"status": EventStatus.CANCELLED}, "Odwołano"),
    ],
)
def test_how_sign_ups_stand_is_said_in_words(
    app: Flask, client: Client, fields: dict[str, Any], words: str
) -> None:
    place = scene.published(app)
    meeting(app, place, ABOUT, **fields)
    assert words in client.get(place.root).text
    assert words in client.get(place.section("§ 2")).text


@pytest.mark.parametrize("deed", ["publish", "move", "cancel", "sign_up", "change"])
def test_a_kept_page_is_new_as_soon_as_a_meeting_changes(
    app: Flask, client: Client, deed: str
) -> None:
    place = scene.published(app)
    status = EventStatus.DRAFT if deed == "publish" else EventStatus.PUBLISHED
    slug = meeting(app, place, ABOUT, status=status)
    with app.app_context():
        office = meetings.coordinator()
        db.session.commit()
        db.session.refresh(office)
        db.session.expunge(office)
    deeds: dict[str, Callable[[Event], object]] = {
        "publish": lambda e: actions.publish(e, by=office, at=now()),
        "move": lambda e: steering.move(
            e, replace(occasion_of(e), starts_at=e.starts_at - HOUR), by=office, at=now()
        ),
        "cancel": lambda e: steering.cancel(e, "Choroba.", by=office, at=now()),
        "sign_up": meetings.come,
        "change": lambda e: actions.change(
            e,
            replace(
                actions.plan_of(e),
                particulars=replace(actions.plan_of(e).particulars, title="Inaczej"),
            ),
            by=office,
            at=now(),
        ),
    }
    addresses = (place.root, place.section("§ 2"))
    tags = [client.get(address).headers["ETag"] for address in addresses]
    document = client.get(place.text).headers["ETag"]
    do(app, slug, deeds[deed])
    for address, tag in zip(addresses, tags, strict=True):
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
    kept = client.get(place.text, headers={"If-None-Match": document})
    assert kept.status_code == 304  # the text of the draft says nothing about meetings


def test_a_kept_page_is_new_when_a_meeting_is_over(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scene.published(app)
    meeting(app, place, ABOUT, title="Krótkie", starts_at=now() + HOUR)
    tag = client.get(place.section("§ 2")).headers["ETag"]
    app.config["DEMO_CLOCK_OFFSET"], app.config["DEMO"] = 4 * 3600, True
    monkeypatch.setitem(app.extensions, "turned_clock", lambda: None)
    try:
        again = client.get(place.section("§ 2"), headers={"If-None-Match": tag})
    finally:
        app.config["DEMO_CLOCK_OFFSET"], app.config["DEMO"] = 0, False
    assert again.status_code == 200


def test_more_meetings_are_not_more_questions(app: Flask, client: Client) -> None:
    place = scene.published(app)
    took = []
    for more in (1, 20):
        for n in range(more):
            starts_at = now() + (n - 5) * DAY
            meeting(app, place, ABOUT, "§ 3", starts_at=starts_at)
        for address in (place.root, place.section("§ 2")):
            app.extensions["kept_pages"].clear()
            with app.app_context(), counted() as statements:
                client.get(address)
            with app.app_context(), counted() as again:
                client.get(address)
            assert len(again) == 1
            took.append(len(statements))
    assert took[:2] == took[2:]


def test_pages_that_name_a_meeting_as_a_cause_know_its_new_title(
    app: Flask, client: Client
) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        slug = meeting(app, place, ABOUT, title="Warsztat")
        event = db.session.query(Event).filter_by(slug=slug).one()
        words = "Program dotyczy dobrej współpracy."
        wish = drafts.Wish(bench.number("§ 1"), ChangeKind.REWORD, words)
        bench.wish(wish, drafts.Why(event=event, note="Uzgodniono."))
        bench.publish()
        bench.draft = drafts.start_draft(bench.document, by=bench.clerk, at=now())
        wish = drafts.Wish(bench.number("§ 1"), ChangeKind.REWORD, "Program dotyczy pomocy.")
        bench.wish(wish, drafts.Why(event=event, note="Uzgodniono."))
        let_watch(bench.draft, by=bench.clerk, at=now())
        db.session.commit()
    pages = ("/porownanie/1-2", f"/przepis/{place.numbers['§ 1']}/skad", "/w-pracy")
    for page in pages:
        assert "Warsztat" in client.get(place.text + page).text
    with app.app_context():
        event, office = db.session.query(Event).one(), meetings.coordinator()
        plan = actions.plan_of(event)
        renamed = replace(plan, particulars=replace(plan.particulars, title="Spotkanie"))
        actions.change(event, renamed, by=office, at=now())
        db.session.commit()
    for page in pages:
        told = client.get(place.text + page).text
        assert "Spotkanie" in told, page
        assert "Warsztat" not in told, page
