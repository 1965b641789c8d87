"""How provisions are set as HTML."""

from __future__ import annotations

from itertools import pairwise

from lxml import html

from app.documents import rendering
from app.documents.tables import is_amount, table_html
from app.legaltext.units import Kind, Unit, Units, walk
from tests.town import SMALL_ACT


def numbered(units: Units) -> Units:
    """The same units with the numbers a document would give them."""
    numbers = {unit.id: str(i) for i, unit in enumerate(walk(units), 1)}

    def renamed(unit: Unit) -> Unit:
        return Unit(
            numbers[unit.id],
            unit.kind,
            unit.mark,
            unit.text,
            tuple(renamed(child) for child in unit.children),
        )

    return tuple(renamed(unit) for unit in units)


ACT = numbered(SMALL_ACT)


def page(units: Units = ACT) -> html.HtmlElement:
    joined = "".join(piece for _slot, piece, _address in rendering.body(units))
    return html.fragment_fromstring(joined, "article")


def test_pieces_joined_are_balanced() -> None:
    joined = "".join(piece for _slot, piece, _address in rendering.body(ACT))
    tree = page()
    assert html.tostring(tree, encoding="unicode") == f"<article>{joined}</article>"


def test_each_provision_has_one_slot_and_one_anchor() -> None:
    slots = [slot for slot, _piece, _address in rendering.body(ACT) if slot]
    assert sorted(slots) == list(range(1, 13))
    assert {element.get("id") for element in page().xpath(".//*[@id]")} == {
        f"p-{n}" for n in range(1, 13)
    }


def test_the_slot_of_a_section_with_parts_comes_after_them_and_is_empty() -> None:
    pieces = rendering.body(ACT)
    at = next(i for i, (slot, _html, _address) in enumerate(pieces) if slot == 3)
    assert pieces[at][1] == ""
    assert {slot for slot, _html, _address in pieces[:at] if slot} == {1, 2, 4, 5, 6, 7, 8, 9}
    assert pieces[at + 1][0] == 0
    assert pieces[at + 1][1].startswith("</section>")


def test_the_slot_is_a_direct_child_of_its_provision() -> None:
    joined = "".join(
        piece + (f'<p class="provision__meta">{slot}</p>' if slot else "")
        for slot, piece, _address in rendering.body(ACT)
    )
    tree = html.fragment_fromstring(joined, "article")
    for meta in tree.xpath(".//p[@class='provision__meta']"):
        assert meta.getparent().get("id") == f"p-{meta.text}"


def test_no_two_pieces_without_a_slot_follow_each_other() -> None:
    slots = [slot for slot, _piece, _address in rendering.body(ACT)]
    assert all(a or b for a, b in pairwise(slots))


def test_chapters_and_sections_are_headings_one_beneath_the_other() -> None:
    found = [(h.tag, h.text_content()) for h in page().xpath(".//h2 | .//h3")]
    nbsp = "\N{NO-BREAK SPACE}"
    assert found[:3] == [
        ("h2", f"Rozdział{nbsp}1 Postanowienia ogólne"),
        ("h3", f"§{nbsp}1."),
        ("h3", f"§{nbsp}2."),
    ]


def test_sections_without_chapters_are_headings_of_the_second_level() -> None:
    tree = page((Unit("1", Kind.SECTION, "1", "Jeden."), Unit("2", Kind.SECTION, "2", "Dwa.")))
    assert [h.tag for h in tree.xpath(".//*[@class='provision__mark']")] == ["h2", "h2"]


def test_the_mark_links_to_its_own_provision() -> None:
    point = page().get_element_by_id("p-7")
    link = point.xpath("./span[@class='provision__mark']/a")[0]
    assert (link.get("href"), link.text) == ("#p-7", "2)")


def test_a_section_without_words_of_its_own_has_no_empty_paragraph() -> None:
    assert not page().get_element_by_id("p-3").xpath("./p")


def test_words_are_escaped() -> None:
    wild = (Unit("1", Kind.SECTION, '1"><b>', "<script>x</script> & co"),)
    assert "<script>" not in rendering.body(wild)[0][1]
    assert "<b>" not in rendering.body(wild)[0][1]
    assert "&lt;script&gt;x&lt;/script&gt; &amp; co" in rendering.provision_html(wild[0])


def test_ids_that_are_not_numbers_get_no_slot() -> None:
    assert {slot for slot, _piece, _address in rendering.body(SMALL_ACT)} == {0}


def test_one_provision_is_set_without_its_parts() -> None:
    alone = html.fragment_fromstring(str(rendering.provision_html(ACT[0].children[1])))
    assert alone.get("id") == "p-3"
    assert not alone.xpath(".//*[@id]")


def test_each_kind_is_set() -> None:
    for kind in Kind:
        text = "a\tb\n1\t2" if kind is Kind.TABLE else "słowa"
        tree = page((Unit("1", kind, "1", text),))
        assert tree[0].get("id") == "p-1"
        assert ("słowa" in tree.text_content()) is (kind is not Kind.TABLE)


def test_the_contents_name_chapters_and_sections() -> None:
    rows = rendering.contents(ACT)
    assert [row[0] for row in rows] == ["1", "2", "3", "10", "11"]
    assert rows[2][3] == "Celem głównym jest rozwój współpracy."


def test_long_first_words_end_at_a_word() -> None:
    long = Unit("1", Kind.SECTION, "1", "Organizacje pozarządowe, " * 10)
    words = rendering.contents((long,))[0][3]
    assert words.endswith(("Organizacje…", "pozarządowe…"))
    assert len(words) <= 71


def test_a_table_is_a_table_with_a_name_that_scrolls() -> None:
    tree = html.fragment_fromstring(
        str(table_html("Zadanie\tKwota\nSport\t80 000,00 zł\nRazem\t1"))
    )
    assert tree.get("aria-label") == "Tabela: Zadanie, Kwota"
    assert (tree.get("role"), tree.get("tabindex")) == ("region", "0")
    assert [th.text for th in tree.xpath(".//thead//th")] == ["Zadanie", "Kwota"]
    assert tree.xpath(".//tbody/tr/td[@class='number']/text()") == ["80 000,00 zł", "1"]
    assert tree.xpath(".//th[@scope='row']/text()") == ["Razem"]


def test_a_table_that_begins_with_amounts_has_no_head() -> None:
    tree = html.fragment_fromstring(str(table_html("Sport\t80 000,00 zł\nKultura")))
    assert tree.get("aria-label") == "Tabela"
    assert not tree.xpath(".//thead")
    assert [len(row) for row in tree.xpath(".//tr")] == [2, 2]


def test_amounts_are_told_from_words() -> None:
    assert all(map(is_amount, ["120 000,00 zł", "1", "12,5 %", "1.234.567", "120\u00a0000"]))
    assert not any(map(is_amount, ["", "12 osób", "2016 r.", "zł", "1-2"]))
