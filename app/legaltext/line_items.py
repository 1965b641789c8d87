"""From lines to items: which lines begin a provision, and which only go on with one."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable
from enum import Enum

from app.legaltext.line_marks import Mark, read_chain
from app.legaltext.outline_values import Item, Line, Shape
from app.legaltext.sentences import ends, is_full, leads_on, starts_small, title_like

GROUPS = frozenset({Shape.PART, Shape.DIVISION, Shape.CHAPTER, Shape.ROMAN})
_IN_REFERENCE = re.compile(r"(?:ust\.|pkt\b|lit\.|tiret\b|i\s§|oraz\b|lub\b)")
_MONTHS = re.compile(
    r"(?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|"
    r"listopada|grudnia)\b"
)
_DEFINES = re.compile(r"(?:należy przez to|rozumie się|oznacza)")
_REMEMBERED = 40
_LONGEST_TEXT = 50_000
_LONGEST_TITLE = 400
_SUSPECT = (Shape.SIGN, Shape.NUMBER, Shape.POINT)


class Join(Enum):
    """What a line without a mark is to the item before it."""

    NEW = "new"
    GOES_ON = "goes on"


class ItemReader:
    """Gathers items line by line; ``width`` is the width at which the source wraps, or 0."""

    def __init__(self, width: int) -> None:
        self.items: list[Item] = []
        self._width = width
        self._seen: defaultdict[Shape, deque[int]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
        self._blank = False

    def read(self, lines: Iterable[Line]) -> list[Item]:
        """All items of the lines, in order."""
        for line in lines:
            if line.rows:
                self.items.append(Item(Shape.TABLE, "", "", line, rows=line.rows))
            elif line.label:
                self._read_labelled(line)
            elif line.text:
                self._read_typed(line)
            self._blank = not line.text and not line.label and not line.rows
        return self.items

    @property
    def _open(self) -> Item | None:
        return self.items[-1] if self.items else None

    def _read_labelled(self, line: Line) -> None:
        chain = read_chain(f"{line.label} {line.text}".strip())
        if chain and line.label.startswith(chain[0].printed[:1]):
            self._add_chain(chain, line)
            return
        item = Item(Shape.TEXT, "", f"{line.label} {line.text}".strip(), line, last=line.text)
        item.doubt("unusual_mark", mark=line.label)
        self.items.append(item)

    def _read_typed(self, line: Line) -> None:
        chain = read_chain(line.text)
        if chain and self._begins_unit(chain[0], line):
            self._add_chain(chain, line)
            return
        before = self._open
        if before is None or self._how_joined(before, line) is Join.NEW:
            self.items.append(Item(Shape.TEXT, "", line.text, line, last=line.text))
        else:
            join(before, line)

    def _add_chain(self, chain: list[Mark], line: Line) -> None:
        for place, mark in enumerate(chain):
            text = mark.rest if place == len(chain) - 1 else ""
            item = Item(mark.shape, mark.mark, text, line, mark.printed, place > 0, line.text)
            if not mark.usual:
                item.doubt("unusual_mark", mark=mark.printed)
            self.items.append(item)
            self._seen[mark.shape].append(mark.number)
            if mark.shape in GROUPS or mark.shape is Shape.SIGN:
                self._seen[Shape.LETTER].clear()

    def _expected(self, mark: Mark) -> bool:
        return mark.number == 1 or mark.number - 1 in self._seen[mark.shape]

    def _begins_unit(self, mark: Mark, line: Line) -> bool:
        before = self._open
        if before is None or before.shape is Shape.TABLE or line.whole:
            return mark.shape is not Shape.LETTER or mark.firm or self._expected(mark)
        if leads_on(before.text) and not self._blank:
            return False
        if _MONTHS.match(mark.rest):
            return False
        if mark.shape is Shape.DASH:
            return self._begins_dash(mark, before)
        finished = self._finished(before, mark.rest)
        verdict = _VERDICTS.get(mark.shape, _number_begins)(mark, finished, self._expected(mark))
        if not verdict and mark.shape in _SUSPECT and not _IN_REFERENCE.match(mark.rest):
            before.doubt("line_begins_like_unit", mark=mark.printed)
        return verdict

    def _finished(self, before: Item, following: str) -> bool:
        """Whether the item before may end here: by its punctuation, or because it is a title."""
        text = before.text
        if not text or ends(text, following) or text.endswith(","):
            return True
        if before.shape in GROUPS or (before.shape is Shape.TEXT and title_like(text)):
            return not is_full(before.last, following, self._width) or self._blank
        return False

    def _begins_dash(self, mark: Mark, before: Item) -> bool:
        text = before.text
        if not text or ends(text) or text.endswith(",") or before.shape in GROUPS:
            return True
        if _DEFINES.match(mark.rest):
            return False
        if before.shape is Shape.DASH and before.mark == mark.mark:
            return True
        wraps = is_full(before.last, mark.printed, self._width)
        if wraps:
            before.doubt("line_begins_like_unit", mark=mark.printed)
        return not wraps

    def _how_joined(self, before: Item, line: Line) -> Join:
        longest = _LONGEST_TITLE if before.shape in GROUPS else _LONGEST_TEXT
        if before.shape is Shape.TABLE or len(before.text) > longest:
            return Join.NEW
        if not before.text:
            return Join.GOES_ON
        if before.shape in GROUPS:
            return self._title_goes_on(before, line)
        if line.whole:
            broken = starts_small(line.text) and not ends(before.text, line.text)
            if broken and not before.text.endswith(","):
                before.doubt("joined_lines")
                return Join.GOES_ON
            return Join.NEW
        return self._text_goes_on(before, line)

    def _title_goes_on(self, before: Item, line: Line) -> Join:
        if line.whole or self._blank or ends(before.text):
            small = starts_small(line.text) and not ends(before.text)
            return Join.GOES_ON if small else Join.NEW
        full = is_full(before.last, line.text, self._width)
        shouted = before.text.isupper() and line.text.isupper()
        return Join.GOES_ON if starts_small(line.text) or full or shouted else Join.NEW

    def _text_goes_on(self, before: Item, line: Line) -> Join:
        text, small = before.text, starts_small(line.text)
        full = is_full(before.last, line.text, self._width) and not self._blank
        if leads_on(text) or (text.endswith("-") and small):
            return Join.GOES_ON
        if ends(text, line.text):
            return self._after_end(before, full=full, small=small)
        listed = text.endswith(",") and before.shape is not Shape.TEXT
        if not full and (listed or not small):
            return Join.NEW
        if not full and (self._blank or not self._width):
            before.doubt("joined_lines")
        return Join.GOES_ON

    def _after_end(self, before: Item, *, full: bool, small: bool) -> Join:
        """After the end of a sentence a line goes on only where the one before it was full."""
        end = before.text[-1]
        runs_on = end == ":" and small and before.shape is not Shape.TEXT
        if not full or end == ";" or (end == ":" and not runs_on):
            return Join.NEW
        if self._list_ended(before):
            before.doubt("parted_lines")
            return Join.NEW
        if runs_on or before.shape is Shape.TEXT:
            before.doubt("joined_lines")
        return Join.GOES_ON

    def _list_ended(self, item: Item) -> bool:
        """Whether the items of a list end with ";" or "," and this one closes it."""
        alike = [each for each in self.items[-8:-1] if each.shape is item.shape]
        listed = item.shape in (Shape.NUMBER, Shape.POINT, Shape.LETTER, Shape.DASH)
        return listed and bool(alike) and alike[-1].text.endswith((";", ","))


def join(item: Item, line: Line) -> None:
    """Put a line behind an item's text; a word broken by a hyphen is made whole, with a doubt."""
    text = item.text
    if len(text) > 1 and text[-1] == "-" and text[-2].isalpha() and line.text[:1].islower():
        word = last_word_joined(text, line.text)
        item.doubt("hyphen_joined", name=word.split(" ")[-1])
        item.text = text.rpartition(" ")[0] + (" " if " " in text else "") + word
    else:
        item.text = f"{text} {line.text}".strip()
    item.last = line.text
    for code in line.warnings:
        item.doubt(code)


