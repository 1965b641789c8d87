"""The automatic numbers of an OpenDocument text: list styles and their counters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from app.legaltext.numbering import letter_mark, to_roman
from app.legaltext.sources.archive import attribute, local

_PLACE = re.compile(r"%(\d{1,2})%")
_DASHES = frozenset("-–—\u2212")


@dataclass(frozen=True, slots=True)
class LevelStyle:
    """One level of a list style: number format, what stands around it, its first number."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    whole: str = ""
    shown: int = 1
    start: int = 1
    bullet: str = ""


@dataclass(slots=True)
class Counters:
    """The running numbers of one list, by level from 1."""

    numbers: dict[int, int] = field(default_factory=dict)

    def count(self, level: int, style: LevelStyle, start: int | None) -> None:
        """Count one item; deeper levels begin anew."""
        if start is not None:
            self.numbers[level] = start
        elif level in self.numbers:
            self.numbers[level] += 1
        else:
            self.numbers[level] = style.start
        for deeper in [each for each in self.numbers if each > level]:
            del self.numbers[deeper]


class ListStyles:
    """The list styles of a document, from all of its parts."""

    def __init__(self) -> None:
        self._levels: dict[tuple[str, int], LevelStyle] = {}

    def read(self, root: Any | None) -> None:
        """Learn the list styles and the outline style of a part."""
        if root is None:
            return
        for element in root.iter("{*}list-style", "{*}outline-style"):
            name = "" if local(element) == "outline-style" else attribute(element, "name")
            for each in element:
                level = attribute(each, "level")
                if level.isascii() and level.isdigit():
                    self._levels[name, int(level)] = _level(each)

    def level(self, name: str, level: int) -> LevelStyle | None:
        """A level of a style; the style without a name numbers the headings."""
        return self._levels.get((name, level))

    def label(self, name: str, level: int, counters: Counters) -> str:
        """The number of the last counted item as it is printed."""
        style = self.level(name, level)
        if style is None:
            return ""
        if style.bullet:
            return "–" if style.bullet in _DASHES else "•"
        if style.whole:

            def number(found: re.Match[str]) -> str:
                return self._number(name, int(found[1]), counters)

            text = _PLACE.sub(number, style.whole).strip()
        else:
            first = max(1, level - style.shown + 1)
            numbers = [self._number(name, n, counters) for n in range(first, level + 1)]
            joined = ".".join(each for each in numbers if each)
            text = f"{style.prefix}{joined}{style.suffix}".strip() if joined else ""
        return f"{text}." if text.isdigit() else text

    def _number(self, name: str, level: int, counters: Counters) -> str:
        style = self.level(name, level)
        if style is None or not style.format:
            return ""
        return _formatted(style.format, counters.numbers.get(level, style.start))


def _level(element: Any) -> LevelStyle:
    start, shown = attribute(element, "start-value"), attribute(element, "display-levels")
    return LevelStyle(
        format=attribute(element, "num-format"),
        prefix=attribute(element, "num-prefix"),
        suffix=attribute(element, "num-suffix"),
        whole=attribute(element, "num-list-format"),
        shown=int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 3 else 1,
        start=int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1,
        bullet=attribute(element, "bullet-char")[:1],
    )


def _formatted(format_: str, number: int) -> str:
    if format_ in ("a", "i") and number < 1000:
        return letter_mark(number)
    if format_ == "A" and number < 1000:
        return letter_mark(number).upper()
    return to_roman(number) if format_ == "I" else str(number)
