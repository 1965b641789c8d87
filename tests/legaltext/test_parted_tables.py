"""Tables that were pasted as text keep their rows and cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.draft_files import outline_of_text
from app.legaltext.outline_values import Line
from app.legaltext.parted_tables import with_parted_tables
from app.legaltext.units import Kind, walk

ROWS = (("Zadanie", "Kwota"), ("sport", "80 000,00 zł"), ("Razem", "80 000,00 zł"))


@pytest.mark.parametrize(
    "written",
    [
        ["\t".join(row) for row in ROWS],
        [" | ".join(row) for row in ROWS],
        [
            "| Zadanie | Kwota |",
            "|---|--:|",
            "| sport | 80 000,00 zł |",
            "| Razem | 80 000,00 zł |",
        ],
    ],
    ids=["tabs", "strokes", "framed"],
)
def test_a_pasted_table_keeps_its_cells_and_the_provisions_around_it(written):
    table = "\n".join(written)
    outline = outline_of_text(
        f"Program na rok 2027\n§ 1. 1. Planuje się:\n{table}\n2. Kwota jest stała.\n§ 2. Koniec.\n"
    )
    units = list(walk(outline.units))
    assert [(u.kind, u.mark) for u in units] == [
        (Kind.SECTION, "1"),
        (Kind.SUBSECTION, "1"),
        (Kind.TABLE, ""),
        (Kind.SUBSECTION, "2"),
        (Kind.SECTION, "2"),
    ]
    assert units[2].text == "\n".join("\t".join(row) for row in ROWS)
    assert [(doubt.code, doubt.line) for doubt in outline.doubts] == [("table_from_lines", 3)]


def test_marks_parted_by_tabs_from_their_words_make_no_table():
    outline = outline_of_text(
        "Program\n§ 1.\tZadaniami są:\n1)\tkultura;\n2)\tsport:\n"
        "\ta)\tpiłka,\n\tb)\tbiegi;\n3)\toświata.\n"
        "§ 2.\t1.\tProgram trwa rok.\n\t2.\tProgram jest jawny.\n§ 3.\t1.\tKoniec.\n\t2.\tKropka.\n"
    )
    marks = [(u.kind, u.mark) for u in walk(outline.units)]
    assert (Kind.LETTER, "b") in marks
    assert (Kind.SUBSECTION, "2") in marks
    assert Kind.TABLE not in {kind for kind, _ in marks}
    assert not outline.doubts


def test_one_line_with_a_stroke_is_no_table():
    lines = [Line("Burmistrz | Rada", 1), Line("Dalszy ciąg zdania.", 2)]
    assert with_parted_tables(lines) == lines


@given(
    st.lists(
        st.lists(st.text("abcż ,", min_size=1).filter(str.strip), min_size=3, max_size=3),
        min_size=2,
        max_size=8,
    )
)
def test_every_cell_of_every_row_is_kept_in_its_place(rows):
    lines = [Line("\t".join(row), number) for number, row in enumerate(rows, start=1)]
    (table,) = with_parted_tables(lines)
    assert table.rows == tuple(tuple(cell.strip() for cell in row) for row in rows)
    assert table.number == 1
