"""Where two change sets to one text want different things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from .changes import Change, ChangeSet
from .footprint import Footprint, Wordings
from .forest import Gap, Index
from .merge_words import WordCollision, are_far
from .units import Units


class Clash(StrEnum):
    """The ways in which two changes exclude each other."""

    WORDS = "words"  # the same words, or neighbouring ones, changed otherwise
    MARK = "mark"  # one unit given two marks or kinds
    REWORD_REPEAL = "reword_repeal"  # a unit reworded, or replaced, that the other repeals
    MOVE_REPEAL = "move_repeal"  # a unit moved that the other repeals
    INTO_REPEALED = "into_repealed"  # something put into a unit that the other repeals
    MOVE_MOVE = "move_move"  # one unit moved to two places
    SAME_PLACE = "same_place"  # different things put at one place, their order unknown
    BESIDE_MOVED = "beside_moved"  # something put after a unit that the other moves away
    NESTING = "nesting"  # units that would come to stand beneath each other
    SAME_ID = "same_id"  # two new units under one id


@dataclass(frozen=True, slots=True, order=True)
class Collision:
    """One clash and the unit it is about; of a place its parent, empty at the top."""

    clash: Clash
    unit_id: str
    words: tuple[WordCollision, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amendments, by the names they were given under, and their clashes."""

    one: str
    other: str
    collisions: tuple[Collision, ...]


def collide(base: Units, one: Change | ChangeSet, other: Change | ChangeSet) -> Collision | None:
    """The first clash of two changes or change sets to one text; ``None`` if both can be made.

    Raises ``ChangeError`` if either cannot be made to the text even alone.
    """
    index = Index(base)
    first, second = (
        Footprint(index, change if isinstance(change, tuple) else (change,))
        for change in (one, other)
    )
    return next(iter(clashes(first, second, Wordings(index))), None)


def collisions(base: Units, amendments: Mapping[str, ChangeSet]) -> tuple[Pair, ...]:
    """Every two of the amendments that exclude each other, in the order in which they are given.

    Only those that meet at some unit are compared. Raises ``ChangeError`` if one of them cannot
    be made to the text.
    """
    index = Index(base)
    prints = {name: Footprint(index, changes) for name, changes in amendments.items()}
    wordings = Wordings(index)
    names = list(prints)
    pairs: list[Pair] = []
    for first, second in sorted(meetings(list(prints.values()))):
        one, other = names[first], names[second]
        if found := clashes(prints[one], prints[other], wordings):
            pairs.append(Pair(one, other, found))
    return tuple(pairs)


def meetings(prints: list[Footprint]) -> set[tuple[int, int]]:
    """The pairs that meet at a unit or a place; all others cannot clash."""
    at: dict[str | Gap, set[int]] = defaultdict(set)
    inside: dict[str, set[int]] = defaultdict(set)
    repealed: dict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(prints):
        for key in _touched(each):
            at[key].add(number)
        for gap in each.runs:
            inside[gap.parent_id].add(number)
        for unit_id in each.removed:
            repealed[unit_id].add(number)
    met: set[tuple[int, int]] = set()
    for group in at.values():
        met.update(combinations(sorted(group), 2))
    for unit_id in inside.keys() & repealed.keys():
        met.update(
            (min(one, other), max(one, other))
            for one in inside[unit_id]
            for other in repealed[unit_id] - {one}
        )
    met.update(combinations([number for number, each in enumerate(prints) if each.moved], 2))
    return met


def _touched(each: Footprint) -> Iterator[str | Gap]:
    yield from each.reworded
    yield from each.removed
    yield from each.moved
    yield from each.fresh
    for gap in each.runs:
        yield gap
        if gap.after_id:
            yield gap.after_id


def clashes(one: Footprint, other: Footprint, wordings: Wordings) -> tuple[Collision, ...]:
    """Every clash of two change sets, the same whichever is named first but for the versions."""
    found = list(_word_clashes(one, other, wordings))
    if one.changes_structure or other.changes_structure:
        found += _place_clashes(one, other)
        found += _nestings(one, other)
        found += _one_sided(one, other)
        found += _one_sided(other, one)
    unique = {(each.clash, each.unit_id): each for each in found}
    return tuple(unique[key] for key in sorted(unique))


