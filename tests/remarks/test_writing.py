"""The forms with which remarks are written, previewed and sent."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.documents.models import Document
from app.platform.clock import now
from app.platform.db import db
from app.remarks.keys import secret_of
from app.remarks.models import AmendmentKind, Channel, Remark
from tests import town
from tests.proofreading import ProofreadingClient
from tests.queries import counted
from tests.remarks import scene
from tests.remarks.scene import signed

NEW = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami."
KEY = "klucz-formularza-0001"


class Desk:
    """A form's address and a document behind it."""

    def __init__(self, app: Flask, phase: Phase = Phase.OPEN) -> None:
        with app.app_context():
            document = scene.text(phase)
            self.slug = document.consultation.slug
            self.document_id = document.id
            self.section = scene.provision(document, "§ 1").number
            self.subsection = scene.provision(document, "§ 2 ust. 2").number
            db.session.commit()

    def form(self, kind: str = "", provision: int = 0, **args: Any) -> str:
        address = f"/konsultacje/{self.slug}/dokumenty/program/uwaga?"
        given = {"rodzaj": kind, "przepis": provision or "", **args}
        return address + "&".join(f"{k}={v}" for k, v in given.items() if v != "")


def remarks() -> list[Remark]:
    return list(db.session.scalars(sa.select(Remark).order_by(Remark.number)))


def test_the_form_for_a_change_begins_with_the_present_wording(
    app: Flask, client: ProofreadingClient
) -> None:
    desk = Desk(app)
    page = client.get(desk.form("zmiana", desk.section))
    assert page.status_code == 200
    assert "Program dotyczy współpracy Gminy z organizacjami.</textarea>" in page.text


def test_a_provision_with_parts_is_edited_as_one_text(
    app: Flask, client: ProofreadingClient
) -> None:
    desk = Desk(app)
    page = client.get(desk.form("zmiana", desk.subsection)).text
    assert "Cele szczegółowe to:\n1) wzmocnienie organizacji;" in page


def test_a_guest_sends_a_comment_and_keeps_a_secret_link(
    app: Flask, client: ProofreadingClient
) -> None:
    desk = Desk(app)
    sent = client.post(
        desk.form("komentarz", desk.section),
        data={"body": "Dlaczego <tak>?", "submission_key": KEY},
    )
    assert sent.status_code == 303
    receipt = client.get(sent.location).text
    with app.app_context():
        (remark,) = remarks()
        secret = secret_of(KEY)
        assert (remark.body, remark.signature, remark.channel) == (
            "Dlaczego <tak>?",
            "",
            Channel.ONLINE,
        )
    assert f"/uwaga/{secret}" in receipt
    assert secret not in app.test_client().get(sent.location).text
    page = client.get(f"/uwaga/{secret}")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Dlaczego &lt;tak&gt;?" in page.text


def test_sending_the_form_twice_makes_one_remark(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app)
    answers = [
        client.post(desk.form(), data={"body": "Raz.", "submission_key": KEY}) for _ in range(2)
    ]
    assert answers[0].location == answers[1].location
    with app.app_context():
        assert len(remarks()) == 1


def test_a_sent_form_filled_in_anew_is_not_dropped_in_silence(
    app: Flask, client: ProofreadingClient
) -> None:
    desk = Desk(app)
    client.post(desk.form(), data={"body": "Raz.", "submission_key": KEY})
    again = client.post(desk.form(), data={"body": "Raz, a dobrze.", "submission_key": KEY})
    assert again.status_code == 409
    assert "Raz, a dobrze." in again.text
    with app.app_context():
        assert [remark.body for remark in remarks()] == ["Raz."]


def test_numbers_that_no_row_has_are_left_out(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app)
    for number in (10**30, -1, "x"):
        assert client.get(desk.form("komentarz", number, wersja=number)).status_code == 200


