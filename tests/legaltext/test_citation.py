"""Citations: unit to words and back, as people write them and as we print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.citation import CitationError, citations, cite, in_words, parse, resolve
from app.legaltext.nesting import Entry, nest
from app.legaltext.numbering import renumber
from app.legaltext.units import Kind, Unit, walk, walk_with_ancestors

TIRETS = tuple(Unit(f"t{n}", Kind.INDENT, "–", f"tiret {n}") for n in (1, 2, 3))
TEXT = (
    Unit(
        "c1",
        Kind.CHAPTER,
        "I",
        "Formy",
        (
            Unit(
                "s4",
                Kind.SECTION,
                "4",
                "",
                (
                    Unit("u1", Kind.SUBSECTION, "1", "Jest."),
                    Unit(
                        "u3",
                        Kind.SUBSECTION,
                        "3",
                        "Są:",
                        (
                            Unit(
                                "p2",
                                Kind.POINT,
                                "2",
                                "w tym:",
                                (Unit("lb", Kind.LETTER, "b", "to:", TIRETS),),
                            ),
                            Unit("e", Kind.COMMON_ENDING, "", "– jeżeli trzeba."),
                        ),
                    ),
                    Unit("tab", Kind.TABLE, "", "a\tb"),
                ),
            ),
            Unit("s4a", Kind.SECTION, "4a", "Dodany."),
        ),
    ),
    Unit("c2", Kind.CHAPTER, "II", "Inne", (Unit("x", Kind.PARAGRAPH, "", "Tekst."),)),
)


def plain(text):
    return text.replace("\u00a0", " ")


def test_every_unit_has_its_citation():
    assert {key: plain(text) for key, text in citations(TEXT).items()} == {
        "c1": "rozdział I",
        "s4": "§ 4",
        "u1": "§ 4 ust. 1",
        "u3": "§ 4 ust. 3",
        "p2": "§ 4 ust. 3 pkt 2",
        "lb": "§ 4 ust. 3 pkt 2 lit. b",
        "t1": "§ 4 ust. 3 pkt 2 lit. b tiret pierwsze",
        "t2": "§ 4 ust. 3 pkt 2 lit. b tiret drugie",
        "t3": "§ 4 ust. 3 pkt 2 lit. b tiret trzecie",
        "e": "§ 4 ust. 3 część wspólna",
        "tab": "§ 4 tabela 1",
        "s4a": "§ 4a",
        "c2": "rozdział II",
        "x": "rozdział II akapit 1",
    }


def test_words_and_numbers_do_not_part_at_a_line_end():
    assert citations(TEXT)["p2"] == "§\u00a04 ust.\u00a03 pkt\u00a02"


def test_a_path_gives_the_same_citation_as_the_whole_text():
    named = citations(TEXT)
    for unit, above in walk_with_ancestors(TEXT):
        assert cite((*above, unit), TEXT) == named[unit.id]


@pytest.mark.parametrize(
    ("typed", "unit_id"),
    [
        ("§4 ust.3 pkt 2 lit. b tiret 2", "t2"),
        ("w § 4 ust. 3 pkt 2 lit. b) tiret drugie", "t2"),
        ("paragraf 4 ustęp 3 punkt 2", "p2"),
        ("§ 4A", "s4a"),
        ("Rozdział 1", "c1"),
        ("rozdziale ii", "c2"),
        ("rozdział II akapit 1", "x"),
        ("§ 4, ust. 3", "u3"),
        ("§ 5", None),
        ("§ 4 ust. 2", None),
    ],
)
def test_citations_as_people_type_them(typed, unit_id):
    unit = resolve(TEXT, typed)
    assert (unit.id if unit else None) == unit_id


@pytest.mark.parametrize("typed", ["", "   ", "Ala ma kota", "§ 4 i coś jeszcze", "art. 5", "<§>"])
def test_what_is_no_citation_is_refused(typed):
    with pytest.raises(CitationError):
        parse(typed)


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader_of_citations(typed):
    try:
        address = parse(typed)
    except CitationError:
        return
    assert parse(str(address)) == parse(str(parse(str(address))))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (2, "drugie"),
        (20, "dwudzieste"),
        (21, "dwudzieste pierwsze"),
        (99, "dziewięćdziesiąte dziewiąte"),
    ],
)
def test_ordinals_in_words(number, words):
    assert in_words(number) == words


KINDS = st.sampled_from([kind for kind in Kind if kind is not Kind.COMMON_ENDING])


@st.composite
def trees(draw):
    """Well-formed texts of every kind of unit, nested by rank and numbered through."""
    rows = draw(st.lists(st.tuples(KINDS, st.integers(0, 3)), max_size=25))
    return renumber(
        nest(Entry(f"u{n}", kind, "", "tekst:", depth) for n, (kind, depth) in enumerate(rows))
    )


@given(trees())
def test_unit_to_citation_and_back_is_the_unit(units):
    named = citations(units)
    assert len(set(named.values())) == len(named)
    for unit in walk(units):
        assert resolve(units, named[unit.id]) == unit
