"""The pages on which minutes are written and read, without scripts."""

from __future__ import annotations

import io

import pytest
from docx import Document as Word
from flask import Flask

from app.events.queries import event_by_slug
from app.minutes import noting, queries
from app.minutes.models import Note
from app.platform.clock import now
from app.platform.db import db
from app.remarks.positions import hide
from tests.door import scene as door
from tests.minutes import scene
from tests.proofreading import ProofreadingClient as Client


@pytest.fixture
def slug(app: Flask, client: Client) -> str:
    """The address of a workshop with a note; the browser is the facilitator's."""
    with app.app_context():
        event, document, host = scene.workshop()
        scene.noted(scene.place(event, document, "§ 1"), host, scene.proposal())
        db.session.commit()
        client.sign_in(host)
        return event.slug


def typed(*points: tuple[str, str, str], **fields: str) -> dict[str, str]:
    """A form with these points."""
    sent = {"introduction": "Wstęp.", "closing": "", "people": "", "organisations": "", "women": ""}
    for n, (title, discussion, agreed) in enumerate(points):
        sent |= {
            f"points-{n}-title": title,
            f"points-{n}-discussion": discussion,
            f"points-{n}-agreed": agreed,
        }
    return {**sent, "revision": "0", **fields}


ONE = ("Przepisy", "Rozmowa.", "Dopisać mieszkańców.")
TWO = ("Wolne wnioski", "Cisza.", "")


def desk(slug: str) -> str:
    return f"/biurko/wydarzenia/{slug}/protokol"


def test_minutes_are_written_read_and_published(app: Flask, client: Client, slug: str) -> None:
    public = f"/wydarzenia/{slug}/protokol"
    assert "Nikt jeszcze nie zaczął" in client.get(f"/biurko/wydarzenia/{slug}/po-spotkaniu").text
    assert "Wstęp" in client.get(desk(slug)).text
    assert client.get(public).status_code == 404
    assert client.post(desk(slug), data=typed(ONE, people="12", women="7")).status_code == 303
    assert client.get(public).status_code == 404  # saved is not published
    assert "Dopisać mieszkańców." in client.get(f"{desk(slug)}/podglad").text
    answer = client.post(f"{desk(slug)}/oglos", data={"revision": "1", "note": ""})
    assert (answer.status_code, answer.location) == (303, f"{public}/1")
    assert "nie ma nic nowego" in client.get(f"{desk(slug)}/podglad").text
    again = client.post(f"{desk(slug)}/oglos", data={"revision": "1", "note": "jeszcze raz"})
    assert again.location == f"{public}/1"
    visitor = app.test_client()
    page = visitor.get(public).text
    for words in ("Dopisać mieszkańców.", "Mieszkańcy też współpracują.", "stolik 2", ">12<"):
        assert words in page
    assert f"{public}" in visitor.get(f"/wydarzenia/{slug}").text
    with app.app_context():
        note = db.session.scalars(db.select(Note)).one()
        author = note.author
        assert author is not None
        noting.make_remark(note, by=author, at=now())
        db.session.commit()
    assert "uwagi/1" in visitor.get(public).text  # also when it became one later
    assert "Opublikuj wersję 2" in client.get(f"{desk(slug)}/podglad").text


def test_buttons_arrange_the_agenda_and_keep_what_was_typed(client: Client, slug: str) -> None:
    answer = client.post(desk(slug), data=typed(ONE, TWO, act="down:0"))
    assert (answer.status_code, answer.location) == (303, f"{desk(slug)}#punkt-2")
    page = client.get(desk(slug)).text
    assert page.index("Wolne wnioski") < page.index("Dopisać mieszkańców.")
    assert client.post(desk(slug), data=typed(TWO, ONE, act="add", revision="1")).location.endswith(
        "#punkt-3"
    )
    assert "Punkt 3" in client.get(desk(slug)).text
    blank = client.post(
        desk(slug), data=typed(TWO, ONE, ("", "", ""), act="remove:2", revision="2")
    )
    assert blank.status_code == 303
    asked = client.post(desk(slug), data=typed(TWO, ONE, act="remove:0", revision="3"))
    assert asked.status_code == 422
    assert "Wolne wnioski" in asked.text
    assert 'value="discard:0"' in asked.text
    client.post(desk(slug), data=typed(TWO, ONE, act="discard:0", revision="3"))
    assert "Wolne wnioski" not in client.get(desk(slug)).text


@pytest.mark.parametrize("act", ["remove:", "remove:x", "remove:99", "up:²", "czary", "down:-1"])
def test_a_button_that_is_not_there_loses_nothing(client: Client, slug: str, act: str) -> None:
    answer = client.post(desk(slug), data=typed(ONE, act=act))
    assert answer.status_code in {303, 422}
    if answer.status_code == 303:
        assert "Dopisać mieszkańców." in client.get(desk(slug)).text
    else:
        assert "Dopisać mieszkańców." in answer.text


