"""Tables that lost their grid: a heading row "Lp. | Zadanie | Kwota" pasted as one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from app.legaltext.outline_values import Line

_FIRST_HEADING = re.compile(r"(?:[Ll]\.?\s?[Pp]\.?|[Nn]r|Numer)")
_ROW_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_TOTAL = re.compile(r"(?:Razem|Ogółem|Suma|RAZEM|OGÓŁEM|SUMA)\b.{0,40}")
_WIDEST = 10
_LONGEST_CELL = 200


def with_flat_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines with every flattened table that was recognised put together as one line.

    A table begins with a line "Lp." and its headings, and goes on while rows are numbered 1, 2, 3;
    a row of totals may close it. Such a line bears the warning ``table_from_lines``.
    """
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        found = _table_at(lines, place)
        if found:
            table, place = found
            kept.append(table)
        else:
            kept.append(lines[place])
            place += 1
    return kept


def _table_at(lines: Sequence[Line], start: int) -> tuple[Line, int] | None:
    first = lines[start]
    if first.rows or first.label or not _FIRST_HEADING.fullmatch(first.text):
        return None
    coming = _cells(lines, start)
    cells = list(islice(coming, _WIDEST + 1))
    width = next((n for n, (_, text) in enumerate(cells) if _row_number(text) == 1), 0)
    if width < 2:
        return None
    rows = [tuple(text for _, text in cells[:width])]
    place = width
    while True:
        cells.extend(islice(coming, max(0, place + width + 2 - len(cells))))
        if place + width > len(cells) or _row_number(cells[place][1]) != len(rows):
            break
        rows.append(tuple(text for _, text in cells[place : place + width]))
        place += width
    if len(rows) < 2:
        return None
    if place + 1 < len(cells) and _TOTAL.fullmatch(cells[place][1]):
        amounts = [cells[place][1], cells[place + 1][1]]
        rows.append((amounts[0], *("",) * (width - 2), amounts[1]))
        place += 2
    table = replace(first, text="", rows=tuple(rows), warnings=("table_from_lines",))
    return table, cells[place - 1][0] + 1


def _cells(lines: Sequence[Line], start: int) -> Iterator[tuple[int, str]]:
    """The short lines from ``start`` on, with their places; blank lines in between do not count."""
    for place in range(start, len(lines)):
        line = lines[place]
        if line.rows or line.label or len(line.text) > _LONGEST_CELL:
            return
        if line.text.startswith(("Rozdział", "ROZDZIAŁ", "§")):
            return
        if line.text:
            yield place, line.text


def _row_number(text: str) -> int:
    found = _ROW_NUMBER.fullmatch(text)
    return int(found[1]) if found else 0
