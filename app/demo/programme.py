"""The draft programme for 2016 as a tree of provisions, read from ``programme.txt``.

In that file each line is one provision, written with the mark that a reader sees; the depth
follows from the kind of mark, as in the Zasady techniki prawodawczej.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from app.legaltext.units import Kind, Unit, Units, walk

FOLDER = Path(__file__).parent

DOCX = FOLDER / "program-wspolpracy-2016.docx"

ANNEX_LINE = "Załącznik do uchwały Nr …/…/2015 Rady Miejskiej w Miechowie z dnia … 2015 r."
STATE_LINE = "PROJEKT"
TITLE = (
    "Program współpracy Gminy Miechów z organizacjami pozarządowymi oraz innymi podmiotami "
    "prowadzącymi działalność pożytku publicznego na rok 2016"
)

#: Where the draft holds each of the mandatory contents of UDPP art. 5a ust. 4: pkt -> § numbers.
MANDATORY_CONTENTS: dict[int, tuple[str, ...]] = {
    1: ("3", "4"),
    2: ("5", "6"),
    3: ("7", "8"),
    4: ("9", "10", "11", "12", "13"),
    5: ("14", "15"),
    6: ("16",),
    7: ("17", "18", "19", "20"),
    8: ("21", "22", "23"),
    9: ("24", "25", "26"),
    10: ("27", "28"),
    11: ("29", "30", "31"),
}

_DEPTHS = {
    Kind.CHAPTER: 0,
    Kind.SECTION: 1,
    Kind.SUBSECTION: 2,
    Kind.POINT: 3,
    Kind.LETTER: 4,
    Kind.INDENT: 5,
}

_LINES = (
    (Kind.CHAPTER, re.compile(r"Rozdział (\d+)\. (.+)")),
    (Kind.SECTION, re.compile(r"§ (\d+)\.(?: (.+))?")),
    (Kind.SUBSECTION, re.compile(r"(\d+)\. (.+)")),
    (Kind.POINT, re.compile(r"(\d+)\) (.+)")),
    (Kind.LETTER, re.compile(r"([a-z])\) (.+)")),
    (Kind.INDENT, re.compile(r"(–) (.+)")),
    (Kind.TABLE, re.compile(r"()\| (.+) \|")),
)

_ORDINALS = ("pierwsze", "drugie", "trzecie", "czwarte", "piąte", "szóste", "siódme")


@cache
def first_edition() -> Units:
    """The draft as the office first put it forward; the id of each unit is its address."""
    return read((FOLDER / "programme.txt").read_text(encoding="utf-8"))


def read(text: str) -> Units:
    """The provisions of a text in the notation of ``programme.txt``, with addresses as ids."""
    return addressed(_nested(list(_flat(text))))


def addressed(units: Units, parent: str = "") -> Units:
    """The same provisions numbered anew in printed order, their addresses as ids.

    Sections run through the whole text, everything else starts again under its parent.
    """
    sections = iter(range(1, 10_000))
    return tuple(_renumbered(units, parent, sections))


def address(parent: str, kind: Kind, number: int) -> str:
    """What a reader writes to name a provision, with ordinary spaces: „§ 4 ust. 2 pkt 3”."""
    own = {
        Kind.CHAPTER: f"rozdział {number}",
        Kind.SECTION: f"§ {number}",
        Kind.SUBSECTION: f"ust. {number}",
        Kind.POINT: f"pkt {number}",
        Kind.LETTER: f"lit. {_letter(number)}",
        Kind.INDENT: f"tiret {_ORDINALS[number - 1]}" if number <= len(_ORDINALS) else "",
        Kind.TABLE: "tabela",
    }[kind]
    return own if kind in (Kind.CHAPTER, Kind.SECTION) else f"{parent} {own}"


def provision(units: Units, wanted: str) -> Unit:
    """The provision at an address; ``KeyError`` naming the address if there is none."""
    for unit in walk(units):
        if unit.id == wanted:
            return unit
    raise KeyError(wanted)


def planned_amounts(units: Units) -> tuple[list[Decimal], Decimal]:
    """The amounts of the table of planned funds, in zł, and the amount of its „Razem” row."""
    table = next(unit for unit in walk(units) if unit.kind is Kind.TABLE)
    rows = [row.split("\t") for row in table.text.split("\n")[1:]]
    amounts = [_amount(row[-1]) for row in rows if row[1] != "Razem"]
    return amounts, next(_amount(row[-1]) for row in rows if row[1] == "Razem")


def _amount(printed: str) -> Decimal:
    return Decimal(printed.replace(" ", "").replace(",", "."))


def _letter(number: int) -> str:
    return chr(ord("a") + number - 1)


def _flat(text: str) -> Iterator[tuple[int, Unit]]:
    """Each line as a unit without children, with its depth; rows of one table are joined."""
    table: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        kind, mark, words = _line(line)
        if kind is Kind.TABLE:
            table.append("\t".join(cell.strip() for cell in words.split("|")))
            continue
        if table:
            yield _DEPTHS[Kind.SUBSECTION] + 1, Unit("", Kind.TABLE, "", "\n".join(table))
            table = []
        yield _DEPTHS[kind], Unit("", kind, mark, words)


def _line(line: str) -> tuple[Kind, str, str]:
    for kind, pattern in _LINES:
        if match := pattern.fullmatch(line):
            return kind, match[1], match[2] or ""
    raise ValueError(f"This line of the programme has no mark: {line!r}")


def _nested(lines: list[tuple[int, Unit]]) -> Units:
    """The forest that the depths describe."""
    units: list[Unit] = []
    position = 0
    while position < len(lines):
        depth, unit = lines[position]
        end = position + 1
        while end < len(lines) and lines[end][0] > depth:
            end += 1
        units.append(unit.with_children(_nested(lines[position + 1 : end])))
        position = end
    return tuple(units)


def _renumbered(units: Units, parent: str, sections: Iterator[int]) -> Iterator[Unit]:
    counts: dict[Kind, int] = {}
    for unit in units:
        number = counts[unit.kind] = counts.get(unit.kind, 0) + 1
        if unit.kind is Kind.SECTION:
            number = next(sections)
        own = address(parent, unit.kind, number)
        children = tuple(_renumbered(unit.children, own, sections))
        yield Unit(own, unit.kind, _mark(unit.kind, number), unit.text, children)


def _mark(kind: Kind, number: int) -> str:
    if kind is Kind.INDENT:
        return "–"
    if kind is Kind.LETTER:
        return _letter(number)
    return str(number) if kind in _DEPTHS else ""
