"""A table of a legal text as HTML. Pure: the text of a ``TABLE`` unit in, a string out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

_AMOUNT = re.compile(r"[-–]?\d{1,3}(?:[ \u00a0.]?\d{3})*(?:,\d{1,2})?(?:[ \u00a0]?(?:zł|%))?")
_TOTAL = re.compile(r"(?:razem|ogółem|suma|łącznie)\b", re.IGNORECASE)

CELL = Markup("<td>{}</td>")
AMOUNT = Markup('<td class="number">{}</td>')
HEAD = Markup('<th scope="col">{}</th>')
HEAD_OF_AMOUNTS = Markup('<th scope="col" class="number">{}</th>')
TOTAL = Markup('<th scope="row">{}</th>')


def table_html(text: str) -> Markup:
    """Rows parted by ``"\\n"`` and cells by ``"\\t"`` as a table that scrolls alone on a phone.

    The first row heads the columns, unless it holds an amount itself or is the only one; short
    rows are filled up, so that columns stay under each other.
    """
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    headed = len(rows) > 1 and not any(is_amount(cell) for cell in rows[0])
    head = _head(rows[0], rows[1:]) if headed else Markup("")
    lines = Markup("").join(_row(row) for row in (rows[1:] if headed else rows))
    return Markup(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="{}">'
        "<table>{}<tbody>{}</tbody></table></div>"
    ).format(_label(rows[0], headed), head, lines)


def is_amount(cell: str) -> bool:
    """Whether a cell holds a number, a sum in złoty or a percentage and nothing else."""
    return bool(_AMOUNT.fullmatch(cell.strip()))


def _label(first: Sequence[str], headed: bool) -> str:
    # The text of an act is Polish whatever the language of the page around it.
    names = ", ".join(cell for cell in first if cell) if headed else ""
    return f"Tabela: {names}" if names else "Tabela"


def _head(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    items = []
    for column, cell in enumerate(cells):
        below = [row[column] for row in rows if row[column]]
        numeric = bool(below) and all(is_amount(value) for value in below)
        items.append((HEAD_OF_AMOUNTS if numeric else HEAD).format(cell))
    return Markup("<thead><tr>{}</tr></thead>").format(Markup("").join(items))


def _row(cells: Sequence[str]) -> Markup:
    items = [(AMOUNT if is_amount(cell) else CELL).format(cell) for cell in cells]
    for column, cell in enumerate(cells[:2]):
        if _TOTAL.match(cell):
            items[column] = TOTAL.format(cell)
    return Markup("<tr>{}</tr>").format(Markup("").join(items))
