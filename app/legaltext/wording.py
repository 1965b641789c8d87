"""A provision as it is printed: its words and its children's, each line under its mark."""

from __future__ import annotations

from .numbering import display_mark
from .units import GROUPING, Kind, Unit

_OPENS_ON_ITS_LINE = {Kind.SECTION: Kind.SUBSECTION}


def wording(unit: Unit) -> str:
    """The unit with all beneath it, a line for each; a § shares its line with its first ustęp.

    A chapter stands in a line of its own, its title in the next.
    """
    lines: list[str] = []
    open_line = False
    stack = [unit]
    while stack:
        current = stack.pop()
        line = _line(current)
        if open_line:
            lines[-1] = f"{lines[-1]} {line}".rstrip()
        else:
            lines.append(line)
        first = current.children[0] if current.children else None
        open_line = (
            first is not None
            and not current.text
            and _OPENS_ON_ITS_LINE.get(current.kind) is first.kind
        )
        stack.extend(reversed(current.children))
    return "\n".join(line for line in lines if line)


def _line(unit: Unit) -> str:
    separator = "\n" if unit.kind in GROUPING else " "
    return separator.join(part for part in (display_mark(unit.kind, unit.mark), unit.text) if part)
