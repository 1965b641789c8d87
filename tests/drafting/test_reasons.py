"""Many remarks that need no change of the text, explained in one list."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from lxml import html

from app.documents.models import Document
from app.drafting import causes
from app.drafting.models import NoChange, WorkingDraft
from app.drafting.queries import without_trace
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError
from app.remarks.models import Outcome, Remark
from tests.drafting import scene
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.remarks.scene import comment, coordinator, sent, signed


@dataclass(frozen=True)
class List:
    """The address of the list, the document, and the numbers of three remarks that wait."""

    address: str
    document: int
    numbers: list[int]


@pytest.fixture
def waiting(app: Flask, client: Client) -> List:
    with app.app_context():
        bench = scene.bench()
        document = bench.document
        remarks = [
            bench.decided(sent(document, comment(document)), Outcome.ACCEPTED) for _ in range(3)
        ]
        root = f"/biurko/konsultacje/{document.consultation.slug}/dokumenty/{document.slug}"
        found = List(f"{root}/robocza/bez-zmiany", document.id, [r.number for r in remarks])
        db.session.commit()
        clerk = bench.clerk
    signed(app, client, clerk)
    return found


def said(app: Flask) -> dict[int, str]:
    """The reasons that stand, under the numbers of remarks."""
    with app.app_context():
        rows = db.session.execute(
            db.select(Remark.number, NoChange.reason)
            .join(Remark, Remark.id == NoChange.remark_id)
            .where(NoChange.taken_back_at.is_(None))
        )
        return {number: reason for number, reason in rows}  # noqa: C416 – rows are no pairs to mypy


def test_each_remark_keeps_its_own_reason_and_the_ticked_ones_the_common_one(
    app: Flask, client: Client, waiting: List
) -> None:
    first, second, third = waiting.numbers
    sent_form = {
        f"reason-{first}": "Tak jest w § 5.",
        "chosen": [str(first), str(second)],
        "common": "Projekt już tak mówi.",
    }
    assert client.post(waiting.address, data=sent_form).status_code == 303
    assert said(app) == {first: "Tak jest w § 5.", second: "Projekt już tak mówi."}
    page = client.get(waiting.address).text
    assert f"uwaga-{third}" in page
    assert f"uwaga-{first}" not in page
    assert "Zachowano 2 powody." in page
    with app.app_context():
        kept = db.session.scalars(db.select(Entry).where(Entry.action == "no_change_needed"))
        assert len(kept.all()) == 2
        document = db.session.get_one(Document, waiting.document)
        assert [remark.number for remark in without_trace(document)] == [third]


@pytest.mark.parametrize("common", ["", "   "])
def test_ticked_remarks_without_a_reason_are_refused_and_what_was_typed_stays(
    app: Flask, client: Client, waiting: List, common: str
) -> None:
    first, second, _ = waiting.numbers
    data = {f"reason-{first}": "Tak jest w § 5.", "chosen": [str(second)], "common": common}
    answered = client.post(waiting.address, data=data)
    assert answered.status_code == 422
    page = html.document_fromstring(answered.text)
    assert page.xpath(f"string(//textarea[@name='reason-{first}'])").strip() == "Tak jest w § 5."
    assert page.xpath("//input[@name='chosen' and @checked]/@value") == [str(second)]
    assert said(app) == {}


def test_nothing_written_is_said_so(app: Flask, client: Client, waiting: List) -> None:
    answered = client.post(waiting.address, data={"common": "Sam wspólny powód."})
    assert answered.status_code == 422
    assert "Sam wspólny powód." in answered.text
    assert said(app) == {}


def test_what_was_explained_in_another_window_stands_and_nothing_typed_is_lost(
    app: Flask, client: Client, waiting: List
) -> None:
    first, second, _ = waiting.numbers
    client.post(waiting.address, data={f"reason-{first}": "Pierwsze okno."})
    data = {f"reason-{first}": "Drugie okno.", f"reason-{second}": "Też drugie."}
    answered = client.post(waiting.address, data=data)
    assert answered.status_code == 409
    shown = html.document_fromstring(answered.text)
    notice = shown.xpath("string(//*[contains(@class, 'notice--error')])")
    assert "Pierwsze okno." in notice
    assert "Drugie okno." in notice
    assert typed_at(shown, second) == "Też drugie."
    assert said(app) == {first: "Pierwsze okno."}
    again = {f"reason-{second}": typed_at(shown, second)}
    assert client.post(waiting.address, data=again).status_code == 303
    assert said(app) == {first: "Pierwsze okno.", second: "Też drugie."}


def test_a_reason_for_a_remark_that_waits_no_more_is_shown_to_its_author(
    app: Flask, client: Client, waiting: List
) -> None:
    first = waiting.numbers[0]
    with app.app_context():
        document = db.session.get_one(Document, waiting.document)
        draft = db.session.scalars(db.select(WorkingDraft)).one()
        remark = next(r for r in without_trace(document) if r.number == first)
        scene.Bench(document, coordinator(), draft).decided(remark, Outcome.REJECTED)
        db.session.commit()
    answered = client.post(waiting.address, data={f"reason-{first}": "Moje słowa."})
    assert answered.status_code == 409
    assert "Moje słowa." in answered.text
    assert said(app) == {}


def test_one_that_cannot_be_explained_stops_all(app: Flask, waiting: List) -> None:
    with app.app_context():
        document = db.session.get_one(Document, waiting.document)
        draft = db.session.scalars(db.select(WorkingDraft)).one()
        bench = scene.Bench(document, coordinator(), draft)
        rejected = bench.decided(sent(document, comment(document)), Outcome.REJECTED)
        reasons = dict.fromkeys([*without_trace(document), rejected], "Powód.")
        with pytest.raises(DomainError):
            causes.need_no_change(draft, reasons, by=bench.clerk, at=now())
        assert not db.session.scalars(db.select(NoChange)).all()


def test_nothing_waits_any_more(client: Client, waiting: List) -> None:
    data = {"chosen": [str(n) for n in waiting.numbers], "common": "Projekt już tak mówi."}
    assert client.post(waiting.address, data=data).status_code == 303
    page = client.get(waiting.address)
    assert "textarea" not in page.text
    assert "Sprawdź i opublikuj" in page.text


def test_more_remarks_are_not_more_questions(app: Flask, client: Client, waiting: List) -> None:
    def asked() -> int:
        with app.app_context(), counted() as statements:
            assert client.get(waiting.address).status_code == 200
        return len(statements)

    few = asked()
    with app.app_context():
        document = db.session.get_one(Document, waiting.document)
        draft = db.session.scalars(db.select(WorkingDraft)).one()
        bench = scene.Bench(document, coordinator(), draft)
        for _ in range(12):
            bench.decided(sent(document, comment(document)), Outcome.ACCEPTED)
        db.session.commit()
    assert asked() == few


def test_comments_stand_before_amendments_and_only_they_are_ticked_at_once(
    app: Flask, client: Client, waiting: List
) -> None:
    with app.app_context():
        document = db.session.get_one(Document, waiting.document)
        draft = db.session.scalars(db.select(WorkingDraft)).one()
        amendment = scene.Bench(document, coordinator(), draft).amendment("§ 1", "Inaczej.").number
        db.session.commit()
    page = html.document_fromstring(client.get(waiting.address).text)
    comments, amendments = page.xpath("//form/section")
    ids = [part.xpath(".//input[@name='chosen']/@value") for part in (comments, amendments)]
    assert ids == [[str(n) for n in waiting.numbers], [str(amendment)]]
    assert [part.get("data-module") for part in (comments, amendments)] == ["check_all", None]


def typed_at(page: html.HtmlElement, number: int) -> str:
    return page.xpath(f"string(//textarea[@name='reason-{number}'])").removeprefix("\n")


def test_a_reason_that_is_too_long_is_refused_and_nothing_of_it_is_lost(
    app: Flask, client: Client, waiting: List
) -> None:
    first, second, _ = waiting.numbers
    long = "Zbyt długi powód. " * 112
    data = {f"reason-{first}": long, f"reason-{second}": "Tak jest w § 5."}
    answered = client.post(waiting.address, data=data)
    assert answered.status_code == 422
    page = html.document_fromstring(answered.text)
    assert typed_at(page, first) == long
    assert typed_at(page, second) == "Tak jest w § 5."
    assert page.xpath("//textarea[@aria-invalid='true']/@name") == [f"reason-{first}"]
    assert f"Skróć powód przy uwadze nr {first}." in page.text_content().replace("\xa0", " ")
    assert said(app) == {}


def test_a_line_break_is_one_sign_of_a_reason(app: Flask, client: Client, waiting: List) -> None:
    first, second, third = waiting.numbers
    lines = "a\r\n" * 999 + "bc"
    data = {f"reason-{first}": lines, "chosen": [str(second)], "common": lines}
    assert client.post(waiting.address, data=data).status_code == 303
    assert said(app) == dict.fromkeys((first, second), lines.replace("\r\n", "\n"))
    one = waiting.address.replace("bez-zmiany", f"uwaga/{third}/bez-zmiany")
    assert client.post(one, data={"reason": lines}).status_code == 303
    assert said(app)[third] == lines.replace("\r\n", "\n")


def test_one_reason_sent_from_its_provision_is_refused_in_the_list(
    app: Flask, client: Client, waiting: List
) -> None:
    third = waiting.numbers[2]
    one = waiting.address.replace("bez-zmiany", f"uwaga/{third}/bez-zmiany")
    answered = client.post(one, data={"reason": "x" * 2001})
    assert answered.status_code == 422
    page = html.document_fromstring(answered.text)
    assert typed_at(page, third) == "x" * 2001
    assert page.xpath("//form[@class='reasons']/@action") == [waiting.address]
    assert said(app) == {}


def test_what_was_typed_is_kept_on_the_device_until_a_success_of_ones_own(
    client: Client, waiting: List
) -> None:
    first, second, _ = waiting.numbers

    def keys(name: str) -> list[str]:
        page = html.document_fromstring(client.get(waiting.address).text)
        return page.xpath(f"//*[@data-module='autosave']/@data-autosave{name}")

    before = keys("")
    assert keys("-clear") == []
    assert client.post(waiting.address, data={f"reason-{first}": "Jest."}).status_code == 303
    assert keys("-clear") == before
    assert keys("") == before
    assert keys("-clear") == []
    one = waiting.address.replace("bez-zmiany", f"uwaga/{second}/bez-zmiany")
    assert client.post(one, data={"reason": "Jest."}).status_code == 303
    assert keys("-clear") == []
