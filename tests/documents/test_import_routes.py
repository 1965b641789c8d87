"""From a file to a published edition, as the coordinator does it in the browser."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from markupsafe import escape
from werkzeug.test import TestResponse

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.documents import queries
from app.documents.models import Document, DraftImport, Edition
from app.documents.refusals import CannotRead
from app.platform.db import db
from tests import town
from tests.documents.drafts import DOUBTFUL, TEXT, word_file
from tests.proofreading import ProofreadingClient

START = "/biurko/konsultacje/program/import"


@pytest.fixture
def desk(app: Flask, client: ProofreadingClient) -> ProofreadingClient:
    """The coordinator's browser, with a consultation to import into."""
    with app.app_context():
        town.consultation(Phase.UPCOMING, slug="program")
        user = town.person(Role.COORDINATOR)
        db.session.commit()
        client.sign_in(user)
    return client


def paste(desk: ProofreadingClient, text: str = DOUBTFUL, **fields: Any) -> str:
    """Import a text and return the address of its outline."""
    answer = desk.post(START, data={"text": text, **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def upload(desk: ProofreadingClient, data: bytes, name: str, **fields: Any) -> TestResponse:
    answer = desk.post(START, data={"file": (io.BytesIO(data), name), **fields})
    answer.request.input_stream.close()  # the client keeps a large body in a file and leaves it
    return answer


def draft_at(app: Flask, address: str) -> DraftImport:
    with app.app_context():
        draft = queries.import_by_id(int(address.split("/")[3]))
        assert draft is not None
        return draft


def row_with(app: Flask, address: str, words: str) -> dict[str, Any]:
    return next(row for row in draft_at(app, address).rows if words in row["text"])


def fix(desk: ProofreadingClient, address: str, what: str, **fields: Any) -> TestResponse:
    page = desk.get(address).text
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found is not None
    return desk.post(address, data={"revision": found[1], "fix": what, **fields})


@pytest.mark.parametrize("role", [None, *Role])
def test_importing_is_the_coordinators(
    app: Flask, client: ProofreadingClient, role: Role | None
) -> None:
    with app.app_context():
        town.consultation(slug="program")
        user = town.person(role) if role else None
        db.session.commit()
        if user:
            client.sign_in(user)
    expected = {None: 303, Role.COORDINATOR: 200}.get(role, 403)
    assert client.get(START).status_code == expected


def test_a_word_file_becomes_an_outline_and_is_kept(app: Flask, desk: ProofreadingClient) -> None:
    data = word_file()
    answer = upload(desk, data, "moje dokumenty/projekt.docx")
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert "Celem głównym jest rozwój współpracy." in page
    original = desk.get(f"{answer.location}/plik")
    assert original.data == data
    assert original.headers["Content-Disposition"].startswith("attachment; filename=projekt.docx")
    assert original.headers["X-Content-Type-Options"] == "nosniff"


def test_a_pasted_text_is_kept_as_a_file_too(desk: ProofreadingClient) -> None:
    original = desk.get(f"{paste(desk)}/plik")
    assert original.get_data(as_text=True).replace("\r\n", "\n").strip() == DOUBTFUL.strip()


def test_doubts_are_counted_and_lead_from_one_to_the_next(
    app: Flask, desk: ProofreadingClient
) -> None:
    address = paste(desk)
    page = desk.get(address).text
    doubtful = [row["id"] for row in draft_at(app, address).rows if row["doubts"]]
    assert doubtful
    assert f'href="#wiersz-{doubtful[0]}"' in page
    for row_id in doubtful:
        assert re.search(rf'<tr id="wiersz-{row_id}" class="[^"]*has-doubt', page)
    for following in doubtful[1:]:
        assert f'href="#wiersz-{following}"' in page


def test_doubts_of_one_sort_are_listed_together(desk: ProofreadingClient) -> None:
    points = "".join(f"{n}/ zadanie numer {n},\n" for n in range(1, 5))
    text = f"Program współpracy\n§ 1. Zadania:\n{points}§ 2. Koniec.\n"
    page = desk.get(paste(desk, text)).text
    assert "Wątpliwości według powodów" in page
    assert "Jeszcze 3 takie same." in page


def test_confirming_a_doubt_resolves_it(app: Flask, desk: ProofreadingClient) -> None:
    address = paste(desk)
    before = [row["id"] for row in draft_at(app, address).rows if row["doubts"]]
    answer = fix(desk, address, f"confirm:{before[0]}")
    assert answer.status_code == 303
    assert answer.location.endswith(f"#wiersz-{before[0]}")
    assert [row["id"] for row in draft_at(app, address).rows if row["doubts"]] == before[1:]


def test_an_open_row_can_be_edited(app: Flask, desk: ProofreadingClient) -> None:
    address = paste(desk)
    row = row_with(app, address, "wzmocnienie")
    page = desk.get(f"{address}?wiersz={row['id']}").text
    assert f'value="edit:{row["id"]}"' in page
    changed = {"kind": "letter", "mark": "a", "text": "wzmacnianie organizacji;"}
    assert fix(desk, address, f"edit:{row['id']}", **changed).status_code == 303
    after = row_with(app, address, "wzmacnianie")
    assert (after["kind"], after["mark"], after["doubts"]) == ("letter", "a", [])


def test_a_line_break_divides_a_row(app: Flask, desk: ProofreadingClient) -> None:
    address = paste(desk)
    row = row_with(app, address, "Program dotyczy")
    count = len(draft_at(app, address).rows)
    halves = {"kind": "section", "mark": "1", "text": "Program dotyczy\r\nwspółpracy Gminy."}
    fix(desk, address, f"edit:{row['id']}", **halves)
    rows = draft_at(app, address).rows
    assert len(rows) == count + 1
    place = next(i for i, r in enumerate(rows) if r["id"] == row["id"])
    assert [r["text"] for r in rows[place : place + 2]] == ["Program dotyczy", "współpracy Gminy."]


def test_a_row_is_joined_dropped_and_brought_back(app: Flask, desk: ProofreadingClient) -> None:
    address = paste(desk)
    rows = draft_at(app, address).rows
    fix(desk, address, f"join:{rows[3]['id']}")
    assert len(draft_at(app, address).rows) == len(rows) - 1
    fix(desk, address, f"drop:{rows[1]['id']}")
    assert len(draft_at(app, address).rows) == len(rows) - 2
    for _time in range(2):
        revision = draft_at(app, address).revision
        answer = desk.post(f"{address}/cofnij", data={"revision": revision})
        assert answer.status_code == 303
    assert draft_at(app, address).rows == rows
    assert desk.post(f"{address}/cofnij", data={"revision": revision + 1}).status_code == 409


def test_a_stale_window_is_refused_and_keeps_what_was_typed(
    app: Flask, desk: ProofreadingClient
) -> None:
    address = paste(desk)
    row = row_with(app, address, "wzmocnienie")
    fix(desk, address, f"confirm:{row['id']}")
    fix(desk, address, f"drop:{draft_at(app, address).rows[-1]['id']}")
    typed = {"kind": "point", "mark": "1", "text": "Moje mozolnie pisane brzmienie;"}
    answer = desk.post(address, data={"revision": "1", "fix": f"edit:{row['id']}", **typed})
    assert answer.status_code == 409
    assert "Moje mozolnie pisane brzmienie;" in answer.text
    assert "mozolnie" not in str(draft_at(app, address).rows)


@pytest.mark.parametrize("what", ["", "edit", "explode:1", "join:", "drop:nie-ma"])
def test_a_correction_that_makes_no_sense_is_refused(desk: ProofreadingClient, what: str) -> None:
    address = paste(desk)
    assert fix(desk, address, what).status_code in {409, 422}


def test_a_dropped_draft_can_be_taken_back(app: Flask, desk: ProofreadingClient) -> None:
    address = paste(desk)
    assert desk.post(f"{address}/odrzuc").location == START
    assert f"{address}/przywroc" in desk.get(START).text
    assert desk.get(address).status_code == 200
    assert desk.get(f"{address}/zatwierdz").status_code == 200
    revision = {"revision": draft_at(app, address).revision}
    row_id = draft_at(app, address).rows[0]["id"]
    assert desk.post(address, data={"fix": f"confirm:{row_id}", **revision}).status_code == 403
    assert desk.post(f"{address}/przywroc").location == address
    assert fix(desk, address, f"confirm:{row_id}").status_code == 303


def test_the_whole_way_to_an_edition(app: Flask, desk: ProofreadingClient) -> None:
    address = paste(desk, title="Program współpracy")
    page = desk.get(f"{address}/zatwierdz").text
    assert 'class="provision provision--chapter"' in page
    fields = {"revision": draft_at(app, address).revision, "target": "new", "title": "Program"}
    refused = desk.post(f"{address}/zatwierdz", data=fields)
    assert refused.status_code == 422
    assert 'id="accept_doubts-error"' in refused.text
    answer = desk.post(f"{address}/zatwierdz", data={**fields, "accept_doubts": "y"})
    assert answer.status_code == 303
    with app.app_context():
        edition = db.session.scalars(sa.select(Edition)).one()
        assert (edition.published_at, edition.title, edition.number) == (None, "Program", 1)
        assert edition.document.slug == "program"
        assert edition.source_file is not None
    assert desk.get(address).location == answer.location
    again = desk.post(f"{address}/zatwierdz", data={**fields, "accept_doubts": "y"})
    assert again.status_code == 403


def test_the_next_edition_keeps_the_numbers_of_its_provisions(
    app: Flask, desk: ProofreadingClient
) -> None:
    first = paste(desk, TEXT)
    confirm(app, desk, first, "new")
    with app.app_context():
        document = db.session.scalars(sa.select(Document)).one()
        edition = db.session.scalars(sa.select(Edition)).one()
        numbers = {w.text: w.provision.number for w in queries.wordings_of(edition)}
        target = str(document.id)
    desk.post(f"/biurko/wersje/{edition.id}/publikuj")
    changed = TEXT.replace("§ 3. Program", "§ 3. Nowy przepis o młodzieży.\n§ 4. Program")
    confirm(app, desk, paste(desk, changed), target)
    with app.app_context():
        second = db.session.scalars(sa.select(Edition).where(Edition.number == 2)).one()
        after = {w.text: w.provision.number for w in queries.wordings_of(second)}
        assert second.based_on_id == edition.id
    assert all(after[text] == number for text, number in numbers.items())
    assert after["Nowy przepis o młodzieży."] == max(numbers.values()) + 1


def confirm(app: Flask, desk: ProofreadingClient, address: str, target: str) -> None:
    revision = draft_at(app, address).revision
    fields = {"revision": revision, "target": target, "title": "Program", "accept_doubts": "y"}
    assert desk.post(f"{address}/zatwierdz", data=fields).status_code == 303


def test_neither_or_both_is_refused(desk: ProofreadingClient) -> None:
    assert desk.post(START, data={"title": "Mój tytuł"}).status_code == 422
    answer = upload(desk, b"Rozdzia", "a.txt", text="Mój wklejony tekst")
    assert answer.status_code == 422
    assert "Mój wklejony tekst" in answer.text


def bomb() -> bytes:
    """A Word file of a few kilobytes that unpacks to hundreds of megabytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return target.getvalue()


def broken(inside: bytes) -> bytes:
    """A Word file whose document is not what it should be."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word_file())) as source,
        zipfile.ZipFile(target, "w") as archive,
    ):
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, inside if name == "word/document.xml" else data)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "projekt.docx", "pdf"),
        (OLE, "projekt.doc", "old_doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "projekt.docx", "password"),
        (b"\n \n", "projekt.txt", "empty"),
        (b"Szanowni Panstwo, dziekuje za zaproszenie.\n", "list.txt", "no_provisions"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03", "skan.png", "not_supported"),
        (b"PK\x03\x04 to nie jest archiwum", "projekt.docx", "broken_zip"),
        (word_file()[:-200], "projekt.docx", "broken_zip"),
        (broken(b"<w:document"), "projekt.docx", "broken_xml"),
        (TEXT.encode() + b"x" * 10_000_000, "projekt.txt", "too_large"),
        (b"{\\rtf1 \\ansi}", "projekt.rtf", "rtf"),
        (b"<!DOCTYPE html><title>x</title>", "projekt.html", "html"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_advice(
    app: Flask, desk: ProofreadingClient, data: bytes, name: str, code: str
) -> None:
    answer = upload(desk, data, name, title="Mój tytuł")
    assert answer.status_code == 422
    with app.test_request_context():
        advice = str(escape(CannotRead(code).sentence))
    assert advice in answer.text
    assert "Mój tytuł" in answer.text
    with app.app_context():
        assert db.session.scalars(sa.select(DraftImport)).all() == []


def test_a_zip_bomb_is_refused_without_being_unpacked(desk: ProofreadingClient) -> None:
    data = bomb()
    began = time.process_time()
    answer = upload(desk, data, "projekt.docx")
    assert time.process_time() - began < 2
    assert answer.status_code == 422


def test_a_file_over_the_limit_of_a_request_gets_our_page(desk: ProofreadingClient) -> None:
    answer = upload(desk, b"x" * 11 * 1024 * 1024 + b"x", "projekt.docx")
    assert answer.status_code == 413
    assert "10 MB" in answer.text


def test_a_pasted_text_survives_an_error(desk: ProofreadingClient) -> None:
    answer = desk.post(START, data={"text": "Tu nie ma żadnych przepisów."})
    assert answer.status_code == 422
    assert "Tu nie ma żadnych przepisów.</textarea>" in answer.text
    assert 'id="text-error"' in answer.text


def test_lines_that_were_left_out_are_shown(desk: ProofreadingClient) -> None:
    lines = TEXT.splitlines()
    footer = "Id: 1A2B3C4D-0000-4444-8888-ABCDEF012345. Projekt Strona 1"
    page = desk.get(paste(desk, "\n".join([*lines[:5], footer, *lines[5:]]))).text
    assert f"<li>{footer}</li>" in page