def _word_clashes(one: Footprint, other: Footprint, wordings: Wordings) -> Iterator[Collision]:
    for unit_id in one.reworded.keys() & other.reworded.keys():
        first, second = one.reworded[unit_id], other.reworded[unit_id]
        base = one.index.units[unit_id]
        sides = wordings.edits(unit_id, first.text), wordings.edits(unit_id, second.text)
        if not are_far(*sides) and (words := wordings.base(unit_id).collisions(sides)):
            yield Collision(Clash.WORDS, unit_id, words)
        marks = {first.mark, second.mark} - {base.mark}
        kinds = {first.kind, second.kind} - {base.kind}
        if len(marks) > 1 or len(kinds) > 1:
            yield Collision(Clash.MARK, unit_id)


def _place_clashes(one: Footprint, other: Footprint) -> Iterator[Collision]:
    agreed = agreed_gaps(one, other)
    for gap in one.runs.keys() & other.runs.keys() - agreed:
        yield Collision(Clash.SAME_PLACE, gap.parent_id)
    for unit_id in one.moved & other.moved:
        first, second = one.destinations.get(unit_id), other.destinations.get(unit_id)
        if first != second:
            yield Collision(Clash.MOVE_MOVE, unit_id)
    common = one.fresh & other.fresh
    if common:
        for gap in agreed:
            if one.runs[gap].ids == other.runs[gap].ids:
                common -= {each for _, each in one.below(one.runs[gap].ids)}
    yield from (Collision(Clash.SAME_ID, unit_id) for unit_id in common)


def agreed_gaps(one: Footprint, other: Footprint) -> set[Gap]:
    """The places at which both put the same."""
    return {
        gap
        for gap in one.runs.keys() & other.runs.keys()
        if one.runs[gap].signature == other.runs[gap].signature
    }


def _nestings(one: Footprint, other: Footprint) -> Iterator[Collision]:
    index = one.index
    for unit_id, gap in one.destinations.items():
        for other_id, other_gap in other.destinations.items():
            if (
                unit_id != other_id
                and index.is_within(gap.parent_id, other_id)
                and index.is_within(other_gap.parent_id, unit_id)
            ):
                yield Collision(Clash.NESTING, min(unit_id, other_id))


def _one_sided(one: Footprint, other: Footprint) -> Iterator[Collision]:
    """The clashes of what the first does with what the second repeals or moves."""
    for unit_id in other.removed & one.reworded.keys():
        yield Collision(Clash.REWORD_REPEAL, unit_id)
    for unit_id in other.removed & one.removed:
        if unit_id in one.fresh and unit_id not in other.fresh:
            yield Collision(Clash.REWORD_REPEAL, unit_id)
    for unit_id in other.removed & one.moved:
        yield Collision(Clash.MOVE_REPEAL, unit_id)
    for gap, run in one.runs.items():
        if gap.parent_id in other.removed:
            yield Collision(Clash.INTO_REPEALED, gap.parent_id)
        if gap.after_id in other.moved and not _same_run(run.signature, gap, other):
            yield Collision(Clash.BESIDE_MOVED, gap.after_id)


def _same_run(signature: object, gap: Gap, other: Footprint) -> bool:
    theirs = other.runs.get(gap)
    return theirs is not None and theirs.signature == signature


def beside_repealed(prints: Iterable[Footprint]) -> Iterator[str]:
    """The ids put right after a unit that somebody else repeals: both can stand, but be read."""
    prints = list(prints)
    repealed: dict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(prints):
        for unit_id in each.removed:
            repealed[unit_id].add(number)
    for number, each in enumerate(prints):
        for gap, run in each.runs.items():
            if repealed.get(gap.after_id, set()) - {number}:
                yield run.ids[0]
