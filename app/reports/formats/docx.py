"""The report as a Word document for the council's office."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from flask_babel import gettext as _

from app.platform.typography import bind
from app.reports.content import Report
from app.reports.layout import Block, Cell, Heading, Marked, Paragraph, Table, blocks

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

PAGE_WIDTH = Cm(25.7)  # A4 on its side, less margins of 2 cm


def render(report: Report) -> bytes:
    """The bytes of a ``.docx``: headings, tables with repeated heads, page numbers, language."""
    document = Document()
    _set_up(document, report)
    document.add_heading(bind(_("Report on the consultation")), level=0)
    document.add_paragraph(bind(f"{report.title}. {report.town}"))
    for block in blocks(report):
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, report: Report) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "pl-PL")
    normal.element.get_or_add_rPr().append(language)
    made = datetime.fromisoformat(report.made_at).replace(tzinfo=None)
    core = document.core_properties
    core.title, core.author, core.language = report.title, report.town, "pl-PL"
    core.created = core.modified = made
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(bind(block.text), level=1)
        case Paragraph():
            document.add_paragraph(bind(block.text))
        case Table():
            _add_table(document, block)


def _add_table(document: Any, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.heads))
    table.style = "Table Grid"
    table.autofit = False
    total = sum(block.widths)
    widths = [int(PAGE_WIDTH * share / total) for share in block.widths]
    _fill(table.rows[0], block.heads, widths, bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in block.rows:
        _fill(table.add_row(), row, widths)
    document.add_paragraph()


def _fill(row: Any, cells: Sequence[Cell], widths: Sequence[int], *, bold: bool = False) -> None:
    for cell, value, width in zip(row.cells, cells, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        if isinstance(value, Marked):
            for op, text in value.pieces:
                run = paragraph.add_run(_clean(text))
                run.font.underline = op == "insert"
                run.font.strike = op == "delete"
        else:
            paragraph.add_run(bind(_clean(str(value)))).bold = bold
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _clean(text: str) -> str:
    """Without signs that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)
