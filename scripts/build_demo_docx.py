"""Writes the demo town's draft programme as the Word file that an office would send.

The numbers are Word's own automatic numbering, none is typed. The bytes depend on nothing but
the text and the versions of the libraries: no clock, no user name. Run it again after each change
of ``app/demo/programme.txt``: ``.venv/bin/python scripts/build_demo_docx.py [FILE]``.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from app.demo import programme
from app.demo.typography import typeset
from app.legaltext.units import Kind, Unit, walk

#: When the office is supposed to have saved the file.
SAVED_AT = datetime(2015, 6, 8, 10, 0, tzinfo=UTC)

FACE = "Times New Roman"
INK = RGBColor(0, 0, 0)

PROVISIONS_LIST, CHAPTERS_LIST = 1, 2

#: Kind of provision -> level of the multilevel list, number format, text of the number, indents
#: in twentieths of a point: of the text, and how far the number hangs out to the left.
LEVELS = {
    Kind.SECTION: (0, "decimal", "§ %1.", 0, 0),
    Kind.SUBSECTION: (1, "decimal", "%2.", 397, 397),
    Kind.POINT: (2, "decimal", "%3)", 851, 454),
    Kind.LETTER: (3, "lowerLetter", "%4)", 1248, 397),
    Kind.INDENT: (4, "bullet", "–", 1588, 340),
}

#: Style of a paragraph -> its base, bold, size, space before and after, kept with the next one.
STYLES = {
    "Nagłówek załącznika": (WD_ALIGN_PARAGRAPH.RIGHT, False, 10, 0, 0, True),
    "Stan projektu": (WD_ALIGN_PARAGRAPH.RIGHT, True, 10, 6, 18, True),
    "Tytuł programu": (WD_ALIGN_PARAGRAPH.CENTER, True, 14, 6, 18, True),
    "Numer rozdziału": (WD_ALIGN_PARAGRAPH.CENTER, True, 12, 18, 0, True),
    "Tytuł rozdziału": (WD_ALIGN_PARAGRAPH.CENTER, True, 12, 0, 10, True),
    "Paragraf": (WD_ALIGN_PARAGRAPH.JUSTIFY, False, 12, 8, 4, False),
    "Paragraf z ustępami": (WD_ALIGN_PARAGRAPH.CENTER, False, 12, 8, 2, True),
    "Ustęp": (WD_ALIGN_PARAGRAPH.JUSTIFY, False, 12, 0, 4, False),
    "Punkt": (WD_ALIGN_PARAGRAPH.JUSTIFY, False, 12, 0, 3, False),
    "Litera": (WD_ALIGN_PARAGRAPH.JUSTIFY, False, 12, 0, 2, False),
    "Tiret": (WD_ALIGN_PARAGRAPH.JUSTIFY, False, 12, 0, 2, False),
}

STYLE_OF = {
    Kind.SUBSECTION: "Ustęp",
    Kind.POINT: "Punkt",
    Kind.LETTER: "Litera",
    Kind.INDENT: "Tiret",
}

COLUMN_WIDTHS = (Cm(1.2), Cm(8.3), Cm(3.0), Cm(3.5))


def build() -> bytes:
    """The whole file."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _set_numbering(document)
    _set_properties(document)
    _drop_leftovers(document)
    document.add_paragraph(typeset(programme.ANNEX_LINE), style="Nagłówek załącznika")
    document.add_paragraph(programme.STATE_LINE, style="Stan projektu")
    document.add_paragraph(typeset(programme.TITLE), style="Tytuł programu")
    for unit in walk(programme.first_edition()):
        _add(document, unit)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


def _add(document, unit: Unit) -> None:
    if unit.kind is Kind.CHAPTER:
        _numbered(document.add_paragraph(style="Numer rozdziału"), CHAPTERS_LIST, 0)
        document.add_paragraph(typeset(unit.text), style="Tytuł rozdziału")
    elif unit.kind is Kind.TABLE:
        _add_table(document, [row.split("\t") for row in unit.text.split("\n")])
    else:
        style = STYLE_OF.get(unit.kind) or ("Paragraf" if unit.text else "Paragraf z ustępami")
        paragraph = document.add_paragraph(typeset(unit.text), style=style)
        _numbered(paragraph, PROVISIONS_LIST, LEVELS[unit.kind][0])


def _numbered(paragraph, list_number: int, level: int) -> None:
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = list_number


