"""How provisions are set as HTML, once, when an edition is made. Pure: units in, strings out.

The markup is the contract at the head of ``static/css/legal.css``. A unit's id is the permanent
number of its provision as text and gives the anchor ``p-12``, which therefore never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.documents.tables import table_html
from app.legaltext.citation import citations
from app.legaltext.numbering import display_mark
from app.legaltext.units import GROUPING, Kind, Unit, Units, walk_with_ancestors
from app.platform.typography import bind

__all__ = [
    "Placed",
    "anchor",
    "body",
    "contents",
    "placed",
    "preview",
    "provision_html",
    "style_of",
    "table_html",
]

#: Kinds that are set like another one: the style sheet knows fewer kinds than the law.
_LIKE = {
    Kind.PART: "chapter provision--part",
    Kind.DIVISION: "chapter provision--division",
    Kind.PREAMBLE: "paragraph",
    Kind.DOUBLE_INDENT: "indent provision--double-indent",
}


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


def anchor(unit_id: str | int) -> str:
    """The id of a provision in a page: ``p-12``."""
    return f"p-{unit_id}"


def style_of(kind: Kind) -> str:
    """What stands after ``provision--`` in the class of a provision."""
    return _LIKE.get(kind, str(kind).replace("_", "-"))


def body(units: Units) -> list[list[Any]]:
    """The text as pieces ``[slot, html, address]`` in reading order, for ``Edition.body``.

    The address is the citation of the provision whose number is the slot, "" where there is
    none. A slot stands after each provision's own words; for a § with parts, after all of them,
    and then its html is empty. All pieces joined are balanced HTML.
    """
    cited = citations(units)
    pieces: list[list[Any]] = []
    for slot, html in _pieces(units, 2):
        if slot == 0 and pieces and pieces[-1][0] == 0:
            pieces[-1][1] += str(html)
        else:
            pieces.append([slot, str(html), cited.get(str(slot), "")])
    return pieces


def provision_html(unit: Unit) -> Markup:
    """One provision without its parts: a balanced element."""
    return Markup("").join(html for _slot, html in _pieces((unit.with_children(()),), 2))


def preview(units: Units) -> Markup:
    """The whole text on a page where it stands beneath a heading of its own."""
    return Markup("").join(html for _slot, html in _pieces(units, 3))


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


def _pieces(units: Units, level: int) -> Iterator[tuple[int, Markup]]:
    """Pieces of a forest; ``level`` is that of the headings of its § and chapters."""
    for unit in units:
        slot = int(unit.id) if unit.id.isascii() and unit.id.isdecimal() else 0
        tag = "section" if unit.kind in GROUPING or unit.kind is Kind.SECTION else "div"
        name = style_of(unit.kind)
        opening = Markup('<{} class="provision provision--{}" id="{}">').format(
            tag, name, anchor(unit.id)
        )
        closing = Markup("</{}>").format(tag)
        last = unit.kind is Kind.SECTION and bool(unit.children)
        yield 0 if last else slot, opening + _own(unit, level)
        if unit.children:
            below = level + 1 if unit.kind in GROUPING or unit.kind is Kind.SECTION else level
            yield 0, Markup('<div class="provision__parts">')
            yield from _pieces(unit.children, min(below, 6))
            yield 0, Markup("</div>")
        if last:
            yield slot, Markup("")
        yield 0, closing


def _own(unit: Unit, level: int) -> Markup:
    """A provision's own mark and words."""
    heading = f"h{level}"
    if unit.kind in GROUPING:
        return _chapter_heading(unit, heading)
    if unit.kind is Kind.HEADING:
        return Markup('<{0} class="provision__title">{1}</{0}>').format(heading, bind(unit.text))
    if unit.kind is Kind.TABLE:
        return table_html(unit.text)
    text = bind(unit.text)
    words = Markup('<p class="provision__text">{}</p>').format(text) if text else Markup("")
    mark = display_mark(unit.kind, unit.mark)
    if not mark:
        return words
    tag = heading if unit.kind is Kind.SECTION else "span"
    return Markup('<{0} class="provision__mark"><a href="#{1}">{2}</a></{0}>{3}').format(
        tag, anchor(unit.id), mark, words
    )


def _chapter_heading(unit: Unit, heading: str) -> Markup:
    mark = display_mark(unit.kind, unit.mark)
    parts = []
    if mark:
        parts.append(
            Markup('<a class="provision__mark" href="#{}">{}</a>').format(anchor(unit.id), mark)
        )
    if unit.text:
        parts.append(Markup('<span class="provision__title">{}</span>').format(bind(unit.text)))
    return Markup('<{0} class="provision__heading">{1}</{0}>').format(
        heading, Markup(" ").join(parts)
    )
