"""Cross-references: which words refer to this text, and to which of its units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.references import cross_references, lost_references, references
from app.legaltext.units import Kind, Unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("o którym mowa w § 5 ust. 2 i 3, stosuje się", ["§ 5 ust. 2", "§ 5 ust. 3"]),
        ("w art. 5 ust. 2 ustawy oraz w ust. 1", ["ust. 1"]),
        ("§ 2–4 oraz § 6 ust. 1 pkt 2 lit. b", ["§ 2", "§ 3", "§ 4", "§ 6 ust. 1 pkt 2 lit. b"]),
        ("w rozdziale 3 i w ust. 2 pkt 1", ["rozdział 3", "ust. 2 pkt 1"]),
        ("§ 3 rozporządzenia, a także § 4", ["§ 4"]),
        ("zgodnie z § 10. Dalej", ["§ 10"]),
        ("podmioty z art. 3 ust. 2 i 3 ustawy", []),
        ("podmioty z art. 3 ust. 3, o których mowa w pkt 2", ["pkt 2"]),
        ("lit. a–c, tiret drugie", ["lit. a", "lit. b", "lit. c tiret drugie"]),
        ("§ 6 uchwały Nr 5", []),
        ("§ 6 uchwały niniejszej", ["§ 6"]),
        ("120 punktów, ust.", []),
    ],
)
def test_references_of_a_text(text, found):
    assert [str(each.address).replace("\u00a0", " ") for each in references(text)] == found


def sections(*rows):
    return tuple(Unit(id_, Kind.SECTION, mark, text) for id_, mark, text in rows)


def test_references_lead_to_their_units():
    units = (
        Unit(
            "a",
            Kind.SECTION,
            "1",
            "",
            (
                Unit("a1", Kind.SUBSECTION, "1", "Tekst."),
                Unit("a2", Kind.SUBSECTION, "2", "Jak w ust. 1, a także w § 2 i § 9."),
            ),
        ),
        Unit("b", Kind.SECTION, "2", "Koniec."),
    )
    assert [(each.unit_id, each.target_id) for each in cross_references(units)] == [
        ("a2", "a1"),
        ("a2", "b"),
        ("a2", ""),
    ]


def test_a_reference_to_a_renumbered_unit_is_listed():
    old = sections(("a", "1", "Jak w § 2."), ("b", "2", "To."))
    new = sections(("a", "1", "Jak w § 2."), ("n", "2", "Nowe."), ("b", "3", "To."))
    assert [each.target_id for each in lost_references(old, new)] == ["n"]
    assert lost_references(old, old) == ()


@given(st.text(alphabet="§ 0123iust.pktlaoraz,–-wz", max_size=300))
def test_no_text_breaks_the_search(text):
    for each in references(text):
        assert text[each.start : each.end] == each.text
