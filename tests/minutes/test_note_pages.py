"""The pages on which notes are taken, without scripts."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts.models import Role
from app.minutes.models import Note, NoteKind
from app.platform.db import db
from tests import town
from tests.minutes import scene
from tests.proofreading import ProofreadingClient as Client


@pytest.fixture
def desk(app: Flask, client: Client) -> tuple[str, str]:
    """The address of the notes, and how forms name § 1; the browser is the facilitator's."""
    with app.app_context():
        event, document, host = scene.workshop()
        at = scene.place(event, document, "§ 1")
        db.session.commit()
        client.sign_in(host)
        return f"/biurko/wydarzenia/{event.slug}/notatki", at.value


def typed(**fields: str) -> dict[str, str]:
    key = {"submission_key": "formularz-notatki-nr-1"}
    return {"kind": "comment", "body": "Za mało.", "proposed": "", "revision": "0", **key, **fields}


def only_note() -> Note:
    return db.session.scalars(db.select(Note)).one()


def test_a_note_is_taken_and_becomes_a_remark(
    app: Flask, client: Client, desk: tuple[str, str]
) -> None:
    notes, place = desk
    assert "Nie ma jeszcze notatek" in client.get(notes).text
    form = client.get(f"{notes}/nowa?miejsce={place}").text
    assert "Program dotyczy współpracy Gminy z organizacjami." in form
    sent = typed(kind="proposal", proposed=scene.BETTER, table="stolik 1")
    answer = client.post(f"{notes}/nowa?miejsce={place}", data=sent)
    assert answer.status_code == 303
    assert "stolik=stolik" in answer.location
    again = client.post(f"{notes}/nowa?miejsce={place}", data=sent)
    assert again.location == answer.location
    with app.app_context():
        note = only_note()
        assert (note.kind, note.table) == (NoteKind.PROPOSAL, "stolik 1")
        number, slug = note.id, note.event.consultation.slug  # type: ignore[union-attr]
    page = client.get(answer.location).text
    assert "Zrób z niej uwagę" in page
    for _click in range(2):
        assert client.post(f"{notes}/{number}/uwaga").status_code == 303
    page = client.get(notes).text
    assert f"/konsultacje/{slug}/uwagi/1" in page
    assert "Zrób z niej uwagę" not in page
    assert client.get(f"{notes}/{number}").status_code == 403
    shown = client.get(f"/konsultacje/{slug}/uwagi/1").text
    assert "/wydarzenia/warsztat" in shown
    assert client.get(f"/konsultacje/{slug}/uwagi/2").status_code == 404


def test_what_was_typed_comes_back_with_what_is_wrong(
    app: Flask, client: Client, desk: tuple[str, str]
) -> None:
    notes, place = desk
    wrong = client.post(f"{notes}/nowa?miejsce={place}", data=typed(proposed="Zupełnie co innego."))
    assert wrong.status_code == 422
    assert "Zupełnie co innego." in wrong.text
    assert "Brzmienie przepisu jest zmienione" in wrong.text
    for bad in ({"kind": "czary"}, {"kind": ""}, {"submission_key": "x"}, {"body": " "}):
        assert client.post(f"{notes}/nowa?miejsce={place}", data=typed(**bad)).status_code == 422
    with app.app_context():
        assert db.session.scalars(db.select(Note)).all() == []


def test_another_provision_is_found_by_its_citation(client: Client, desk: tuple[str, str]) -> None:
    notes, _place = desk
    found = client.get(f"{notes}/nowa?miejsce=&inne=§ 3")
    assert found.status_code == 303
    assert "§" in client.get(found.location).text
    unknown = client.get(f"{notes}/nowa?inne=§ 99")
    assert unknown.status_code == 422
    assert "§ 99" in unknown.text


@pytest.mark.parametrize("place", ["0:1", "x", "9:9:9", "1", ":", "99999999999:1", "٣:1"])
def test_a_place_that_is_not_there_is_missing(
    client: Client, desk: tuple[str, str], place: str
) -> None:
    assert client.get(f"{desk[0]}/nowa", query_string={"miejsce": place}).status_code == 404