def test_preview_shows_the_change_and_sends_nothing(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app)
    data = {
        "amendment_kind": "reword",
        "proposed_text": NEW,
        "body": "Bo tak trzeba.",
        "submission_key": KEY,
        "preview": "1",
    }
    page = client.post(desk.form("zmiana", desk.section), data=data)
    assert page.status_code == 200
    assert "<ins>" in page.text
    assert "dodaje się wyrazy" in page.text
    assert 'name="body" value="Bo tak trzeba."' in page.text
    with app.app_context():
        assert remarks() == []
    del data["preview"]
    corrected = client.post(desk.form("zmiana", desk.section), data={**data, "correct": "1"})
    assert corrected.status_code == 200
    assert f"{NEW}</textarea>" in corrected.text
    assert client.post(desk.form("zmiana", desk.section), data=data).status_code == 303
    with app.app_context():
        (remark,) = remarks()
        assert remark.amendment_kind is AmendmentKind.REWORD
        assert remark.proposed_text == NEW


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("komentarz", {"body": ""}),
        ("komentarz", {"body": "Coś", "email": "to nie adres"}),
        ("komentarz", {"body": "Coś", "named": "1", "name": " "}),
        ("komentarz", {"body": "Coś", "quote": "tych słów tam nie ma"}),
        ("zmiana", {"amendment_kind": "reword", "proposed_text": NEW, "body": ""}),
        ("zmiana", {"amendment_kind": "insert", "proposed_text": "", "body": "Coś"}),
        ("zmiana", {"amendment_kind": "obce", "proposed_text": NEW, "body": "Coś"}),
    ],
)
def test_what_was_typed_comes_back_with_what_to_correct(
    app: Flask, client: ProofreadingClient, kind: str, data: dict[str, str]
) -> None:
    desk = Desk(app)
    page = client.post(desk.form(kind, desk.section), data={**data, "submission_key": KEY})
    assert page.status_code == 422
    assert "error-summary" in page.text
    for name in data.keys() - {"amendment_kind"}:
        assert data[name].strip() in page.text
    with app.app_context():
        assert remarks() == []


def test_the_form_opens_inside_a_page_too(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app)
    fragment = client.get(desk.form("zmiana", desk.section, fragment=1))
    assert "<html" not in fragment.text
    wrong = client.post(
        desk.form("komentarz", desk.section),
        data={"body": "", "submission_key": KEY, "fragment": "1"},
    )
    assert (wrong.status_code, "<html" in wrong.text) == (422, False)
    right = client.post(
        desk.form("komentarz", desk.section),
        data={"body": "Słowo.", "submission_key": KEY, "fragment": "1"},
        follow_redirects=True,
    )
    assert (right.status_code, "<html" in right.text) == (200, False)


def test_a_selected_quotation_comes_with_the_form(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app)
    address = desk.form("komentarz", desk.section, cytat="współpracy Gminy")
    assert "współpracy Gminy" in client.get(address).text
    data = {"body": "Co to?", "quote": "współpracy Gminy", "submission_key": KEY}
    assert client.post(desk.form("komentarz", desk.section), data=data).status_code == 303
    with app.app_context():
        assert remarks()[0].quote == "współpracy Gminy"


def test_nobody_writes_when_remarks_are_not_taken(app: Flask, client: ProofreadingClient) -> None:
    for phase in (Phase.UPCOMING, Phase.CONSIDERED, Phase.CONCLUDED):
        desk = Desk(app, phase)
        assert client.get(desk.form()).status_code == 403
        assert client.post(desk.form(), data={"body": "Coś"}).status_code == 403
    assert client.get(Desk(app).form("zmiana", 999)).status_code == 404


def test_what_was_typed_survives_a_new_edition(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app)
    with app.app_context():
        from dataclasses import replace

        from app.documents.models import Document
        from app.documents.queries import units_of, wordings_of

        document = db.session.get_one(Document, desk.document_id)
        chapter, money = units_of(wordings_of(document.editions[0]))
        first, *rest = chapter.children
        reworded = chapter.with_children((replace(first, text="Zupełnie inaczej."), *rest))
        town.edition(document, (reworded, money))
        db.session.commit()
    stale = desk.form("komentarz", desk.section, wersja=1)
    page = client.post(stale, data={"body": "Moje słowa", "submission_key": KEY})
    assert page.status_code == 422
    assert "Moje słowa" in page.text
    assert "Zupełnie inaczej." in page.text
    unchanged = desk.form("komentarz", desk.subsection, wersja=1)
    sent = client.post(unchanged, data={"body": "Moje słowa", "submission_key": KEY})
    assert sent.status_code == 303


