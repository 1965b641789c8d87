"""The outline of a working draft: every slot, what became of it, and what waits there. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.drafting.acts import same
from app.drafting.slots import homes_of, slots_of
from app.legaltext.citation import citations
from app.legaltext.units import GROUPING, Unit, Units, walk


class SlotState(StrEnum):
    """What the working text makes of a slot of the base."""

    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Row:
    """A slot in the outline. ``old_mark`` is its address in the base where that was another.

    Counted are remarks: without an answer, decided in favour and still without a trace, done
    with; and the amendments and changes that collide.
    """

    id: str
    unit: Unit
    mark: str
    old_mark: str
    words: str
    state: SlotState
    undecided: int = 0
    waiting: int = 0
    done: int = 0
    colliding: int = 0

    @property
    def is_chapter(self) -> bool:
        """Whether it is the title of a chapter, a division or a part."""
        return self.unit.kind in GROUPING

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something here."""
        return bool(self.undecided or self.waiting or self.colliding)


@dataclass(frozen=True)
class Outline:
    """The slots in the order of the working text; struck ones stand where they stood."""

    rows: Sequence[Row]
    homes: Mapping[str, str]
    places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {row.id: n for n, row in enumerate(self.rows)})

    def row(self, slot_id: str) -> Row | None:
        """The row of a slot."""
        place = self.places.get(slot_id)
        return None if place is None else self.rows[place]

    def beside(self, slot_id: str) -> tuple[Row | None, Row | None]:
        """The slots before and after one, without titles of chapters that nothing is about."""
        at = self.places[slot_id]
        before = (row for row in reversed(self.rows[:at]) if _is_worth_a_stop(row))
        after = (row for row in self.rows[at + 1 :] if _is_worth_a_stop(row))
        return next(before, None), next(after, None)

    def next_open(self, slot_id: str = "") -> Row | None:
        """The slot after one where something has to be done, from the top once at the end."""
        at = self.places.get(slot_id, -1)
        ahead = [*self.rows[at + 1 :], *self.rows[: max(at, 0)]]
        return next((row for row in ahead if row.is_open), None)


def _is_worth_a_stop(row: Row) -> bool:
    return not row.is_chapter or row.is_open or row.state is not SlotState.KEPT


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted under the ids of slots."""

    undecided: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    colliding: Counter[str] = field(default_factory=Counter)

    def of(self, slot_id: str) -> tuple[int, int, int, int]:
        """The four of one slot."""
        found = (self.undecided, self.waiting, self.done, self.colliding)
        undecided, waiting, done, colliding = (count[slot_id] for count in found)
        return undecided, waiting, done, colliding


def homes(base: Units, text: Units) -> dict[str, str]:
    """Under every provision of both texts its slot; the working text has the last word."""
    return {**homes_of(base), **homes_of(text)}


def outline_of(base: Units, text: Units, counts: Counts, moved: Iterable[str]) -> Outline:
    """The outline; ``moved`` are the ids of slots that a change has put elsewhere."""
    before, after = ({unit.id: unit for unit in slots_of(units)} for units in (base, text))
    marks, old_marks = citations(text), citations(base)
    elsewhere = set(moved)

    def row(unit: Unit) -> Row:
        old = before.get(unit.id)
        if unit.id not in after:
            state = SlotState.GONE
        elif old is None:
            state = SlotState.NEW
        elif unit.id in elsewhere:
            state = SlotState.MOVED
        else:
            state = SlotState.KEPT if same(old, unit) else SlotState.CHANGED
        mark, old_mark = marks.get(unit.id, ""), old_marks.get(unit.id, "")
        return Row(
            unit.id,
            unit,
            mark or old_mark,
            old_mark if mark and old_mark != mark else "",
            next((u.text for u in walk((unit,)) if u.text), ""),
            state,
            *(
                c[unit.id]
                for c in (counts.undecided, counts.waiting, counts.done, counts.colliding)
            ),
        )

    order = _with_gone([unit.id for unit in slots_of(base)], [unit.id for unit in slots_of(text)])
    known = {**before, **after}
    return Outline([row(known[slot_id]) for slot_id in order], homes(base, text))


def _with_gone(base: Sequence[str], text: Sequence[str]) -> list[str]:
    """The slots of the text, and each that is gone right behind the one it stood behind."""
    standing, order = set(text), list(text)
    previous = ""
    for slot_id in base:
        if slot_id not in standing:
            order.insert(order.index(previous) + 1 if previous else 0, slot_id)
        previous = slot_id
    return order