def last_word_joined(text: str, following: str) -> str:
    """A word broken at a hyphen and what follows; compounds in -o- ("społeczno-") keep theirs."""
    stem = text.rpartition(" ")[2]
    return (stem if stem.endswith("o-") else stem[:-1]) + following


def _group_begins(mark: Mark, finished: bool, _expected: bool) -> bool:
    return finished or not starts_small(mark.rest) or not mark.rest


def _sign_begins(mark: Mark, finished: bool, expected: bool) -> bool:
    if _IN_REFERENCE.match(mark.rest):
        return False
    if starts_small(mark.rest) and not mark.rest[:1].isdigit():
        return mark.firm and expected and finished
    return finished or expected


def _roman_begins(mark: Mark, finished: bool, expected: bool) -> bool:
    if starts_small(mark.rest) and not mark.rest[:1].isdigit():
        return False
    return expected or (finished and mark.mark[0] in "IVX" and len(mark.rest) > 2)


def _letter_begins(mark: Mark, finished: bool, expected: bool) -> bool:
    return expected and (finished or mark.firm) if not mark.firm else finished or expected


def _number_begins(_mark: Mark, finished: bool, expected: bool) -> bool:
    return finished or expected


_VERDICTS = {
    Shape.PART: _group_begins,
    Shape.DIVISION: _group_begins,
    Shape.CHAPTER: _group_begins,
    Shape.SIGN: _sign_begins,
    Shape.ROMAN: _roman_begins,
    Shape.LETTER: _letter_begins,
}
