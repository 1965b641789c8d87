"""Word's automatic numbers, counted as Word counts them: numbering.xml and styles.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from app.legaltext.numbering import letter_mark, to_roman
from app.legaltext.sources.archive import attribute, child, children

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_DEEPEST_STYLE = 20
_SYMBOL_DASH = frozenset("-–—\u2212\uf02d\uf0be")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, format, text ("§ %1.") and when it starts anew.

    ``restart`` is ``None`` for after any higher level, 0 for never, n for after level n (from 1).
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A number as Word prints it; ``roman_letters`` warns of i), ii), iii)."""

    text: str
    level: int
    roman_letters: bool = False


@dataclass(slots=True)
class _Numbering:
    abstract: str
    overrides: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Lists:
    """All lists of a document and their counters; ask for the labels in printed order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._nums: dict[str, _Numbering] = {}
        self._styles = {attribute(each, "styleId"): each for each in children(styles, "style")}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for each in children(numbering, "abstractNum"):
            self._read_abstract(each)
        for each in children(numbering, "num"):
            self._read_num(each)

    def _read_abstract(self, element: Any) -> None:
        key = attribute(element, "abstractNumId")
        link = child(element, "numStyleLink")
        if link is not None:
            self._links[key] = attribute(link, "val")
        levels = {
            _number(attribute(each, "ilvl")): _level(each) for each in children(element, "lvl")
        }
        self._abstract[key] = levels

    def _read_num(self, element: Any) -> None:
        target = child(element, "abstractNumId")
        num = _Numbering(attribute(target, "val") if target is not None else "")
        for override in children(element, "lvlOverride"):
            place = _number(attribute(override, "ilvl"))
            start, level = child(override, "startOverride"), child(override, "lvl")
            if level is not None:
                num.levels[place] = _level(level)
            if start is not None:
                num.overrides[place] = _number(attribute(start, "val"))
        self._nums[attribute(element, "numId")] = num

    def style_chain(self, style_id: str) -> list[Any]:
        """A style and those that it is based on, the nearest first."""
        chain: list[Any] = []
        while style_id in self._styles and len(chain) < _DEEPEST_STYLE:
            style = self._styles[style_id]
            chain.append(style)
            based_on = child(style, "basedOn")
            style_id = attribute(based_on, "val") if based_on is not None else ""
        return chain

    def label(self, properties: Any | None, style_id: str) -> Label | None:
        """The label of the next paragraph with these properties; counts it. ``None``: no list."""
        num_id, place = self._list_of(properties, style_id)
        num = self._nums.get(num_id)
        if num is None or not 0 <= place < _LEVELS:
            return None
        abstract = self._real_abstract(num.abstract)
        levels = {**self._abstract.get(abstract, {}), **num.levels}
        if place not in levels:
            return None
        counters = self._counters.setdefault(abstract, {})
        self._count(counters, levels, place, (num_id, num))
        return _printed(levels, counters, place)

    def _list_of(self, properties: Any | None, style_id: str) -> tuple[str, int]:
        direct = child(properties, "numPr")
        num_id, level = _list_reference(direct)
        if num_id:
            return num_id, level or 0
        for style in self.style_chain(style_id):
            found, styled_level = _list_reference(child(child(style, "pPr"), "numPr"))
            if found:
                linked = self._level_of_style(found, attribute(style, "styleId"))
                chosen = next((n for n in (level, styled_level, linked) if n is not None), 0)
                return found, chosen
        return "", 0

    def _level_of_style(self, num_id: str, style_id: str) -> int | None:
        num = self._nums.get(num_id)
        levels = self._abstract.get(self._real_abstract(num.abstract), {}) if num else {}
        return next((n for n, level in levels.items() if level.style == style_id), None)

    def _real_abstract(self, key: str) -> str:
        """Where a list is only a link to a list style, the list behind the style."""
        for _ in range(5):
            style = self._styles.get(self._links.get(key, ""))
            reference = child(child(style, "pPr"), "numPr")
            num = self._nums.get(_list_reference(reference)[0])
            if num is None or num.abstract == key:
                break
            key = num.abstract
        return key

    def _count(
        self,
        counters: dict[int, int],
        levels: dict[int, Level],
        place: int,
        num: tuple[str, _Numbering],
    ) -> None:
        num_id, numbering = num
        first_use = (num_id, place) not in self._begun
        self._begun.add((num_id, place))
        if first_use and place in numbering.overrides:
            counters[place] = numbering.overrides[place]
        elif place in counters:
            counters[place] += 1
        else:
            counters[place] = levels[place].start
        for higher in range(place):
            if higher in levels:
                counters.setdefault(higher, levels[higher].start)
        for deeper in range(place + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and place < restart):
                counters.pop(deeper, None)


def _list_reference(element: Any | None) -> tuple[str, int | None]:
    """The list and level of a numPr; the list "0" means that there is none."""
    num, level = child(element, "numId"), child(element, "ilvl")
    num_id = attribute(num, "val") if num is not None else ""
    return num_id, _number(attribute(level, "val")) if level is not None else None


def _level(element: Any) -> Level:
    def value(name: str) -> str:
        found = child(element, name)
        return attribute(found, "val") if found is not None else ""

    legal = child(element, "isLgl")
    return Level(
        start=_number(value("start"), 1),
        format=value("numFmt") or "decimal",
        text=value("lvlText"),
        restart=_number(value("lvlRestart")) if value("lvlRestart") else None,
        legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
        style=value("pStyle"),
    )


def _number(text: str, otherwise: int = 0) -> int:
    digits = text.strip()[:9]
    return int(digits) if digits.isascii() and digits.isdigit() else otherwise


def _printed(levels: dict[int, Level], counters: dict[int, int], place: int) -> Label:
    level = levels[place]
    if level.format == "bullet":
        return Label(_bullet(level.text), place)

    def number(found: re.Match[str]) -> str:
        other = int(found[1]) - 1
        if other not in levels:
            return ""
        as_format = "decimal" if level.legal else levels[other].format
        return _formatted(as_format, counters.get(other, levels[other].start))

    text = _PLACE.sub(number, level.text).strip()
    if text.isdigit():
        text += "."
    return Label(text, place, level.format == "lowerRoman")


def _bullet(text: str) -> str:
    sign = text.strip()[:1]
    return "–" if sign in _SYMBOL_DASH and sign else "•"


def _formatted(format_: str, number: int) -> str:
    if format_ in ("lowerLetter", "lowerRoman"):
        return letter_mark(number) if number < 1000 else str(number)
    if format_ == "upperLetter":
        return letter_mark(number).upper() if number < 1000 else str(number)
    if format_ == "upperRoman":
        return to_roman(number)
    return "" if format_ == "none" else str(number)
