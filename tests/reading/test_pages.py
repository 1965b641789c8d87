"""What the pages of reading say, and where their addresses lead."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from app.accounts.models import Role
from app.drafting import actions
from app.drafting.models import ChangeKind
from app.platform.clock import now
from app.platform.db import db
from app.remarks.models import AmendmentKind
from tests import town
from tests.drafting import scene as drafting
from tests.proofreading import ProofreadingClient as Client
from tests.reading import scene
from tests.remarks.scene import comment, sent


def tree_of(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return html.document_fromstring(response.text)


def words(element) -> str:
    return " ".join(element.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_smaller_provision_leads_to_its_place_on_the_page_of_its_section(
    app: Flask, client: Client
) -> None:
    place = scene.published(app)
    answered = client.get(place.section("§ 2 ust. 2 pkt 1"))
    number = place.numbers["§ 2 ust. 2 pkt 1"]
    assert answered.status_code == 302
    assert answered.headers["Location"] == f"{place.section('§ 2')}#p-{number}"
    assert tree_of(client, place.section("§ 2")).xpath(f"//*[@id='p-{number}']")


def test_each_remark_stands_beside_the_part_it_is_about(app: Flask, client: Client) -> None:
    place = scene.published(app)
    with app.app_context():
        document = scene.document_of(place)
        sent(document, comment(document, "§ 2 ust. 2 pkt 1", "O punkcie."))
        sent(document, comment(document, "§ 2 ust. 1", "O ustępie."))
        sent(document, comment(document, "§ 2", "O całym paragrafie."))
        sent(document, comment(document, "§ 1", "O czym innym."))
        db.session.commit()
    rows = tree_of(client, place.section("§ 2")).xpath("//*[@class='glossed']")
    said = [[words(b) for b in row.xpath(".//*[@class='remark__body']")] for row in rows]
    assert said == [["O całym paragrafie."], ["O ustępie."], ["O punkcie."]]
    assert "Celem głównym" in words(rows[1])
    assert "Skomentuj § 2 ust. 2 pkt 1" in words(rows[2])


def test_remarks_on_other_pages_of_the_list_are_not_passed_over(app: Flask, client: Client) -> None:
    place = scene.published(app)
    scene.remarks(app, place, 51)
    first = tree_of(client, place.section("§ 2"))
    second = tree_of(client, place.section("§ 2") + "?strona=2")
    assert [len(t.xpath("//article[@class='remark']")) for t in (first, second)] == [50, 1]
    assert "na innej stronie listy" in words(first)
    assert first.xpath("//nav//a[contains(@href, 'strona=2#uwagi')]")


def test_a_section_on_which_nobody_spoke_says_so_kindly(app: Flask, client: Client) -> None:
    place = scene.published(app)
    page = tree_of(client, place.section("§ 1"))
    assert len(page.xpath("//*[@class='empty']")) == 1
    assert page.xpath("//a[contains(@href, 'rodzaj=zmiana')]")


def test_a_chapter_has_a_page_of_its_own(app: Flask, client: Client) -> None:
    place = scene.published(app)
    page = tree_of(client, f"{place.text}/przepis/1")
    assert "rozdział 1" in words(page.xpath("//h1")[0])


def test_a_repealed_section_keeps_its_page_and_last_wording(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    page = tree_of(client, place.section("§ 3"))
    assert "120 000,00 zł" in words(page)
    assert "Sport" in words(page.xpath("//table")[0])
    assert "wydani" in words(page.xpath("//*[contains(@class, 'notice')]")[0])
    assert not page.xpath("//a[contains(@href, 'rodzaj=')]")
    assert "Tabela trafi do uchwały budżetowej." in words(page)


def test_the_history_of_a_section_names_what_changed_it(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    history = words(tree_of(client, place.section("§ 1")).xpath("//ol[@class='history']")[0])
    assert "mieszkańcami" in history
    assert "Uwaga nr 1" in history
    assert "partnerstwo" not in history


def test_an_old_edition_says_so_and_takes_no_remarks(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    old, new = tree_of(client, f"{place.text}/wersja/1"), tree_of(client, place.text)
    assert old.xpath(f"//*[contains(@class, 'notice')]//a[@href='{place.text}']")
    assert not old.xpath("//a[@data-remark-form]")
    assert "z organizacjami." in words(old.xpath("//article")[0])
    assert new.xpath("//a[@data-remark-form]")
    assert not new.xpath("//article//*[contains(@class, 'notice')]")
    assert "z mieszkańcami." in words(new.xpath("//article")[0])


def changes(client: Client, address: str) -> dict[str, html.HtmlElement]:
    found = tree_of(client, address).xpath("//article[@class='cause']")
    return {words(row.xpath(".//h2/a")[0]): row for row in found}


@pytest.mark.parametrize("view", ["zmiany", "wynik", "obok"])
def test_beside_every_change_stands_its_cause_in_each_view(
    app: Flask, client: Client, view: str
) -> None:
    place = scene.revised(app)
    rows = changes(client, f"{place.text}/porownanie/1-2?widok={view}")
    assert list(rows) == ["§ 1", "§ 2", "§ 3"]
    why = [words(row.xpath(".//*[@class='cause__why']")[0]) for row in rows.values()]
    assert "Uwaga nr 1" in why[0]
    assert "Uwaga nr 2" in why[1]
    assert "Tabela trafi do uchwały budżetowej." in why[2]
    marked = {name: len(row.xpath(".//ins | .//del")) for name, row in rows.items()}
    assert all(marked.values()) is (view != "wynik")
    assert "1) jawność;" in words(rows["§ 2"])
    assert ("Sport" in words(rows["§ 3"])) is (view != "wynik")


def test_side_by_side_each_side_holds_its_own_words(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    rows = changes(client, f"{place.text}/porownanie/1-2?widok=obok")
    old, new = rows["§ 1"].xpath(".//*[contains(@class, 'diff__sides')]/div")
    assert "organizacjami" in words(old)
    assert "mieszkańcami" not in words(old)
    assert "mieszkańcami" in words(new)
    assert not new.xpath(".//del")
    added_before = rows["§ 2"].xpath(".//*[contains(@class, 'diff__sides')]/div")[0]
    assert "W wydaniu 1 nie ma" in words(added_before)


def test_what_only_got_another_number_stands_apart(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    page = tree_of(client, f"{place.text}/porownanie/1-2")
    below = words(page.xpath("//section[@aria-labelledby='renumbered']")[0])
    assert "§ 3 poprzednio § 2" in below


def test_editions_named_the_wrong_way_round_are_turned(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    answered = client.get(f"{place.text}/porownanie/2-1")
    assert answered.headers["Location"].endswith("/porownanie/1-2")


def test_a_changed_sum_is_marked_in_its_cell_on_both_sides(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        table = next(w.provision for w in bench.document.editions[0].wordings if "Sport" in w.text)
        text = "Zadanie\tKwota\nSport\t90 000,00 zł\nKultura\t40 000,00 zł\nRazem\t130 000,00 zł"
        bench.write(table, text)
        bench.publish()
        db.session.commit()
    (row,) = changes(client, f"{place.text}/porownanie/1-2?widok=obok").values()
    old, new = row.xpath(".//table")
    assert "80 000,00" in words(old)
    assert "90 000,00" in words(new)
    (result,) = changes(client, f"{place.text}/porownanie/1-2?widok=wynik").values()
    assert result.xpath(".//th[@scope='col']")


def test_a_file_imported_later_has_no_causes_and_says_so(app: Flask, client: Client) -> None:
    place = scene.published(app)
    with app.app_context():
        document = scene.document_of(place)
        town.edition(document, town.SMALL_ACT[:1])
        db.session.commit()
    rows = changes(client, f"{place.text}/porownanie/1-2")
    assert rows
    assert all("z pliku" in words(row) for row in rows.values())


def test_the_original_file_comes_back_byte_for_byte(app: Flask, client: Client) -> None:
    place = scene.published(app)
    with client.get(f"{place.text}/plik/1") as answered:
        assert answered.data == b"PK\x00\xff"
        assert answered.headers["Content-Disposition"].startswith("attachment")
        assert answered.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answered.headers
        tag = answered.headers["ETag"]
    with client.get(f"{place.text}/plik/1", headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


def test_a_document_without_an_edition_is_announced_without_a_link(
    app: Flask, client: Client
) -> None:
    with app.app_context():
        consultation = town.consultation()
        address = f"/konsultacje/{consultation.slug}"
        db.session.commit()
    assert tree_of(client, address).xpath("//*[@class='empty']")
    assert client.get(f"{address}/dokumenty/program").status_code == 404


def test_a_struck_amendment_is_counted_at_its_provision(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        bench.amendment("§ 2 ust. 1", kind=AmendmentKind.STRIKE)
        db.session.commit()
    page = tree_of(client, place.text)
    (line,) = page.xpath(f"//*[@id='p-{place.numbers['§ 2 ust. 1']}']/p[@class='provision__meta']")
    assert "1 uwaga, w tym 1 zmiana" in words(line)


def test_a_remark_beside_a_renumbered_provision_names_its_old_number(
    app: Flask, client: Client
) -> None:
    place = scene.published(app)
    scene.remarks(app, place, 1)
    assert "był to" not in words(tree_of(client, place.section("§ 2")))
    with app.app_context():
        document = scene.document_of(place)
        clerk = town.person(Role.COORDINATOR)
        draft = actions.start_draft(document, by=clerk, at=now())
        bench = drafting.Bench(document, clerk, draft)
        bench.write("§ 1", "Program jest jawny.", kind=ChangeKind.INSERT)
        bench.publish()
        db.session.commit()
    page = words(tree_of(client, place.section("§ 2")))
    assert "Gdy zgłoszono uwagę nr 1, był to § 2 ust. 1." in page
