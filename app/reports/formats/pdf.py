"""The report as a tagged PDF, set by Typst; the data go in as JSON, never as markup."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from flask_babel import gettext as _

from app.platform.language import moment
from app.platform.typography import bind
from app.reports.content import Report
from app.reports.layout import Block, Cell, Heading, Marked, Paragraph, Table, blocks

MIMETYPE = "application/pdf"

TEMPLATE = Path(__file__).with_name("report.typ")


def render(report: Report) -> bytes:
    """The bytes of the PDF; the same report gives the same bytes."""
    made = datetime.fromisoformat(report.made_at)
    data = {
        "title": bind(_("Report on the consultation")),
        "subject": bind(report.title),
        "town": bind(report.town),
        "made": _("As of %(moment)s", moment=moment(made)),
        "page": _("Page"),
        "of": _("of"),
        "day": [made.year, made.month, made.day],
        "blocks": [_block(block) for block in blocks(report)],
    }
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "data.json").write_text(json.dumps(data), encoding="utf-8")
        source = Path(folder, "report.typ")
        source.write_bytes(TEMPLATE.read_bytes())
        made_pdf = typst.compile(
            str(source),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=int(made.timestamp()),
        )
    assert isinstance(made_pdf, bytes)
    return made_pdf


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": bind(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "text": bind(block.text)}
        case Table():
            return {
                "kind": "table",
                "name": block.name,
                "widths": list(block.widths),
                "heads": [bind(head) for head in block.heads],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
            }


def _cell(cell: Cell) -> list[list[str]]:
    if isinstance(cell, Marked):
        return [[op, text] for op, text in cell.pieces]
    return [["keep", bind(str(cell))]]
