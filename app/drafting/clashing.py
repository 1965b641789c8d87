"""Amendments that wait in one slot: which exclude each other, and which the present text. Pure.

What was found is kept in memory, because every page of the bench counts it for every slot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.drafting.acts import Step, same
from app.drafting.slots import Text
from app.drafting.steps import Asked, CannotApply, Said, step_of, told
from app.legaltext.changes import ChangeError, ChangeSet, Insert, Repeal
from app.legaltext.collisions import Clash, collisions
from app.legaltext.difference import between
from app.legaltext.merge import merge
from app.legaltext.units import Unit, Units, by_id

#: How much is kept in memory: whole texts, amendments to each of them, and slots.
TEXTS, AMENDMENTS, SLOTS = 4, 300, 800

#: What somebody asks for, under the number of the remark.
Wanted = tuple[tuple[int, Asked], ...]


@dataclass(frozen=True, slots=True)
class Clashes:
    """``pairs`` exclude each other (smaller number first); ``stuck`` the present wording."""

    pairs: frozenset[tuple[int, int]] = frozenset()
    stuck: frozenset[int] = frozenset()

    @property
    def numbers(self) -> frozenset[int]:
        """All remarks that cannot simply be taken in together."""
        return self.stuck | {number for pair in self.pairs for number in pair}

    def of(self, number: int) -> list[int]:
        """The remarks with which one clashes."""
        return sorted(
            other for pair in self.pairs if number in pair for other in pair if other != number
        )


@lru_cache(maxsize=SLOTS)
def clashes_in(base: Unit | None, current: Unit | None, wanted: Wanted) -> Clashes:
    """The clashes in a slot, as the base has it and as the working text has it now."""
    known = tuple((unit,) for unit in (current, base) if unit is not None)
    steps = {}
    for number, asked in wanted:
        try:
            steps[number] = step_of(number, asked, known)
        except CannotApply:
            continue
    pairs = frozenset(_pairs(base, steps)) if base is not None else frozenset()
    stuck = {number for number, step in steps.items() if not _fits(step, current)}
    gone = {number for number, _ in wanted if number not in steps}
    return Clashes(pairs, frozenset(stuck | gone))


def _pairs(base: Unit, steps: dict[int, Step]) -> Iterator[tuple[int, int]]:
    units = by_id((base,))
    sets: dict[str, ChangeSet] = {}
    for number, step in steps.items():
        written_here = step.old is None or same(units.get(step.target), step.old)
        if step.target in units and written_here:
            sets[str(number)] = _changes(step, base)
    for pair in collisions((base,), sets):
        if any(each.clash is not Clash.SAME_PLACE for each in pair.collisions):
            one, other = sorted((int(pair.one), int(pair.other)))
            yield one, other


def _changes(step: Step, slot: Unit) -> ChangeSet:
    """A step as changes inside its slot; none for a new provision that stands beside it."""
    if step.what == "repeal":
        return (Repeal(step.target),)
    assert step.new is not None
    if step.what == "reword":
        assert step.old is not None
        return between((step.old,), (step.new,), marks=False)
    place = Text((slot,)).place_after(step.target, step.new.kind)
    return (Insert(step.new, place.parent, place.after or None),) if place.slot else ()


def _fits(step: Step, current: Unit | None) -> bool:
    """Whether a step could be performed on the slot as it reads now, as far as one can see."""
    found = by_id((current,)).get(step.target) if current is not None else None
    if found is None:
        return False
    if step.old is None:
        return True
    mine = between((step.old,), (step.new,) if step.new else (), marks=False)
    if step.what == "repeal":
        mine = (Repeal(step.target),)
    try:
        theirs = between((step.old,), (found,), marks=False)
        return not merge((step.old,), theirs, mine).collisions
    except ChangeError:
        return False


def said_in(base: Units, asked: Asked) -> Said | None:
    """An amendment told by the text of the base; ``None`` when its provision is not there."""
    return _told_of(base)(asked)


@lru_cache(maxsize=TEXTS)
def _told_of(base: Units) -> Callable[[Asked], Said | None]:
    """What was told of one text: a few whole texts are kept, and not one with each amendment."""

    @lru_cache(maxsize=AMENDMENTS)
    def said(asked: Asked) -> Said | None:
        try:
            return told(step_of(0, asked, (base,)), base, base)
        except CannotApply:
            return None

    return said
