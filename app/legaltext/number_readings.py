"""What "1." marks: § whose sign was lost, ustęp, point or chapter; the whole sequence decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.legaltext.line_marks import Mark
from app.legaltext.outline_values import Item, Shape
from app.legaltext.sentences import title_like
from app.legaltext.units import Kind

_WIDTH = 24
_CLOSE = 0.9
_NAMES = {
    Kind.SECTION: "§",
    Kind.SUBSECTION: "ust.",
    Kind.POINT: "pkt",
    Kind.CHAPTER: "rozdział",
}


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read the numbers so far: the last of each kind, its cost, and the way
    before the last choice."""

    cost: float = 0.0
    chapter: int = 0
    section: int = 0
    subsection: int = 0
    point: int = 0
    before: _Way | None = None
    kind: Kind | None = None

    @property
    def state(self) -> tuple[int, int, int, int]:
        return self.chapter, self.section, self.subsection, self.point


@dataclass(frozen=True, slots=True)
class _Place:
    """What surrounds a number: everything that speaks for one kind or another."""

    number: int
    after_colon: bool
    after_end: bool
    listed: bool
    titled: bool
    chained: bool
    fresh_chapter: bool


def read_numbers(items: Sequence[Item]) -> None:
    """Decide the kind of each item marked "1."; two readings nearly as good leave a doubt."""
    habits = _Habits(items)
    ways = [_Way()]
    numbered: list[Item] = []
    runner_up: list[Kind | None] = []
    for place, item in enumerate(items):
        if item.shape is not Shape.NUMBER:
            ways = [_moved(way, item) for way in ways]
            continue
        around = _surroundings(items, place)
        ways = _pruned([next_way for way in ways for next_way in habits.readings(way, around)])
        numbered.append(item)
        best = ways[0]
        other = next((w for w in ways[1:] if w.kind is not best.kind), None)
        close = other is not None and other.cost - best.cost < _CLOSE
        runner_up.append(other.kind if close and other else None)
    _settle(ways[0], numbered, runner_up)


def _settle(way: _Way, numbered: list[Item], runner_up: list[Kind | None]) -> None:
    step: _Way | None = way
    for item, other in zip(reversed(numbered), reversed(runner_up), strict=True):
        while step is not None and step.kind is None:
            step = step.before
        if step is None or step.kind is None:
            break
        item.kind = step.kind
        _add_doubts(item, step.kind, other)
        step = step.before


def _add_doubts(item: Item, kind: Kind, other: Kind | None) -> None:
    if kind is Kind.SECTION:
        item.doubt("section_sign_lost", mark=item.mark)
    elif kind is Kind.POINT:
        item.doubt("number_as_point", mark=item.mark)
    elif kind is Kind.CHAPTER:
        item.doubt("number_as_chapter", mark=item.mark)
    elif other is not None and other is not kind:
        item.doubt("number_ambiguous", mark=item.mark, kind=_NAMES[kind], other=_NAMES[other])


def _moved(way: _Way, item: Item) -> _Way:
    """The way after an item whose kind is plain."""
    number = Mark(item.shape, item.mark, "", "").number if item.shape is Shape.SIGN else 0
    if item.shape is Shape.SIGN:
        return _Way(way.cost, way.chapter, number, 0, 0, before=way.before, kind=way.kind)
    if item.shape in (Shape.CHAPTER, Shape.ROMAN, Shape.DIVISION, Shape.PART):
        return _Way(way.cost, way.chapter, way.section, 0, 0, before=way.before, kind=way.kind)
    return way


def _pruned(ways: list[_Way]) -> list[_Way]:
    best: dict[tuple[int, int, int, int, Kind | None], _Way] = {}
    for way in sorted(ways, key=lambda way: way.cost):
        best.setdefault((*way.state, way.kind), way)
    return list(best.values())[:_WIDTH]


def _surroundings(items: Sequence[Item], place: int) -> _Place:
    item = items[place]
    before = _text_before(items, place)
    following = items[place + 1] if place + 1 < len(items) else None
    text = item.text or (following.text if following and following.inner else "")
    return _Place(
        number=Mark(Shape.NUMBER, item.mark, "", "").number,
        after_colon=before.endswith(":"),
        after_end=before.endswith((".", "!", "?")),
        listed=text.endswith((";", ",")) or text[:1].islower(),
        titled=title_like(item.text) and following is not None,
        chained=bool(following and following.inner and following.shape is Shape.NUMBER),
        fresh_chapter=place > 0 and items[place - 1].shape in (Shape.CHAPTER, Shape.ROMAN),
    )


