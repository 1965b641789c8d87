"""The Word file says what the text says, with numbers that only Word's lists give."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.demo import programme
from app.demo.typography import NO_BREAK_SPACE, typeset
from app.legaltext import sources
from app.legaltext.outline import read_outline
from app.legaltext.units import Kind, walk

SCRIPT = Path(__file__).parents[2] / "scripts" / "build_demo_docx.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_demo_docx", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_file_is_built_alike_each_time(script: ModuleType) -> None:
    assert script.build() == script.build()


def test_the_committed_file_is_the_one_the_script_builds(script: ModuleType) -> None:
    assert members(programme.DOCX.read_bytes()) == members(script.build())


def test_numbers_counted_as_word_counts_them_are_the_marks_of_the_text() -> None:
    document = Document(str(programme.DOCX))
    counters: dict[tuple[int, int], int] = {}
    shown = []
    for paragraph in document.paragraphs:
        properties = paragraph._p.pPr
        numbering = None if properties is None else properties.numPr
        if numbering is None:
            continue
        list_number, level = numbering.numId.val, numbering.ilvl.val
        counters[list_number, level] = counters.get((list_number, level), 0) + 1
        for below in range(level + 1, 9):
            counters.pop((list_number, below), None)
        shown.append((list_number, level, counters[list_number, level]))
    levels = {Kind.SECTION: 0, Kind.SUBSECTION: 1, Kind.POINT: 2, Kind.LETTER: 3, Kind.INDENT: 4}
    expected = []
    for unit in walk(programme.first_edition()):
        if unit.kind is Kind.CHAPTER:
            expected.append((2, 0, int(unit.mark)))
        elif unit.kind in levels:
            number = ord(unit.mark) - 96 if unit.kind is Kind.LETTER else unit.mark
            expected.append((1, levels[unit.kind], number))
    assert len(shown) == len(expected)
    for (list_number, level, count), wanted in zip(shown, expected, strict=True):
        assert (list_number, level) == wanted[:2]
        assert wanted[2] in ("–", str(count), count)


def test_list_levels_have_the_texts_that_the_rules_of_legislation_give() -> None:
    numbering = Document(str(programme.DOCX)).part.numbering_part.element
    texts = [text.get(qn("w:val")) for text in numbering.iter(qn("w:lvlText"))]
    assert texts == ["§ %1.", "%2.", "%3)", "%4)", "–", "Rozdział %1"]


def test_no_paragraph_has_a_typed_number() -> None:
    document = Document(str(programme.DOCX))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in texts if text[:1].isdigit() or text.startswith(("§", "Rozdz"))] == []


def test_nothing_of_the_maker_is_left_in_the_file() -> None:
    properties = Document(str(programme.DOCX)).core_properties
    assert properties.author == "Centrum Organizacji Pozarządowych"
    assert properties.created is not None
    assert properties.created.year == 2015
    assert not [name for name in members(programme.DOCX.read_bytes()) if "thumbnail" in name]


def test_the_table_is_a_table_with_a_repeated_heading() -> None:
    (table,) = Document(str(programme.DOCX)).tables
    unit = next(unit for unit in walk(programme.first_edition()) if unit.kind is Kind.TABLE)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [[typeset(cell) for cell in row.split("\t")] for row in unit.text.split("\n")]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("w art. 5 ust. 2", "w~art.~5 ust.~2"),
        ("kwotę 500 000,00 zł.", "kwotę 500~000,00~zł."),
        ("do dnia 31 grudnia 2016 r.", "do dnia 31~grudnia 2016~r."),
        ("w § 9–13", "w~§~9–13"),
        ("Gminie – należy", "Gminie~– należy"),
        ("co najmniej 21 dni i 20% kosztów", "co najmniej 21~dni i~20% kosztów"),
        ("lub 3 ustawy", "lub 3 ustawy"),
    ],
)
def test_no_break_spaces_stand_where_lines_must_not_end(plain: str, printed: str) -> None:
    assert typeset(plain) == printed.replace("~", NO_BREAK_SPACE)


def test_typesetting_changes_spaces_only_and_is_done_once() -> None:
    for unit in walk(programme.first_edition()):
        printed = typeset(unit.text)
        assert printed.replace(NO_BREAK_SPACE, " ") == unit.text
        assert typeset(printed) == printed


def test_the_importer_reads_the_file_as_it_was_written_and_without_a_doubt() -> None:
    source = sources.read(programme.DOCX.read_bytes(), programme.DOCX.name)
    outline = read_outline(source.lines)
    assert outline.title == programme.TITLE
    assert [part.text for part in outline.left_out] == [programme.ANNEX_LINE, programme.STATE_LINE]
    assert [(unit.kind, unit.mark, unit.text) for unit in walk(outline.units)] == [
        (unit.kind, unit.mark, unit.text) for unit in walk(programme.first_edition())
    ]
    assert (source.warnings, outline.doubts) == ((), ())


def test_the_notation_of_the_text_is_read_alike_by_the_importer() -> None:
    typed = (programme.FOLDER / "programme.txt").read_text(encoding="utf-8")
    without_table = "\n".join(line for line in typed.splitlines() if not line.startswith("|"))
    outline = read_outline(sources.read_text(f"{programme.TITLE}\n\n{without_table}").lines)
    written = [unit for unit in walk(programme.first_edition()) if unit.kind is not Kind.TABLE]
    assert [(unit.kind, unit.mark, unit.text) for unit in walk(outline.units)] == [
        (unit.kind, unit.mark, unit.text) for unit in written
    ]
