"""A paper as a tagged PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from app.platform.papers.blocks import Block, Cell, Marked, Paper, Table
from app.platform.typesetting import MIMETYPE, UNKNOWN, breakable, typeset
from app.platform.typography import bind, printable

__all__ = ["MIMETYPE", "UNKNOWN", "render"]

TEMPLATE = Path(__file__).with_name("paper.typ")


def render(paper: Paper) -> bytes:
    """The bytes of the PDF; the same paper gives the same bytes.

    Signs without a shape are set as ``UNKNOWN``, with a note at the end saying where to read them.
    """
    made = datetime.fromisoformat(paper.made_at)
    return typeset(TEMPLATE, _data(paper), made=made, note=bind(_note()))


def _note() -> str:
    return str(
        _(
            "Signs that the typefaces of this file lack stand as %(sign)s; "
            "the web page and the Word file show them.",
            sign=UNKNOWN,
        )
    )


def _data(paper: Paper) -> dict[str, Any]:
    around = paper.frame
    return {
        "language": str(get_locale() or "pl"),
        "title": bind(around.title),
        "subject": bind(printable(around.subject)),
        "town": bind(printable(around.town)),
        "made": bind(around.made),
        "made_by": bind(printable(around.made_by)),
        "approved": around.approved,
        "approved_hint": around.approved_hint,
        "page": list(around.page),
        "upright": paper.upright,
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if not isinstance(block, Table):
        return {"kind": block.kind, "text": bind(block.text)}
    return {
        "kind": block.kind,
        "name": bind(block.name),
        "captioned": block.captioned,
        "counts": block.counts(),
        "widths": list(block.widths),
        "heads": [bind(head) for head in block.heads],
        "rows": [[_cell(cell) for cell in row] for row in block.rows],
    }


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Marked):
        return [[op, breakable(bind(text))] for op, text in cell.spaced()]
    return cell if isinstance(cell, int) else breakable(bind(cell))
