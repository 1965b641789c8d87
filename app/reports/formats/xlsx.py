"""The report as a workbook: one sheet for each table, and one of figures. Safe from formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.platform.papers.blocks import Block, Cell, Frame, Marked, Table
from app.platform.sheets import LONGEST, Book, Sheet
from app.platform.sheets import XLSX as MIMETYPE
from app.platform.typography import printable
from app.reports.content import Report
from app.reports.layout import blocks, frame

__all__ = ["LONGEST", "MIMETYPE", "render"]


def render(report: Report) -> bytes:
    """The bytes of an ``.xlsx``; text is always written as text, whatever sign it begins with.

    The same report gives the same bytes.
    """
    around, set_blocks = frame(report), blocks(report, wide=True)
    book = Book(
        title=f"{around.title}: {report.title}",
        author=report.made_by or report.town,
        made=datetime.fromisoformat(report.made_at),
    )
    _cover(book, around, set_blocks)
    for block in set_blocks:
        if isinstance(block, Table):
            rows = [[_plain(cell) for cell in row] for row in block.rows]
            book.add(Sheet(block.name, block.heads, rows, block.widths))
    return book.bytes()


def _cover(book: Book, around: Frame, set_blocks: Sequence[Block]) -> None:
    """The first sheet: what the report is, and everything in it that is not a table."""
    sheet = book.blank(_("Report"))
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, around.title, book.styles["title"])
    at = 1
    for line in (around.subject, around.town, around.made, around.made_by):
        if line:
            at = book.text(sheet, at, printable(line), "text")
    for block in set_blocks:
        if isinstance(block, Table):
            at = book.text(sheet, at, _("See the sheet “%(name)s”.", name=block.name), "text")
        else:
            style = "head" if block.kind == "heading" else "text"
            at = book.text(sheet, at, block.text, style)


def _plain(cell: Cell) -> int | str:
    return cell.plain() if isinstance(cell, Marked) else cell
