"""Rows in printed order put under one another by the rank of their kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.legaltext.units import GROUPING, Kind, Unit, Units

RANKS = {
    Kind.PREAMBLE: 0,
    Kind.PART: 0,
    Kind.DIVISION: 1,
    Kind.CHAPTER: 2,
    Kind.HEADING: 3,
    Kind.SECTION: 4,
    Kind.SUBSECTION: 5,
    Kind.PARAGRAPH: 6,
    Kind.TABLE: 6,
    Kind.POINT: 7,
    Kind.LETTER: 8,
    Kind.INDENT: 9,
    Kind.DOUBLE_INDENT: 10,
}
_LEAVES = frozenset({Kind.PREAMBLE, Kind.HEADING, Kind.TABLE, Kind.COMMON_ENDING})
_LISTED = frozenset({Kind.POINT, Kind.LETTER, Kind.INDENT, Kind.DOUBLE_INDENT})
_INNERMOST = 11


@dataclass(frozen=True, slots=True)
class Entry:
    """One row to be nested; ``depth`` only tells a dash from the dash it stands beneath."""

    id: str
    kind: Kind
    mark: str
    text: str
    depth: int = 0


@dataclass(slots=True)
class _Open:
    entry: Entry
    children: list[Unit] = field(default_factory=list)

    def close(self) -> Unit:
        entry = self.entry
        return Unit(entry.id, entry.kind, entry.mark, entry.text, tuple(self.children))


def may_hold(outer: Kind, inner: Kind) -> bool:
    """Whether a provision of one kind may stand inside one of another."""
    return outer not in _LEAVES and RANKS[outer] < RANKS.get(inner, _INNERMOST)


def nest(entries: Iterable[Entry]) -> Units:
    """The forest that the kinds of the rows make; every row becomes one unit, in the same order.

    A common ending goes to the provision whose list stands last; text without a mark and tables
    go to the § or ustęp that is open, and a paragraph that ends with a colon holds the list after
    it.
    """
    roots: list[Unit] = []
    stack: list[_Open] = []
    for entry in entries:
        _close_down_to(_place_in(stack, entry), stack, roots)
        stack.append(_Open(entry))
        if entry.kind in _LEAVES:
            _close_down_to(len(stack) - 1, stack, roots)
    _close_down_to(0, stack, roots)
    return tuple(roots)


def _close_down_to(size: int, stack: list[_Open], roots: list[Unit]) -> None:
    while len(stack) > size:
        unit = stack.pop().close()
        (stack[-1].children if stack else roots).append(unit)


def _place_in(stack: list[_Open], entry: Entry) -> int:
    """How many of the open rows stay open above this one."""
    if entry.kind is Kind.COMMON_ENDING:
        lists = [n for n, row in enumerate(stack) if row.entry.kind in _LISTED]
        return lists[-1] if lists else len(stack)
    if entry.kind is Kind.HEADING:
        return sum(row.entry.kind in GROUPING for row in stack)
    size = len(stack)
    while size and not _holds(stack[size - 1].entry, entry, size):
        size -= 1
    return size


def _holds(outer: Entry, inner: Entry, size: int) -> bool:
    if outer.kind is Kind.DOUBLE_INDENT and inner.kind is Kind.DOUBLE_INDENT:
        return inner.depth > outer.depth and size < 12
    if outer.kind is Kind.PARAGRAPH and not outer.text.endswith(":"):
        return False
    return RANKS[outer.kind] < RANKS[inner.kind]
