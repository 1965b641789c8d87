"""A comparison with many changes: in parts, one for each chapter, all on one page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.documents import queries as documents
from app.legaltext.units import Kind, Unit, Units
from app.platform.db import db
from app.reading import queries
from app.reading.changes import LONG, parts
from tests import town
from tests.proofreading import ProofreadingClient as Client
from tests.reading import scene
from tests.reading.scene import Place
from tests.reading.test_pages import tree_of, words

CHAPTERS = {1: (1, "Rozdział 1"), 2: (1, "Rozdział 1"), 5: (5, "Rozdział 2"), 6: (5, "Rozdział 2")}


def rows(*numbers: int) -> list[dict[str, int]]:
    return [{"number": number} for number in numbers]


def test_what_went_belongs_to_the_chapter_in_which_it_stood() -> None:
    old = {
        98: (5, "Dział 2"),
        97: (1, "Dział 1"),
        96: (7, "Skreślony"),
        95: (0, ""),
        7: (7, "Skreślony"),
    }
    found = parts(rows(95, 98, *[2] * LONG, 6, 97, 7, 96), CHAPTERS, old)
    assert [(part.number, part.title, [row["number"] for row in part.rows]) for part in found] == [
        (0, "", [95]),
        (5, "Rozdział 2", [98, 6]),
        (1, "Rozdział 1", [*[2] * LONG, 97]),
        (7, "Skreślony", [7, 96]),
    ]


@pytest.mark.parametrize("numbers", [[], [1, 6], [2] * LONG, [99] * LONG])
def test_a_short_list_and_one_chapter_are_not_parted(numbers: list[int]) -> None:
    assert parts(rows(*numbers), CHAPTERS, {}) == []


def text(word: str) -> Units:
    """A preamble-like § before every chapter, then two chapters of eight §."""

    def sections(first: int) -> Units:
        return tuple(
            Unit(f"{word}{n}", Kind.SECTION, str(n), f"Sprawa {n} {word}.")
            for n in range(first, first + 8)
        )

    return (
        *sections(1)[:1],
        Unit("a", Kind.CHAPTER, "1", "Zasady", sections(2)),
        Unit("b", Kind.CHAPTER, "2", "Pieniądze", sections(10)),
    )


def parted(app: Flask) -> Place:
    """Two editions of which every § differs."""
    with app.app_context():
        document = town.document(units=text("była"))
        newest = documents.latest_edition(document)
        assert newest is not None

        def reworded(units: Units) -> Units:
            return tuple(
                replace(u, text=u.text.replace("była", "jest"), children=reworded(u.children))
                for u in units
            )

        town.edition(document, reworded(documents.units_of(documents.wordings_of(newest))))
        db.session.commit()
        return Place(document.consultation.slug, document.slug, {})


@pytest.mark.parametrize("view", ["zmiany", "wynik", "obok"])
def test_a_long_list_leads_to_its_chapters(app: Flask, client: Client, view: str) -> None:
    page = tree_of(client, f"{parted(app).text}/porownanie/1-2?widok={view}")
    (jumps,) = page.xpath("//nav[@aria-label='Rozdziały ze zmianami']")
    named = [" ".join(words(item).split()) for item in jumps.xpath(".//li")]
    assert named == [
        "Przed pierwszym rozdziałem 1 zmiana",
        "Rozdział 1. Zasady 8 zmian",
        "Rozdział 2. Pieniądze 8 zmian",
    ]
    for address in jumps.xpath(".//a/@href"):
        (section,) = page.xpath(f"//section[h2/@id='{address[1:]}']")
        assert section.xpath(".//article[@class='cause']/div/h3")
    assert len(page.xpath("//article[@class='cause'][starts-with(@id, 'p-')]")) == 17


def test_the_list_of_places_in_the_whole_text_is_parted_too(app: Flask, client: Client) -> None:
    page = tree_of(client, f"{parted(app).text}/porownanie/1-2?zakres=calosc")
    headings = [words(heading) for heading in page.xpath("//details/h2")]
    assert headings == ["Przed pierwszym rozdziałem", "Rozdział 1. Zasady", "Rozdział 2. Pieniądze"]


def test_a_short_list_has_no_chapters(app: Flask, client: Client) -> None:
    page = tree_of(client, f"{scene.revised(app).text}/porownanie/1-2")
    assert not page.xpath("//nav[@aria-label='Rozdziały ze zmianami']")
    assert page.xpath("//article[@class='cause']/div/h2")


def test_a_struck_section_stands_under_its_own_chapter(app: Flask, client: Client) -> None:
    place = parted(app)
    with app.app_context():
        document = scene.document_of(place)
        newest = documents.latest_edition(document)
        assert newest is not None
        lone, first, second = documents.units_of(documents.wordings_of(newest))
        less = second.with_children(
            replace(unit, text=f"{unit.text} Inaczej.") for unit in second.children[1:]
        )
        same = first.with_children(
            replace(unit, text=f"{unit.text} Inaczej.") for unit in first.children
        )
        town.edition(document, (lone, same, less))
        gone = int(second.children[0].id)
        db.session.commit()
    page = tree_of(client, f"{place.text}/porownanie/2-3")
    (heading,) = page.xpath(f"//section[.//article[@id='p-{gone}']]/h2")
    assert words(heading) == "Rozdział 2. Pieniądze"


def test_every_provision_has_a_chapter_or_none(app: Flask) -> None:
    place = parted(app)
    with app.app_context():
        newest = documents.latest_edition(scene.document_of(place))
        assert newest is not None
        (found,) = queries.chapters_of(newest)
        order = [number for number, _ in queries.order_of(newest)]
    assert list(found) == order
    assert [title for _, title in found.values()].count("Rozdział\N{NO-BREAK SPACE}1. Zasady") == 9
    assert found[order[0]] == (0, "")
