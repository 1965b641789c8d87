"""Materials: told by their bytes, handed out to be saved, removed with a trace."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document as Word
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.models import Role
from app.events import materials
from app.events.file_kinds import (
    DOCX,
    JPEG,
    LARGEST,
    LONGEST_FILENAME,
    ODT,
    PDF,
    PNG,
    FileKind,
    called,
    kind_of_bytes,
)
from app.events.materials import Offer, mistakes
from app.events.models import Event, Facilitator
from app.events.queries_materials import content_of, materials_of, removed_materials_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.events import scene
from tests.proofreading import ProofreadingClient as Client

A_PDF = b"%PDF-1.7\n%\xe2\xe3\n"
A_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
A_JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    Word().save(out)
    return out.getvalue()


def open_document(mimetype: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    return archive(mimetype=mimetype, content=b"<xml/>")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (A_PDF, PDF),
        (A_PNG, PNG),
        (A_JPEG, JPEG),
        (word(), DOCX),
        (open_document(), ODT),
        (open_document(b"application/vnd.oasis.opendocument.presentation"), None),
        (open_document(b"x" * 10_000), None),
        (archive(word__document=b"x"), None),
        (b"PK\x03\x04 broken", None),
        (word()[:-200], None),
        (b"<html><script>alert(1)</script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"MZ\x90", None),
        (b" %PDF-1.7", None),
        (b"", None),
    ],
)
def test_files_are_told_by_their_bytes(data: bytes, kind: FileKind | None) -> None:
    assert kind_of_bytes(data) == kind


def test_a_file_with_macros_is_refused() -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("word/vbaProject.bin", b"x")
    assert kind_of_bytes(out.getvalue()) is None


def test_a_file_that_broke_on_the_way_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", ODT.content_type)
    begins = 30 + len("mimetype")  # after the head of its first part
    data = bytearray(out.getvalue())
    data[begins : begins + 8] = b"\xff" * 8
    assert kind_of_bytes(bytes(data)) is None


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: b"PK\x03\x04" + rest))
def test_no_bytes_break_it(data: bytes) -> None:
    assert kind_of_bytes(data) in {None, PDF, PNG, JPEG, DOCX, ODT}


@given(st.text(max_size=200), st.sampled_from([PDF, PNG, JPEG, DOCX, ODT]))
def test_names_of_files_are_safe_and_end_as_their_kind(name: str, kind: FileKind) -> None:
    made = called(name, kind)
    assert made.lower().endswith(kind.extensions)
    assert made.isprintable()
    assert len(made) <= LONGEST_FILENAME
    assert not set("/\\") & set(made)
    assert not made.startswith(".")


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Prezentacja.PDF", PDF, "Prezentacja.PDF"),
        (r"C:\Pulpit\wyniki badań.pdf.exe", PDF, "wyniki badań.pdf.pdf"),
        ("../../etc/passwd", PNG, "passwd.png"),
        ("", ODT, "plik.odt"),
        (".pdf", PDF, "pdf.pdf"),
    ],
)
def test_names_of_files(name: str, kind: FileKind, expected: str) -> None:
    assert called(name, kind) == expected


@pytest.mark.parametrize(
    ("offer", "fields"),
    [
        (Offer("", url="https://gmina.example/a"), {"title"}),
        (Offer("x" * 201, url="https://gmina.example/a"), {"title"}),
        (Offer("x"), {"file"}),
        (Offer("x", "https://gmina.example", "a.pdf", A_PDF), {"file"}),
        (Offer("x", filename="a.pdf", content=b"tekst"), {"file"}),
        (Offer("x", filename="a.pdf", content=A_PDF + b"0" * LARGEST), {"file"}),
        (Offer("x", url="http://gmina.example"), {"url"}),
        (Offer("x", url="javascript:alert(1)"), {"url"}),
        (Offer("x", url="https://"), {"url"}),
        (Offer("x", url="https://bank.example@zly.example/"), {"url"}),
        (Offer("x", url="https://[zly"), {"url"}),
        (Offer("x", url="https://gmina.example/a b"), {"url"}),
        (Offer("x", url="https://gmina.example/" + "a" * 500), {"url"}),
        (Offer("x", filename="a.pdf", content=b""), {"file"}),
        (Offer("x", url="https://gmina.example/zażółć"), set()),
        (Offer("x", filename="a.pdf", content=A_PDF), set()),
    ],
)
def test_what_is_wrong_with_an_offer(context: Flask, offer: Offer, fields: set[str]) -> None:
    assert {name for name, _problem in mistakes(offer)} == fields


def run_by(role: Role = Role.FACILITATOR) -> tuple[Event, Any]:
    host = town.person(role)
    event = scene.event()
    event.facilitators = [Facilitator(name=host.name, user_id=host.id)]
    db.session.flush()
    return event, host


def test_materials_are_put_up_once_ordered_and_removed(context: Flask) -> None:
    event, host = run_by()
    offers = [
        Offer("Prezentacja", filename="a.pdf", content=A_PDF),
        Offer("Nagranie", url="https://gmina.example/film"),
        Offer("Zdjęcie", filename="b.png", content=A_PNG),
    ]
    before = event.revision
    made = [materials.put_up(event, offer, by=host, at=now()) for offer in [*offers, *offers]]
    assert [each.id for each in made[:3]] == [each.id for each in made[3:]]
    assert event.revision == before + 3
    materials.move(event, made[2].id, up=True, by=host, at=now())
    materials.move(event, made[0].id, up=True, by=host, at=now())  # is the first already
    assert [m.title for m in materials_of(event)] == ["Prezentacja", "Zdjęcie", "Nagranie"]
    with pytest.raises(DomainError):
        materials.remove(event, made[0], " ", by=host, at=now())
    materials.remove(event, made[0], "Jest nowsza.", by=host, at=now())
    db.session.flush()
    assert content_of(made[0]) is None
    assert [(m.title, m.removed_reason) for m in removed_materials_of(event)] == [
        ("Prezentacja", "Jest nowsza.")
    ]
    again = materials.put_up(event, offers[0], by=host, at=now())
    assert again.id != made[0].id
    with pytest.raises(DomainError):
        materials.move(event, made[0].id, up=False, by=host, at=now())


def test_only_those_who_run_the_event_put_things_up(context: Flask) -> None:
    event, _host = run_by()
    offer = Offer("Nagranie", url="https://gmina.example/film")
    for stranger in (town.person(Role.FACILITATOR), town.person(Role.EXECUTIVE), town.person()):
        with pytest.raises(NotAllowed):
            materials.put_up(event, offer, by=stranger, at=now())
    materials.put_up(event, offer, by=town.person(Role.COORDINATOR), at=now())


@pytest.fixture
def desk(app: Flask, client: Client) -> str:
    with app.app_context():
        event, host = run_by()
        db.session.commit()
        client.sign_in(host)
        return f"/biurko/wydarzenia/{event.slug}/materialy"


def test_a_file_is_handed_out_to_be_saved(app: Flask, client: Client, desk: str) -> None:
    page = desk.removeprefix("/biurko").removesuffix("/materialy")
    visitor = app.test_client()
    visitor.get(page)
    sent = {"title": "Wyniki badań", "file": (io.BytesIO(A_PDF), "wyniki ąę.html")}
    assert client.post(desk, data=sent).status_code == 303
    shown = visitor.get(page).text
    assert "Wyniki badań" in shown
    with app.app_context():
        number = db.session.scalars(db.select(materials.Material.id)).one()
    answer = visitor.get(f"{page}/materialy/{number}")
    assert answer.data == A_PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    client.post(f"{desk}/{number}/usun", data={"reason": "Pomyłka."})
    assert "Pomyłka." in client.get(desk).text
    assert visitor.get(f"{page}/materialy/{number}").status_code == 404
    assert "Wyniki badań" not in visitor.get(page).text


def test_what_is_no_such_file_comes_back_with_the_title(client: Client, desk: str) -> None:
    sent = {"title": "Wirus", "file": (io.BytesIO(b"MZ"), "wirus.pdf")}
    answer = client.post(desk, data=sent)
    assert answer.status_code == 422
    assert 'value="Wirus"' in answer.text


def test_links_are_whole_and_secure(client: Client, desk: str) -> None:
    for bad in ("http://a.example", "javascript:alert(1)", "gmina.example"):
        assert client.post(desk, data={"title": "x", "url": bad}).status_code == 422
    good = {"title": "Nagranie", "url": "https://gmina.example/film"}
    assert client.post(desk, data=good).status_code == 303
    assert "https://gmina.example/film" in client.get(desk).text
    assert client.post(f"{desk}/999/przesun", data={"act": "up"}).status_code == 409
    assert client.get(f"{desk}/999/usun").status_code == 404
