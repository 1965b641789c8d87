"""Signs in front of lines that other programs and broken fonts put there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.draft_files import outline_of_text
from app.legaltext.foreign_signs import without_foreign_signs
from app.legaltext.outline_values import Line
from app.legaltext.units import Kind, walk

DRAFT = (
    "Program współpracy na rok 2027",
    "Rozdział 1",
    "Postanowienia ogólne",
    "§ 1. Ilekroć w Programie jest mowa o:",
    "1) Gminie – rozumie się Gminę;",
    "2) ustawie – rozumie się ustawę.",
    "§ 2. 1. Program trwa rok.",
    "2. Program jest jawny.",
    "§ 3. Koniec.",
)


def read(lines):
    return outline_of_text("\n".join(lines))


def shape(outline):
    return outline.title, [(unit.kind, unit.mark, unit.text) for unit in walk(outline.units)]


PLAIN = shape(read(DRAFT))


def test_a_draft_quoted_in_a_mail_is_read_as_if_it_were_not():
    outline = read(f"> {line}" for line in DRAFT)
    assert shape(outline) == PLAIN
    assert [(d.code, dict(d.values)["name"]) for d in outline.doubts] == [("signs_left_out", ">")]


def test_one_quoted_line_is_no_quoted_mail():
    outline = read((*DRAFT, "> Podpis pod projektem"))
    assert "signs_left_out" not in {doubt.code for doubt in outline.doubts}


def test_markdown_is_read_as_if_it_were_plain():
    marked = [
        f"## {DRAFT[1]}",
        f"**{DRAFT[2]}**",
        f"**§ 1.**{DRAFT[3][4:]}",
        "1\\) Gminie – rozumie się Gminę;",
    ]
    outline = read((f"# {DRAFT[0]}", *marked, *DRAFT[5:]))
    assert shape(outline) == PLAIN
    assert [doubt.code for doubt in outline.doubts] == ["signs_left_out"]


@pytest.mark.parametrize("sign", ["&", "$", "S", "Art.", "\uf0a7", "¤"])
def test_a_sign_that_numbers_on_from_one_is_read_as_the_lost_section_sign(sign):
    outline = read(line.replace("§", sign) for line in DRAFT)
    assert shape(outline) == PLAIN
    assert [(d.code, d.line, dict(d.values)["name"]) for d in outline.doubts] == [
        ("read_as_section_sign", 4, sign)
    ]


def test_a_reference_at_the_beginning_of_a_line_is_no_lost_section_sign():
    outline = read((*DRAFT[:4], "Art. 1. ustawy nie wyłącza się.", *DRAFT[4:]))
    assert [u.mark for u in walk(outline.units) if u.kind is Kind.SECTION] == ["1", "2", "3"]


def test_signs_whose_numbers_do_not_run_on_stay_as_they_are():
    lines = [Line("& 7. Siedem", 1), Line("& 9. Dziewięć", 2), Line("& 1. Jeden", 3)]
    assert without_foreign_signs(lines) == (lines, [])


def test_a_scanned_one_is_read_as_the_number_where_two_follows():
    lines = [
        line.replace("§ 1.", "§ l.").replace("1) G", "l) G").replace("2. 1.", "2. l.")
        for line in DRAFT
    ]
    outline = read(lines)
    assert shape(outline) == PLAIN
    assert [(d.code, d.line) for d in outline.doubts] == [("letter_as_one", n) for n in (4, 5, 7)]


def test_the_letter_l_of_a_list_stays_a_letter():
    letters = [f"{letter}) zadanie {letter}," for letter in "abcdefghijkl"]
    outline = read((*DRAFT[:4], "1) zadania:", *letters, "2) inne.", *DRAFT[6:]))
    assert [u.mark for u in walk(outline.units) if u.kind is Kind.LETTER][-1] == "l"
    assert not outline.doubts


@given(st.lists(st.text(st.characters(categories=("L", "Zs")), max_size=40), max_size=12))
def test_what_bears_no_foreign_sign_stays_as_it_is(texts):
    lines = [Line(f"1) {text}", number) for number, text in enumerate(texts, start=1)]
    assert without_foreign_signs(lines) == (lines, [])
