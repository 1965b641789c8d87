"""How papers look in Word: one sheet of named styles, so that an office can change them."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

#: The sides of A4, and the margin at both sides of a page.
LONG_SIDE, SHORT_SIDE = Cm(29.7), Cm(21)
MARGIN = Cm(1.7)

INK = RGBColor(0x1C, 0x1F, 0x26)
SOFT = RGBColor(0x55, 0x55, 0x55)


class Style(NamedTuple):
    """A paragraph style: size and the space around it in points."""

    name: str
    size: float
    bold: bool = False
    before: float = 0
    after: float = 0
    with_next: bool = False


STYLES = (
    Style("Normal", 10, before=5, after=4),
    Style("Title", 22, bold=True, before=6, after=4, with_next=True),
    Style("Subtitle", 13, after=6, with_next=True),
    Style("Heading 1", 14, bold=True, before=18, after=6, with_next=True),
    Style("Caption", 9, bold=True, before=10, after=3, with_next=True),
    Style("Note", 9, after=4),
    Style("Signature", 10, before=40, with_next=True),
    Style("Table Text", 8.5, before=1, after=1),
    Style("Table Head", 8, bold=True, before=1, after=1, with_next=True),
)


def set_up(document: Any, language: str, *, upright: bool = False) -> Length:
    """Set the page, the styles and the language, „pl” meaning pl-PL; how wide a line is."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    wide, high = (SHORT_SIDE, LONG_SIDE) if upright else (LONG_SIDE, SHORT_SIDE)
    section.page_width, section.page_height = wide, high
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(2)
    line = Length(wide - 2 * MARGIN)
    for wanted in STYLES:
        _set_style(document, wanted)
    document.styles["Note"].font.color.rgb = SOFT
    stops = document.styles["Note"].paragraph_format.tab_stops
    stops.add_tab_stop(line, WD_TAB_ALIGNMENT.RIGHT)
    full = {"pl": "pl-PL", "en": "en-GB"}.get(language, language)
    for element in document.styles.element.iter(qn("w:lang")):
        for name in ("w:val", "w:eastAsia"):
            element.set(qn(name), full)
    return line


def _set_style(document: Any, wanted: Style) -> None:
    styles = document.styles
    if wanted.name in styles:
        style = styles[wanted.name]
    else:
        style = styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # a theme's typeface would win over a named one
    style.font.name, style.font.size, style.font.bold = "Calibri", Pt(wanted.size), wanted.bold
    style.font.italic, style.font.color.rgb = False, INK
    fonts.set(qn("w:cs"), "Calibri")
    space = style.paragraph_format
    space.space_before, space.space_after = Pt(wanted.before), Pt(wanted.after)
    space.line_spacing, space.keep_with_next = 1.05, wanted.with_next
    for name in ("w:pPr/w:pBdr", "w:rPr/w:spacing"):  # the template's rules and letter-spacing
        for found in style.element.findall("/".join(qn(part) for part in name.split("/"))):
            found.getparent().remove(found)


def number_pages(document: Any, words: str, around: tuple[str, str, str]) -> None:
    """A footer with what the document is and „Strona 1 z 9”."""
    footer = document.sections[0].footer.paragraphs[0]
    footer.style = document.styles["Note"]
    before, between, after = around
    footer.add_run(f"{words}\t{before} ")
    _field(footer, "PAGE")
    footer.add_run(f" {between} ")
    _field(footer, "NUMPAGES")
    if after:
        footer.add_run(f" {after}")


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
