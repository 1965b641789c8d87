"""What the amending formula calls provisions: the old by address, the new by a free mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .citation import Address, Step, addresses
from .forest import Index
from .formula_phrases import in_chain
from .numbering import insert_mark, next_mark, renumber
from .units import GROUPING, MARKED, Kind, Unit, walk

_RUNNING = Kind.SECTION


class Names:
    """The addresses of the units of a text before and after changes."""

    def __init__(self, before: Index, after: Index) -> None:
        self.before = before
        self.after = after
        self._addresses = addresses(before.roots)

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
        """The mark given, unless it is taken or missing: then one that fits the place."""
        if unit.kind not in MARKED:
            return ""
        peers = self._peers(unit, parent_id)
        taken = {self._known_mark(peer) for peer in peers} - {""}
        if unit.mark and unit.mark not in taken:
            return unit.mark
        at = next((place for place, peer in enumerate(peers) if peer.id == unit.id), 0)
        mark = self._known_mark(peers[at - 1]) if at else ""
        is_last = not any(peer.id in self.before.units for peer in peers[at + 1 :])
        mark = next_mark(unit.kind, mark) if is_last else insert_mark(unit.kind, mark)
        for _ in peers:
            if mark not in taken:
                break
            mark = insert_mark(unit.kind, mark)
        return mark

    def _peers(self, unit: Unit, parent_id: str) -> list[Unit]:
        """The units after the changes whose marks run in one sequence with the unit's."""
        peers: Iterable[Unit] = self.after.children(parent_id)
        if unit.kind is _RUNNING:
            peers = walk(self.after.roots)
        return [peer for peer in peers if peer.kind is unit.kind]

    def _known_mark(self, peer: Unit) -> str:
        if peer.id in self.before.units:
            return peer.mark
        return self.step(peer.id).mark if self.knows(peer.id) else ""
