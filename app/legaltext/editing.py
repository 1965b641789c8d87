"""A provision as editable lines, and edited lines as the same provision.

The unit's own mark is not part of the text: it follows from the place. Its words come first, then
each part on a line of its own under its mark; a table's rows are lines with tabs between cells.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .alignment import align
from .numbering import display_mark
from .units import Kind, Unit, Units

_MARKS = (
    (Kind.SECTION, re.compile(r"§\s*(\d+[a-z]*)\.?\s*(.*)")),
    (Kind.SUBSECTION, re.compile(r"(\d{1,3}[a-z]*)\.(?=\s)\s*(.*)")),
    (Kind.POINT, re.compile(r"(\d{1,3}[a-z]*)\)\s*(.*)")),
    (Kind.LETTER, re.compile(r"(z{0,3}[a-z])\)\s*(.*)")),
    (Kind.INDENT, re.compile(r"()[–—-]\s+(.*)")),
)
_RANK = {
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.SUBSECTION: 4,
    Kind.POINT: 5,
    Kind.LETTER: 6,
    Kind.INDENT: 7,
}


def as_text(unit: Unit) -> str:
    """The unit and its parts as lines that a person can edit."""
    lines = [unit.text] if unit.text else []
    for child in unit.children:
        mark = display_mark(child.kind, child.mark)
        below = as_text(replace(child, text=f"{mark} {child.text}".strip()))
        lines.append(below)
    return "\n".join(lines)


def from_text(unit: Unit, text: str) -> Unit:
    """The edited lines as the same unit; parts that are still there keep their ids."""
    rows: list[tuple[Kind, str, str]] = []
    own: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        kind, mark, words = _read(line, unit.kind)
        if kind is Kind.TABLE and rows and rows[-1][0] is Kind.TABLE:
            rows[-1] = (kind, "", rows[-1][2] + "\n" + words)
        elif kind is None and rows and rows[-1][0] is not Kind.TABLE:
            rows[-1] = (*rows[-1][:2], f"{rows[-1][2]} {words}".strip())
        elif kind is None:
            own.append(words)
        else:
            rows.append((kind, mark, words))
    if unit.kind is Kind.TABLE:
        return replace(unit, text=text.strip("\n"))
    fresh = replace(unit, text=" ".join(own), children=_nested(rows))
    carried = align((unit,), (replace(fresh, id=unit.id),), trust_ids=True).carry_ids()
    return carried[0]


def _read(line: str, of: Kind) -> tuple[Kind | None, str, str]:
    if "\t" in line:
        return Kind.TABLE, "", line.strip("\n")
    for kind, pattern in _MARKS:
        match = pattern.fullmatch(line.strip())
        if match and _RANK.get(of, 0) < _RANK[kind]:
            return kind, match[1] or "–", match[2].strip()
    return None, "", line.strip()


def _nested(rows: list[tuple[Kind, str, str]]) -> Units:
    children: list[Unit] = []
    at = 0
    while at < len(rows):
        kind, mark, words = rows[at]
        end = at + 1
        while end < len(rows) and _RANK.get(rows[end][0], 9) > _RANK.get(kind, 9):
            end += 1
        children.append(Unit(f"e{id(rows)}-{at}", kind, mark, words, _nested(rows[at + 1 : end])))
        at = end
    return tuple(children)