def _add_table(document, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, COLUMN_WIDTHS, strict=True):
        column.width = width
    for number, cells in enumerate(rows):
        row = table.rows[number]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, words in enumerate(cells):
            cell = row.cells[column]
            cell.width = COLUMN_WIDTHS[column]
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(typeset(words))
            run.font.size = Pt(10.5)
            run.bold = number == 0 or "Razem" in cells
            paragraph.alignment = _alignment(number, column)
    heading = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(heading)


def _alignment(row: int, column: int) -> WD_ALIGN_PARAGRAPH:
    if row == 0 or column == 0:
        return WD_ALIGN_PARAGRAPH.CENTER
    is_amount = column == len(COLUMN_WIDTHS) - 1
    return WD_ALIGN_PARAGRAPH.RIGHT if is_amount else WD_ALIGN_PARAGRAPH.LEFT


def _set_page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    header = section.header.paragraphs[0]
    header.text = typeset("Program współpracy Gminy Miechów z organizacjami na rok 2016 – projekt")
    footer = section.footer.paragraphs[0]
    footer.add_run("Strona\u00a0")
    _add_field(footer, "PAGE")
    footer.add_run(" z\u00a0")
    _add_field(footer, "NUMPAGES")
    for paragraph in (header, footer):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _add_field(paragraph, instruction: str) -> None:
    """A field that Word fills in; the „1” is shown until it does."""
    for kind, words in (
        ("begin", ""),
        ("", instruction),
        ("separate", ""),
        ("text", "1"),
        ("end", ""),
    ):
        run = paragraph.add_run(words if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.text = words
            run._r.append(code)


def _set_styles(document) -> None:
    normal = document.styles["Normal"]
    _set_face(normal, 12)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "pl-PL")
    normal.element.get_or_add_rPr().append(language)
    for name, (alignment, bold, size, before, after, kept) in STYLES.items():
        style = document.styles.add_style(name, 1)
        style.base_style = normal
        style.quick_style = True
        _set_face(style, size)
        style.font.bold = bold
        shape = style.paragraph_format
        shape.alignment = alignment
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.keep_with_next = kept
        shape.widow_control = True
        shape.line_spacing = 1.08
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), "0")
    document.styles["Tytuł rozdziału"].element.get_or_add_pPr().append(outline)


def _set_face(style, size: float) -> None:
    style.font.name = FACE
    style.font.size = Pt(size)
    style.font.color.rgb = INK
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for alphabet in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(alphabet), FACE)


def _set_numbering(document) -> None:
    """Two lists: the multilevel one of the provisions, and the one of the chapters.

    Word restarts each level after any higher one, which is just what the Zasady techniki
    prawodawczej want of ustępy, points and letters, while § has nothing above it and runs on.
    """
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = "".join(_level(*level) for level in LEVELS.values())
    chapter = _level(0, "decimal", "Rozdział %1", 0, 0, after="nothing")
    lists = ((PROVISIONS_LIST, levels, "multilevel"), (CHAPTERS_LIST, chapter, "singleLevel"))
    for number, content, kind in lists:
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="{kind}"/>{content}</w:abstractNum>'
            )
        )
    for number, _, _ in lists:
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}">'
                f'<w:abstractNumId w:val="{number}"/></w:num>'
            )
        )


def _level(
    level: int, number_format: str, text: str, left: int, hanging: int, *, after: str = ""
) -> str:
    suffix = after or ("space" if level == 0 else "tab")
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
        f"<w:rPr>{'<w:b/>' if level == 0 else ''}</w:rPr></w:lvl>"
    )


def _set_properties(document) -> None:
    properties = document.core_properties
    properties.title = programme.TITLE
    properties.author = properties.last_modified_by = "Centrum Organizacji Pozarządowych"
    properties.subject = "Projekt programu współpracy"
    properties.keywords = properties.comments = ""
    properties.language = "pl-PL"
    properties.created = properties.modified = SAVED_AT.replace(tzinfo=None)
    properties.revision = 1


def _drop_leftovers(document) -> None:
    """Nothing of the library's template but what this document uses."""
    unused = ("stylesWithEffects", "customXml", "thumbnail")
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(unused)]:
            del relations[key]
    used = {*STYLES, "Normal", "Header", "Footer", "Table Grid", "Normal Table"}
    for style in list(document.styles):
        is_base = style.style_id in ("DefaultParagraphFont", "TableNormal", "NoList")
        if style.name not in used and not is_base:
            style.delete()
    for link in document.styles.element.findall(f".//{qn('w:link')}"):
        link.getparent().remove(link)


def _without_clock(data: bytes) -> bytes:
    """The same package with fixed times in it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (2015, 6, 8, 10, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return buffer.getvalue()


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else programme.DOCX
    path.write_bytes(build())
    print(f"{path}: {path.stat().st_size} bytes")
