"""Pages on which remarks are read."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.drafting import actions as drafting
from app.drafting import publishing
from app.platform.clock import now
from app.platform.db import db
from app.remarks import conversation, positions
from app.remarks.actions import change, withdraw
from app.remarks.content import Author
from app.remarks.models import AmendmentKind, Outcome
from tests import town
from tests.proofreading import ProofreadingClient
from tests.queries import counted
from tests.remarks import scene
from tests.remarks.scene import signed


def test_an_empty_list_says_what_one_can_do(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        slug = scene.text().consultation.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/uwagi")
    assert page.status_code == 200
    assert "empty" in page.text
    assert "Set-Cookie" not in page.headers


def test_the_list_shows_kinds_states_and_signatures(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, author = scene.text(), town.person(name="Jan Sowa")
        scene.sent(document, scene.amendment(document))
        scene.sent(
            document,
            scene.comment(document, "§ 2 ust. 1", "Proszę o wyjaśnienie."),
            by=author,
            author=Author(person=author, named_in_public=True),
        )
        slug = document.consultation.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/uwagi").text
    assert "Jan Sowa" in page
    assert "Proszę o wyjaśnienie." in page
    assert page.count('class="remark"') == 2
    assert "<ins>" in page


def test_hidden_words_are_seen_by_the_office_alone(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, facilitator = scene.text(), town.person(Role.FACILITATOR)
        remark = scene.sent(document, scene.comment(document, "§ 1", "Obelga"))
        positions.hide(remark, reason="Obraża innych.", by=facilitator, at=now())
        slug = document.consultation.slug
        db.session.commit()
    root = f"/konsultacje/{slug}/uwagi"
    for address in (root, f"{root}/1", f"{root}/1/wersje", f"{root}?szukaj=Obelga"):
        page = client.get(address).text
        assert "Obelga" not in page.replace('value="Obelga"', "")
    assert "Obraża innych." in client.get(f"{root}/1").text
    signed(app, client, facilitator)
    assert "Obelga" in client.get(f"{root}/1").text


def test_a_withdrawn_remark_leaves_its_number_and_reason(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        document, author = scene.text(), town.person()
        remark = scene.sent(document, scene.comment(document, "§ 1", "Treść uwagi"), by=author)
        withdraw(remark, reason="Pomyłka.", by=author, at=now())
        slug = document.consultation.slug
        db.session.commit()
    listed = client.get(f"/konsultacje/{slug}/uwagi").text
    assert "Pomyłka." in listed
    assert "Treść uwagi" not in listed
    assert "Treść uwagi" in client.get(f"/konsultacje/{slug}/uwagi/1").text


@pytest.mark.parametrize("view", ["", "?widok=wynik", "?widok=obok", "?widok=nieznany"])
@pytest.mark.parametrize("kind", list(AmendmentKind))
def test_a_change_is_shown_in_three_ways(
    app: Flask, client: ProofreadingClient, view: str, kind: AmendmentKind
) -> None:
    with app.app_context():
        document = scene.text()
        scene.sent(document, scene.amendment(document, "§ 2 ust. 2 pkt 1", kind, "wsparcie;"))
        slug = document.consultation.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/uwagi/1{view}")
    assert page.status_code == 200
    if kind is not AmendmentKind.STRIKE:
        assert "wsparcie" in page.text
    if view == "" and kind is AmendmentKind.STRIKE:
        assert "skreśla się pkt\u00a01" in page.text


def test_the_answer_and_replies_stand_beneath(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, clerk = scene.text(), scene.coordinator()
        remark = scene.sent(document)
        positions.decide(remark, Outcome.REJECTED, "Nie, bo ustawa.", by=clerk, at=now())
        positions.decide(remark, Outcome.ACCEPTED, "Jednak tak.", by=clerk, at=now())
        conversation.reply(
            remark, "Dziękuję <b>za</b>", submission_key="odpowiedz-1", by=clerk, at=now()
        )
        slug = document.consultation.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/uwagi/1").text
    assert "Jednak tak." in page
    assert "Nie, bo ustawa." in page
    assert "Dziękuję &lt;b&gt;za&lt;/b&gt;" in page


def test_versions_show_what_changed(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, author = scene.text(), town.person()
        remark = scene.sent(document, scene.comment(document, "§ 1", "Pierwsza myśl."), by=author)
        change(remark, body="Druga myśl.", version=1, by=author, at=now())
        slug = document.consultation.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/uwagi/1/wersje").text
    assert "<del>" in page
    assert "Druga" in page


def test_nothing_is_seen_of_a_consultation_in_preparation(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        slug = scene.text(Phase.DRAFT).consultation.slug
        db.session.commit()
    assert client.get(f"/konsultacje/{slug}/uwagi").status_code == 404
    assert client.get(f"/konsultacje/{slug}/uwagi/1").status_code == 404
    assert client.get("/konsultacje/nie-ma/uwagi").status_code == 404


def test_my_remarks_are_mine(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, author = scene.text(), town.person()
        scene.sent(document, scene.comment(document, "§ 1", "Moja myśl"), by=author)
        scene.sent(document, scene.comment(document, "§ 1", "Cudza myśl"))
        db.session.commit()
    assert client.get("/moje-uwagi").status_code == 303
    signed(app, client, author)
    page = client.get("/moje-uwagi").text
    assert "Moja myśl" in page
    assert "Cudza myśl" not in page


@pytest.mark.parametrize("address", ["uwagi", "uwagi?kolejnosc=przepis&przepis=%C2%A7+1"])
def test_a_longer_list_asks_no_more_questions(app: Flask, address: str) -> None:
    asked = []
    for amount in (5, 25):
        with app.app_context():
            document, clerk = scene.text(), scene.coordinator()
            for _ in range(amount):
                remark = scene.sent(document)
                positions.decide(remark, Outcome.ACCEPTED, by=clerk, at=now())
            slug = document.consultation.slug
            db.session.commit()
        client = app.test_client()
        with app.app_context(), counted() as statements:
            client.get(f"/konsultacje/{slug}/{address}")
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[0] <= 9


def test_what_became_of_an_accepted_change_is_told(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, clerk = scene.text(), scene.coordinator()
        remark = scene.sent(document, scene.amendment(document))
        positions.decide(remark, Outcome.ACCEPTED, by=clerk, at=now())
        address = f"/konsultacje/{document.consultation.slug}/uwagi/1"
        db.session.commit()
    assert 'id="trace"' in client.get(address).text
    with app.app_context():
        document = db.session.get_one(type(document), sa.inspect(document).identity)
        clerk = db.session.get_one(type(clerk), sa.inspect(clerk).identity)
        draft = drafting.start_draft(document, by=clerk, at=now())
        db.session.flush()
        taken = db.session.get_one(type(remark), sa.inspect(remark).identity)
        drafting.take_in(draft, taken, by=clerk, at=now())
        publishing.publish(draft, note="", by=clerk, at=now())
        db.session.commit()
    page = client.get(address).text
    assert "/porownanie/1-2#p-" in page
    assert "dodaje się wyrazy" in page
