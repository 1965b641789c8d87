"""Units written one after another in the same paragraph, parted at their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.legaltext.line_marks import Mark, read_chain
from app.legaltext.outline_values import MAX_UNITS, Item, Shape, too_many_units
from app.legaltext.sentences import leads_on

_CANDIDATE = re.compile(
    r"(?<=\s)(?:"
    r"(?P<group>(?:Rozdział|ROZDZIAŁ|Dział|DZIAŁ)\s+(?:\d{1,3}[a-z]?|[IVXLC]{1,9})\b)"
    r"|(?P<sign>§\s*\d{1,4}[a-z]?\s?\.)"
    r"|(?P<number>\d{1,3}[a-z]?\.(?=\s|[^\W\d_]))"
    r"|(?P<point>\d{1,3}[a-z]?\))"
    r"|(?P<letter>z{0,2}[a-z]\))"
    r"|(?P<dash>[–•·▪-](?=\s[^\W\d_]))"
    r")"
)
_TITLED = frozenset({Shape.CHAPTER, Shape.PART, Shape.DIVISION, Shape.ROMAN})
_WHOLE_PAGE = 600
_LOOK = 400


class RunInReader:
    """Parts items in the order of the text, knowing the last number of each shape so far."""

    def __init__(self) -> None:
        self._last: dict[Shape, int] = {}
        self._numbers: set[int] = set()
        self._dashes = False

    def part(self, items: Iterable[Item]) -> list[Item]:
        """The items with every run-in unit as an item of its own; ``OutlineError`` if too many."""
        parted: list[Item] = []
        for item in items:
            self._remember(item.shape, item.mark)
            parted.extend(self._part_item(item) if item.shape is not Shape.TABLE else [item])
            if len(parted) > MAX_UNITS:
                raise too_many_units()
        return parted

    def _part_item(self, item: Item) -> list[Item]:
        text = item.text
        found = [item]
        start = 0
        item_in_one = len(text) > _WHOLE_PAGE
        for candidate in _CANDIDATE.finditer(text):
            if candidate.start() < start:
                continue
            place = candidate.start()
            before = text[max(start, place - _LOOK) : place].rstrip()
            ahead = text[place : place + _LOOK]
            chain = self._accepted(candidate, before, found[-1], ahead)
            if not chain:
                continue
            found[-1].text = text[start:place].rstrip()
            if len(found) > MAX_UNITS:
                raise too_many_units()
            for depth, mark in enumerate(chain):
                found.append(Item(mark.shape, mark.mark, "", item.line, mark.printed, depth > 0))
                self._remember(mark.shape, mark.mark)
            start = place + len(ahead) - len(chain[-1].rest)
        found[-1].text = text[start:].strip()
        if item_in_one and len(found) > 5:
            found[0].doubt("text_in_one_line")
        return found

    def _accepted(
        self, candidate: re.Match[str], before: str, item: Item, ahead: str
    ) -> list[Mark]:
        """The marks that begin here, if what stands before and the sequence both allow it."""
        if not before or leads_on(before):
            return []
        chain = read_chain(ahead)
        if not chain or not chain[-1].rest:
            return []
        allowed = _RULES[candidate.lastgroup or ""](self, chain[0], before, item)
        return chain if allowed else []

    def _follows(self, mark: Mark) -> bool:
        return mark.number == self._last.get(mark.shape, 0) + 1

    def _group_allowed(self, mark: Mark, before: str, item: Item) -> bool:
        return before[-1:] in ".;:" or self._follows(mark)

    def _sign_allowed(self, mark: Mark, before: str, item: Item) -> bool:
        small = mark.rest[:1].islower()
        return not small and (before[-1:] in ".;:" or item.shape in _TITLED)

    def _number_allowed(self, mark: Mark, before: str, item: Item) -> bool:
        if before[-1:] in ":;" and mark.number == 1:
            return True
        if mark.rest[:1].islower() and before[-1:] != ";":
            return False
        if not (before[-1:] in ".;" or item.shape in _TITLED):
            return False
        return mark.number == 1 or mark.number - 1 in self._numbers

    def _point_allowed(self, mark: Mark, before: str, item: Item) -> bool:
        if mark.number == 1:
            return before[-1:] in ":,"
        return self._follows(mark) and before[-1:] in ";,."

    def _letter_allowed(self, mark: Mark, before: str, item: Item) -> bool:
        if mark.number == 1:
            return before[-1:] in ":,"
        return self._follows(mark) and before[-1:] in ";,."

    def _dash_allowed(self, mark: Mark, before: str, item: Item) -> bool:
        return before[-1:] == ":" or (before[-1:] in ",;" and self._dashes)

    def _remember(self, shape: Shape, mark: str) -> None:
        number = Mark(shape, mark, "", "").number if mark and shape is not Shape.DASH else 0
        self._last[shape] = number
        if shape is Shape.NUMBER:
            self._numbers.add(number)
        for deeper in _RESETS.get(shape, ()):
            self._last.pop(deeper, None)
        self._dashes = shape is Shape.DASH
        if shape is Shape.SIGN:
            self._numbers.clear()


_RESETS = {
    Shape.CHAPTER: (Shape.POINT, Shape.LETTER),
    Shape.SIGN: (Shape.POINT, Shape.LETTER),
    Shape.NUMBER: (Shape.POINT, Shape.LETTER),
    Shape.POINT: (Shape.LETTER,),
}
_RULES = {
    "group": RunInReader._group_allowed,
    "sign": RunInReader._sign_allowed,
    "number": RunInReader._number_allowed,
    "point": RunInReader._point_allowed,
    "letter": RunInReader._letter_allowed,
    "dash": RunInReader._dash_allowed,
}
