"""The report as a workbook: one sheet for each table, and one of figures. Safe from formulas."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from app.reports.content import Report
from app.reports.layout import Cell, Marked, Table, blocks

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LONGEST = 32_767  # characters that a cell can hold; what is longer goes on in rows beneath


def render(report: Report) -> bytes:
    """The bytes of an ``.xlsx``; text is always written as text, whatever sign it begins with."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = datetime.fromisoformat(report.made_at).replace(tzinfo=None)
    book.set_properties({"title": report.title, "author": report.town, "created": made})
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    names: set[str] = set()
    for block in blocks(report):
        if isinstance(block, Table):
            _sheet(book, block, styles, names)
    book.close()
    return out.getvalue()


def _sheet(book: Any, table: Table, styles: dict[str, Any], names: set[str]) -> None:
    sheet = book.add_worksheet(_name(table.name, names))
    total = sum(table.widths)
    for column, share in enumerate(table.widths):
        sheet.set_column(column, column, max(8, round(140 * share / total)))
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
    texts = [cell.plain() if isinstance(cell, Marked) else cell for cell in cells]
    rows = max(1, *(-(-len(t) // LONGEST) for t in texts if isinstance(t, str)))
    for n in range(rows):
        for column, text in enumerate(texts):
            if isinstance(text, int):
                if n == 0:
                    sheet.write_number(at, column, text, styles["number"])
            else:
                part = text[n * LONGEST : (n + 1) * LONGEST]
                if part:
                    sheet.write_string(at + n, column, part, styles["text"])
    return rows


def _name(text: str, taken: set[str]) -> str:
    """A name Excel accepts: at most 31 characters, none of ``[]:*?/\\``, not given twice."""
    base = "".join(c for c in text if c not in "[]:*?/\\'")[:28]
    name, n = base, 2
    while name.lower() in taken:
        name, n = f"{base} {n}", n + 1
    taken.add(name.lower())
    return name
