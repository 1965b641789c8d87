"""A text cut into slots: the pieces that are edited as one. Pure.

A slot is a § with all beneath it; outside every §, a provision that stands under a chapter or at
the top, with all beneath it; and the title of a chapter, division or part. Every provision belongs
to exactly one slot, so that what is done in two slots never meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.legaltext.forest import Forest, Index
from app.legaltext.nesting import may_hold
from app.legaltext.units import GROUPING, Kind, Unit, Units, walk, walk_with_ancestors


class Place(NamedTuple):
    """Where a unit is put: in which parent, after which child; empty is the top, or the first.

    ``slot`` is the slot it becomes a part of, empty when it becomes one itself.
    """

    parent: str
    after: str
    slot: str


def slots_of(units: Units) -> Iterator[Unit]:
    """The slots in printed order; a chapter comes as its title alone, before what it holds."""
    for unit in units:
        if unit.kind in GROUPING:
            yield unit.with_children(())
            yield from slots_of(unit.children)
        else:
            yield unit


def homes_of(units: Units) -> dict[str, str]:
    """Under each provision the slot that it belongs to."""
    return {unit.id: slot.id for slot in slots_of(units) for unit in walk((slot,))}


class Text:
    """A text while acts are performed on it: the frame in which its slots stand, and the slots."""

    def __init__(self, units: Units) -> None:
        self.slots: dict[str, Unit] = {}
        self.home: dict[str, str] = {}
        self.frame = Forest(Index(tuple(self._stub(unit) for unit in units)))

    def _stub(self, unit: Unit) -> Unit:
        if unit.kind not in GROUPING:
            self.put(unit)
            return Unit(unit.id, unit.kind, "", "")
        self.put(unit.with_children(()))
        return Unit(unit.id, unit.kind, "", "", tuple(self._stub(child) for child in unit.children))

    def put(self, slot: Unit) -> None:
        """A slot as it reads from now on."""
        if slot.id in self.slots:
            self._forget(slot.id)
        self.slots[slot.id] = slot
        self.home.update((unit.id, slot.id) for unit in walk((slot,)))

    def _forget(self, slot_id: str) -> None:
        for unit in walk((self.slots.pop(slot_id),)):
            del self.home[unit.id]

    def unit(self, unit_id: str) -> Unit | None:
        """A provision with its parts, of a chapter the title alone; ``None`` if it is not there."""
        slot = self.slots.get(self.home.get(unit_id, ""))
        if slot is None:
            return None
        return next(unit for unit in walk((slot,)) if unit.id == unit_id)

    def whole(self, unit_id: str) -> Unit | None:
        """A provision with all that stands beneath it, of a chapter too."""
        if unit_id in self.slots:
            return self._filled(self.frame.subtree(unit_id))
        return self.unit(unit_id)

    def units(self) -> Units:
        """The text."""
        return tuple(self._filled(stub) for stub in self.frame.build())

    def _filled(self, stub: Unit) -> Unit:
        slot = self.slots[stub.id]
        if not stub.children:
            return slot
        return slot.with_children(self._filled(child) for child in stub.children)

    def insert(self, unit: Unit, parent: str, after: str) -> None:
        """Put in a unit that becomes a slot, or several."""
        self.frame.insert(self._stub(unit), parent, after)

    def repeal(self, unit_id: str) -> None:
        """Take a slot away, or a chapter with all it holds."""
        for unit in list(walk((self.frame.subtree(unit_id),))):
            self._forget(unit.id)
        self.frame.repeal(unit_id)

    def path(self, unit_id: str) -> list[Unit]:
        """The provisions that enclose one, the outermost first, and the one itself."""
        slot_id, above = self.home[unit_id], list[Unit]()
        parent = self.frame.parent(slot_id)
        while parent:
            above.append(self.slots[parent])
            parent = self.frame.parent(parent)
        inside = next(
            [*ancestors, unit]
            for unit, ancestors in walk_with_ancestors((self.slots[slot_id],))
            if unit.id == unit_id
        )
        return [*reversed(above), *inside]

    def place_after(self, unit_id: str, kind: Kind) -> Place:
        """Where a unit of this kind stands that is to come after the given one.

        In it, as the last part, if it may hold such units (of a chapter as the first); else right
        after it, or after the narrowest provision around it beside which such a unit may stand.
        """
        line = self.path(unit_id)
        target = line[-1]
        if may_hold(target.kind, kind):
            last = target.children[-1].id if target.children else ""
            return Place(target.id, last, "" if target.kind in GROUPING else self.home[unit_id])
        while len(line) > 1 and not may_hold(line[-2].kind, kind):
            line.pop()
        parent = line[-2] if len(line) > 1 else None
        inside = parent is not None and parent.kind not in GROUPING
        return Place(parent.id if parent else "", line[-1].id, self.home[unit_id] if inside else "")
