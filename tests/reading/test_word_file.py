"""The file for Word: where it is, who signs its changes, and what it never tells."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from docx.oxml.ns import qn
from flask import Flask
from lxml import etree

from app.documents.models import Document, Edition
from app.drafting import actions
from app.drafting.models import ChangeKind
from app.platform.clock import local, now
from app.platform.db import db
from app.reading.word.signs import LONGEST_AUTHOR
from app.reading.word_file import act_of, tracked_file
from tests import town
from tests.drafting import scene as drafting
from tests.drafting.scene import Bench
from tests.events import scene as events
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.reading import scene
from tests.reading.word.settled import body_of, expected, seen_in, settled

NEW_WORDS = "Program dotyczy współpracy Gminy z mieszkańcami."


def file_of(bench: Bench) -> bytes:
    bench.publish()
    db.session.flush()
    db.session.expire_all()
    first, second = editions(bench.document)
    return tracked_file(bench.document, first, second)


def editions(document: Document) -> list[Edition]:
    return [edition for edition in document.editions if edition.published_at]


def part(file: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def authors(file: bytes) -> dict[str, str]:
    """When each author changed something."""
    return {
        str(each.get(qn("w:author"))): str(each.get(qn("w:date")))
        for each in part(file, "document").iter(qn("w:ins"), qn("w:del"))
    }


def comments(file: bytes) -> str:
    return "\n".join(
        "".join(paragraph.itertext()) for paragraph in part(file, "comments").iter(qn("w:p"))
    ).replace("\N{NO-BREAK SPACE}", " ")


def as_written(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%dT%H:%M}"


def test_it_holds_both_editions(context: Flask) -> None:
    bench = drafting.bench()
    bench.take_in(bench.amendment("§ 1", NEW_WORDS))
    file = file_of(bench)
    first, second = editions(bench.document)
    for how, edition in (("accept", second), ("reject", first)):
        seen = seen_in(settled(body_of(file), how))  # type: ignore[arg-type]
        note = str(seen[-1][1])
        assert seen == expected(act_of(edition), note)
        assert note.endswith("/dokumenty/program/porownanie/1-2")


def test_a_change_is_signed_by_its_remark_on_the_day_of_the_decision(context: Flask) -> None:
    bench = drafting.bench()
    remark = bench.amendment("§ 1", NEW_WORDS)
    remark.signature = "Stowarzyszenie „Wspólnota”"
    remark.positions[-1].decided_at = town.moment("2015-10-30 13:05")
    bench.take_in(remark)
    file = file_of(bench)
    found = authors(file)
    assert found.pop("Uwaga nr 1, Stowarzyszenie „Wspólnota”") == "2015-10-30T14:05:00Z"
    assert set(found) == {"Gmina Miechów"}
    said = comments(file)
    assert "Uwaga nr 1, Stowarzyszenie „Wspólnota”" in said
    assert "Uzasadnienie: Tak będzie lepiej." in said
    assert "Stanowisko urzędu z 30 października 2015 r.: Uwzględniona" in said
    assert "w § 1" in said


def test_several_causes_sign_together_by_number(context: Flask) -> None:
    bench = drafting.bench()
    first, second = bench.amendment("§ 1", NEW_WORDS), bench.amendment("§ 1", "Inne brzmienie.")
    first.signature, second.signature = "Stowarzyszenie A", ""
    bench.write("§ 1", "Jeszcze inne brzmienie.", second, first)
    author = "Uwaga nr 1, Stowarzyszenie A; uwaga nr 2, osoba prywatna"
    assert author in authors(file_of(bench))


def test_more_causes_than_a_name_can_hold_are_counted(context: Flask) -> None:
    bench = drafting.bench()
    remarks = [bench.amendment("§ 1", f"Brzmienie {n}.") for n in range(9)]
    for remark in remarks:
        remark.signature = "Stowarzyszenie Miłośników Bardzo Długich Nazw Własnych"
    bench.write("§ 1", "Jeszcze inne brzmienie.", *remarks)
    (author,) = (name for name in authors(file_of(bench)) if name.startswith("Uwaga"))
    assert len(author) <= LONGEST_AUTHOR
    assert author.endswith("; i 6 innych")


def test_an_editorial_change_is_signed_by_the_office_with_its_reason(context: Flask) -> None:
    bench = drafting.bench()
    bench.write("§ 1", NEW_WORDS, reason="Literówka.")
    file = file_of(bench)
    (_first, second) = editions(bench.document)
    assert second.published_at is not None
    moment = authors(file)["Gmina Miechów, zmiana redakcyjna: Literówka."]
    assert moment.startswith(as_written(second.published_at))
    assert "Powód podany przez urząd: Literówka." in comments(file)


def test_a_note_from_a_meeting_signs_and_is_told(context: Flask) -> None:
    bench = drafting.bench()
    held = events.event(title="Warsztat w Domu Kultury")
    wish = actions.Wish(bench.number("§ 1"), ChangeKind.REWORD, NEW_WORDS)
    bench.wish(wish, actions.Why(event=held, note="Wszystkie stoliki były za."))
    file = file_of(bench)
    assert "Notatka ze spotkania: Warsztat w Domu Kultury" in authors(file)
    assert "Warsztat w Domu Kultury: Wszystkie stoliki były za." in comments(file)


def test_a_new_number_is_signed_as_that(context: Flask) -> None:
    bench = drafting.bench()
    bench.write("§ 1", kind=ChangeKind.REPEAL, reason="Zbędny.")
    assert "Gmina Miechów, zmiana oznaczenia" in authors(file_of(bench))


def test_a_change_whose_cause_nobody_recorded_is_the_office_s(context: Flask) -> None:
    document = town.document()
    (first,) = editions(document)
    known = {w.citation.replace("\N{NO-BREAK SPACE}", " "): w for w in first.wordings}
    units = scene.with_words(first, known["§ 1"].provision.number, NEW_WORDS)
    town.edition(document, units)
    db.session.expire_all()
    first, second = editions(document)
    assert set(authors(tracked_file(document, first, second))) == {"Gmina Miechów"}


def test_hidden_words_are_not_told_and_private_persons_not_named(context: Flask) -> None:
    bench = drafting.bench()
    remark = bench.amendment("§ 1", NEW_WORDS)
    remark.body = "Sąsiad Nowak to złodziej."
    remark.positions[-1].justification = "Słowa o sąsiedzie Nowaku nie należą do sprawy."
    remark.author_name, remark.signature = "Zofia Prywatna", ""
    bench.take_in(remark)
    remark.hidden_at, remark.hidden_reason = now(), "Dobra osobiste."
    file = file_of(bench)
    everything = "".join(
        "".join(part(file, name).itertext()) + etree.tostring(part(file, name), encoding="unicode")
        for name in ("document", "comments")
    )
    assert "Treść tej uwagi ukrył moderator." in comments(file)
    assert "osoba prywatna" in everything
    for secret in ("Nowak", "Prywatna", remark.author_email or "@"):
        assert secret not in everything


def test_withdrawn_words_are_not_told(context: Flask) -> None:
    bench = drafting.bench()
    remark = bench.amendment("§ 1", NEW_WORDS)
    bench.take_in(remark)
    file_of(bench)
    remark.withdrawn_at = now()
    first, second = editions(bench.document)
    said = comments(tracked_file(bench.document, first, second))
    assert "Uwaga wycofana przez autora." in said
    assert "Tak będzie lepiej" not in said


def test_the_number_of_queries_does_not_grow(context: Flask) -> None:
    counts = []
    for many in (1, 6):
        bench = drafting.bench()
        for n in range(many):
            bench.write("§ 1", f"Brzmienie {n}.", bench.amendment("§ 1", f"Brzmienie {n}."))
        bench.publish()
        db.session.flush()
        db.session.expire_all()
        first, second = editions(bench.document)
        with counted() as statements:
            tracked_file(bench.document, first, second)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 16


# ----------------------------------------------------------------------------- its address


def test_it_is_downloaded_beside_the_comparison(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    page = client.get(f"{place.text}/porownanie/1-2")
    assert f"{place.text}/porownanie/1-2.docx" in page.text
    answered = client.get(f"{place.text}/porownanie/1-2.docx")
    assert answered.status_code == 200
    assert answered.mimetype.endswith("wordprocessingml.document")
    name = f"{place.consultation}-{place.document}-zmiany-od-wydania-1-do-2.docx"
    assert answered.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert name.isascii()
    again = client.get(
        f"{place.text}/porownanie/1-2.docx", headers={"If-None-Match": answered.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_file_in_hand_is_stale_once_a_remark_behind_it_is_hidden(
    app: Flask, client: Client
) -> None:
    place = scene.revised(app)
    before = client.get(f"{place.text}/porownanie/1-2.docx").headers["ETag"]
    with app.app_context():
        scene.hide_all(scene.document_of(place))
    after = client.get(f"{place.text}/porownanie/1-2.docx", headers={"If-None-Match": before})
    assert after.status_code == 200


def test_it_goes_from_the_older_to_the_newer(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    answered = client.get(f"{place.text}/porownanie/2-1.docx")
    assert answered.status_code == 301
    assert answered.headers["Location"].endswith("/porownanie/1-2.docx")


@pytest.mark.parametrize("pair", ["1-1", "1-3", "0-1"])
def test_where_there_is_nothing_to_track_there_is_no_file(
    app: Flask, client: Client, pair: str
) -> None:
    place = scene.revised(app)
    assert client.get(f"{place.text}/porownanie/{pair}.docx").status_code == 404


def test_english_readers_get_the_same_file(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    polish = client.get(f"{place.text}/porownanie/1-2.docx").data
    client.set_cookie("jezyk", "en")
    assert client.get(f"{place.text}/porownanie/1-2.docx").data == polish
