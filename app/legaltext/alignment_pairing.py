"""Which unit of the new tree is which of the old: equal words first, then place, then likeness.

Nothing here compares every unit with every other. Equal texts are found by their words, parents by
the children they share, the rest among siblings or through an index of rare words; so the work
grows with the length of the text, whatever was rewritten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence

from .alignment_likeness import TELLING, Likeness
from .alignment_sides import ROOT, Side, shapes
from .diff_matching import longest_ascending
from .units import MARKED, Kind

_SIBLINGS = 0.5
_SIBLINGS_IN_PLACE = 0.35
_SAME_MARK_IN_PLACE = 0.25
_ONLY_ONES_IN_PLACE = 0.15
_ELSEWHERE = 0.55
_ELSEWHERE_OF_OTHER_KIND = 0.65
_SHARED_CHILDREN = 0.3


class Pairing:
    """The growing one-to-one relation between the units of two trees, by their indexes."""

    def __init__(self, old: Side, new: Side, trust_ids: bool) -> None:
        self.old = old
        self.new = new
        self.likeness = Likeness(old, new)
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}
        numbers: dict[Hashable, int] = {}
        self._shapes = shapes(old, numbers), shapes(new, numbers)
        if trust_ids:
            self._pair_equal_ids()
        self._pair_equal_ends(ROOT, ROOT)
        self._pair_equal_texts()
        known = -1
        for _ in range(3):
            self._pair_parents()
            if known == len(self.to_new):
                break
            self._pair_siblings([(ROOT, ROOT), *sorted(self.to_new.items())])
            self._pair_elsewhere()
            known = len(self.to_new)

    def _pair(self, old: int, new: int) -> None:
        self.to_new[old] = new
        self.to_old[new] = old

    def _is_open(self, old: int, new: int) -> bool:
        return old not in self.to_new and new not in self.to_old

    def _pair_equal_ids(self) -> None:
        ids = {unit.id: index for index, unit in reversed(list(enumerate(self.new.units)))}
        for index, unit in enumerate(self.old.units):
            if unit.id in ids and self._is_open(index, ids[unit.id]):
                self._pair(index, ids[unit.id])

    def _pair_equal_texts(self) -> None:
        """Pair whole subtrees, then single texts, that occur once on each side."""
        for old, new in _occurring_once(*self._shapes):
            if self._is_open(old, new) and sum(self.old.tree_bags[old].values()) >= TELLING:
                self._pair_subtrees(old, new)
        for old, new in _occurring_once(self._kinds_and_keys(0), self._kinds_and_keys(1)):
            if self._is_open(old, new) and self.old.words(old) >= TELLING:
                self._pair(old, new)

    def _pair_subtrees(self, old: int, new: int) -> None:
        """Pair two units of one shape with all that stands beneath them."""
        for step in range(self.old.ends[old] - old):
            if self._is_open(old + step, new + step):
                self._pair(old + step, new + step)

    def _pair_equal_ends(self, old: int, new: int) -> None:
        """Pair the children of one shape at the beginning and at the end of what is unpaired."""
        ours, theirs = self._unpaired_children(old, new)
        of_old, of_new = self._shapes
        for step in (1, -1):
            count = 0
            for one, other in zip(ours[::step], theirs[::step], strict=False):
                if of_old[one] != of_new[other]:
                    break
                self._pair_subtrees(one, other)
                count += 1
            ours, theirs = (side[count:] if step > 0 else side for side in (ours, theirs))

    def _kinds_and_keys(self, which: int) -> list[Hashable]:
        side = self.new if which else self.old
        return [(unit.kind, key) for unit, key in zip(side.units, side.keys, strict=True)]

    def _pair_parents(self) -> None:
        """Pair parents that share enough of their children's words, from the inside out."""
        while votes := self._votes():
            accepted = False
            for (old, new), mass in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
                least = min(self.likeness.old_masses[old], self.likeness.new_masses[new])
                if self._is_open(old, new) and mass >= _SHARED_CHILDREN * least:
                    self._pair(old, new)
                    accepted = True
            if not accepted:
                return

    def _votes(self) -> dict[tuple[int, int], float]:
        votes: dict[tuple[int, int], float] = defaultdict(float)
        for old, new in self.to_new.items():
            parents = self.old.parents[old], self.new.parents[new]
            if ROOT in parents or not self._is_open(*parents):
                continue
            if self.old.kind(parents[0]) is self.new.kind(parents[1]):
                votes[parents] += self.likeness.old_masses[old]
        for (old, new), mass in votes.items():
            own = self.likeness.weights.shared(self.old.bags[old], self.new.bags[new])
            same_mark = self.old.units[old].mark == self.new.units[new].mark
            votes[old, new] = mass + own + 0.01 * same_mark
        return votes

    def _pair_siblings(self, parents: Iterable[tuple[int, int]]) -> None:
        """Pair what is left of the children of paired parents, down to the innermost."""
        waiting = list(parents)
        while waiting:
            family = waiting.pop()
            self._pair_equal_ends(*family)
            for step in (self._equal_siblings, self._alike_siblings, self._only_ones_in_place):
                for old, new in step(*family):
                    if self._is_open(old, new):
                        self._pair(old, new)
                        waiting.append((old, new))

    def _unpaired_children(self, old: int, new: int) -> tuple[list[int], list[int]]:
        return (
            [at for at in self.old.children[old] if at not in self.to_new],
            [at for at in self.new.children[new] if at not in self.to_old],
        )

    def _equal_siblings(self, old: int, new: int) -> list[tuple[int, int]]:
        ours, theirs = self._unpaired_children(old, new)
        return self._equal_in_order(ours, theirs)

    def _alike_siblings(self, old: int, new: int) -> list[tuple[int, int]]:
        ours, theirs = self._unpaired_children(old, new)
        if not ours or not theirs:
            return []
        places = _Places(self, old, new)

        def least(one: int, other: int) -> float:
            if not places.same(one, other):
                return _SIBLINGS
            same = self.old.units[one].mark == self.new.units[other].mark
            return _SAME_MARK_IN_PLACE if same else _SIBLINGS_IN_PLACE

        return self.likeness.most_alike(ours, theirs, least, self.to_new)

    def _only_ones_in_place(self, old: int, new: int) -> list[tuple[int, int]]:
        """One unit left on each side between the same neighbours: reworded, if at all alike."""
        return [
            (ours[0], theirs[0])
            for ours, theirs in self._left_in_place(old, new)
            if len(ours) == len(theirs) == 1 and self._can_be_reworded(ours[0], theirs[0])
        ]

    def _left_in_place(self, old: int, new: int) -> list[tuple[list[int], list[int]]]:
        """What is unpaired on both sides of each place between neighbours that stayed."""
        ours, theirs = self._unpaired_children(old, new)
        if not ours or not theirs:
            return []
        places = _Places(self, old, new)
        left: dict[int, list[int]] = defaultdict(list)
        right: dict[int, list[int]] = defaultdict(list)
        for at in ours:
            left[places.of_old(at)].append(at)
        for at in theirs:
            right[places.of_new(at)].append(at)
        return [(left[place], right[place]) for place in left if place in right]

    def _can_be_reworded(self, old: int, new: int) -> bool:
        if self.old.kind(old) is not self.new.kind(new):
            return False
        wordless = not self.old.tree_bags[old] and not self.new.tree_bags[new]
        return wordless or self.likeness.of(old, new) >= _ONLY_ONES_IN_PLACE

    def pair_rewritten(self, old_parts: Collection[int], new_parts: Collection[int]) -> None:
        """Pair what kept its place and mark though no word of it stayed.

        As in an amending act: "ust. 3 otrzymuje brzmienie". Only where the same marks of the same
        kinds are left on both sides between two neighbours that stayed, and never for parts of
        other units.
        """
        waiting = [(ROOT, ROOT), *sorted(self.to_new.items())] if self.to_new else []
        while waiting:
            family = waiting.pop()
            for ours, theirs in self._left_in_place(*family):
                one = [at for at in ours if at not in old_parts]
                other = [at for at in theirs if at not in new_parts]
                marks = self._designations(self.old, one)
                if marks and marks == self._designations(self.new, other):
                    found = list(zip(one, other, strict=True))
                    for pair in found:
                        self._pair(*pair)
                    self._pair_siblings(found)
                    waiting.extend(found)

    @staticmethod
    def _designations(side: Side, indexes: Sequence[int]) -> list[tuple[Kind, str]] | None:
        """The kinds and marks of the units, or nothing if one of them bears no mark."""
        units = [side.units[at] for at in indexes]
        if any(unit.kind not in MARKED for unit in units):
            return None
        return [(unit.kind, unit.mark) for unit in units]

    def _pair_elsewhere(self) -> None:
        """Pair what went to another parent: equal texts in order, then the most alike."""
        old = [at for at in range(len(self.old.units)) if at not in self.to_new]
        new = [at for at in range(len(self.new.units)) if at not in self.to_old]
        old = [at for at in old if self.old.words(at) >= TELLING]
        new = [at for at in new if self.new.words(at) >= TELLING]
        found: list[tuple[int, int]] = []
        for pair in (*self._equal_in_order(old, new), *self._alike_elsewhere(old, new)):
            if self._is_open(*pair):
                self._pair(*pair)
                found.append(pair)
        self._pair_siblings(found)

    def _equal_in_order(self, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
        """The first with the first of each text, the second with the second, and so on."""
        places: dict[Hashable, list[int]] = defaultdict(list)
        for index in reversed(new):
            places[self.new.kind(index), self.new.keys[index]].append(index)
        pairs = []
        for index in old:
            place = places.get((self.old.kind(index), self.old.keys[index]))
            if place and self.old.keys[index]:
                pairs.append((index, place.pop()))
        return pairs

    def _alike_elsewhere(self, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
        def least(one: int, other: int) -> float:
            same = self.old.kind(one) is self.new.kind(other)
            return _ELSEWHERE if same else _ELSEWHERE_OF_OTHER_KIND

        return self.likeness.most_alike(old, new, least, self.to_new)


class _Places:
    """The places between those children of paired parents that stayed in order."""

    def __init__(self, pairing: Pairing, old: int, new: int) -> None:
        stayed = [
            (at, pairing.to_new[at])
            for at in pairing.old.children[old]
            if at in pairing.to_new and pairing.new.parents[pairing.to_new[at]] == new
        ]
        chain = [stayed[at] for at in longest_ascending([to for _, to in stayed])]
        self._old = [at for at, _ in chain]
        self._new = [at for _, at in chain]

    def of_old(self, index: int) -> int:
        return bisect_right(self._old, index)

    def of_new(self, index: int) -> int:
        return bisect_right(self._new, index)

    def same(self, old: int, new: int) -> bool:
        """Whether two children stand between the same neighbours."""
        return self.of_old(old) == self.of_new(new)


def _occurring_once(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Positions of what occurs exactly once on each side, in the order of the old."""
    count_old, count_new = Counter(old), Counter(new)
    place = {key: at for at, key in enumerate(new)}
    return [
        (at, place[key])
        for at, key in enumerate(old)
        if count_old[key] == 1 and count_new[key] == 1
    ]
