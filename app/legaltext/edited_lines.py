"""The lines of an edited provision, read as units: by the lines they were, else by their marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from .diff_matching import Block, matching_blocks
from .numbering import DOUBLE_INDENT_MARK, INDENT_MARK, display_mark
from .units import GROUPING, Kind, Unit, walk_with_ancestors

_MARKS = (
    (Kind.PART, re.compile(r"Część\s+(\d{1,3}|[IVXLC]{1,7})\b\.?\s*(.*)")),
    (Kind.DIVISION, re.compile(r"Dział\s+(\d{1,3}|[IVXLC]{1,7})\b\.?\s*(.*)")),
    (Kind.CHAPTER, re.compile(r"Rozdział\s+(\d{1,3}[a-z]?|[IVXLC]{1,7})\b\.?\s*(.*)")),
    (Kind.SECTION, re.compile(r"§\s*(\d{1,4}[a-z]{0,3})\b\.?\s*(.*)")),
    (Kind.SUBSECTION, re.compile(r"(\d{1,3}[a-z]{0,3})\.(?!\d)\s*(.*)")),
    (Kind.POINT, re.compile(r"(\d{1,3}[a-z]{0,3})\)\s*(.*)")),
    (Kind.LETTER, re.compile(r"(z{0,3}[a-z]{1,2})\)\s*(.*)")),
    (Kind.DOUBLE_INDENT, re.compile(r"()[–—-]\s*[–—-]\s+(.*)")),
    (Kind.INDENT, re.compile(r"()[–—-]\s+(.*)")),
)
_SIGNS = {Kind.INDENT: INDENT_MARK, Kind.DOUBLE_INDENT: DOUBLE_INDENT_MARK}
_RANKS = {kind: rank for rank, (kind, _) in enumerate(_MARKS[:-2])} | {
    Kind.INDENT: 7,
    Kind.DOUBLE_INDENT: 8,
}
_LEAF = 9


@dataclass(slots=True)
class Draft:
    """A unit that is being read: its children come line by line."""

    id: str
    kind: Kind
    mark: str
    text: str
    children: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the unedited text: of which unit, the how many-th of its lines, and its parent."""

    shown: str
    unit: Unit
    part: int
    parent_id: str


def shown_lines(unit: Unit) -> list[Line]:
    """The unit's own words without its mark, then every part under its mark."""
    lines: list[Line] = []
    for each, ancestors in walk_with_ancestors((unit,)):
        mark = display_mark(each.kind, each.mark) if ancestors else ""
        shown = " ".join(part for part in (mark, each.text) if part)
        parent_id = ancestors[-1].id if ancestors else ""
        if shown:
            lines += [
                Line(row, each, part, parent_id) for part, row in enumerate(shown.split("\n"))
            ]
    return lines


def read_mark(line: str, of: Kind) -> tuple[Kind, str, str] | None:
    """Kind, mark and words of a line that begins with the mark of a narrower kind than ``of``."""
    for kind, pattern in _MARKS:
        if _RANKS[kind] > _rank(of) and (match := pattern.fullmatch(line.strip())):
            return kind, match[1] or _SIGNS.get(kind, ""), match[2].strip()
    return None


def own_mark(line: str, kind: Kind) -> tuple[str, str] | None:
    """Mark and words of a line that begins with a mark of the very kind."""
    for each, pattern in _MARKS:
        if each is kind and (match := pattern.fullmatch(line.strip())):
            return match[1] or _SIGNS.get(kind, ""), match[2].strip()
    return None


def _rank(kind: Kind) -> int:
    return _RANKS.get(kind, _LEAF)


