"""Two editions of one text, unit by unit: what each provision became, and its id carried over.

Marks do not count when units are compared, so a new § 2 renumbers all that follow and rewords
none. A unit keeps its id through rewording, renumbering and moving; an id is never given to
another unit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum

from .alignment_pairing import Pairing
from .alignment_parts import find_parts
from .alignment_sides import ROOT, Side
from .diff_matching import longest_ascending
from .units import Unit, Units


class Verdict(StrEnum):
    """What happened to a unit between the old text and the new."""

    KEPT = "kept"
    REWORDED = "reworded"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    JOINED = "joined"
    ADDED = "added"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Match:
    """One unit in both texts, or in one of them.

    With both ``old`` and ``new`` it is the same unit: ``KEPT`` alone, or any of ``REWORDED``,
    ``MOVED`` (another parent, or another order among its siblings) and ``RENUMBERED`` (another
    mark or kind); also ``SPLIT`` if a part of it was cut off, ``JOINED`` if it took others in.
    Without ``old`` it is ``ADDED``, and also ``SPLIT`` if it was cut from ``origin``, an old
    unit. Without ``new`` it is ``REPEALED``, and also ``JOINED`` if ``successor``, a new unit,
    took its words in. Changes of the units beneath do not count.
    """

    old: Unit | None
    new: Unit | None
    verdicts: frozenset[Verdict]
    origin: Unit | None = None
    successor: Unit | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every old unit once and every new unit once, in the reading order of the new text.

    Repealed units stand where they stood. ``carried`` is the new text in which every unit that
    was in the old one bears its old id.
    """

    matches: tuple[Match, ...]
    carried: Units

    def carry_ids(self) -> Units:
        """The new tree with the old ids; added units keep their own, and no id occurs twice.

        An added unit whose id is taken, or was borne by another unit of the old text, gets that
        id with a suffix.
        """
        return self.carried

    def of_old(self) -> dict[str, Match]:
        """The matches under the ids of the old units: what became of each."""
        return {match.old.id: match for match in self.matches if match.old is not None}

    def of_new(self) -> dict[str, Match]:
        """The matches under the ids that the new units came with: where each is from."""
        return {match.new.id: match for match in self.matches if match.new is not None}


def align(old: Units, new: Units, *, trust_ids: bool = False) -> Alignment:
    """Find each unit of the old text in the new.

    With ``trust_ids`` (a working draft, whose ids were carried) units with equal ids are the
    same, whatever their words; only the others are looked for by words and place. Without it
    (a fresh import, an edited text area) the ids of the new tree mean nothing.
    """
    return _Aligner(Side(old), Side(new), trust_ids).alignment()


class _Aligner:
    def __init__(self, old: Side, new: Side, trust_ids: bool) -> None:
        self.old = old
        self.new = new
        pairing = Pairing(old, new, trust_ids)
        self.to_new = pairing.to_new
        self.to_old = pairing.to_old
        weights = pairing.likeness.weights
        origins = find_parts(old, new, self.to_new, weights)
        successors = find_parts(new, old, self.to_old, weights)
        pairing.pair_rewritten(successors.keys(), origins.keys())
        #: Of new units their origin, of old ones their successor; see ``Match``.
        self.origins = {at: of for at, of in origins.items() if at not in self.to_old}
        self.successors = {at: to for at, to in successors.items() if at not in self.to_new}
        self.split = set(self.origins.values())
        self.joined = set(self.successors.values())
        self.moved = self._moved()

    def alignment(self) -> Alignment:
        repealed = self._repealed_by_place()
        matches = [self._repealed(at) for at in repealed[ROOT]]
        for index in range(len(self.new.units)):
            matches.append(self._present(index))
            matches.extend(self._repealed(at) for at in repealed[index])
        return Alignment(tuple(matches), self._carried())

    def _present(self, index: int) -> Match:
        unit = self.new.units[index]
        if index in self.to_old:
            old = self.to_old[index]
            return Match(self.old.units[old], unit, self._verdicts(old, index))
        if index in self.origins:
            origin = self.old.units[self.origins[index]]
            return Match(None, unit, frozenset({Verdict.ADDED, Verdict.SPLIT}), origin=origin)
        return Match(None, unit, frozenset({Verdict.ADDED}))

    def _repealed(self, index: int) -> Match:
        unit = self.old.units[index]
        if index in self.successors:
            successor = self.new.units[self.successors[index]]
            verdicts = frozenset({Verdict.REPEALED, Verdict.JOINED})
            return Match(unit, None, verdicts, successor=successor)
        return Match(unit, None, frozenset({Verdict.REPEALED}))

    def _verdicts(self, old: int, new: int) -> frozenset[Verdict]:
        before, after = self.old.units[old], self.new.units[new]
        found = {
            Verdict.REWORDED: self.old.texts[old] != self.new.texts[new],
            Verdict.MOVED: old in self.moved,
            Verdict.RENUMBERED: (before.kind, before.mark) != (after.kind, after.mark),
            Verdict.SPLIT: old in self.split,
            Verdict.JOINED: new in self.joined,
        }
        return frozenset(verdict for verdict, holds in found.items() if holds) or frozenset(
            {Verdict.KEPT}
        )

    def _moved(self) -> set[int]:
        """Old units that came under another parent or passed one of their siblings."""
        moved = set()
        stayed: dict[int, list[int]] = defaultdict(list)
        for old, new in sorted(self.to_new.items()):
            parent = self.old.parents[old]
            if self.to_new.get(parent, ROOT if parent == ROOT else None) == self.new.parents[new]:
                stayed[parent].append(old)
            else:
                moved.add(old)
        for siblings in stayed.values():
            chain = longest_ascending([self.to_new[at] for at in siblings])
            moved.update(set(siblings) - {siblings[at] for at in chain})
        return moved

    def _repealed_by_place(self) -> dict[int, list[int]]:
        """Repealed old units under the index of the new unit that they follow (-1: at the top)."""
        result: dict[int, list[int]] = defaultdict(list)
        place_of: dict[int, int] = {ROOT: ROOT}
        latest: dict[int, int] = {}
        for index, parent in enumerate(self.old.parents):
            if index in self.to_new:
                place_of[index] = self.to_new[index]
                if index not in self.moved:
                    latest[parent] = self.new.ends[self.to_new[index]] - 1
            else:
                place_of[index] = latest.get(parent, place_of[parent])
                result[place_of[index]].append(index)
        return result

    def _carried(self) -> Units:
        used = {unit.id for unit in self.old.units}
        fresh_ids = {}
        for index, unit in enumerate(self.new.units):
            if index in self.to_old:
                fresh_ids[index] = self.old.units[self.to_old[index]].id
            else:
                fresh_ids[index] = _unused(unit.id, used)
                used.add(fresh_ids[index])
        built: dict[int, Unit] = {}
        for index in reversed(range(len(self.new.units))):
            children = tuple(built.pop(child) for child in self.new.children[index])
            built[index] = replace(self.new.units[index], id=fresh_ids[index], children=children)
        return tuple(built[index] for index in self.new.children[ROOT])


def _unused(wanted: str, used: set[str]) -> str:
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}-{number}" in used:
        number += 1
    return f"{wanted}-{number}"
