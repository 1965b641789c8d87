"""What the amending formula calls provisions: the old by address, the new by a free mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .citation import Address, Step, addresses
from .forest import Index
from .formula_phrases import in_chain
from .numbering import insert_mark, next_mark, renumber
from .units import GROUPING, MARKED, Kind, Unit, walk

_RUNNING = Kind.SECTION


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Units whose marks run in one sequence; ``last_old`` is the place of the last old one."""

    peers: list[Unit]
    places: dict[str, int]
    last_old: int
    taken: set[str]


class Names:
    """The addresses of the units of a text before and after changes.

    A text ``renumbered`` after the changes gives a new unit the mark it came with, although an
    old one bears it still; in any other text a mark that is taken makes it "7a".
    """

    def __init__(self, before: Index, after: Index, *, renumbered: bool = False) -> None:
        self.renumbered = renumbered
        self.before = before
        self.after = after
        self._addresses = addresses(before.roots)
        self._sequences: dict[tuple[str, Kind], _Sequence] = {}

    def knows(self, unit_id: str) -> bool:
        """Whether the unit stood before, or was given a name since."""
        return unit_id in self._addresses

    def address(self, unit_id: str) -> Address:
        """The full address; empty for the top of the text."""
        return self._addresses[unit_id] if unit_id else Address(())

    def step(self, unit_id: str) -> Step:
        """The last level of the address."""
        return self._addresses[unit_id].steps[-1]

    def chain(self, unit_id: str) -> tuple[str, ...]:
        """Where something is done inside the unit: ("w § 4", "w ust. 2")."""
        return in_chain(self.address(unit_id).steps)

    def chain_above(self, unit_id: str) -> tuple[str, ...]:
        """Where something is done to the unit; nothing above a §, since §§ run through the text."""
        return in_chain(self.address(unit_id).steps[:-1])

    def admit(self, unit: Unit, parent_id: str) -> Unit:
        """Name a new unit and all beneath it; the unit comes back with its marks."""
        mark = self._free_mark(unit, parent_id)
        above = () if unit.kind is _RUNNING else self.address(parent_id).steps
        self._addresses[unit.id] = Address((*above, Step(unit.kind, mark)))
        if unit.kind in GROUPING:
            below = tuple(self.admit(child, unit.id) for child in unit.children)
            return replace(unit, mark=mark, children=below)
        if any(child.kind in MARKED and not child.mark for child in walk(unit.children)):
            unit = renumber((unit,))[0]
        unit = replace(unit, mark=mark)
        self._name_below(unit)
        return unit

    def _name_below(self, unit: Unit) -> None:
        base = self._addresses[unit.id].steps
        for unit_id, address in addresses((unit,)).items():
            self._addresses[unit_id] = Address((*base[:-1], *address.steps))

    def _free_mark(self, unit: Unit, parent_id: str) -> str:
        """The mark given, unless it is missing or may not be borne twice: then one that fits."""
        if unit.kind not in MARKED:
            return ""
        sequence = self._sequence(unit, parent_id)
        mark = unit.mark
        if not mark or (mark in sequence.taken and not self.renumbered):
            at = sequence.places[unit.id]
            before = self._known_mark(sequence.peers[at - 1]) if at else ""
            follow = next_mark if at > sequence.last_old else insert_mark
            mark = follow(unit.kind, before)
            for _ in sequence.peers:
                if mark not in sequence.taken:
                    break
                mark = insert_mark(unit.kind, mark)
        sequence.taken.add(mark)
        return mark

    def _sequence(self, unit: Unit, parent_id: str) -> _Sequence:
        """The units after the changes whose marks run in one sequence with the unit's."""
        key = ("", unit.kind) if unit.kind is _RUNNING else (parent_id, unit.kind)
        if key not in self._sequences:
            among: Iterable[Unit] = self.after.children(parent_id)
            if unit.kind is _RUNNING:
                among = walk(self.after.roots)
            peers = [peer for peer in among if peer.kind is unit.kind]
            old = [at for at, peer in enumerate(peers) if peer.id in self.before.units]
            self._sequences[key] = _Sequence(
                peers,
                {peer.id: at for at, peer in enumerate(peers)},
                max(old, default=-1),
                {peers[at].mark for at in old} - {""},
            )
        return self._sequences[key]

    def _known_mark(self, peer: Unit) -> str:
        if peer.id in self.before.units:
            return peer.mark
        return self.step(peer.id).mark if self.knows(peer.id) else ""


class Siblings:
    """The children of one unit after the changes, and the nearest old ones around each."""

    def __init__(self, ids: list[str], ends: Mapping[str, int]) -> None:
        self.ids = ids
        self.places = {unit_id: at for at, unit_id in enumerate(ids)}
        #: Where the last old unit before each one ends in the old text.
        self.old_before: list[int | None] = [None] * len(ids)
        #: The next old unit after each one, empty if there is none.
        self.old_after = [""] * len(ids)
        for at in range(1, len(ids)):
            self.old_before[at] = ends.get(ids[at - 1], self.old_before[at - 1])
        for at in range(len(ids) - 2, -1, -1):
            following = ids[at + 1]
            self.old_after[at] = following if following in ends else self.old_after[at + 1]


def last_below(index: Index) -> dict[str, int]:
    """The place of the last unit beneath each one, its own if it has no children."""
    ends: dict[str, int] = {}
    for unit_id in reversed(list(index.order)):
        ends[unit_id] = max(ends.get(unit_id, -1), index.order[unit_id])
        parent = index.parents[unit_id]
        if parent:
            ends[parent] = max(ends.get(parent, -1), ends[unit_id])
    return ends
