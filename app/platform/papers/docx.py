"""A paper as a Word document."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.shared import Length
from flask_babel import get_locale

from app.platform.papers import docx_styles, docx_table
from app.platform.papers.archive import timeless
from app.platform.papers.blocks import Block, Frame, Paper, Table
from app.platform.typography import bind, printable

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(paper: Paper) -> bytes:
    """The bytes of a ``.docx``: real headings, repeated table heads, page numbers, a language.

    The same paper gives the same bytes.
    """
    document = Document()
    around = paper.frame
    width = docx_styles.set_up(document, str(get_locale() or "pl"), upright=paper.upright)
    _set_properties(document, paper)
    docx_styles.number_pages(document, f"{around.town}. {around.title}. {around.made}", around.page)
    _open(document, around)
    for block in paper.blocks:
        _add(document, block, width)
    _close(document, around)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def _set_properties(document: Any, paper: Paper) -> None:
    made = datetime.fromisoformat(paper.made_at).replace(tzinfo=None, microsecond=0)
    core = document.core_properties
    core.title = printable(f"{paper.frame.title}: {paper.frame.subject}")[:255]
    core.author = core.last_modified_by = printable(paper.author)[:255]
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


def _add(document: Any, block: Block, width: Length) -> None:
    if isinstance(block, Table):
        if block.captioned:
            document.add_paragraph(bind(block.name), style="Caption")
        docx_table.add(document, block, width)
        return
    style = "Heading 1" if block.kind == "heading" else "Normal"
    document.add_paragraph(bind(block.text), style=style)
