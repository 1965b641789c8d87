"""The report as a Word document for the council's office."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from flask_babel import get_locale

from app.platform.typography import bind, printable
from app.reports.blocks import Block, Frame, Table
from app.reports.content import Report
from app.reports.formats import docx_styles, docx_table
from app.reports.formats.archive import timeless
from app.reports.layout import blocks, frame

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(report: Report) -> bytes:
    """The bytes of a ``.docx``: real headings, repeated table heads, page numbers, a language.

    The same report gives the same bytes.
    """
    document = Document()
    around = frame(report)
    docx_styles.set_up(document, str(get_locale() or "pl"))
    _set_properties(document, report, around)
    docx_styles.number_pages(document, f"{around.town}. {around.title}. {around.made}", around.page)
    _open(document, around)
    for block in blocks(report):
        _add(document, block)
    _close(document, around)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def _set_properties(document: Any, report: Report, around: Frame) -> None:
    made = datetime.fromisoformat(report.made_at).replace(tzinfo=None, microsecond=0)
    core = document.core_properties
    core.title = printable(f"{around.title}: {report.title}")[:255]
    core.author = core.last_modified_by = printable(report.made_by or report.town)[:255]
    core.language = "pl-PL"
    core.comments = ""
    core.created = core.modified = made


def _open(document: Any, around: Frame) -> None:
    document.add_paragraph(bind(printable(f"{around.town}\t{around.made}")), style="Note")
    document.add_paragraph(bind(around.title), style="Title")
    document.add_paragraph(bind(printable(around.subject)), style="Subtitle")
    if around.made_by:
        document.add_paragraph(bind(printable(around.made_by)), style="Note")


def _close(document: Any, around: Frame) -> None:
    line = document.add_paragraph(f"{around.approved} {'.' * 60}", style="Signature")
    line.paragraph_format.keep_with_next = True
    document.add_paragraph(f"({around.approved_hint})", style="Note")


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        if block.captioned:
            document.add_paragraph(bind(block.name), style="Caption")
        docx_table.add(document, block)
        return
    style = "Heading 1" if block.kind == "heading" else "Normal"
    document.add_paragraph(bind(block.text), style=style)