def test_the_second_of_two_windows_sees_both(
    app: Flask, client: Client, desk: tuple[str, str]
) -> None:
    notes, place = desk
    client.post(f"{notes}/nowa?miejsce={place}", data=typed())
    with app.app_context():
        number = only_note().id
    page = f"{notes}/{number}"
    assert client.post(page, data=typed(body="Moje słowa.", revision="1")).status_code == 303
    second = client.post(page, data=typed(body="Twoje słowa.", revision="1"))
    assert second.status_code == 409
    assert "Moje słowa." in second.text
    assert "Twoje słowa." in second.text
    assert 'name="revision" value="2"' in second.text
    assert client.post(page, data=typed(body="Twoje słowa.", revision="2")).status_code == 303


def test_dropping_asks_for_a_reason_and_can_be_undone(
    app: Flask, client: Client, desk: tuple[str, str]
) -> None:
    notes, place = desk
    client.post(f"{notes}/nowa?miejsce={place}", data=typed())
    with app.app_context():
        number = only_note().id
    assert client.post(f"{notes}/{number}/odrzuc", data={"reason": ""}).status_code == 422
    client.post(f"{notes}/{number}/odrzuc", data={"reason": "Dwa razy to samo."})
    assert "Dwa razy to samo." in client.get(notes).text
    assert client.post(f"{notes}/{number}/uwaga").status_code == 409
    client.post(f"{notes}/{number}/przywroc")
    assert client.post(f"{notes}/{number}/uwaga").status_code == 303


def test_all_notes_of_a_place_become_remarks_together_or_not_at_all(
    app: Flask, client: Client, desk: tuple[str, str]
) -> None:
    notes, place = desk
    for n in range(3):
        sent = typed(submission_key=f"formularz-notatki-nr-{n}", body=f"Notatka {n}.")
        client.post(f"{notes}/nowa?miejsce={place}", data=sent)
    with app.app_context():
        numbers = [note.id for note in db.session.scalars(db.select(Note).order_by(Note.id))]
    assert "Zrób uwagi ze wszystkich 3 notatek" in client.get(notes).text
    assert client.post(f"{notes}/uwagi", data={"note": [*numbers, 999_999]}).status_code == 404
    with app.app_context():
        assert not any(note.remark_id for note in db.session.scalars(db.select(Note)))
    for _click in range(2):
        sent = {"note": [*numbers, numbers[0], "x"]}
        assert client.post(f"{notes}/uwagi", data=sent).status_code == 303
    with app.app_context():
        found = db.session.scalars(db.select(Note).order_by(Note.id)).all()
        assert [note.remark.number for note in found if note.remark] == [1, 2, 3]
    assert client.post(f"{notes}/uwagi").status_code == 303
    assert "Zrób uwagi" not in client.get(notes).text


def test_other_facilitators_are_told_whom_to_ask(
    app: Flask, client: Client, desk: tuple[str, str]
) -> None:
    with app.app_context():
        other = town.person(Role.FACILITATOR)
        db.session.commit()
        client.sign_in(other)
    for path in ("", "/nowa", "/1", "/1/odrzuc"):
        answer = client.get(desk[0] + path)
        assert answer.status_code == 403
        assert "dopisać Cię do prowadzących" in answer.text
    assert client.post(f"{desk[0]}/nowa", data=typed()).status_code == 403


def test_a_note_of_another_event_is_missing(
    app: Flask, client: Client, desk: tuple[str, str]
) -> None:
    with app.app_context():
        event, document, host = scene.workshop()
        number = scene.noted(scene.place(event, document, "§ 1"), host).id
        db.session.commit()
    assert client.get(f"{desk[0]}/{number}").status_code == 404
    assert client.post(f"{desk[0]}/{number}/uwaga").status_code == 404