def test_figures_are_taken_over_from_the_door(app: Flask, client: Client, slug: str) -> None:
    with app.app_context():
        event, people = door.meeting(people=3)
        host = door.host()
        for person in people[:2]:
            door.tell(event, door.act(who=person), host)
        found = event_by_slug(slug)
        assert found is not None
        event.facilitators = [type(f)(name=f.name, user_id=f.user_id) for f in found.facilitators]
        db.session.commit()
        other = event.slug
    assert "Przy wejściu: 2 osoby" in client.get(desk(other)).text
    sent = typed(ONE, people="99", act="door")
    assert client.post(desk(other), data=sent).status_code == 303
    with app.app_context():
        event = event_by_slug(other)  # type: ignore[assignment]
        minutes = queries.minutes_of(event)
        assert minutes is not None
        assert (minutes.people_present, minutes.organisations_present) == (2, 0)


def test_the_second_of_two_windows_sees_both(client: Client, slug: str) -> None:
    client.post(desk(slug), data=typed(ONE))
    second = client.post(desk(slug), data=typed(TWO))
    assert second.status_code == 409
    for words in ("Wolne wnioski", "Dopisać mieszkańców.", 'name="revision" value="1"'):
        assert words in second.text
    assert client.post(desk(slug), data=typed(TWO, revision="1")).status_code == 303


@pytest.mark.parametrize("bad", [{"people": "dwa"}, {"people": "-1"}, {"women": "1" * 30},
                                 {"people": "5", "women": "6"}, {"introduction": "x" * 20_001},
                                 {"points-0-title": "x" * 301}])  # fmt: skip
def test_bad_input_comes_back_with_what_was_typed(
    client: Client, slug: str, bad: dict[str, str]
) -> None:
    answer = client.post(desk(slug), data={**typed(ONE), **bad})
    assert answer.status_code == 422
    assert "Dopisać mieszkańców." in answer.text
    assert "error-summary" in answer.text


def test_a_later_version_says_what_is_different(client: Client, slug: str) -> None:
    client.post(desk(slug), data=typed(ONE))
    client.post(f"{desk(slug)}/oglos", data={"revision": "1"})
    client.post(desk(slug), data=typed(ONE, TWO, revision="1"))
    assert client.post(f"{desk(slug)}/oglos", data={"revision": "2"}).status_code == 422
    old = client.post(f"{desk(slug)}/oglos", data={"revision": "1", "note": "Literówki i daty"})
    assert (old.status_code, "Literówki i daty" in old.text) == (409, True)
    assert 'name="revision" value="2"' in old.text
    sent = {"revision": "2", "note": "Dodano wolne wnioski."}
    assert client.post(f"{desk(slug)}/oglos", data=sent).status_code == 303
    first = client.get(f"/wydarzenia/{slug}/protokol/1").text
    assert "To jest wcześniejsza wersja" in first
    assert "Wolne wnioski" not in first.split("Wersje")[0]
    assert "Dodano wolne wnioski." in client.get(f"/wydarzenia/{slug}/protokol").text
    assert client.get(f"/wydarzenia/{slug}/protokol/3").status_code == 404


@pytest.mark.parametrize("way", ["dropped", "hidden"])
def test_words_that_must_go_are_gone_from_every_version(
    app: Flask, client: Client, slug: str, way: str
) -> None:
    client.post(desk(slug), data=typed(ONE))
    client.post(f"{desk(slug)}/oglos", data={"revision": "1"})
    visitor, words = app.test_client(), "Mieszkańcy też współpracują."
    public = f"/wydarzenia/{slug}/protokol"
    assert words in visitor.get(public).text
    tag = visitor.get(f"{public}/1.docx").headers["ETag"]
    with app.app_context():
        note = db.session.scalars(db.select(Note)).one()
        host = note.author
        assert host is not None
        if way == "dropped":
            noting.drop(note, "Dane osobowe.", by=host, at=now())
        else:
            remark = noting.make_remark(note, by=host, at=now())
            hide(remark, reason="Dane osobowe.", by=host, at=now())
        db.session.commit()
    for path in (public, f"{public}/1"):
        page = visitor.get(path).text
        assert words not in page
        assert "i mieszkańcami" not in page
        assert "Dane osobowe." in page
    again = visitor.get(f"{public}/1.docx", headers={"If-None-Match": tag})
    assert again.status_code == 200
    said = "\n".join(
        cell.text
        for table in Word(io.BytesIO(again.data)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert words not in said
    assert "Dane osobowe." in said.replace("\u00a0", " ")


def test_words_are_shown_as_typed_and_never_obeyed(client: Client, slug: str) -> None:
    client.post(desk(slug), data=typed(("<b>Tytuł</b>", "<script>zły()</script>", "a\r\nb")))
    client.post(f"{desk(slug)}/oglos", data={"revision": "1"})
    page = client.get(f"/wydarzenia/{slug}/protokol").text
    assert "&lt;script&gt;zły()&lt;/script&gt;" in page
    assert "<script>zły" not in page
    assert "a<br>b" in page