def test_somebody_speaks_for_their_organisation(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app)
    with app.app_context():
        speaker = town.person()
        ngo = town.organisation(speaker, name="Fundacja Pole")
        ngo_id = ngo.id
        db.session.commit()
    signed(app, client, speaker)
    assert "Fundacja Pole" in client.get(desk.form()).text
    data = {"body": "Uwaga.", "submission_key": KEY, "behalf": str(ngo_id)}
    assert client.post(desk.form(), data=data).status_code == 303
    with app.app_context():
        assert remarks()[0].signature == "Fundacja Pole"
    again = {**data, "behalf": "99999", "submission_key": KEY + "2"}
    assert client.post(desk.form(), data=again).status_code == 422


def test_the_office_types_a_paper_in(app: Flask, client: ProofreadingClient) -> None:
    desk = Desk(app, Phase.OPEN)
    with app.app_context():
        clerk, resident = town.person(Role.COORDINATOR), town.person()
        db.session.commit()
    signed(app, client, resident)
    assert client.get(desk.form(wpis=1)).status_code == 403
    signed(app, client, clerk)
    assert client.get(desk.form(wpis=1)).status_code == 200
    data = {"body": "Z kartki.", "submission_key": KEY, "channel": "paper", "name": "Ewa Lis"}
    assert client.post(desk.form(wpis=1), data=data).status_code == 422
    future = {**data, "received_on": "2030-01-01"}
    assert client.post(desk.form(wpis=1), data=future).status_code == 422
    right = {**data, "received_on": now().date().isoformat()}
    sent = client.post(desk.form(wpis=1), data=right)
    assert sent.status_code == 303
    assert "/uwaga/" in client.get(sent.location).text
    with app.app_context():
        (remark,) = remarks()
        assert (remark.channel, remark.author_name, remark.signature) == (
            Channel.PAPER,
            "Ewa Lis",
            "",
        )


def test_the_change_is_shown_while_typing(app: Flask, client: ProofreadingClient) -> None:
    fragment = client.post(
        "/uwagi/fragment/roznica",
        data={"current": "Ala ma kota.", "proposed": "Ala ma <psa>.", "amendment_kind": "reword"},
    )
    assert fragment.status_code == 200
    assert "&lt;psa&gt;" in fragment.text
    assert "<ins>" in fragment.text
    same = client.post("/uwagi/fragment/roznica", data={"current": "Ala.", "proposed": "Ala."})
    assert "<ins>" not in same.text
    assert "Set-Cookie" not in fragment.headers


