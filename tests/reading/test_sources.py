"""From any words to what caused them, and from a remark to the words that came from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html

from app.documents import queries
from app.documents.models import Edition
from app.drafting import actions
from app.drafting.models import ChangeKind
from app.legaltext.units import Kind, Unit
from app.platform.clock import now
from app.platform.db import db
from app.remarks.models import AmendmentKind
from tests import town
from tests.drafting import scene as drafting
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.reading import scene
from tests.reading.scene import Place
from tests.reading.test_pages import tree_of, words

FIRST = "Program dotyczy współpracy Gminy z organizacjami."
SECOND = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami."
THIRD = "Program dotyczy stałej współpracy Gminy z organizacjami i mieszkańcami."


def twice(app: Flask, last: str = "") -> Place:
    """§ 1 changed by remark 1 and by the office in one edition, and perhaps once more later."""
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        bench.take_in(bench.amendment("§ 1", SECOND))
        bench.write("§ 1", THIRD, reason="Porządek słów.")
        bench.publish()
        if last:
            draft = actions.start_draft(bench.document, by=bench.clerk, at=now())
            later = drafting.Bench(bench.document, bench.clerk, draft)
            later.write("§ 1", last, later.amendment("§ 1", last))
            later.publish()
        db.session.commit()
        return place


def causes(page: html.HtmlElement) -> dict[str, str]:
    """What each run of underlined words is said to come from."""
    found = {}
    for link in page.xpath("//a[@class='brought']"):
        (target,) = page.xpath(f"//li[@id='{link.get('href')[1:]}']")
        found[" ".join(" ".join(link.xpath("text()")).split())] = words(target)
    return found


def test_each_run_of_words_leads_to_the_change_that_brought_it(app: Flask, client: Client) -> None:
    page = tree_of(client, twice(app).section("§ 1") + "/skad")
    said = causes(page)
    assert set(said) == {"stałej", "i mieszkańcami"}
    assert "Uwaga nr 1" in said["i mieszkańcami"]
    assert "Uwzględniona" in said["i mieszkańcami"]
    assert "Porządek słów." not in said["i mieszkańcami"]
    assert "Porządek słów." in said["stałej"]
    assert "Uwaga" not in said["stałej"]
    assert page.xpath("//a[contains(@href, '/uwagi/1#answer')]")
    assert page.xpath("//a[contains(@href, '/porownanie/1-2#p-')]")


def test_words_of_the_first_draft_say_so(app: Flask, client: Client) -> None:
    page = tree_of(client, scene.published(app).section("§ 2") + "/skad")
    assert not page.xpath("//a[@class='brought']")
    assert "od pierwszego projektu" in words(page)
    assert "pierwszy projekt" in words(page.xpath("//ol[@class='sources']/li")[0])


def test_words_from_a_later_file_say_so(app: Flask, client: Client) -> None:
    place = scene.published(app)
    with app.app_context():
        document = scene.document_of(place)
        town.edition(document, (Unit("x", Kind.SECTION, "1", "Pliki czyta się w całości."),))
        number = document.last_provision_number
        db.session.commit()
    page = tree_of(client, f"{place.text}/przepis/{number}/skad")
    assert "z plikiem" in words(page)


def test_a_smaller_provision_leads_to_its_place(app: Flask, client: Client) -> None:
    place = scene.published(app)
    answered = client.get(place.section("§ 2 ust. 2 pkt 1") + "/skad")
    assert answered.status_code == 302
    number = place.numbers["§ 2 ust. 2 pkt 1"]
    assert answered.headers["Location"] == f"{place.section('§ 2')}/skad#p-{number}"
    assert client.get(f"{place.text}/przepis/999/skad").status_code == 404


def test_a_section_that_was_struck_out_still_tells_its_sources(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    page = tree_of(client, place.section("§ 3") + "/skad")
    assert "Tekst wydania 1" in words(page)
    assert "Sport · 80 000,00" in words(page)


def test_the_page_of_a_section_leads_to_its_sources(app: Flask, client: Client) -> None:
    place = scene.published(app)
    address = f"{place.section('§ 2')}/skad"
    assert tree_of(client, place.section("§ 2")).xpath(f"//main//a[@href='{address}']")


def test_in_the_text_every_provision_with_later_words_leads_to_its_sources(
    app: Flask, client: Client
) -> None:
    place = twice(app)
    (link,) = tree_of(client, place.text).xpath("//article//a[contains(@href, '/skad')]")
    assert link.get("href") == f"{place.section('§ 1')}/skad"
    assert words(link) == "zmiana w wydaniu 2 § 1"
    beside = tree_of(client, place.section("§ 1")).xpath("//article//a[contains(@href, '/skad')]")
    assert len(beside) == 1
    old = tree_of(client, f"{place.text}/wersja/1")
    assert not old.xpath("//article//a[contains(@href, '/skad')]")


def test_origins_that_were_not_kept_name_all_causes_of_the_edition(
    app: Flask, client: Client
) -> None:
    place = twice(app)
    with app.app_context():
        db.session.execute(sa.update(Edition).values(origins=None))
        db.session.commit()
    said = causes(tree_of(client, place.section("§ 1") + "/skad"))
    assert set(said) == {"stałej", "i mieszkańcami"}
    assert all("Uwaga nr 1" in why and "Porządek słów." in why for why in said.values())


def ending(client: Client, place: Place, number: int = 1) -> str:
    page = tree_of(client, f"{place.root}/uwagi/{number}")
    return words(page.xpath("//section[@aria-labelledby='trace']")[0])


def test_a_remark_shows_the_words_that_came_from_it(app: Flask, client: Client) -> None:
    said = ending(client, twice(app))
    assert "Słowa, które z niej wynikły § 1: „i mieszkańcami”" in said
    assert "stałej" in said  # in the comparison of the edition, beside the words of others


def test_a_remark_whose_words_still_stand_says_where(app: Flask, client: Client) -> None:
    place = twice(app, "Program dotyczy stałej współpracy z organizacjami i mieszkańcami.")
    said = ending(client, place)
    assert "Dzisiaj, w wydaniu 3" in said
    assert "Wszystkie słowa, które z niej wynikły, są w tekście: § 1: „i mieszkańcami”" in said
    assert "Zmieniono później" not in said


def test_a_remark_whose_words_were_changed_later_says_by_what(app: Flask, client: Client) -> None:
    said = ending(client, twice(app, FIRST))
    assert "nie ma już w tekście" in said
    assert "Zmieniono później: Wydanie 3: Uwaga nr 2" in said


def test_a_remark_that_struck_words_out_shows_them_struck(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        bench.take_in(bench.amendment("§ 2 ust. 1", kind=AmendmentKind.STRIKE))
        bench.write("§ 3", kind=ChangeKind.REPEAL, reason="Inna uchwała.")
        bench.publish()
        db.session.commit()
    page = tree_of(client, f"{place.root}/uwagi/1")
    (section,) = page.xpath("//section[@aria-labelledby='trace']")
    assert "Celem głównym" in words(section.xpath(".//del")[0])
    assert "Słowa, które" not in words(section)


def asked(app: Flask, client: Client, address: str) -> int:
    app.extensions["kept_pages"].clear()
    with app.app_context(), counted() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


@pytest.mark.parametrize("tail", ["/przepis/2/skad", "/przepis/2", ""])
def test_more_editions_are_not_more_questions(app: Flask, client: Client, tail: str) -> None:
    few, more = (twice(app, last) for last in (FIRST, THIRD.replace("Program", "Nasz program")))
    with app.app_context():
        document = scene.document_of(more)
        for number in range(3):
            newest = queries.latest_edition(document)
            assert newest is not None
            first, *rest = queries.units_of(queries.wordings_of(newest))
            one, *others = first.children
            one = replace(one, text=f"{THIRD} Wersja {number}.")
            town.edition(document, (first.with_children((one, *others)), *rest))
        db.session.commit()
    one, other = (
        asked(app, client, place.text + tail if tail else f"{place.root}/uwagi/1")
        for place in (few, more)
    )
    assert one == other
