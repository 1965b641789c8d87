"""References that a new edition leads astray, and the page that lists them."""

from __future__ import annotations

from flask import Flask

from app.accounts.models import Role
from app.documents import editions
from app.documents.crossings import references_astray
from app.documents.queries import units_of, wordings_of
from app.legaltext.changes import Change, Insert, Move, Repeal, Reword, apply
from app.legaltext.numbering import renumber
from app.legaltext.units import Kind, Unit, Units
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.proofreading import ProofreadingClient


def section(number: int, text: str) -> Unit:
    return Unit(str(number), Kind.SECTION, str(number), text)


TEXT = (
    section(1, "Zadania, o których mowa w § 3, zleca się na rok."),
    section(2, "Przepis § 9 stosuje się odpowiednio."),
    section(3, "Zadaniami są kultura i sport."),
)


def after(*changes: Change) -> Units:
    return renumber(apply(TEXT, changes))


def said(new: Units) -> list[tuple[str, str, str, bool]]:
    found = references_astray(TEXT, new)
    plain = "\u00a0"
    return [
        (a.place.replace(plain, " "), a.words, a.meant.replace(plain, " "), a.never) for a in found
    ]


NOWHERE = ("§ 2", "§ 9", "", True)


def test_a_reference_to_a_provision_that_moved_says_where_it_is_now() -> None:
    assert said(after(Move("3", None, None))) == [
        ("§ 2", "§ 3", "§ 1", False),
        ("§ 3", "§ 9", "", True),
    ]


def test_a_reference_to_a_provision_that_went_says_so() -> None:
    assert said(after(Repeal("3"))) == [("§ 1", "§ 3", "", False), NOWHERE]


def test_a_reference_put_right_is_not_listed() -> None:
    right = Reword("1", "Zadania, o których mowa w § 4, zleca się na rok.")
    new = Unit("n", Kind.SECTION, "", "Nowy przepis.")
    assert said(after(right, Insert(new, None, "1"))) == [("§ 3", "§ 9", "", True)]


def test_the_page_before_publishing_lists_them(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document = town.document(units=TEXT)
        units = units_of(wordings_of(document.editions[0]))
        new = renumber(apply(units, (Repeal(units[2].id),)))
        edition, _ = editions.store_edition(document, new, title="Wydanie drugie", at=now())
        clerk = town.person(Role.COORDINATOR)
        db.session.commit()
        client.sign_in(clerk)
        page = client.get(f"/biurko/wersje/{edition.id}/publikuj").get_data(as_text=True)
    assert "2 odesłania w tekście nie prowadzą już tam, dokąd prowadziły" in page
    assert "przepisu, o który chodziło, już nie ma" in page
    assert f'href="#p-{units[0].id}"' in page
