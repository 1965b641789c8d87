"""A provision as editable lines, and edited lines as the same provision.

The unit's own mark is not part of the text: it follows from the place. Its words come first, then
each part on a line of its own under its mark; a table's rows are lines with tabs between cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .alignment import align
from .edited_lines import Draft, Reader, built, own_mark, shown_lines
from .units import Unit

#: An edited provision has at most so many lines; what follows is kept as words of the last one.
MOST_LINES = 20_000


def as_text(unit: Unit) -> str:
    """The unit and its parts as lines that a person can edit."""
    return "\n".join(line.shown for line in shown_lines(unit))


def from_text(unit: Unit, text: str) -> Unit:
    """The edited lines as the same unit; parts that are still there keep their ids.

    A line that stayed is the part that it was; of the others the mark tells the kind, and their
    words and place which part they are. A line without a mark goes on with the words before it,
    so that a text that cannot be read as parts becomes the words of the unit. New parts get ids
    made of the unit's and a number. A unit that had neither words nor mark may bring its mark
    with its first line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if text == as_text(unit).strip("\n"):
        return unit
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [" ".join(lines[MOST_LINES - 1 :])]
    unit, lines = _with_own_mark(unit, lines)
    fresh = _unit(Reader(unit).read(lines))
    if not unit.children and not fresh.children:
        return fresh  # one provision without parts is itself, whatever it says now
    return align((unit,), (fresh,), trust_ids=True).carry_ids()[0]


def with_parts(unit: Unit, texts: Mapping[str, str]) -> Unit:
    """The unit with the parts that are named edited as text, all others as they were.

    ``texts`` are keyed by the ids of parts, at any depth; a part edited to nothing is taken out.
    Of two parts that lie one in the other the outer one counts.
    """
    children: list[Unit] = []
    for child in unit.children:
        if child.id not in texts:
            children.append(with_parts(child, texts))
        elif texts[child.id].strip():
            children.append(from_text(child, texts[child.id]))
    return unit.with_children(tuple(children))


def _with_own_mark(unit: Unit, lines: list[str]) -> tuple[Unit, list[str]]:
    if unit.mark or unit.text or unit.children or not lines:
        return unit, lines
    found = own_mark(lines[0], unit.kind)
    if found is None:
        return unit, lines
    return replace(unit, mark=found[0]), [line for line in (found[1], *lines[1:]) if line]


def _unit(draft: Draft) -> Unit:
    done: dict[str, Unit] = {}
    for each, children in built(draft):
        below = tuple(done[child.id] for child in children)
        done[each.id] = Unit(each.id, each.kind, each.mark, each.text, below)
    return done[draft.id]
