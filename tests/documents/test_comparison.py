"""Two editions compared, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.documents import comparison, queries
from app.documents.models import Document, Edition
from app.legaltext import diff
from app.legaltext.units import Kind, Unit, Units
from tests import town

pytestmark = pytest.mark.usefixtures("context")

NBSP = "\N{NO-BREAK SPACE}"


def first_of(document: Document) -> tuple[Edition, Units]:
    edition = queries.latest_edition(document)
    assert edition is not None
    return edition, queries.units_of(queries.wordings_of(edition))


def rows_after(change: Any) -> list[dict[str, Any]]:
    """The stored comparison of the small act with what ``change`` makes of it."""
    document = town.document()
    first, units = first_of(document)
    second = town.edition(document, change(units))
    stored = queries.comparison_of(first, second)
    assert stored is not None
    assert stored.engine == diff.ENGINE
    return stored.rows


def with_section(units: Units, index: int, **changes: Any) -> Units:
    chapter = units[0]
    sections = list(chapter.children)
    sections[index] = replace(sections[index], **changes)
    return (chapter.with_children(sections), *units[1:])


def test_an_unchanged_text_has_no_rows() -> None:
    assert rows_after(lambda units: units) == []


def test_a_reworded_section_shows_its_words() -> None:
    (row,) = rows_after(
        lambda units: with_section(units, 0, text="Program dotyczy współpracy Gminy z NGO.")
    )
    assert row["number"] == 2
    assert row["verdicts"] == ["reworded"]
    assert row["new_citation"] == f"§{NBSP}1"
    assert "<del>" in row["html"]
    assert "NGO" in row["html"]


def test_a_new_section_with_parts_is_one_row() -> None:
    fresh = Unit(
        "x",
        Kind.SECTION,
        "1a",
        "",
        (
            Unit("y", Kind.SUBSECTION, "1", "Pierwszy."),
            Unit("z", Kind.SUBSECTION, "2", "Drugi."),
        ),
    )

    def insert(units: Units) -> Units:
        one, two = units[0].children
        return (units[0].with_children((one, fresh, two)), *units[1:])

    (row,) = rows_after(insert)
    assert row["verdicts"] == ["added"]
    assert row["numbers"] == [13, 14, 15]
    assert row["new_text"] == f"§{NBSP}1a.\n1. Pierwszy.\n2. Drugi."
    assert (row["old_text"], row["old_citation"]) == ("", "")
    assert row["html"].count("<ins>") == 1


def test_a_repealed_section_stands_where_it_stood() -> None:
    def repeal_and_reword(units: Units) -> Units:
        one, _two = units[0].children
        chapter = replace(units[1], text="Pieniądze")
        return (units[0].with_children((replace(one, text="Inny."),)), chapter)

    rows = rows_after(repeal_and_reword)
    assert [(row["number"], row["verdicts"]) for row in rows] == [
        (2, ["reworded"]),
        (3, ["repealed"]),
        (10, ["reworded"]),
    ]
    assert rows[1]["numbers"] == [3, 4, 5, 6, 7, 8, 9]
    assert "2) większy udział mieszkańców, w tym:" in rows[1]["old_text"]


def test_renumbering_is_shown_as_renumbering() -> None:
    fresh = Unit("x", Kind.SECTION, "1", "Nowy na początku.")

    def put_first(units: Units) -> Units:
        one, two = units[0].children
        moved = (fresh, replace(one, mark="2"), replace(two, mark="3"))
        return (units[0].with_children(moved), *units[1:])

    rows = rows_after(put_first)
    assert [(row["number"], row["verdicts"]) for row in rows] == [
        (13, ["added"]),
        (2, ["renumbered"]),
        (3, ["renumbered"]),
    ]
    assert (rows[1]["old_citation"], rows[1]["new_citation"]) == (f"§{NBSP}1", f"§{NBSP}2")


def test_a_section_in_another_chapter_has_moved() -> None:
    def move(units: Units) -> Units:
        one, two = units[0].children
        return (units[0].with_children((two,)), units[1].with_children((*units[1].children, one)))

    (row,) = rows_after(move)
    assert (row["number"], row["verdicts"]) == (2, ["moved"])


def test_a_changed_sum_in_a_table_is_found() -> None:
    def dearer(units: Units) -> Units:
        section = units[1].children[0]
        table = section.children[0]
        table = replace(table, text=table.text.replace("80 000,00", "90 000,00"))
        return (units[0], units[1].with_children((section.with_children((table,)),)))

    (row,) = rows_after(dearer)
    assert (row["number"], row["kind"]) == (12, "table")
    assert "90 000,00 zł" in row["html"]


def test_one_text_that_cannot_be_compared_does_not_blank_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = diff.compare

    def fragile(old: str, new: str) -> diff.Pieces:
        if "Inny" in new:
            raise ValueError("not this one")
        return whole(old, new)

    monkeypatch.setattr(comparison.diff, "compare", fragile)

    def change(units: Units) -> Units:
        units = with_section(units, 0, text="Inny tekst.")
        return (units[0], replace(units[1], text="Pieniądze"))

    broken, sound = rows_after(change)
    assert "Inny tekst." in broken["html"]
    assert "Program dotyczy współpracy" in broken["html"]
    assert sound["number"] == 10


def test_each_later_edition_is_compared_with_all_earlier_ones() -> None:
    document = town.document()
    first, units = first_of(document)
    second = town.edition(document, with_section(units, 0, text="Drugi."))
    third = town.edition(document, with_section(units, 0, text="Trzeci."))
    assert queries.comparison_of(first, third) is not None
    assert queries.comparison_of(second, third) is not None
    assert queries.comparison_of(third, first) is None


def test_each_row_says_how_a_lawyer_would_amend_the_text() -> None:
    fresh = (
        Unit("x", Kind.SECTION, "1a", "Pierwszy nowy."),
        Unit("y", Kind.SECTION, "1b", "Drugi nowy."),
    )

    def change(units: Units) -> Units:
        one, two = units[0].children
        two = two.with_children((two.children[0],))
        one = replace(one, text="Program dotyczy współpracy Gminy z podmiotami.")
        return (units[0].with_children((one, *fresh, two)), *units[1:])

    said = {row["number"]: row["formula"].replace(NBSP, " ") for row in rows_after(change)}
    assert said[2] == "w § 1 wyraz „organizacjami” zastępuje się wyrazem „podmiotami”"
    assert said[13].startswith("po § 1 dodaje się § 1a")
    assert said[14].startswith("po § 1 dodaje się § 1b")
    assert said[5] == "w § 2 skreśla się ust. 2"


def test_renumbering_alone_needs_no_formula() -> None:
    def renumber(units: Units) -> Units:
        return with_section(units, 0, mark="7")

    (row,) = rows_after(renumber)
    assert (row["verdicts"], row["formula"]) == (["renumbered"], "")


def test_a_move_tells_from_where_to_where() -> None:
    def move(units: Units) -> Units:
        one, two = units[0].children
        return (units[0].with_children((two,)), units[1].with_children((*units[1].children, one)))

    (row,) = rows_after(move)
    assert (row["old_place"], row["new_place"]) == (f"rozdział{NBSP}1", f"rozdział{NBSP}2")


LONG = "Gmina wspiera organizacje w miarę posiadanych środków i możliwości lokalowych."
CUT = "Burmistrz ogłasza otwarte konkursy ofert w terminie do końca stycznia każdego roku."


def test_a_provision_cut_from_another_says_from_which() -> None:
    document = town.document()
    _first, units = first_of(document)
    both = town.edition(document, with_section(units, 0, text=f"{LONG} {CUT}"))

    def cut(units: Units) -> Units:
        one, two = units[0].children
        new = (replace(one, text=LONG), Unit("x", Kind.SECTION, "1a", CUT), two)
        return (units[0].with_children(new), *units[1:])

    apart = town.edition(document, cut(units))
    stored = queries.comparison_of(both, apart)
    assert stored is not None
    said = {row["number"]: row for row in stored.rows}
    assert said[13]["cut_from"] == f"§{NBSP}1"
    assert "cut_from" not in said[2]
    again = town.edition(document, with_section(units, 0, text=f"{LONG} {CUT}"))
    joined = queries.comparison_of(apart, again)
    assert joined is not None
    said = {row["number"]: row for row in joined.rows}
    assert said[13]["taken_into"] == f"§{NBSP}1"


def test_an_amending_act_says_all_that_happened_to_a_section_in_one_sentence() -> None:
    document = town.document()
    first, units = first_of(document)

    def change(units: Units) -> Units:
        one, two = units[0].children
        first, second = two.children
        first = replace(first, text="Celem głównym jest rozkwit współpracy.")
        second = second.with_children(second.children[:1])
        one = replace(one, text="Program dotyczy współpracy Gminy z podmiotami.")
        return (units[0].with_children((one, two.with_children((first, second)))), *units[1:])

    second = town.edition(document, change(units))
    stored = queries.comparison_of(first, second)
    assert stored is not None
    assert [sentence.replace(NBSP, " ") for sentence in stored.formulas or ()] == [
        "w § 1 wyraz „organizacjami” zastępuje się wyrazem „podmiotami”",
        "w § 2:\na) w ust. 1 wyraz „rozwój” zastępuje się wyrazem „rozkwit”,\n"
        "b) w ust. 2 skreśla się pkt 2",
    ]
    same = town.edition(document, change(units))
    unchanged = queries.comparison_of(second, same)
    assert unchanged is not None
    assert unchanged.formulas == []
