"""The pages on which organisations apply."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import User
from app.events.models import Event
from app.festival import publishing
from app.festival.models import ApplicationState, StageApplication, StandApplication
from app.platform.db import db
from tests import town
from tests.festival import scene
from tests.festival.scene import STAGE, STAND
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        event = scene.festival(title="Święto Organizacji 2016")
        db.session.commit()
        return event.slug


@pytest.fixture
def speaker(app: Flask, client: Client) -> Client:
    """A browser of somebody who speaks for one organisation."""
    with app.app_context():
        person, _of = scene.group(email="ela@ngo.example")
        db.session.commit()
        client.sign_in(person)
    return client


def only(
    kind: type[StandApplication] | type[StageApplication],
) -> StandApplication | StageApplication:
    return db.session.scalars(sa.select(kind)).one()


def test_the_page_of_the_event_shows_both_ways(app: Flask, client: Client, slug: str) -> None:
    page = client.get(f"/wydarzenia/{slug}").text
    assert f'href="/wydarzenia/{slug}/stoisko"' in page
    assert f'href="/wydarzenia/{slug}/wystep"' in page
    answer = client.get(f"/wydarzenia/{slug}/stoisko")
    assert answer.status_code == 303
    assert answer.location.startswith("/zaloguj?next=")
    with app.app_context():
        event = db.session.scalars(sa.select(Event).where(Event.slug == slug)).one()
        event.signup_closes_at = town.now()
        event.revision += 1
        db.session.commit()
    closed = client.get(f"/wydarzenia/{slug}").text
    assert "Zgłoszenia są zamknięte." in closed
    assert f'href="/wydarzenia/{slug}/stoisko"' not in closed


def test_applying_for_a_stand(app: Flask, speaker: Client, slug: str) -> None:
    address = f"/wydarzenia/{slug}/stoisko"
    assert "Święto Organizacji 2016" in speaker.get(address).text
    answers = [speaker.post(address, data=STAND) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    page = speaker.get(answers[0].location)
    assert "Nauka resuscytacji na fantomach" in page.text
    assert "Mamy Twoje zgłoszenie" in page.text
    assert speaker.get(address).location == answers[0].location
    another = {**STAND, "shows": "Coś innego", "submission_key": "calkiem-nowy-formularz"}
    again = speaker.post(address, data=another)
    assert (again.status_code, "Coś innego" in again.text) == (422, True)
    assert "już zgłosiła stoisko" in again.text
    assert f'href="{answers[0].location}"' in again.text
    assert "Nauka" not in speaker.get("/konto/zgloszenia").text
    assert "Stoisko na placu" in speaker.get("/konto/zgloszenia").text
    assert "/konto/zgloszenia" in speaker.get("/konto/zapisy").text


def test_applying_for_the_stage_and_changing_it(app: Flask, speaker: Client, slug: str) -> None:
    sent = speaker.post(f"/wydarzenia/{slug}/wystep", data=STAGE)
    assert sent.status_code == 303
    own = sent.location
    assert "nie wcześniej niż o 13:00" in speaker.get(own).text
    form = speaker.get(f"{own}/zmien").text
    assert 'value="13:00"' in form
    changed = {**STAGE, "title": "Tańce dworskie", "not_before": ""}
    assert speaker.post(f"{own}/zmien", data=changed).location == own
    page = speaker.get(own).text
    assert ("Tańce dworskie" in page, "nie wcześniej" in page) == (True, False)
    stale = speaker.post(f"{own}/zmien", data={**STAGE, "title": "Z drugiego okna"})
    assert stale.status_code == 422
    assert "w międzyczasie" in stale.text
    assert "Z drugiego okna" in stale.text
    assert "Tańce dworskie" in stale.text
    version = re.findall(r'name="version"[^>]*value="(\d+)"', stale.text)
    anew = {**STAGE, "title": "Z drugiego okna", "version": version[0]}
    assert speaker.post(f"{own}/zmien", data=anew).location == own
    assert speaker.post(f"{own}/zmien", data=anew).location == own


def test_a_form_sent_before_with_other_words_is_not_taken_for_the_first(
    speaker: Client, slug: str
) -> None:
    address = f"/wydarzenia/{slug}/wystep"
    first = speaker.post(address, data=STAGE)
    other = {**STAGE, "title": "Zupełnie inny występ"}
    back = speaker.post(address, data=other)
    assert (back.status_code, "Zupełnie inny występ" in back.text) == (422, True)
    assert f'href="{first.location}"' in back.text
    key = re.findall(r'name="submission_key"[^>]*value="([^"]+)"', back.text)[0]
    second = speaker.post(address, data={**other, "submission_key": key})
    assert second.status_code == 303
    assert second.location != first.location


def test_a_number_that_cannot_be_read_is_told_once_in_plain_words(
    speaker: Client, slug: str
) -> None:
    wrong = {**STAND, "metres": "trzy", "watts": "-5", "tables": "1,5", "chairs": "9" * 30}
    answer = speaker.post(f"/wydarzenia/{slug}/stoisko", data=wrong)
    assert answer.status_code == 422
    assert "Wpisz liczbę od 1 do 20." in answer.text
    assert "Wpisz liczbę od 0 do 20\N{NO-BREAK SPACE}000." in answer.text
    assert "Nieprawidłowa" not in answer.text
    spaced = speaker.post(f"/wydarzenia/{slug}/stoisko", data={**STAND, "watts": "2 000"})
    assert "do 2\N{NO-BREAK SPACE}000 W" in speaker.get(spaced.location).text


def test_what_was_typed_stays_when_it_is_wrong(speaker: Client, slug: str) -> None:
    wrong = {**STAGE, "minutes": "4", "not_before": "19:30", "title": ""}
    answer = speaker.post(f"/wydarzenia/{slug}/wystep", data=wrong)
    assert answer.status_code == 422
    assert "od 5 do 120" in answer.text
    assert 'value="19:30"' in answer.text
    late = speaker.post(f"/wydarzenia/{slug}/wystep", data={**STAGE, "not_before": "19:30"})
    assert late.status_code == 422
    assert "wydarzenie nie trwa" in late.text
    bad = speaker.post(f"/wydarzenia/{slug}/wystep", data={**STAGE, "not_before": "wieczorem"})
    assert "na przykład 14:30" in bad.text
    stand = speaker.post(f"/wydarzenia/{slug}/stoisko", data={**STAND, "metres": "x" * 50})
    assert stand.status_code == 422
    assert "Nauka resuscytacji" in stand.text


def test_withdrawing_asks_first(app: Flask, speaker: Client, slug: str) -> None:
    own = speaker.post(f"/wydarzenia/{slug}/stoisko", data=STAND).location
    assert "Wycofać zgłoszenie?" in speaker.get(f"{own}/wycofaj").text
    for _ in range(2):
        answer = speaker.post(f"{own}/wycofaj", data={"reason": "Nie damy rady."})
        assert answer.location == own
    assert "Nie damy rady." in speaker.get(own).text
    assert speaker.get(f"{own}/wycofaj").status_code == 303
    assert speaker.get(f"{own}/zmien").status_code == 403
    with app.app_context():
        assert only(StandApplication).state is ApplicationState.WITHDRAWN


def test_who_has_no_organisation_is_told_how_to_have_one(
    app: Flask, client: Client, slug: str
) -> None:
    with app.app_context():
        person = town.person()
        db.session.commit()
        client.sign_in(person)
    assert "W imieniu której organizacji mówisz?" in client.get(f"/wydarzenia/{slug}/stoisko").text
    assert client.post(f"/wydarzenia/{slug}/stoisko", data=STAND).status_code == 403


def test_who_speaks_for_several_chooses(app: Flask, client: Client, slug: str) -> None:
    with app.app_context():
        person, _first = scene.group()
        second = town.organisation(person, name="Druga organizacja")
        db.session.commit()
        client.sign_in(person)
        number = second.id
    assert "Druga organizacja" in client.get(f"/wydarzenia/{slug}/stoisko").text
    missing = client.post(f"/wydarzenia/{slug}/stoisko", data=STAND)
    assert missing.status_code == 422
    foreign = client.post(f"/wydarzenia/{slug}/stoisko", data={**STAND, "behalf": "999999"})
    assert foreign.status_code == 422
    sent = client.post(f"/wydarzenia/{slug}/stoisko", data={**STAND, "behalf": str(number)})
    assert sent.status_code == 303
    with app.app_context():
        assert only(StandApplication).organisation_id == number


def test_an_application_is_nobody_elses(app: Flask, speaker: Client, slug: str) -> None:
    own = speaker.post(f"/wydarzenia/{slug}/stoisko", data=STAND).location
    with app.app_context():
        stranger, _of = scene.group()
        db.session.commit()
        speaker.sign_in(stranger)
    answers = [speaker.get(own), speaker.get(f"{own}/zmien"), speaker.post(f"{own}/wycofaj")]
    assert {answer.status_code for answer in answers} == {404}
    assert speaker.get("/konto/zgloszenia/namiot/1").status_code == 404


def test_what_was_not_decided_in_time_does_not_promise_a_letter(
    app: Flask, speaker: Client
) -> None:
    with app.app_context():
        person = db.session.scalars(sa.select(User).where(User.email == "ela@ngo.example")).one()
        event = scene.festival()
        asked = scene.stand(event, (person, person.memberships[0].organisation))
        number = asked.id
        event.starts_at = town.now() - scene.HOUR
        db.session.commit()
    page = speaker.get(f"/konto/zgloszenia/stoisko/{number}").text
    assert ("nie rozpatrzono na czas" in page, "Napiszemy" in page) == (True, False)


def test_the_list_says_where_and_when_once_the_programme_is_published(
    app: Flask, speaker: Client
) -> None:
    with app.app_context():
        person = db.session.scalars(sa.select(User).where(User.email == "ela@ngo.example")).one()
        by, event = (person, person.memberships[0].organisation), scene.festival()
        scene.put_on(scene.accepted_turn(event, by), 60)
        db.session.commit()
        assert "13:00" not in speaker.get("/konto/zgloszenia").text
        publishing.publish(event, by=scene.coordinator(), at=town.now())
        db.session.commit()
    assert "Scena główna" in speaker.get("/konto/zgloszenia").text


def test_the_list_takes_few_statements(app: Flask, speaker: Client) -> None:
    with app.app_context():
        person = db.session.scalars(sa.select(User).where(User.email == "ela@ngo.example")).one()
        by = person, person.memberships[0].organisation
        for _ in range(4):
            event = scene.festival()
            scene.stand(event, by)
            scene.turn(event, by)
        db.session.commit()
    with app.app_context(), counted() as statements:
        page = speaker.get("/konto/zgloszenia")
    assert page.text.count('class="entry"') == 8
    assert len(statements) <= 6
