"""Tables pasted as text: a row a line, its cells parted by tabs or by upright strokes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from app.legaltext.line_marks import read_mark
from app.legaltext.outline_values import Line

_OF_A_RULE = frozenset(" \t|:+=-")
_LONGEST_ROW = 2_000

Cells = tuple[str, ...]


def with_parted_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines with every pasted table put together as one line that has ``rows``.

    A table is two rows or more, one after the other, of equally many cells. "1)<tab>kultura" is
    no row but a mark and its text. Such a line bears the warning ``table_from_lines``.
    """
    kept: list[Line] = []
    for width, group in groupby(lines, key=lambda line: len(_cells(line))):
        together = list(group)
        rows = [] if width < 2 else [_cells(line) for line in together if not _is_rule(line.text)]
        if len(rows) > 1:
            table = replace(together[0], text="", rows=tuple(rows), warnings=("table_from_lines",))
            kept.append(table)
        else:
            kept.extend(together)
    return kept


def _cells(line: Line) -> Cells:
    text = line.text
    if line.rows or line.label or len(text) > _LONGEST_ROW:
        return ()
    if "|" in text:
        return _stroked(text.strip())
    if "\t" not in text.strip():
        return ()
    cells = tuple(cell.strip() for cell in text.strip(" \r").split("\t"))
    return () if _is_marked(cells) else cells


def _is_rule(text: str) -> bool:
    """Whether a line only draws the line beneath the headings: |---|---|."""
    return "--" in text and _OF_A_RULE.issuperset(text.strip())


def _stroked(text: str) -> Cells:
    framed = text.startswith("|")
    inner = text[1:].removesuffix("|") if framed else text
    cells = tuple(cell.strip() for cell in inner.split("|"))
    return cells if len(cells) > 1 and (framed or any(cells[1:])) else ()


def _is_marked(cells: Cells) -> bool:
    """Whether the tabs only part marks, or an indentation, from a provision's text."""
    words = [cell for cell in cells if cell]
    if len(words) < 2 or not cells[0]:
        return True
    marks = [_is_mark(word) for word in words]
    return marks[0] and (len(words) == 2 or marks[1])


def _is_mark(cell: str) -> bool:
    mark = read_mark(f"{cell} x")
    return mark is not None and mark.rest == "x"
