"""How an act looks in Word: named styles after the rules of legislative technique (ZTP)."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor, Twips

from app.reading.word.tables import ACROSS

FACE = "Times New Roman"
INK = RGBColor(0, 0, 0)
SOFT = RGBColor(0x55, 0x55, 0x55)

#: Where points, letters and indents begin, in twentieths of a point, as in the Journal of Laws.
POINT, LETTER, INDENT, DOUBLE = 510, 986, 1383, 1780

JUSTIFIED, CENTRED, LEFT = (
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
)


class Style(NamedTuple):
    """A paragraph style: its id, its name in Polish, and its look.

    ``left`` is where the words stand and ``first`` where the first line begins from there, in
    twentieths of a point; ``before`` and ``after`` are points.
    """

    id: str
    name: str
    left: int = 0
    first: int = 0
    align: Any = JUSTIFIED
    size: float = 12
    bold: bool = False
    before: float = 0
    after: float = 0
    with_next: bool = False


STYLES = (
    Style("Normal", "Normal"),
    Style("Title", "Title", align=CENTRED, size=14, bold=True, after=6, with_next=True),
    Style("Subtitle", "Subtitle", align=CENTRED, after=18, with_next=True),
    *(
        Style(f"Heading{n}", f"Heading {n}", 0, 0, CENTRED, 12, True, 18, 6, True)
        for n in (1, 2, 3)
    ),
    Style("Srodtytul", "Śródtytuł", 0, 0, CENTRED, 12, True, 12, 6, True),
    Style("Paragraf", "Paragraf", first=POINT, before=6),
    Style("Ustep", "Ustęp", first=POINT, before=6),
    Style("Punkt", "Punkt", POINT, -POINT, before=3),
    Style("Litera", "Litera", LETTER, POINT - LETTER, before=3),
    Style("Tiret", "Tiret", INDENT, LETTER - INDENT, before=3),
    Style("PodwojneTiret", "Podwójne tiret", DOUBLE, INDENT - DOUBLE, before=3),
    Style("CzescWspolna", "Część wspólna", before=3),
    Style("Akapit", "Akapit", before=6),
    Style("AkapitPunktu", "Akapit w punkcie", POINT, before=3),
    Style("AkapitLitery", "Akapit w literze", LETTER, before=3),
    Style("Odstep", "Odstęp", size=2, with_next=True),
    Style("Tabela", "Tabela", align=LEFT, size=10, before=2, after=2),
    Style("TabelaNaglowek", "Tabela nagłówek", 0, 0, LEFT, 10, True, 2, 2, True),
    Style("Note", "Note", align=LEFT, size=9, before=6),
)


def set_up(document: Any) -> None:
    """Set the page, the styles and the language of a Polish act."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(2.5))
    for wanted in STYLES:
        _set_style(document, wanted)
    note = document.styles["Note"]
    note.font.color.rgb = SOFT
    note.paragraph_format.tab_stops.add_tab_stop(Twips(ACROSS), WD_TAB_ALIGNMENT.RIGHT)
    for element in document.styles.element.iter(qn("w:lang")):
        for name in ("w:val", "w:eastAsia"):
            element.set(qn(name), "pl-PL")


def _set_style(document: Any, wanted: Style) -> None:
    styles = document.styles
    if wanted.name in styles:
        style = styles[wanted.name]
    else:
        style = styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), wanted.id)
        style.base_style = styles["Normal"]
        style.quick_style = True
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # a theme's typeface would win over a named one
    style.font.name, style.font.size, style.font.bold = FACE, Pt(wanted.size), wanted.bold
    style.font.italic, style.font.color.rgb = False, INK
    fonts.set(qn("w:cs"), FACE)
    format_ = style.paragraph_format
    format_.alignment, format_.widow_control = wanted.align, True
    format_.left_indent, format_.first_line_indent = Twips(wanted.left), Twips(wanted.first)
    format_.space_before, format_.space_after = Pt(wanted.before), Pt(wanted.after)
    format_.line_spacing, format_.keep_with_next = 1.15, wanted.with_next
    for name in ("w:pPr/w:pBdr", "w:rPr/w:spacing"):  # the template's rules and letter-spacing
        for found in style.element.findall("/".join(qn(part) for part in name.split("/"))):
            found.getparent().remove(found)
