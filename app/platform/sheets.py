"""Tables as XLSX, and as CSV that a Polish Excel opens at a click. Safe from formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from app.platform.typography import printable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

LONGEST = 32_767  # UTF-16 units that a cell can hold; what is longer goes on in rows beneath

#: Characters across a sheet that is as wide as the page.
ACROSS = 150

#: A text that begins with one of these would be reckoned by a spreadsheet that reads CSV.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: numbers are ``int``, everything else text. ``widths`` are hundredths of a page."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[int | str]]
    widths: Sequence[int] = ()


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark, semicolons, lines that end in CR LF: what a Polish Excel expects.

    A text that would be taken for a formula stands behind an apostrophe, as in Excel itself.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_harmless, sheet.heads))
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: int | str) -> int | str:
    if isinstance(cell, int):
        return cell
    text = printable(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_A_FORMULA) else text


def as_xlsx(sheets: Iterable[Sheet], *, title: str, author: str, made: datetime) -> bytes:
    """A workbook; text is always written as text, whatever sign it begins with.

    The same sheets give the same bytes.
    """
    book = Book(title=title, author=author, made=made)
    for sheet in sheets:
        book.add(sheet)
    return book.bytes()


class Book:
    """A workbook in the making."""

    def __init__(self, *, title: str, author: str, made: datetime) -> None:
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True})
        self._book.set_properties(
            {
                "title": printable(title)[:255],
                "author": printable(author)[:255],
                "created": made.replace(tzinfo=None),
            }
        )
        self.styles: dict[str, Any] = {
            "title": self._book.add_format({"bold": True, "font_size": 16}),
            "head": self._book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "text": self._book.add_format({"text_wrap": True, "valign": "top"}),
            "number": self._book.add_format({"valign": "top"}),
        }
        self._names: set[str] = set()

    def bytes(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._out.getvalue()

    def blank(self, name: str) -> Any:
        """A sheet of its own shape."""
        return self._book.add_worksheet(self._free(name))

    def text(self, sheet: Any, at: int, text: str, style: str) -> int:
        """Write a text in the first column, and its rest beneath; the next free row."""
        for part in parts(text):
            sheet.write_string(at, 0, part, self.styles[style])
            at += 1
        return at

    def add(self, table: Sheet) -> None:
        """A sheet with a table that filters, keeps its head in sight and prints on wide pages."""
        sheet = self.blank(table.name)
        for column, share in enumerate(table.widths):
            sheet.set_column(column, column, max(7, round(ACROSS * share / 100)))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, head in enumerate(table.heads):
            sheet.write_string(0, column, printable(head), self.styles["head"])
        at = 1
        for row in table.rows:
            at += self._row(sheet, at, row)
        if table.rows:
            sheet.autofilter(0, 0, at - 1, len(table.heads) - 1)

    def _row(self, sheet: Any, at: int, cells: Sequence[int | str]) -> int:
        """Write a row, and the rests of overlong texts in rows beneath; how many rows it took."""
        rests: list[tuple[int, list[str]]] = []
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(at, column, cell, self.styles["number"])
                continue
            text = printable(cell)
            if len(text) * 2 > LONGEST:
                first, *rest = parts(text)
                rests.append((column, rest))
                text = first
            if text:
                sheet.write_string(at, column, text, self.styles["text"])
        beneath = max((len(rest) for _column, rest in rests), default=0)
        for n in range(beneath):
            for column, rest in rests:
                if n < len(rest):
                    sheet.write_string(at + 1 + n, column, rest[n], self.styles["text"])
        return 1 + beneath

    def _free(self, text: str) -> str:
        """A name Excel accepts: at most 31 characters, none of ``[]:*?/\\``, not given twice."""
        base = "".join(c for c in printable(text) if c not in "[]:*?/\\'\n")[:28] or "1"
        name, n = base, 2
        while name.lower() in self._names:
            name, n = f"{base} {n}", n + 1
        self._names.add(name.lower())
        return name


def parts(text: str) -> Iterator[str]:
    """The text in pieces that a cell can hold; signs beyond U+FFFF count twice."""
    while len(text) * 2 > LONGEST:
        size = min(len(text), LONGEST)
        while len(text[:size].encode("utf-16-le")) > LONGEST * 2:
            size -= max(1, (len(text[:size].encode("utf-16-le")) // 2 - LONGEST) // 2)
        yield text[:size]
        text = text[size:]
    if text:
        yield text
