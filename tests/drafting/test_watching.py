"""Watching a working draft grow: who may, what they see, and what they do not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from app.accounts.models import Role, User
from app.documents.models import Document
from app.documents.queries import latest_edition
from app.drafting import actions, publishing, queries, watching
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import NotAllowed
from app.remarks import positions
from app.remarks.models import Outcome
from app.remarks.queries import remark_by_number
from tests import town
from tests.drafting import scene
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.remarks.scene import signed

TEXT = "Program dotyczy współpracy Gminy z mieszkańcami."


@dataclass(frozen=True)
class Room:
    """A draft that everybody watches, the address of the watchers and that of the bench."""

    address: str
    bench: str
    document_id: int
    clerk: User
    taken: int
    undecided: int

    @property
    def document(self) -> Document:
        """The document, in whatever session asks."""
        found = db.session.get(Document, self.document_id)
        assert found is not None
        return found


@pytest.fixture
def room(app: Flask) -> Room:
    with app.app_context():
        bench = scene.bench()
        taken = bench.amendment("§ 1", TEXT)
        undecided = bench.amendment("§ 2 ust. 1", "Celem jest rozwój.", outcome=None)
        actions.take_in(bench.draft, taken, by=bench.clerk, at=now())
        watching.let_watch(bench.draft, by=bench.clerk, at=now())
        document = bench.document
        slug = document.consultation.slug
        found = Room(
            f"/konsultacje/{slug}/dokumenty/{document.slug}/w-pracy",
            f"/biurko/konsultacje/{slug}/dokumenty/{document.slug}/robocza",
            document.id,
            bench.clerk,
            taken.number,
            undecided.number,
        )
        db.session.commit()
    return found


def test_everybody_sees_the_change_its_cause_and_what_is_considered(
    app: Flask, client: Client, room: Room
) -> None:
    page = client.get(room.address)
    assert page.status_code == 200
    assert "<ins>" in page.text
    assert f"Uwaga nr {room.taken}" in page.text
    assert "Rozważamy teraz:" in page.text
    assert f"uwaga nr {room.undecided}" in page.text
    assert "Set-Cookie" not in page.headers


def test_the_page_that_did_not_change_is_not_sent_again(
    app: Flask, client: Client, room: Room
) -> None:
    first = client.get(f"{room.address}?fragment=1")
    assert "<html" not in first.text
    again = client.get(
        f"{room.address}?fragment=1", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_only_what_changed_gets_another_key(context: Flask) -> None:
    bench = scene.bench()
    watching.let_watch(bench.draft, by=bench.clerk, at=now())
    before = watching.watched(bench.document)
    actions.take_in(bench.draft, bench.amendment("§ 1", TEXT), by=bench.clerk, at=now())
    after = watching.watched(bench.document)
    assert before is not None
    assert after is not None
    keys = {piece.row.id: piece.key for piece in before.pieces}
    differing = [piece.row.mark for piece in after.pieces if keys[piece.row.id] != piece.key]
    assert [mark.replace("\N{NO-BREAK SPACE}", " ") for mark in differing] == ["§ 1"]
    assert (before.changed, after.changed) == (0, 1)


def test_nobody_watches_before_the_coordinator_lets_them(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = scene.bench()
        bench.amendment("§ 1", TEXT)
        actions.take_all_in(bench.draft, by=bench.clerk, at=now())
        slug, name = bench.document.consultation.slug, bench.document.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/dokumenty/{name}/w-pracy").text
    assert "mieszkańcami" not in page
    assert "Następnego wydania teraz nie pokazujemy" in page
    document = client.get(f"/konsultacje/{slug}/dokumenty/{name}").text
    assert "Zobacz, jak powstaje następne wydanie" not in document


def test_the_document_leads_to_it(app: Flask, client: Client, room: Room) -> None:
    page = client.get(room.address.removesuffix("/w-pracy")).text
    assert f'href="{room.address}"' in page


def test_the_coordinator_lets_people_watch_and_stops(
    app: Flask, client: Client, room: Room
) -> None:
    signed(app, client, room.clerk)
    assert "Pokazuj znów tylko w urzędzie" in client.get(room.bench).text
    assert client.post(f"{room.bench}/pokaz", data={"koniec": "1"}).status_code == 303
    assert "Pozwól wszystkim oglądać" in client.get(room.bench).text
    assert "Następnego wydania teraz nie" in app.test_client().get(room.address).text
    assert client.post(f"{room.bench}/pokaz").status_code == 303
    assert "<ins>" in app.test_client().get(room.address).text


def test_letting_people_watch_twice_is_letting_them_once(context: Flask) -> None:
    bench = scene.bench()
    watching.let_watch(bench.draft, by=bench.clerk, at=now())
    since = queries.open_draft(bench.document).watched_since  # type: ignore[union-attr]
    watching.let_watch(bench.draft, by=bench.clerk, at=now())
    assert queries.open_draft(bench.document).watched_since == since  # type: ignore[union-attr]


def test_what_was_undone_is_not_the_newest_change(context: Flask) -> None:
    bench = scene.bench()
    bench.take_in(bench.amendment("§ 1", TEXT))
    bench.take_in(bench.amendment("§ 2 ust. 1", "Celem jest rozwój."))
    bench.undo()
    page = watching.watched(bench.document)
    assert page is not None
    newest = [piece.row.mark for piece in page.pieces if piece.latest]
    assert [mark.replace("\N{NO-BREAK SPACE}", " ") for mark in newest] == ["§ 1"]


@pytest.mark.parametrize("role", [None, Role.FACILITATOR, Role.EXECUTIVE, Role.COUNCILLOR])
def test_nobody_but_the_coordinator_opens_it(context: Flask, role: Role | None) -> None:
    bench = scene.bench()
    person = town.person(role) if role else town.person()
    for change in (watching.let_watch, watching.stop_watching):
        with pytest.raises(NotAllowed):
            change(bench.draft, by=person, at=now())


def test_words_of_a_hidden_remark_are_not_told(app: Flask, client: Client, room: Room) -> None:
    with app.app_context():
        remark = remark_by_number(room.document.consultation, room.undecided)
        assert remark is not None
        positions.hide(remark, reason="Obraźliwe słowa.", by=db.session.merge(room.clerk), at=now())
        db.session.commit()
    assert "Celem jest rozwój" not in client.get(room.address).text


def test_after_publication_watchers_are_led_to_the_edition(
    app: Flask, client: Client, room: Room
) -> None:
    with app.app_context():
        draft = queries.open_draft(room.document)
        assert draft is not None
        publishing.publish(draft, note="", by=db.session.merge(room.clerk), at=now())
        edition = latest_edition(room.document)
        assert edition is not None
        assert edition.number == 2
        db.session.commit()
    fragment = client.get(f"{room.address}?fragment=1").text
    assert "data-watch-over" in fragment
    assert room.address.removesuffix("/w-pracy") in fragment


def test_watching_asks_as_many_questions_for_many_remarks(context: Flask) -> None:
    few = scene.bench()
    few.amendment("§ 1", TEXT)
    many = scene.bench()
    for n in range(12):
        many.amendment("§ 1", f"Program {n}.", outcome=None)
    for n in range(3):
        many.amendment("§ 2 ust. 1", f"Cel {n}.", outcome=Outcome.ACCEPTED)
    db.session.commit()
    with counted() as asked:
        watching.watched(few.document)
    base = len(asked)
    with counted() as asked:
        watching.watched(many.document)
    assert len(asked) == base
