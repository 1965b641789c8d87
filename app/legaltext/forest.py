"""A tree of provisions that is being edited: where each unit stands, stood, and was put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .units import Unit, Units, walk


class ChangeError(ValueError):
    """A change that cannot be made exactly as it was meant; ``unit_id`` is the unit in its way."""

    def __init__(self, unit_id: str) -> None:
        super().__init__(f"{type(self).__name__}: {unit_id}")
        self.unit_id = unit_id


class UnknownUnit(ChangeError):
    """The unit to be changed, or to be put into, does not stand in the text."""


class UnknownPlace(ChangeError):
    """The unit after which to put is no child of the unit into which to put."""


class DuplicateUnit(ChangeError):
    """Two units would bear one id."""


class WouldNest(ChangeError):
    """The unit would come to stand beneath itself."""


class TextChanged(ChangeError):
    """The unit no longer says what the author of the change had before his eyes."""


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A place between siblings of the unedited text: in ``parent_id``, right after ``after_id``.

    An empty ``parent_id`` is the top of the text, an empty ``after_id`` the place before the
    first child.
    """

    parent_id: str
    after_id: str


class Index:
    """Where each unit of an unedited text stands; made once, shared by many edits of it.

    Raises ``DuplicateUnit`` when the text has two units of one id, or one with an empty id.
    """

    def __init__(self, units: Units) -> None:
        self.roots = units
        self.units: dict[str, Unit] = {}
        self.parents: dict[str, str] = {}
        self.order: dict[str, int] = {}
        for place, unit in enumerate(walk(units)):
            if unit.id in self.units or not unit.id:
                raise DuplicateUnit(unit.id)
            self.units[unit.id] = unit
            self.order[unit.id] = place
            for child in unit.children:
                self.parents[child.id] = unit.id
        for root in units:
            self.parents[root.id] = ""

    def children(self, parent_id: str) -> Units:
        """The children of a unit, or the top of the text under the empty id."""
        return self.units[parent_id].children if parent_id else self.roots

    def is_within(self, unit_id: str, ancestor_id: str) -> bool:
        """Whether the unit is the other one or stands beneath it."""
        while unit_id and unit_id != ancestor_id:
            unit_id = self.parents.get(unit_id, "")
        return bool(unit_id)


#: A unit among its siblings, and whether it is there or has left its first place empty.
Slot = tuple[str, bool]