def _text_before(items: Sequence[Item], place: int) -> str:
    for item in reversed(items[max(0, place - 3) : place]):
        if item.text:
            return item.text
    return ""


class _Habits:
    """What the whole text does: whether it has § signs and chapters, and how its numbers run."""

    def __init__(self, items: Sequence[Item]) -> None:
        signs = sum(item.shape is Shape.SIGN for item in items)
        chapters = [
            place
            for place, item in enumerate(items)
            if item.shape in (Shape.CHAPTER, Shape.ROMAN, Shape.PART)
        ]
        self.has_chapters = bool(chapters)
        self.has_signs = signs > 0
        self.lost_signs = not signs and _run_on(items, chapters)
        self.number_titles = not chapters and _title_share(items)

    def readings(self, way: _Way, at: _Place) -> list[_Way]:
        """Every way to go on with this number."""
        ways = [self._subsection(way, at)]
        if self.lost_signs or (self.has_signs and at.number == way.section + 1):
            ways.append(self._section(way, at))
        if (way.point and at.number == way.point + 1) or (at.number == 1 and at.after_colon):
            ways.append(self._point(way, at))
        if self.number_titles and at.titled and not at.listed:
            ways.append(self._chapter(way, at))
        return ways

    def _subsection(self, way: _Way, at: _Place) -> _Way:
        cost = _step_cost(way.subsection, at.number)
        cost += 1.5 if at.listed else 0.0
        cost += 6.0 if at.chained else 0.0
        cost += 2.0 if self.lost_signs and at.fresh_chapter else 0.0
        cost += 2.0 if self.number_titles and at.titled else 0.0
        cost += 1.0 if way.point and at.number == way.point + 1 and not at.after_end else 0.0
        return _Way(
            way.cost + cost,
            way.chapter,
            way.section,
            at.number,
            0,
            before=way,
            kind=Kind.SUBSECTION,
        )

    def _section(self, way: _Way, at: _Place) -> _Way:
        cost = _step_cost(way.section, at.number) + (0.0 if self.lost_signs else 2.5)
        cost += 3.0 if at.listed and not at.fresh_chapter else 0.0
        cost += 1.0 if way.section == 0 and at.number == 1 and at.after_colon else 0.0
        cost += 0.0 if at.fresh_chapter or at.chained else 0.4
        return _Way(way.cost + cost, way.chapter, at.number, 0, 0, before=way, kind=Kind.SECTION)

    def _point(self, way: _Way, at: _Place) -> _Way:
        cost = 0.0 if at.listed else 1.2
        if way.point and at.number == way.point + 1:
            cost = 2.0 if at.after_end else 0.1
        cost += 6.0 if at.chained or at.fresh_chapter else 0.0
        return _Way(
            way.cost + cost,
            way.chapter,
            way.section,
            way.subsection,
            at.number,
            before=way,
            kind=Kind.POINT,
        )

    def _chapter(self, way: _Way, at: _Place) -> _Way:
        cost = _step_cost(way.chapter, at.number)
        return _Way(way.cost + cost, at.number, way.section, 0, 0, before=way, kind=Kind.CHAPTER)


def _step_cost(previous: int, number: int) -> float:
    if number == previous + 1:
        return 0.0
    if number == 1:
        return 4.0
    return 5.0 + min(abs(number - previous), 10) / 10


def _run_on(items: Sequence[Item], chapters: Sequence[int]) -> bool:
    """Whether bare numbers go on from chapter to chapter, as only §§ do."""
    firsts: list[int] = []
    for place in chapters:
        first = next(
            (i for i in items[place + 1 : place + 4] if i.shape is Shape.NUMBER and not i.inner),
            None,
        )
        if first:
            firsts.append(Mark(Shape.NUMBER, first.mark, "", "").number)
    chained = sum(
        here.shape is Shape.NUMBER and there.inner and there.shape is Shape.NUMBER
        for here, there in pairwise(items)
    )
    rising = sum(b > a for a, b in pairwise(firsts))
    return chained > 0 or (len(firsts) > 1 and rising * 2 > len(firsts) - 1)


def _title_share(items: Sequence[Item]) -> bool:
    """Whether several bare numbers stand before short titles that have something beneath."""
    titles = sum(
        here.shape is Shape.NUMBER
        and title_like(here.text)
        and there.shape is not Shape.TABLE
        and (there.shape is not Shape.NUMBER or there.mark.startswith("1"))
        for here, there in pairwise(items)
    )
    return titles >= 2
