"""The comparison of two editions: its views, its choice, its formulas, and what never changes."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html

from app.documents import queries
from app.legaltext import diff
from app.legaltext.units import Kind, Unit, Units, by_id
from app.platform.clock import now
from app.platform.db import db
from app.reading import amending
from app.remarks.models import Remark
from tests import town
from tests.drafting import scene as drafting
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.reading import scene
from tests.reading.scene import Place
from tests.reading.test_pages import tree_of, words

VIEWS = ("zmiany", "wynik", "obok")


def whole(client: Client, place: Place, view: str = "zmiany") -> html.HtmlElement:
    page = tree_of(client, f"{place.text}/porownanie/1-2?widok={view}&zakres=calosc")
    return page.xpath("//article[contains(@class, 'whole')]")[0]


def test_the_whole_text_reads_in_order_with_each_change_in_its_place(
    app: Flask, client: Client
) -> None:
    text = words(whole(client, scene.revised(app)))
    places = [
        "Postanowienia ogólne",
        "mieszkańcami",
        "partnerstwo",
        "Celem głównym",
        "seniorów.",
        "Środki finansowe",
        "120 000,00 zł",
    ]
    found = [text.index(place) for place in places]
    assert found == sorted(found)
    assert "Tabela trafi do uchwały budżetowej." in text
    assert "Uwaga nr 1" in text


@pytest.mark.parametrize("view", VIEWS)
def test_every_standing_provision_has_its_place_once_in_each_view(
    app: Flask, client: Client, view: str
) -> None:
    place = scene.revised(app)
    anchors = whole(client, place, view).xpath(".//@id")
    assert len(anchors) == len(set(anchors))
    assert {f"p-{place.numbers[n]}" for n in ("§ 1", "§ 2", "§ 2 ust. 2 pkt 1")} <= set(anchors)
    assert (f"p-{place.numbers['§ 3']}" in anchors) is (view != "wynik")


def test_the_result_of_the_whole_text_has_no_marks(app: Flask, client: Client) -> None:
    result = whole(client, scene.revised(app), "wynik")
    assert not result.xpath(".//ins | .//del")
    assert "z mieszkańcami." in words(result)
    assert "Sport" not in words(result)


def test_side_by_side_the_whole_text_holds_the_old_words_on_one_side(
    app: Flask, client: Client
) -> None:
    pairs = whole(client, scene.revised(app), "obok").xpath(
        ".//div[contains(concat(@class, ' '), 'pair ') and not(contains(@class, 'names'))]"
    )
    (reworded,) = (p for p in pairs if "mieszkańcami" in words(p))
    old, new = reworded
    assert "organizacjami" in words(old)
    assert "organizacjami" not in words(new)
    assert all(len(p) == 2 for p in pairs)
    same = [p for p in pairs if "pair--same" in p.get("class")]
    assert same
    assert all(p[0].get("aria-hidden") == "true" for p in same)
    assert not any(p[0].xpath(".//a | .//*[@tabindex]") for p in same)
    assert old.xpath("string(.//*[@class='pair__name'])") == "Wydanie 1"


def test_the_formulas_are_a_numbered_list_that_ends_with_a_full_stop(
    app: Flask, client: Client
) -> None:
    page = tree_of(client, f"{scene.revised(app).text}/porownanie/1-2?widok=formuly")
    opening, *points = [words(p) for p in page.xpath("//*[@data-copy-from]/p")]
    assert opening.startswith("W tekście „")
    assert opening.endswith("wprowadza się następujące zmiany:")
    assert [point[:3] for point in points] == [f"{n}) " for n in range(1, len(points) + 1)]
    assert "w § 1 wyraz „organizacjami” zastępuje się wyrazem „mieszkańcami”;" in points[0]
    assert points[-1].endswith(".")
    assert all(point.endswith(";") for point in points[:-1])


def test_formulas_of_comparisons_made_before_are_those_of_their_rows() -> None:
    rows = [{"formula": "a"}, {"formula": ""}, {"formula": "b"}]
    assert amending.points(None, rows) == ["1) a;", "2) b."]
    assert amending.points([], rows) == []


def test_a_comparison_is_shown_as_it_was_made(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    address = f"{place.text}/porownanie/1-2"
    before = words(tree_of(client, address).xpath("//main")[0])
    assert diff.ENGINE in before
    app.extensions["kept_pages"].clear()
    with patch.object(diff, "ENGINE", "words-9"), patch.object(diff, "compare") as compare:
        assert words(tree_of(client, address).xpath("//main")[0]) == before
    compare.assert_not_called()


def test_an_edition_compared_with_itself_is_met_kindly(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    page = tree_of(client, f"{place.text}/porownanie/2-2")
    assert "to samo wydanie" in words(page)
    assert page.xpath("//form//select[@name='od']")


def test_the_choice_leads_to_the_comparison_in_either_order(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    for asked in ("od=1&do=2", "od=2&do=1"):
        answered = client.get(f"{place.text}/porownanie?{asked}")
        assert answered.status_code == 302
        assert answered.headers["Location"] == f"{place.text}/porownanie/1-2"
    page = tree_of(client, f"{place.text}/porownanie?od=1&do=7")
    assert len(page.xpath("//select[@name='do']/option")) == 2


def test_a_text_with_one_edition_has_nothing_to_compare(app: Flask, client: Client) -> None:
    page = tree_of(client, f"{scene.published(app).text}/porownanie")
    assert page.xpath("//*[@class='empty']")
    assert not page.xpath("//select")


def test_the_turned_address_keeps_the_view(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    answered = client.get(f"{place.text}/porownanie/2-1?widok=obok&zakres=calosc&_external=1")
    assert answered.headers["Location"].endswith("/1-2?widok=obok&zakres=calosc")


def test_a_table_that_stayed_is_reached_once_with_the_keyboard(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        bench.write("§ 1", "Program jest jawny.")
        bench.publish()
        db.session.commit()
    tables = whole(client, place, "obok").xpath(".//*[contains(@class, 'table-scroll')]")
    assert [table.get("tabindex") for table in tables] == [None, "0"]


@pytest.mark.parametrize("view", [*VIEWS, "formuly"])
@pytest.mark.parametrize("scope", ["", "&zakres=calosc"])
def test_editions_with_the_same_words_say_so(
    app: Flask, client: Client, view: str, scope: str
) -> None:
    place = scene.published(app)
    with app.app_context():
        document = scene.document_of(place)
        newest = queries.latest_edition(document)
        assert newest is not None
        town.edition(document, queries.units_of(queries.wordings_of(newest)))
        db.session.commit()
    page = tree_of(client, f"{place.text}/porownanie/1-2?widok={view}{scope}")
    assert not page.xpath("//main//ins | //main//del")
    if view == "formuly" or not scope:
        assert "Treść obu wydań jest taka sama." in words(page)


def test_a_withdrawn_cause_still_stands_beside_its_change(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    with app.app_context():
        db.session.execute(sa.update(Remark).where(Remark.number == 1).values(withdrawn_at=now()))
        db.session.commit()
    page = tree_of(client, f"{place.text}/porownanie/1-2")
    (row,) = (a for a in page.xpath("//article[@class='cause']") if "mieszkańcami" in words(a))
    assert "Uwaga nr 1" in words(row)
    assert "Wycofana" in words(row)


@pytest.mark.parametrize("tail", ["", "?zakres=calosc", "?widok=obok", "?widok=obok&zakres=calosc"])
def test_the_ends_of_changes_are_told_in_the_language_of_the_reader(
    app: Flask, client: Client, tail: str
) -> None:
    address = f"{scene.revised(app).text}/porownanie/1-2{tail}"
    assert "początek skreślenia" in words(tree_of(client, address))
    client.set_cookie("jezyk", "en")
    page = tree_of(client, address)
    assert "początek skreślenia" not in words(page)
    assert page.xpath("//del/span[@lang='en' and text()='deletion begins']")


def test_a_move_tells_from_where_to_where(app: Flask, client: Client) -> None:
    place = with_a_moved_provision(app)
    page = words(tree_of(client, f"{place.text}/porownanie/1-2"))
    assert "przeniesiono: przedtem rozdział 1, teraz rozdział 2" in page


def with_a_moved_provision(app: Flask) -> Place:
    """The first § of the first chapter now ends the second one."""
    place = scene.published(app)
    with app.app_context():
        document = scene.document_of(place)
        newest = queries.latest_edition(document)
        assert newest is not None
        first, second = queries.units_of(queries.wordings_of(newest))
        moved = first.children[0]
        town.edition(
            document,
            (
                first.with_children(first.children[1:]),
                second.with_children((*second.children, moved)),
            ),
        )
        db.session.commit()
    return place


def test_what_went_is_set_in_as_far_as_it_was(app: Flask, client: Client) -> None:
    """§ 2 ust. 3 went: it stands no deeper than ust. 2, though it comes after its last point."""
    place = scene.published(app)
    with app.app_context():
        document = scene.document_of(place)
        newest = queries.latest_edition(document)
        assert newest is not None
        units = queries.units_of(queries.wordings_of(newest))
        second = by_id(units)[str(place.numbers["§ 2"])]
        more = Unit("more", Kind.SUBSECTION, "3", "To odejdzie.")
        with_more = with_instead(units, second.with_children((*second.children, more)))
        town.edition(document, with_more)
        town.edition(document, units)
        db.session.commit()
    tree = tree_of(client, f"{place.text}/porownanie/2-3?zakres=calosc")
    (gone,) = [
        p for p in tree.xpath("//div[contains(@class, 'provision')]/del/..") if "To" in words(p)
    ]
    style = gone.xpath("string(ancestor-or-self::div[contains(@class, 'provision ')]/@class)")
    assert "step" not in style


def with_instead(units: Units, unit: Unit) -> Units:
    """The text with one provision in the place of the one that has its id."""
    return tuple(
        unit if u.id == unit.id else u.with_children(with_instead(u.children, unit)) for u in units
    )


@pytest.mark.parametrize("view", ["zmiany", "obok"])
def test_the_old_place_of_a_moved_provision_says_where_it_stands_now(
    app: Flask, client: Client, view: str
) -> None:
    place = with_a_moved_provision(app)
    tree = whole(client, place, view)
    number = place.numbers["§ 1"]
    (old_place,) = tree.xpath(f".//*[@id='p-{number}-przedtem']")
    assert "przeniesiono: teraz" in words(old_place)
    assert old_place.xpath(".//a/@href") == [f"#p-{number}"]
    order = tree.xpath(".//@id")
    assert order.index(f"p-{number}-przedtem") < order.index(f"p-{place.numbers['§ 2']}")
    assert order.index(f"p-{number}") > order.index(f"p-{place.numbers['§ 2']}")
    assert len(order) == len(set(order))


def test_the_result_does_not_speak_of_old_places(app: Flask, client: Client) -> None:
    tree = whole(client, with_a_moved_provision(app), "wynik")
    assert not [name for name in tree.xpath(".//@id") if "przedtem" in name]


def many(sections: int, changed: bool) -> Units:
    """A text of 2 + 4 provisions in each §, of which a changed edition rewords all but the §."""
    word = "wszystkimi" if changed else "lokalnymi"
    return tuple(
        Unit(
            f"{n}",
            Kind.SECTION,
            str(n),
            f"Gmina współpracuje z {word} organizacjami w sprawie numer {n}, w szczególności:",
            tuple(
                Unit(f"{n}-{m}", Kind.POINT, str(m), f"zadania {m} z {word} partnerami i radą;")
                for m in range(1, 5)
            ),
        )
        for n in range(1, sections + 1)
    )


def large(app: Flask, sections: int) -> Place:
    """Two editions that differ in five provisions for each §."""
    with app.app_context():
        document = town.document(units=many(sections, changed=False))
        newest = queries.latest_edition(document)
        assert newest is not None

        def reworded(units: Units, others: Units) -> Units:
            return tuple(
                replace(u, text=o.text, children=reworded(u.children, o.children))
                for u, o in zip(units, others, strict=True)
            )

        old = queries.units_of(queries.wordings_of(newest))
        town.edition(document, reworded(old, many(sections, changed=True)))
        db.session.commit()
        return Place(document.consultation.slug, document.slug, {})


def asked(app: Flask, client: Client, address: str) -> int:
    app.extensions["kept_pages"].clear()
    with app.app_context(), counted() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


@pytest.mark.parametrize("scope", ["", "&zakres=calosc"])
@pytest.mark.parametrize("view", VIEWS)
def test_more_changes_are_not_more_questions(
    app: Flask, client: Client, view: str, scope: str
) -> None:
    few, more = large(app, 2), large(app, 20)
    tail = f"/porownanie/1-2?widok={view}{scope}"
    assert asked(app, client, few.text + tail) == asked(app, client, more.text + tail) <= 12


@pytest.mark.parametrize("scope", ["", "&zakres=calosc"])
@pytest.mark.parametrize("view", VIEWS)
def test_what_was_kept_says_what_has_become_of_its_causes(
    app: Flask, client: Client, view: str, scope: str
) -> None:
    address = f"{scene.revised(app).text}/porownanie/1-2?widok={view}{scope}"
    shown = [client.get(address).data]
    for values in ({"signature": "Kto inny"}, {"withdrawn_at": now()}):
        with app.app_context():
            db.session.execute(sa.update(Remark).where(Remark.number == 1).values(values))
            db.session.commit()
        later = f"{address}&raz={len(shown)}"  # an address that no page was kept for
        shown.append(client.get(later).data)
        app.extensions["kept_pages"].clear()
        assert client.get(later).data == shown[-1]
    assert len({len(page) for page in shown}) == 3