class Forest:
    """The text while changes are made to it, one after the other.

    Only what is touched is copied. Among siblings a unit that left the place where it stood at
    first leaves an empty slot, so that ``runs`` can tell what was put between which units of the
    first text.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.shells: dict[str, Unit] = {}  # units reworded or inserted; their children are stale
        self.fresh: set[str] = set()  # ids of inserted units
        self.removed: set[str] = set()  # ids of the first text that a repeal took away
        self._parents: dict[str, str | None] = {}  # where it differs; None is gone
        self._slots: dict[str, list[Slot]] = {}  # of touched parents
        self._left: set[str] = set()  # ids of the first text that left their first place

    def stands(self, unit_id: str) -> bool:
        """Whether the unit is in the text at this moment."""
        return self._parents.get(unit_id, self.index.parents.get(unit_id)) is not None

    def parent(self, unit_id: str) -> str:
        """The id of the parent, empty at the top; ``UnknownUnit`` if the unit does not stand."""
        found = self._parents.get(unit_id, self.index.parents.get(unit_id))
        if found is None:
            raise UnknownUnit(unit_id)
        return found

    def shell(self, unit_id: str) -> Unit:
        """The unit as it is now; its children may be those of an earlier moment."""
        self.parent(unit_id)
        return self.shells.get(unit_id) or self.index.units[unit_id]

    def children(self, parent_id: str) -> list[str]:
        """The ids of the children as they stand now."""
        if parent_id not in self._slots:
            return [child.id for child in self.index.children(parent_id)]
        return [unit_id for unit_id, here in self._slots[parent_id] if here]

    def previous(self, unit_id: str) -> str:
        """The id of the sibling right before the unit, empty if it is the first."""
        before = ""
        for sibling in self.children(self.parent(unit_id)):
            if sibling == unit_id:
                break
            before = sibling
        return before

    def subtree(self, unit_id: str) -> Unit:
        """The unit with all that stands beneath it now."""
        done: dict[str, Unit] = {}
        stack = [(unit_id, False)]
        while stack:
            current, ready = stack.pop()
            children = self.children(current)
            if ready or not children:
                unit, below = self.shell(current), tuple(done.pop(child) for child in children)
                same = len(below) == len(unit.children) and all(
                    one is other for one, other in zip(below, unit.children, strict=True)
                )
                done[current] = unit if same else unit.with_children(below)
            else:
                stack.append((current, True))
                stack.extend((child, False) for child in children)
        return done[unit_id]

    def build(self) -> Units:
        """The whole text as it is now."""
        return tuple(self.subtree(root) for root in self.children(""))

    def reword(self, unit: Unit) -> None:
        """Give a standing unit the text, mark and kind of the given one."""
        self.parent(unit.id)
        self.shells[unit.id] = unit

    def insert(self, unit: Unit, parent_id: str, after_id: str) -> None:
        """Put in a unit with its subtree."""
        place = self._place(parent_id, after_id)
        added = list(walk((unit,)))
        seen: set[str] = set()
        for each in added:
            if not each.id or each.id in seen or self.stands(each.id):
                raise DuplicateUnit(each.id)
            seen.add(each.id)
        for each in added:
            self.shells[each.id] = each
            self._slots[each.id] = [(child.id, True) for child in each.children]
            self._parents.update((child.id, each.id) for child in each.children)
        self.fresh |= seen
        self._put(unit.id, parent_id, place)

    def repeal(self, unit_id: str) -> None:
        """Take away a unit with its subtree."""
        self._take(unit_id)
        stack = [unit_id]
        while stack:
            current = stack.pop()
            stack.extend(self.children(current))
            self._parents[current] = None
            self.fresh.discard(current)
            if current in self.index.units:
                self.removed.add(current)

    def move(self, unit_id: str, parent_id: str, after_id: str) -> None:
        """Put a unit with its subtree elsewhere; to where it stands already is no move."""
        old_parent, above = self.parent(unit_id), parent_id
        while above:
            if above == unit_id:
                raise WouldNest(unit_id)
            above = self.parent(above)
        if after_id == unit_id:
            raise UnknownPlace(after_id)
        place = self._place(parent_id, after_id)
        if old_parent == parent_id and self.previous(unit_id) == after_id:
            return
        target = self._list(parent_id)[place - 1] if place else None
        self._take(unit_id)
        slots = self._list(parent_id)
        self._put(unit_id, parent_id, slots.index(target) + 1 if target else 0)

    def moved(self) -> set[str]:
        """The ids of the first text that stand, but not where they stood at first."""
        return {unit_id for unit_id in self._left - self.fresh if self.stands(unit_id)}

    def runs(self) -> Iterator[tuple[Gap, tuple[str, ...]]]:
        """What was put between units of the first text: the gap and the ids, in printed order.

        A gap that a repeal opened is one with the gap before it.
        """
        for parent_id, slots in self._slots.items():
            if parent_id and (parent_id in self.fresh or not self.stands(parent_id)):
                continue
            gap, run = Gap(parent_id, ""), list[str]()
            for slot in slots:
                if not self._is_first_place(parent_id, slot):
                    run.append(slot[0])
                    continue
                if not slot[1] and slot[0] in self.removed:
                    continue
                if run:
                    yield gap, tuple(run)
                gap, run = Gap(parent_id, slot[0]), []
            if run:
                yield gap, tuple(run)

    def _is_first_place(self, parent_id: str, slot: Slot) -> bool:
        unit_id, here = slot
        at_home = self.index.parents.get(unit_id) == parent_id
        return at_home and (not here or unit_id not in self._left)

    def _list(self, parent_id: str) -> list[Slot]:
        if parent_id not in self._slots:
            self._slots[parent_id] = [(child.id, True) for child in self.index.children(parent_id)]
        return self._slots[parent_id]

    def _place(self, parent_id: str, after_id: str) -> int:
        """Where among the slots of the parent something is put right after the given child."""
        if parent_id:
            self.parent(parent_id)
        if not after_id:
            return 0
        if not self.stands(after_id) or self.parent(after_id) != parent_id:
            raise UnknownPlace(after_id)
        return self._list(parent_id).index((after_id, True)) + 1

    def _put(self, unit_id: str, parent_id: str, place: int) -> None:
        self._list(parent_id).insert(place, (unit_id, True))
        self._parents[unit_id] = parent_id

    def _take(self, unit_id: str) -> None:
        parent_id = self.parent(unit_id)
        slots = self._list(parent_id)
        slot, place = (unit_id, True), slots.index((unit_id, True))
        if parent_id not in self.fresh and self._is_first_place(parent_id, slot):
            slots[place] = (unit_id, False)
            self._left.add(unit_id)
        else:
            del slots[place]
