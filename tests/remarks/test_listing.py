"""Finding remarks in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask import Flask

from app.consultations.models import Consultation
from app.documents.models import Document
from app.documents.queries import units_of, wordings_of
from app.legaltext.units import Kind, Unit
from app.platform.clock import now
from app.platform.db import db
from app.remarks import conversation, positions
from app.remarks.actions import withdraw
from app.remarks.content import Author, Origin
from app.remarks.lifecycle import State, state_of
from app.remarks.listing import Filters, Order, remarks_page
from app.remarks.models import Channel, Outcome, Remark, RemarkKind
from app.remarks.queries import remarks_of_section, tallies_of
from tests import town
from tests.proofreading import ProofreadingClient
from tests.queries import counted
from tests.remarks import scene


def page_of(consultation: Consultation) -> Sequence[Remark]:
    return remarks_page(consultation, Filters(), 1, per_page=50).items


def numbers(document: Document, filters: Filters) -> list[int]:
    return [r.number for r in remarks_page(document.consultation, filters, 1).items]


@pytest.fixture
def document(context: Flask) -> Document:
    """A document on which the same five things are always said."""
    document, author = scene.text(), town.person()
    ngo = town.organisation(author, name="Klub Pogoń")
    db.session.expire(author)
    scene.sent(document, scene.comment(document, "§ 1", "Środki są za małe."))
    scene.sent(document, scene.amendment(document, "§ 2 ust. 2 pkt 1", proposed="wsparcie;"))
    scene.sent(
        document,
        scene.comment(document, "§ 2 ust. 1", "Łatwiej byłoby 100% online."),
        by=author,
        author=Author(person=author, organisation=ngo),
    )
    scene.sent(document, scene.comment(document, body="Program jest za długi."))
    scene.sent(
        document,
        scene.comment(document, "§ 3", "Kwota."),
        by=scene.coordinator(),
        author=Author(name="Ewa Lis"),
        origin=Origin(Channel.PAPER, now().date()),
    )
    return document


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), [1, 2, 3, 4, 5]),
        (Filters(kind=RemarkKind.AMENDMENT), [2]),
        (Filters(channel=Channel.PAPER), [5]),
        (Filters(provision="§ 2"), [2, 3]),
        (Filters(provision="§2 ust.2"), [2]),
        (Filters(provision="par. zły"), []),
        (Filters(provision="rozdział 2"), []),
        (Filters(whole_document=True), [4]),
        (Filters(text="środki"), [1]),
        (Filters(text="ŚRODKI małe"), [1]),
        (Filters(text="łatwiej"), [3]),
        (Filters(text="wsparcie"), [2]),
        (Filters(text="pogoń"), [3]),
        (Filters(text="100%"), [3]),
        (Filters(text="%"), [3]),
        (Filters(text="nie ma"), []),
        (Filters(order=Order.NEWEST), [5, 4, 3, 2, 1]),
        (Filters(order=Order.PROVISION), [4, 1, 3, 2, 5]),
    ],
)
def test_each_filter_narrows_the_list(
    document: Document, filters: Filters, found: list[int]
) -> None:
    assert numbers(document, filters) == found


def test_remarks_of_an_organisation(document: Document) -> None:
    of = next(r for r in remarks_page(document.consultation, Filters(), 1).items if r.number == 3)
    assert numbers(document, Filters(organisation_id=of.organisation_id)) == [3]
    assert numbers(document, Filters(organisation_id=0)) == []


def test_every_state_finds_its_own(document: Document) -> None:
    clerk = scene.coordinator()
    remarks = list(remarks_page(document.consultation, Filters(), 1).items)
    positions.decide(remarks[0], Outcome.REJECTED, "Nie.", by=clerk, at=now())
    positions.hide(remarks[1], reason="Powód.", by=clerk, at=now())
    assert remarks[2].author is not None
    withdraw(remarks[2], reason="", by=remarks[2].author, at=now())
    db.session.flush()
    for state in State:
        expected = [r.number for r in remarks if state_of(r) is state]
        assert numbers(document, Filters(state=state)) == expected
    assert numbers(document, Filters(text="wsparcie")) == []
    assert numbers(document, Filters(text="wsparcie", reads_hidden=True)) == [2]
    assert numbers(document, Filters(order=Order.UNANSWERED))[:3] == [2, 4, 5]


def test_the_most_supported_come_first(document: Document) -> None:
    remarks = list(remarks_page(document.consultation, Filters(), 1).items)
    for supporter, which in ((town.person(), 3), (town.person(), 3), (town.person(), 1)):
        conversation.support(remarks[which], by=supporter, at=now())
    db.session.flush()
    assert numbers(document, Filters(order=Order.SUPPORT)) == [4, 2, 1, 3, 5]


def test_a_remark_is_found_by_the_present_address_of_its_provision(document: Document) -> None:
    chapter, money = units_of(wordings_of(document.editions[0]))
    first, second = chapter.children
    new = Unit("new", Kind.SECTION, "1", "Nowy pierwszy paragraf.")
    moved = (new, replace(first, mark="2"), replace(second, mark="3"))
    town.edition(document, (chapter.with_children(moved), money))
    assert numbers(document, Filters(provision="§ 1")) == []
    assert numbers(document, Filters(provision="§ 2")) == [1]
    assert numbers(document, Filters(provision="§ 3 ust. 2 pkt 1")) == [2]


def test_remarks_of_a_provision_agree_with_the_tally(document: Document) -> None:
    place = scene.provision(document, "§ 1")
    own = scene.sent(document, scene.amendment(document), by=(author := town.person()))
    assert [r.number for r in remarks_of_section(document, [place.id], 1).items] == [1, 6]
    assert tallies_of(document)[place.number] == (2, 1)
    withdraw(own, reason="", by=author, at=now())
    assert [r.number for r in remarks_of_section(document, [place.id], 1).items] == [1]
    parts = [scene.provision(document, c).id for c in ("§ 2", "§ 2 ust. 1", "§ 2 ust. 2 pkt 1")]
    assert [r.number for r in remarks_of_section(document, parts, 1).items] == [2, 3]


def test_cards_of_many_remarks_cost_no_more_questions(context: Flask) -> None:
    document, clerk = scene.text(), scene.coordinator()
    asked = []
    for amount in (5, 45):
        for _ in range(amount):
            remark = scene.sent(document)
            positions.decide(remark, Outcome.ACCEPTED, by=clerk, at=now())
        consultation = document.consultation
        db.session.flush()
        for each in page_of(consultation):
            db.session.expire(each)
        with counted() as statements:
            for each in page_of(consultation):
                assert each.document.slug
                assert each.positions
                assert each.provision is not None
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_filters_stay_in_the_links_to_further_pages(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document = scene.text()
        for _ in range(26):
            scene.sent(document)
        slug = document.consultation.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/uwagi?rodzaj=comment&szukaj=").text
    assert "rodzaj=comment" in page
    assert "strona=2" in page
    second = client.get(f"/konsultacje/{slug}/uwagi?rodzaj=comment&strona=2").text
    assert second.count('class="remark"') == 1
    beyond = client.get(f"/konsultacje/{slug}/uwagi?strona=999").text
    assert beyond.count('class="remark"') == 1
    odd = "stan=zly&organizacja=abc&kolejnosc=x&strona=-1&przepis=%C2%A7&szukaj=%25_'"
    assert client.get(f"/konsultacje/{slug}/uwagi?{odd}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "unfolded", "told"),
    [
        ("", False, ""),
        ("szukaj=rower", False, ""),
        ("rodzaj=comment", True, "1 wybrany"),
        ("rodzaj=comment&stan=open&przepis=§+1", True, "3 wybrane"),
        ("kolejnosc=newest", True, ""),
    ],
)
def test_filters_are_folded_until_one_is_chosen(
    app: Flask, client: ProofreadingClient, asked: str, unfolded: bool, told: str
) -> None:
    with app.app_context():
        document = scene.text()
        scene.sent(document)
        slug = document.consultation.slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/uwagi?{asked}").text
    fold = page[page.index('<details class="disclosure"') :]
    assert fold.startswith('<details class="disclosure" open>') == unfolded
    summary = fold[: fold.index("</summary>")]
    assert told in summary
    assert ("wybran" in summary) == bool(told)


def test_the_same_version_answers_304(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        scene.sent(document)
        slug = document.consultation.slug
        db.session.commit()
    client = app.test_client()
    address = f"/konsultacje/{slug}/uwagi"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    with app.app_context():
        scene.sent(db.session.get_one(Document, db.session.scalars(_newest()).one()))
        db.session.commit()
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def _newest():  # type: ignore[no-untyped-def]
    import sqlalchemy as sa

    return sa.select(sa.func.max(Remark.document_id))