def test_an_author_corrects_and_withdraws(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, author = scene.text(), town.person()
        scene.sent(document, scene.amendment(document), by=author)
        root = f"/konsultacje/{document.consultation.slug}/uwagi/1"
        db.session.commit()
    assert client.get(f"{root}/zmien").status_code == 403
    signed(app, client, author)
    assert NEW in client.get(f"{root}/zmien").text
    wrong = client.post(f"{root}/zmien", data={"body": "", "proposed_text": "X", "version": "1"})
    assert wrong.status_code == 422
    right = {"body": "Lepszy powód.", "proposed_text": "Inaczej.", "version": "1"}
    assert client.post(f"{root}/zmien", data=right).status_code == 303
    stale = {"body": "Stare okno.", "proposed_text": "Inaczej.", "version": "1"}
    refused = client.post(f"{root}/zmien", data=stale)
    assert refused.status_code == 409
    assert "Stare okno.</textarea>" in refused.text
    absurd = client.post(f"{root}/zmien", data={**stale, "version": "9" * 5000})
    assert absurd.status_code == 422
    assert client.get(f"{root}/wycofaj").status_code == 200
    assert client.post(f"{root}/wycofaj", data={"reason": "Już nie."}).status_code == 303
    assert client.get(f"{root}/zmien").status_code == 403
    assert "Już nie." in client.get(root).text


def test_a_secret_link_corrects_and_withdraws(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        remark = scene.sent_by_guest(scene.text())
        secret = secret_of(remark.submission_key)
        db.session.commit()
    root = f"/uwaga/{secret}"
    assert client.get(f"{root}/zmien").status_code == 200
    assert client.post(f"{root}/zmien", data={"body": "Inaczej.", "version": "1"}).location == root
    assert client.post(f"{root}/wycofaj", data={"reason": ""}).status_code == 303
    assert client.get(root).status_code == 200
    assert client.get("/uwaga/nie-ten-klucz").status_code == 404


class Several(Desk):
    """The form for two parts of § 2 at once."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        with app.app_context():
            document = db.session.get(Document, self.document_id)
            assert document is not None
            at = {c: scene.provision(document, c).number for c in ("§ 2", *PARTS)}
        self.whole, self.parts = at["§ 2"], [at[c] for c in PARTS]

    def address(self, parts: list[int] | None = None) -> str:
        chosen = "".join(f"&czesci={n}" for n in (self.parts if parts is None else parts))
        return self.form("zmiana", self.whole) + chosen


PARTS = ("§ 2 ust. 1", "§ 2 ust. 2 pkt 1")
FIRST = "Celem głównym jest rozwój współpracy."
TYPED = {"body": "Bo tak będzie jaśniej.", "submission_key": KEY, "parts-0": FIRST}


def test_parts_of_a_provision_can_be_chosen(app: Flask, client: ProofreadingClient) -> None:
    desk = Several(app)
    page = client.get(desk.address([])).text
    assert "Zmień tylko wybrane części" in page
    assert f'value="{desk.parts[1]}"' in page


def test_chosen_parts_have_a_field_each_with_their_wording(
    app: Flask, client: ProofreadingClient
) -> None:
    page = client.get(Several(app).address()).text
    assert f">{FIRST}</textarea>" in page.replace("\r\n", "")
    assert ">wzmocnienie organizacji;</textarea>" in page.replace("\r\n", "")
    assert "Jak powinno brzmieć" not in page


def test_parts_changed_together_are_one_remark_on_the_whole(
    app: Flask, client: ProofreadingClient
) -> None:
    desk = Several(app)
    typed = {**TYPED, "parts-1": "wzmocnienie małych organizacji;"}
    assert "małych" in client.post(desk.address(), data={**typed, "preview": "1"}).text
    assert client.post(desk.address(), data=typed).status_code == 303
    with app.app_context():
        (remark,) = remarks()
        assert remark.citation.replace("\u00a0", " ") == "§ 2"
        assert remark.amendment_kind is AmendmentKind.REWORD
        assert f"1. {FIRST}\n" in remark.proposed_text
        assert "1) wzmocnienie małych organizacji;" in remark.proposed_text


def test_a_part_left_empty_is_struck_out(app: Flask, client: ProofreadingClient) -> None:
    desk = Several(app)
    assert client.post(desk.address(), data={**TYPED, "parts-1": " "}).status_code == 303
    with app.app_context():
        assert "wzmocnienie organizacji" not in remarks()[0].proposed_text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"parts-1": "wzmocnienie organizacji;"}, "To jest obecne brzmienie"),
        ({"parts-1": "wzmocnienie;", "body": ""}, "dlaczego zmiana jest potrzebna"),
        ({}, "To jest obecne brzmienie"),
    ],
)
def test_refused_parts_keep_what_was_typed(
    app: Flask, client: ProofreadingClient, fields: dict[str, str], said: str
) -> None:
    answer = client.post(Several(app).address(), data={**TYPED, **fields})
    assert answer.status_code == 422
    assert said in answer.text
    assert fields.get("parts-1", "wzmocnienie organizacji;") in answer.text


def test_words_for_a_part_that_is_gone_are_given_back(
    app: Flask, client: ProofreadingClient
) -> None:
    desk = Several(app)
    address = desk.address([99_999, desk.parts[1]])
    typed = {**TYPED, "parts-0": "Słowa o zniknięciu.", "parts-1": "wzmocnienie organizacji;"}
    answer = client.post(address, data=typed)
    assert answer.status_code == 422
    assert "Słowa o zniknięciu." in answer.text


@pytest.mark.parametrize("kind", ["komentarz", "zmiana"])
def test_sending_asks_once_before_its_turn_and_twice_within_it(
    app: Flask, client: ProofreadingClient, kind: str
) -> None:
    desk = Desk(app)
    address = desk.form(kind, desk.section)
    typed = {"body": "Dlaczego?", "proposed_text": NEW, "amendment_kind": "reword"}
    client.post(address, data=typed | {"submission_key": KEY})
    with app.app_context(), counted() as statements:
        sent = client.post(address, data=typed | {"submission_key": "klucz-formularza-0002"})
    assert sent.status_code == 303
    deeds = [statement.split()[0] for statement in statements]
    assert deeds == ["SELECT"] * 3 + ["UPDATE", "INSERT", "INSERT", "UPDATE", "INSERT"]


def test_a_number_that_no_provision_has_is_not_found(
    app: Flask, client: ProofreadingClient
) -> None:
    desk = Desk(app)
    assert client.get(desk.form("komentarz", 9999)).status_code == 404
