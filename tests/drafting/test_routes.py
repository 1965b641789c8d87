"""The workbench through its pages, as the coordinator and as others meet it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from lxml import html

from app.accounts.models import Role
from app.documents.models import Document
from app.documents.queries import latest_edition
from app.drafting import queries
from app.drafting.models import ChangeKind, DraftChange
from app.drafting.working import active
from app.platform.db import db
from app.remarks.models import AmendmentKind, Outcome
from tests import town
from tests.drafting import scene
from tests.drafting.scene import Bench
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.remarks.scene import comment, coordinator, sent, signed

TEXT = "Program dotyczy współpracy Gminy z mieszkańcami."


@dataclass(frozen=True)
class Desk:
    """A bench in the database, its address, and the numbers that its addresses need."""

    root: str
    document: int
    section: int
    amendment: int
    amendment_id: int


@pytest.fixture
def desk(app: Flask, client: Client) -> Desk:
    """A working draft with one amendment waiting, at which the coordinator sits."""
    with app.app_context():
        bench = scene.bench()
        remark = bench.amendment("§ 1", TEXT)
        found = desk_of(bench, remark.number, remark.id)
        db.session.commit()
        clerk = bench.clerk
    signed(app, client, clerk)
    return found


def desk_of(bench: Bench, number: int, remark_id: int) -> Desk:
    document = bench.document
    slug = document.consultation.slug
    root = f"/biurko/konsultacje/{slug}/dokumenty/{document.slug}/robocza"
    return Desk(root, document.id, bench.provision("§ 1").number, number, remark_id)


def changes(app: Flask) -> list[tuple[str, bool]]:
    with app.app_context():
        found = db.session.scalars(db.select(DraftChange).order_by(DraftChange.id)).all()
        return [(str(c.kind), c.taken_back_at is not None) for c in found]


def text_of(answered) -> str:
    tree = html.document_fromstring(answered.text)
    return " ".join(tree.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


def test_from_an_amendment_to_the_next_edition(app: Flask, client: Client, desk: Desk) -> None:
    bench = client.get(desk.root)
    assert "Wersja robocza wydania 2" in text_of(bench)
    taken = client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    assert (taken.status_code, taken.headers["Location"]) == (303, desk.root)
    assert changes(app) == [("reword", False)]
    for page in ("", "/podglad", "/publikuj", f"/przepis/{desk.section}"):
        assert "mieszkańcami" in client.get(desk.root + page).text or page == "/publikuj"
    form = html.document_fromstring(client.get(f"{desk.root}/publikuj").text)
    revision = form.xpath("//input[@name='revision']/@value")[0]
    done = client.post(f"{desk.root}/publikuj", data={"revision": revision, "note": "Po uwagach."})
    assert done.status_code == 303
    assert done.headers["Location"].endswith("/dokumenty/program")
    assert "Po uwagach." in client.get(done.headers["Location"].rpartition("/dokumenty")[0]).text
    with app.app_context():
        edition = latest_edition(db.session.get_one(Document, desk.document))
        assert edition is not None
        assert edition.number == 2
    assert client.get(f"{desk.root}/publikuj").status_code == 409


def test_the_draft_is_started_from_its_page(app: Flask, client: Client) -> None:
    with app.app_context():
        document = town.document()
        root = f"/biurko/konsultacje/{document.consultation.slug}/dokumenty/program/robocza"
        clerk = coordinator()
        db.session.commit()
    signed(app, client, clerk)
    assert "Wersja robocza wydania" not in text_of(client.get(root))
    assert client.get(f"{root}/podglad").status_code == 409
    assert client.post(root).status_code == 303
    assert "Wersja robocza wydania 2" in text_of(client.get(root))


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_nobody_else_comes_in(app: Flask, client: Client, desk: Desk, role: Role) -> None:
    with app.app_context():
        person = town.person(role)
        db.session.commit()
    signed(app, client, person)
    pages = ("", "/podglad", "/publikuj", f"/przepis/{desk.section}")
    assert {client.get(desk.root + page).status_code for page in pages} == {403}
    deeds = ("", "/publikuj", f"/wprowadz/{desk.amendment}", "/zmiana/1/cofnij")
    assert {client.post(desk.root + deed).status_code for deed in deeds} == {403}
    assert changes(app) == []


def test_what_is_not_there_is_not_found(client: Client, desk: Desk) -> None:
    assert client.post(f"{desk.root}/wprowadz/99").status_code == 404
    assert client.post(f"{desk.root}/zmiana/99/cofnij").status_code == 404
    assert client.get(f"{desk.root}/przepis/99").status_code == 404
    assert client.get(desk.root.replace("/program/", "/inny/")).status_code == 404


def test_writing_by_hand_names_the_remark_one_came_from(
    app: Flask, client: Client, desk: Desk
) -> None:
    address = f"{desk.root}/przepis/{desk.section}?uwaga={desk.amendment}"
    form = html.document_fromstring(client.get(address).text)
    checked = form.xpath("//input[@name='causes'][@checked]/@value")
    assert checked == [str(desk.amendment_id)]
    done = client.post(
        address,
        data={
            "amendment_kind": "reword",
            "text": "Program dotyczy współpracy.",
            "causes": checked,
            "seen": form.xpath("//input[@name='seen']/@value")[0],
        },
    )
    assert done.status_code == 303
    assert "#zmiana-" in done.headers["Location"]
    assert changes(app) == [("reword", False)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "Inaczej."}, "dlaczego"),
        ({"text": "Inaczej.", "reason": "x" * 2001}, "2000"),
        ({"text": "", "reason": "Bo tak."}, "jak ma brzmieć"),
        ({"text": "Inaczej.", "reason": "Bo tak.", "seen": "Co innego."}, "ktoś zmienił"),
        ({"text": "Inaczej.", "reason": "Bo tak.", "causes": "999"}, "wskazać"),
        ({"text": "Inaczej.", "reason": "Bo tak.", "amendment_kind": "burn"}, "Co się zmienia"),
    ],
)
def test_a_refused_change_keeps_all_that_was_typed(
    app: Flask, client: Client, desk: Desk, typed: dict[str, str], said: str
) -> None:
    given = {"amendment_kind": "reword", "seen": "", **typed}
    given = {name: value for name, value in given.items() if value or name == "text"}
    answered = client.post(f"{desk.root}/przepis/{desk.section}", data=given)
    assert answered.status_code == 422
    form = html.document_fromstring(answered.text)
    assert form.xpath("//textarea[@name='text']")[0].text_content().strip() == typed["text"]
    reason = form.xpath("//textarea[@name='reason']")[0].text_content().strip()
    assert reason == typed.get("reason", "")
    assert "Błąd" in form.xpath("//title")[0].text
    assert said in text_of(answered) or said == "wskazać"
    assert changes(app) == []


def test_a_change_is_taken_back_and_one_that_others_need_is_not(
    app: Flask, client: Client, desk: Desk
) -> None:
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    with app.app_context():
        (number,) = db.session.scalars(db.select(DraftChange.id))
    assert client.post(f"{desk.root}/zmiana/{number}/cofnij").status_code == 303
    assert changes(app) == [("reword", True)]
    assert "mieszkańcami" not in client.get(f"{desk.root}/podglad").text


def test_publishing_what_one_has_not_seen_is_refused_and_the_note_stays(
    app: Flask, client: Client, desk: Desk
) -> None:
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    answered = client.post(f"{desk.root}/publikuj", data={"revision": "1", "note": "Po rundzie."})
    assert answered.status_code == 422
    assert "Po rundzie." in answered.text
    fresh = html.document_fromstring(answered.text).xpath("//input[@name='revision']/@value")
    done = client.post(f"{desk.root}/publikuj", data={"revision": fresh[0], "note": "Po rundzie."})
    assert done.status_code == 303


def test_a_draft_that_cannot_be_published_says_why(app: Flask, client: Client, desk: Desk) -> None:
    page = client.get(f"{desk.root}/publikuj")
    assert "Opublikuj" not in [b.text for b in buttons(page)]
    refused = client.post(f"{desk.root}/publikuj", data={"revision": "1"})
    assert refused.status_code == 422
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    with app.app_context():
        document = db.session.get_one(Document, desk.document)
        draft = queries.open_draft(document)
        assert draft is not None
        bench = Bench(document, coordinator(), draft)
        bench.decided(active(draft)[0].causes[0], Outcome.REJECTED)
        db.session.commit()
    page = client.get(f"{desk.root}/publikuj")
    assert "przyczyny" in text_of(page)
    assert "Opublikuj" not in [b.text for b in buttons(page)]


def buttons(page) -> list[html.HtmlElement]:
    return html.document_fromstring(page.text).xpath("//main//button")


def test_amendments_of_one_provision_stand_together(app: Flask, client: Client, desk: Desk) -> None:
    with app.app_context():
        bench = bench_of(desk)
        bench.amendment("§ 1", "Program jest dla wszystkich.")
        db.session.commit()
    page = html.document_fromstring(client.get(desk.root).text)
    together = page.xpath("//article[@class='cause']//details//div[@class='columns']")
    assert len(together) == 2
    assert all(len(columns.xpath("./div")) == 2 for columns in together)


def bench_of(desk: Desk) -> Bench:
    document = db.session.get_one(Document, desk.document)
    draft = queries.open_draft(document)
    assert draft is not None
    return Bench(document, coordinator(), draft)


def test_the_bench_offers_only_what_can_be_done(app: Flask, client: Client, desk: Desk) -> None:
    with app.app_context():
        bench = bench_of(desk)
        bench.write("§ 1", "Program dotyczy współpracy Miasta.")
        gone = bench.amendment("§ 2 ust. 2 pkt 1", "wsparcie;")
        whole = sent(bench.document, comment(bench.document))
        bench.decided(whole, Outcome.ACCEPTED)
        bench.write("§ 2", kind=ChangeKind.REPEAL)
        numbers = (gone.number, whole.number)
        db.session.commit()
    page = html.document_fromstring(client.get(desk.root).text)
    row = {n: page.xpath(f"//article[@id='uwaga-{n}']")[0] for n in (desk.amendment, *numbers)}
    assert row[desk.amendment].xpath(".//a[contains(@href, 'uwaga=')]")
    for number in numbers:
        assert not row[number].xpath(".//a[contains(@href, 'uwaga=')]")
        assert not row[number].xpath(".//form[contains(@action, '/wprowadz/')]")
        assert row[number].xpath(".//*[@class='muted']")


def test_more_remarks_waiting_are_not_more_questions(
    app: Flask, client: Client, desk: Desk
) -> None:
    def asked() -> int:
        with app.app_context(), counted() as statements:
            assert client.get(desk.root).status_code == 200
        return len(statements)

    few = asked()
    with app.app_context():
        bench = bench_of(desk)
        for n in range(6):
            bench.amendment("§ 2 ust. 1", f"Cel {n}.")
            bench.amendment("§ 2 ust. 2 pkt 1", f"zasada {n};", AmendmentKind.INSERT)
        db.session.commit()
    assert asked() == few
