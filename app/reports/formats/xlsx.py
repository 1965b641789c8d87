"""The report as a workbook: one sheet for each table, and one of figures. Safe from formulas."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from app.platform.typography import printable
from app.reports.blocks import Block, Cell, Frame, Marked, Table
from app.reports.content import Report
from app.reports.layout import blocks, frame

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LONGEST = 32_767  # UTF-16 units that a cell can hold; what is longer goes on in rows beneath

#: Characters across a sheet that is as wide as the page.
ACROSS = 150


def render(report: Report) -> bytes:
    """The bytes of an ``.xlsx``; text is always written as text, whatever sign it begins with.

    The same report gives the same bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    around, set_blocks = frame(report), blocks(report, wide=True)
    made = datetime.fromisoformat(report.made_at).replace(tzinfo=None)
    book.set_properties(
        {
            "title": printable(f"{around.title}: {report.title}")[:255],
            "author": printable(report.made_by or report.town)[:255],
            "created": made,
        }
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    names: set[str] = set()
    _cover(book, around, set_blocks, styles, names)
    for block in set_blocks:
        if isinstance(block, Table):
            _sheet(book, block, styles, names)
    book.close()
    return out.getvalue()


def _cover(
    book: Any, around: Frame, set_blocks: Sequence[Block], styles: dict[str, Any], names: set[str]
) -> None:
    """The first sheet: what the report is, and everything in it that is not a table."""
    sheet = book.add_worksheet(_name(_("Report"), names))
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, around.title, styles["title"])
    at = 1
    for line in (around.subject, around.town, around.made, around.made_by):
        if line:
            at = _text(sheet, at, printable(line), styles["text"])
    for block in set_blocks:
        if isinstance(block, Table):
            at = _text(sheet, at, _("See the sheet “%(name)s”.", name=block.name), styles["text"])
        else:
            style = "head" if block.kind == "heading" else "text"
            at = _text(sheet, at, block.text, styles[style])


def _text(sheet: Any, at: int, text: str, style: Any) -> int:
    for part in _parts(text):
        sheet.write_string(at, 0, part, style)
        at += 1
    return at


def _sheet(book: Any, table: Table, styles: dict[str, Any], names: set[str]) -> None:
    sheet = book.add_worksheet(_name(table.name, names))
    for column, share in enumerate(table.widths):
        sheet.set_column(column, column, max(7, round(ACROSS * share / 100)))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, styles["head"])
    at = 1
    for row in table.rows:
        at += _row(sheet, at, row, styles)
    if table.rows:
        sheet.autofilter(0, 0, at - 1, len(table.heads) - 1)


def _row(sheet: Any, at: int, cells: tuple[Cell, ...], styles: dict[str, Any]) -> int:
    """Write a row, and the rests of overlong texts in rows beneath; how many rows it took."""
    rests: list[tuple[int, list[str]]] = []
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(at, column, cell, styles["number"])
            continue
        text = cell.plain() if isinstance(cell, Marked) else cell
        if len(text) * 2 > LONGEST:
            first, *rest = _parts(text)
            rests.append((column, rest))
            text = first
        if text:
            sheet.write_string(at, column, text, styles["text"])
    beneath = max((len(rest) for _column, rest in rests), default=0)
    for n in range(beneath):
        for column, rest in rests:
            if n < len(rest):
                sheet.write_string(at + 1 + n, column, rest[n], styles["text"])
    return 1 + beneath


def _parts(text: str) -> Iterator[str]:
    """The text in pieces that a cell can hold; signs beyond U+FFFF count twice."""
    while len(text) * 2 > LONGEST:
        size = min(len(text), LONGEST)
        while len(text[:size].encode("utf-16-le")) > LONGEST * 2:
            size -= max(1, (len(text[:size].encode("utf-16-le")) // 2 - LONGEST) // 2)
        yield text[:size]
        text = text[size:]
    if text:
        yield text


def _name(text: str, taken: set[str]) -> str:
    """A name Excel accepts: at most 31 characters, none of ``[]:*?/\\``, not given twice."""
    base = "".join(c for c in text if c not in "[]:*?/\\'")[:28]
    name, n = base, 2
    while name.lower() in taken:
        name, n = f"{base} {n}", n + 1
    taken.add(name.lower())
    return name
