"""A text of law as the paragraphs and tables of a printed act. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.legaltext.numbering import display_mark
from app.legaltext.units import GROUPING, Kind, Unit, Units, walk_with_ancestors

#: The style of a line that is a table: its rows are parted by ``"\n"``, its cells by ``"\t"``.
TABLE = "Table"

#: The deepest heading that has a style of its own.
DEEPEST = 3

_STYLES = {
    Kind.SECTION: "Paragraf",
    Kind.SUBSECTION: "Ustep",
    Kind.POINT: "Punkt",
    Kind.LETTER: "Litera",
    Kind.INDENT: "Tiret",
    Kind.DOUBLE_INDENT: "PodwojneTiret",
    Kind.HEADING: "Srodtytul",
    Kind.PREAMBLE: "Akapit",
    Kind.TABLE: TABLE,
}

#: Where words without a mark of their own stand, by what they belong to.
_WITHIN = {
    Kind.POINT: "AkapitPunktu",
    Kind.LETTER: "AkapitLitery",
    Kind.INDENT: "AkapitLitery",
    Kind.DOUBLE_INDENT: "AkapitLitery",
}


class Span(NamedTuple):
    """A stretch of a mark; that of a § is bold."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, or one table, of the printed act.

    ``key`` is the id of the unit whose words these are; ``style`` the id of a paragraph style, or
    ``TABLE``. ``mark`` is what is typed before the words: "§ 4. 1. ", "2)" and a tab.
    """

    key: str
    style: str
    mark: tuple[Span, ...]
    text: str

    @property
    def printed(self) -> str:
        """Mark and words together."""
        return "".join(span.text for span in self.mark) + self.text


def lines_of(units: Units) -> list[Line]:
    """The lines of a text in reading order.

    A § that says nothing itself shares the line of its first ustęp, as acts are printed:
    "§ 4. 1. Gmina …".
    """
    lines = []
    carried: tuple[Span, ...] = ()
    for unit, ancestors in walk_with_ancestors(units):
        mark = carried + _mark(unit)
        if _shares_its_line(unit):
            carried = mark
            continue
        carried = ()
        text = unit.text if unit.kind is Kind.TABLE else unit.text.strip()
        lines.append(Line(unit.id, _style(unit, ancestors), mark if text else mark[:-1], text))
    return lines


def _shares_its_line(unit: Unit) -> bool:
    first = unit.children[0].kind if unit.children else None
    return unit.kind is Kind.SECTION and first is Kind.SUBSECTION and not unit.text.strip()


def _mark(unit: Unit) -> tuple[Span, ...]:
    shown = display_mark(unit.kind, unit.mark)
    if not shown:
        return ()
    if unit.kind in GROUPING:
        return Span(shown), Span("\n")
    if unit.kind in {Kind.SECTION, Kind.SUBSECTION}:
        return Span(shown, unit.kind is Kind.SECTION), Span(" ")
    return Span(shown), Span("\t")


def _style(unit: Unit, ancestors: Sequence[Unit]) -> str:
    above = ancestors[-1].kind if ancestors else None
    if unit.kind in GROUPING:
        level = 1 + sum(a.kind in GROUPING for a in ancestors)
        return f"Heading{min(level, DEEPEST)}"
    if unit.kind is Kind.COMMON_ENDING:
        return _WITHIN[Kind.LETTER] if above is Kind.LETTER else _ending_of(above)
    if unit.kind is Kind.PARAGRAPH:
        return _WITHIN.get(above, "Akapit") if above else "Akapit"
    return _STYLES[unit.kind]


def _ending_of(above: Kind | None) -> str:
    """An ending stands as deep as the words that open the enumeration it ends."""
    return _WITHIN[Kind.POINT] if above is Kind.POINT else "CzescWspolna"
