"""Marks of provisions after the Zasady techniki prawodawczej: how they run and how they look."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from app.legaltext.units import GROUPING, Kind, Unit, Units, walk

NBSP = "\u00a0"
INDENT_MARK = "–"
DOUBLE_INDENT_MARK = "– –"

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ROMAN_SHAPE = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_NUMBER = re.compile(r"([0-9]{1,9})([a-z]{0,8})")
_LETTER = re.compile(r"(z{0,40}[a-z])([a-z]{0,8})")
_NUMBERED = frozenset({Kind.SECTION, Kind.SUBSECTION, Kind.POINT}) | GROUPING
_WORDS = {Kind.PART: "Część", Kind.DIVISION: "Dział", Kind.CHAPTER: "Rozdział"}
_SHAPES = {
    Kind.SECTION: f"§{NBSP}{{}}.",
    Kind.SUBSECTION: "{}.",
    Kind.POINT: "{})",
    Kind.LETTER: "{})",
}
_DASHES = {Kind.INDENT: INDENT_MARK, Kind.DOUBLE_INDENT: DOUBLE_INDENT_MARK}


def to_roman(number: int) -> str:
    """A Roman numeral; zero and less, and four thousand and more, have none and stay Arabic."""
    if not 0 < number < 4000:
        return str(number)
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def from_roman(text: str) -> int | None:
    """The number of a well-formed Roman numeral in capitals, else ``None``."""
    if not text or len(text) > 15 or not _ROMAN_SHAPE.fullmatch(text):
        return None
    values = {letters: value for value, letters in _ROMAN if len(letters) == 1}
    total = 0
    for here, following in zip(text, [*text[1:], ""], strict=True):
        value = values[here]
        total += -value if values.get(following, 0) > value else value
    return total


def letter_mark(number: int) -> str:
    """The mark of the n-th letter: no diacritics, and after ``z`` come ``za``, … ``zza``."""
    rounds, place = divmod(max(number, 1) - 1, 26)
    return "z" * rounds + chr(ord("a") + place)


def ordinal(kind: Kind, mark: str) -> tuple[int, str] | None:
    """The place of a mark in its sequence and its insert suffix: "4a" is (4, "a"), lit. "za" 27.

    Two marks of one kind stand in the order of their ordinals. ``None`` for a mark that does not
    belong to the kind.
    """
    if kind is Kind.LETTER:
        found = _LETTER.fullmatch(mark)
        if not found:
            return None
        base = found[1]
        return 26 * (len(base) - 1) + ord(base[-1]) - ord("a") + 1, found[2]
    if kind not in _NUMBERED:
        return None
    found = _NUMBER.fullmatch(mark)
    if found:
        return int(found[1]), found[2]
    roman = from_roman(mark) if kind in GROUPING else None
    return None if roman is None else (roman, "")


def display_mark(kind: Kind, mark: str) -> str:
    """The mark as it is printed: "§ 4.", "2.", "3)", "b)", "–", "Rozdział 4".

    The blank between a word or "§" and its number is a no-break space. Kinds without a mark give
    an empty string.
    """
    if kind in _DASHES:
        return _DASHES[kind]
    if kind in _WORDS:
        return f"{_WORDS[kind]}{NBSP}{mark}" if mark else ""
    shape = _SHAPES.get(kind, "")
    return shape.format(mark) if mark else ""


def mark_at(kind: Kind, number: int, *, roman: bool = False) -> str:
    """The n-th mark of a kind; ``roman`` matters for chapters, divisions and parts only."""
    if kind in _DASHES:
        return _DASHES[kind]
    if kind is Kind.LETTER:
        return letter_mark(number)
    if kind not in _NUMBERED:
        return ""
    return to_roman(number) if roman and kind in GROUPING else str(number)


def next_mark(kind: Kind, previous: str) -> str:
    """The mark after ``previous`` in an unbroken sequence; the first one after ``""``.

    An insert suffix ends: after "4a" comes "5". Roman chapters stay Roman.
    """
    place = ordinal(kind, previous)
    number = place[0] + 1 if place else 1
    return mark_at(kind, number, roman=is_roman(kind, previous))


def insert_mark(kind: Kind, previous: str) -> str:
    """The mark of a unit put after ``previous`` when the others keep theirs.

    "4" gives "4a", "4a" gives "4b", lit. "b" gives "ba"; before the first unit stands "0a".
    """
    if kind in _DASHES or (kind is not Kind.LETTER and kind not in _NUMBERED):
        return mark_at(kind, 1)
    place = ordinal(kind, previous)
    if place is None:
        return "aa" if kind is Kind.LETTER else "0a"
    number, suffix = place
    used = ordinal(Kind.LETTER, suffix) if suffix else None
    following = letter_mark(used[0] + 1) if used and not used[1] else suffix + "a"
    return mark_at(kind, number, roman=is_roman(kind, previous)) + following


def is_roman(kind: Kind, mark: str) -> bool:
    """Whether a chapter, division or part bears a Roman numeral."""
    return kind in GROUPING and from_roman(mark) is not None


def renumber(units: Iterable[Unit]) -> Units:
    """The same units marked 1, 2, 3 … anew; ids and texts stay, chapters keep Roman or Arabic.

    Sections run through the whole text, every other kind runs anew in its parent. Chapters none
    of which bears a number stay without one. Renumbering twice changes nothing more.
    """
    forest = tuple(units)
    marks = _fresh_marks(forest)
    rebuilt: dict[str, Unit] = {}
    for unit in reversed(list(walk(forest))):
        children = tuple(rebuilt[child.id] for child in unit.children)
        rebuilt[unit.id] = replace(unit, mark=marks[unit.id], children=children)
    return tuple(rebuilt[unit.id] for unit in forest)


def _fresh_marks(forest: Units) -> dict[str, str]:
    marks: dict[str, str] = {}
    everything = list(walk(forest))
    for siblings in (forest, *(unit.children for unit in everything)):
        counters: dict[Kind, int] = defaultdict(int)
        for unit in siblings:
            counters[unit.kind] += 1
            marks[unit.id] = _fresh_mark(unit.kind, counters[unit.kind], siblings)
    sections = (unit for unit in everything if unit.kind is Kind.SECTION)
    marks.update({unit.id: str(number) for number, unit in enumerate(sections, start=1)})
    return marks


def _fresh_mark(kind: Kind, number: int, siblings: Units) -> str:
    if kind not in GROUPING:
        return mark_at(kind, number)
    printed = [unit.mark for unit in siblings if unit.kind is kind and unit.mark]
    if not printed:
        return ""
    return mark_at(kind, number, roman=is_roman(kind, printed[0]))
