"""How provisions are set as HTML, once, when an edition is made. Pure: units in, strings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.legaltext.numbering import display_mark
from app.legaltext.units import GROUPING, Kind, Unit, Units, walk_with_ancestors


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit with where it stands: depth from 0, parent and § (or itself, outside every §)."""

    unit: Unit
    depth: int
    parent_id: str | None
    section_id: str


def placed(units: Units) -> list[Placed]:
    """Every unit in reading order with its place."""
    rows = []
    for unit, ancestors in walk_with_ancestors(units):
        sections = [a for a in (*ancestors, unit) if a.kind is Kind.SECTION]
        parent = ancestors[-1].id if ancestors else None
        owner = sections[0].id if sections else unit.id
        rows.append(Placed(unit, len(ancestors), parent, owner))
    return rows


def body(units: Units) -> list[list[str]]:
    """The text as pieces ``[unit id, html]`` in reading order, for ``Edition.body``."""
    return [[row.unit.id, provision_html(row.unit)] for row in placed(units)]


def contents(units: Units) -> list[list[str]]:
    """The table of contents: ``[unit id, kind, displayed mark, title or first words]``."""
    rows = []
    for row in placed(units):
        kind = row.unit.kind
        if kind in GROUPING or kind is Kind.SECTION or kind is Kind.HEADING:
            words = row.unit.text or next((c.text for c in row.unit.children if c.text), "")
            mark = display_mark(kind, row.unit.mark)
            rows.append([row.unit.id, str(kind), mark, _first_words(words)])
    return rows


def _first_words(text: str, limit: int = 70) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;–") + "…"


def provision_html(unit: Unit) -> Markup:
    """One provision without its children, as the markup contract of ``legal.css`` asks."""
    mark = display_mark(unit.kind, unit.mark)
    if unit.kind is Kind.TABLE:
        text = table_html(unit.text)
    elif unit.kind in GROUPING:
        return Markup(
            '<h2 class="provision__heading"><span class="provision__mark">{}</span> '
            '<span class="provision__text">{}</span></h2>'
        ).format(mark, unit.text)
    elif unit.kind is Kind.HEADING:
        return Markup('<h3 class="provision__heading provision__text">{}</h3>').format(unit.text)
    else:
        text = Markup('<p class="provision__text">{}</p>').format(unit.text)
    if not mark:
        return text
    return Markup('<span class="provision__mark">{}</span>{}').format(mark, text)


def table_html(text: str) -> Markup:
    """A table unit as a real table: its first row heads the columns."""
    rows = [line.split("\t") for line in text.split("\n")]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in rows[0])
    lines = Markup("").join(_table_row(row) for row in rows[1:])
    return Markup(
        '<div class="table-scroll" tabindex="0" role="group"><table class="provision__table">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(head, lines)


CELL = Markup("<td>{}</td>")
AMOUNT = Markup('<td class="number">{}</td>')


def _table_row(cells: Sequence[str]) -> Markup:
    items = Markup("").join((AMOUNT if _is_amount(cell) else CELL).format(cell) for cell in cells)
    return Markup("<tr>{}</tr>").format(items)


def _is_amount(cell: str) -> bool:
    bare = cell.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").removesuffix("zł")
    return bool(bare) and bare.replace(",", "").replace(".", "").isdecimal()
