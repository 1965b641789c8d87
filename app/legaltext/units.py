"""The tree of provisions (jednostki redakcyjne): kind, mark, text and a permanent id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a unit of the text is; named as in the Zasady techniki prawodawczej.

    ``HEADING``, ``PARAGRAPH``, ``TABLE``, ``PREAMBLE`` and ``COMMON_ENDING`` (część wspólna) bear
    no mark; all others are numbered.
    """

    PREAMBLE = "preamble"
    PART = "part"  # część
    DIVISION = "division"  # dział
    CHAPTER = "chapter"  # rozdział
    SECTION = "section"  # paragraf, §
    SUBSECTION = "subsection"  # ustęp
    POINT = "point"  # punkt
    LETTER = "letter"  # litera
    INDENT = "indent"  # tiret
    DOUBLE_INDENT = "double_indent"  # podwójne tiret
    HEADING = "heading"
    PARAGRAPH = "paragraph"  # text without a mark
    TABLE = "table"
    COMMON_ENDING = "common_ending"  # część wspólna wyliczenia


#: Systematising units, that group sections and carry a title as their text.
GROUPING = frozenset({Kind.PART, Kind.DIVISION, Kind.CHAPTER})

#: Units that are numbered and can therefore be cited.
MARKED = frozenset(
    {
        Kind.PART,
        Kind.DIVISION,
        Kind.CHAPTER,
        Kind.SECTION,
        Kind.SUBSECTION,
        Kind.POINT,
        Kind.LETTER,
        Kind.INDENT,
        Kind.DOUBLE_INDENT,
    }
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One provision and what stands beneath it.

    ``id`` is permanent: it survives renumbering, rewording and moves, and is unique in its tree.
    ``mark`` is the bare designation as printed, without "§", full stop or bracket: ``"4"``,
    ``"4a"``, ``"II"``, ``"b"``, ``"za"``; ``"–"`` for an indent, ``"– –"`` for a double one, and
    ``""`` for kinds that bear none. ``text`` is the unit's own words only (for a chapter: its
    title), on one line; of a ``TABLE`` the rows are separated by ``"\\n"`` and the cells of a row
    by ``"\\t"``. ``children`` are in printed order.
    """

    id: str
    kind: Kind
    mark: str
    text: str
    children: tuple[Unit, ...] = ()

    def with_children(self, children: Iterable[Unit]) -> Unit:
        """The same unit with other children."""
        return replace(self, children=tuple(children))


#: A whole text, or the children of a unit: units in printed order.
Units = tuple[Unit, ...]


def walk(units: Iterable[Unit]) -> Iterator[Unit]:
    """Every unit of the forest in printed order, parents before their children (no recursion)."""
    stack = list(reversed(list(units)))
    while stack:
        unit = stack.pop()
        yield unit
        stack.extend(reversed(unit.children))


def walk_with_ancestors(units: Iterable[Unit]) -> Iterator[tuple[Unit, Units]]:
    """Every unit in printed order with its ancestors, the outermost first."""
    stack: list[tuple[Unit, Units]] = [(unit, ()) for unit in reversed(list(units))]
    while stack:
        unit, ancestors = stack.pop()
        yield unit, ancestors
        path = (*ancestors, unit)
        stack.extend((child, path) for child in reversed(unit.children))


def by_id(units: Iterable[Unit]) -> dict[str, Unit]:
    """The units of the forest under their ids."""
    return {unit.id: unit for unit in walk(units)}
