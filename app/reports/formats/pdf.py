"""The report as a tagged PDF, set by Typst; the data go in as JSON, never as markup."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from flask_babel import get_locale
from flask_babel import gettext as _

from app.platform.typography import bind, printable
from app.reports.blocks import Block, Cell, Marked, Paragraph, Table
from app.reports.content import Report
from app.reports.layout import blocks, frame

MIMETYPE = "application/pdf"

TEMPLATE = Path(__file__).with_name("report.typ")

#: Stands for a sign that none of Typst's own typefaces has, such as an emoji.
UNKNOWN = "□"

#: How often unknown signs may be looked for; signs can hide one another, but not for long.
TRIES = 4

_ENDLESS = re.compile(r"\S{20}(?=\S{5})")

_NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')


def render(report: Report) -> bytes:
    """The bytes of the PDF; the same report gives the same bytes.

    PDF/UA forbids signs without a shape, so they are set as ``UNKNOWN``, with a note at the end
    saying where to read them. Only the typefaces inside Typst are used, for the same reason on
    each machine.
    """
    made = datetime.fromisoformat(report.made_at)
    set_blocks = blocks(report)
    unknown: set[str] = set()
    for _attempt in range(TRIES):
        data = _data(report, set_blocks, made)
        try:
            return _compiled(_without(data, unknown), made, accessible=True)
        except typst.TypstError as error:
            found = _not_shown(str(getattr(error, "diagnostic", error))) - unknown
            if not found:
                raise
            if not unknown:
                set_blocks = [*set_blocks, Paragraph(_note())]
            unknown |= found
    return _compiled(_without(data, unknown), made, accessible=False)


def _compiled(data: str, made: datetime, *, accessible: bool) -> bytes:
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"] if accessible else [],
        timestamp=int(made.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _note() -> str:
    return str(
        _(
            "Signs that the typefaces of this file lack stand as %(sign)s; "
            "the web page and the Word file show them.",
            sign=UNKNOWN,
        )
    )


def _not_shown(diagnostic: str) -> set[str]:
    """The groups of signs that the compiler names as having no shape."""
    return {_unescaped(group) for group in _NOT_SHOWN.findall(diagnostic)}


def _unescaped(text: str) -> str:
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\\(.)", r"\1", text)


def _without(data: dict[str, Any], unknown: set[str]) -> str:
    text = json.dumps(data, ensure_ascii=False)
    for group in sorted(unknown, key=len, reverse=True):
        text = text.replace(json.dumps(group, ensure_ascii=False)[1:-1], UNKNOWN)
    return text


def _data(report: Report, set_blocks: list[Block], made: datetime) -> dict[str, Any]:
    around = frame(report)
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
        "day": [made.year, made.month, made.day],
        "blocks": [_block(block) for block in set_blocks],
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
        return [[op, _breakable(bind(text))] for op, text in cell.spaced()]
    return cell if isinstance(cell, int) else _breakable(bind(cell))


def _breakable(text: str) -> str:
    """The text with places to break words, such as addresses, that no column could hold."""
    return _ENDLESS.sub(lambda run: run[0] + "\N{ZERO WIDTH SPACE}", text)