class Reader:
    """Reads edited lines into drafts of the units they were, or of new ones."""

    def __init__(self, unit: Unit) -> None:
        self.root = Draft(unit.id, unit.kind, unit.mark, "")
        self._old = shown_lines(unit)
        self._taken = {line.unit.id for line in self._old} | {unit.id}
        self._seen: set[str] = set()
        self._path: list[Draft] = [self.root]
        self._last: Draft = self.root
        self._number = 0

    def read(self, lines: list[str]) -> Draft:
        """The whole provision."""
        for line, was in zip(lines, self._were(lines), strict=True):
            if was is None:
                self._read_new(line)
            elif was.shown.strip() == line.strip():
                self._read_kept(was)
            else:
                self._read_reworded(line, was)
        return self.root

    def _were(self, lines: list[str]) -> list[Line | None]:
        """The old line that each one is: the same in its place, reworded there, or moved."""
        old = [line.shown.strip() for line in self._old]
        were: list[Line | None] = [None] * len(lines)
        old_at = new_at = 0
        blocks = matching_blocks(old, [line.strip() for line in lines])
        for block in (*blocks, Block(len(old), len(lines), 0)):
            gap = list(range(new_at, block.new)), self._old[old_at : block.old]
            self._pair_reworded(lines, were, *gap)
            for step in range(block.size):
                were[block.new + step] = self._old[block.old + step]
            old_at, new_at = block.old + block.size, block.new + block.size
        self._pair_moved(lines, were)
        return were

    def _pair_reworded(
        self, lines: list[str], were: list[Line | None], new: list[int], old: list[Line]
    ) -> None:
        """Between lines that stayed: the same marks in a row are the same units.

        Otherwise equal words are the same unit under another mark, and lines without a mark
        are, in their order, those without a mark that stood there.
        """
        looks = [self._look(lines[at]) for at in new]
        if looks == [self._look(line.shown) for line in old]:
            for at, line in zip(new, old, strict=True):
                were[at] = line
            return
        same_words = {self._words(line.shown): line for line in reversed(old) if not line.part}
        unmarked = iter([line for line in old if self._is_unmarked(line)])
        for at, look in zip(new, looks, strict=True):
            if look is None:
                were[at] = next(unmarked, None)
            else:
                were[at] = same_words.pop(self._words(lines[at]), None)

    def _look(self, line: str) -> tuple[Kind, str] | None:
        """What a line seems to be, before anything is known of it; ``None`` without a mark."""
        if "\t" in line:
            return Kind.TABLE, ""
        found = read_mark(line, self.root.kind)
        return found[:2] if found else None

    def _words(self, line: str) -> tuple[Kind | None, str]:
        found = read_mark(line, self.root.kind)
        return (found[0], found[2]) if found else (None, line.strip())

    def _is_unmarked(self, line: Line) -> bool:
        is_root = line.unit.id == self.root.id
        return line.part == 0 and (is_root or not display_mark(line.unit.kind, line.unit.mark))

    def _pair_moved(self, lines: list[str], were: list[Line | None]) -> None:
        used = {(was.unit.id, was.part) for was in were if was}
        left: dict[str, list[Line]] = defaultdict(list)
        for old in reversed(self._old):
            if (old.unit.id, old.part) not in used and old.part == 0:
                left[old.shown.strip()].append(old)
        for at, line in enumerate(lines):
            if were[at] is None and left[line.strip()]:
                were[at] = left[line.strip()].pop()

    def _read_kept(self, was: Line) -> None:
        first_row = was.unit.text.split("\n", 1)[0]
        self._read_known(was, was.unit.mark, was.shown if self._goes_on(was) else first_row)

    def _read_reworded(self, line: str, was: Line) -> None:
        mark, words = was.unit.mark, line.strip()
        if not self._goes_on(was) and not self._is_unmarked(was):
            printed = display_mark(was.unit.kind, mark)
            found = read_mark(line, self.root.kind)
            if found and found[0] is was.unit.kind:
                _, mark, words = found
            else:
                words = words.removeprefix(printed).strip()
        self._read_known(was, mark, line if was.unit.kind is Kind.TABLE else words)

    def _goes_on(self, was: Line) -> bool:
        return bool(was.part) or was.unit.id in self._seen or was.unit.id == self.root.id

    def _read_known(self, was: Line, mark: str, words: str) -> None:
        if not self._goes_on(was):
            self._open(Draft(was.unit.id, was.unit.kind, mark, words), was.parent_id)
        elif was.unit.id in (self.root.id, self._last.id):
            self._add_row(was, words)
        else:
            self._read_new(words)

    def _add_row(self, was: Line, row: str) -> None:
        """One more line of a unit that has several, or of the words of the provision itself."""
        target = self.root if was.unit.id == self.root.id else self._last
        self._seen.add(was.unit.id)
        separator = "\n" if was.part or target.kind is Kind.TABLE else " "
        target.text = f"{target.text}{separator}{row}" if target.text else row

    def _read_new(self, line: str) -> None:
        if "\t" in line or (self.root.kind is Kind.TABLE):
            self._read_row(line)
            return
        found = read_mark(line, self.root.kind)
        if found is None:
            self._last.text = f"{self._last.text} {line.strip()}".strip()
            return
        kind, mark, words = found
        self._open(Draft(self._fresh_id(), kind, mark, words))
        inner = read_mark(words, kind) if kind is Kind.SECTION else None
        if inner and inner[0] is Kind.SUBSECTION:
            self._last.text = ""
            self._open(Draft(self._fresh_id(), *inner))

    def _read_row(self, line: str) -> None:
        """A row of a table: of the table before it, or of a new one."""
        if self._last.kind is Kind.TABLE:
            text = self._last.text
            self._last.text = f"{text}\n{line}" if text else line
        else:
            self._open(Draft(self._fresh_id(), Kind.TABLE, "", line))

    def _open(self, draft: Draft, parent_id: str = "") -> None:
        """Put a unit under its parent of old if that is open, else under the next wider kind."""
        self._seen.add(draft.id)
        places = [at for at, each in enumerate(self._path) if each.id == parent_id]
        if places:
            del self._path[places[0] + 1 :]
        else:
            while len(self._path) > 1 and not _may_hold(self._path[-1].kind, draft.kind):
                self._path.pop()
        self._path[-1].children.append(draft)
        self._path.append(draft)
        self._last = draft

    def _fresh_id(self) -> str:
        while True:
            self._number += 1
            fresh = f"{self.root.id}+{self._number}"
            if fresh not in self._taken:
                return fresh


def _may_hold(parent: Kind, child: Kind) -> bool:
    if _rank(child) == _LEAF:
        return parent in _RANKS or parent in GROUPING
    return _rank(parent) < _rank(child)


def built(draft: Draft) -> Iterator[tuple[Draft, list[Draft]]]:
    """Every draft after its children, for building units from the leaves up."""
    stack = [(draft, False)]
    while stack:
        current, ready = stack.pop()
        if ready or not current.children:
            yield current, current.children
        else:
            stack.append((current, True))
            stack.extend((child, False) for child in current.children)
