"""How alike units of two trees are, and for each the few that are worth comparing at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest

from .alignment_sides import ROOT, Side, Weights, masses, same_sort

#: A text only tells which unit it is if it has so many words.
TELLING = 3
#: A word that more units have than this tells nothing where many units are compared.
_COMMON_WORD = 50
_FEW_PAIRS = 900
_CANDIDATES = 5
#: Whatever shares less is never the same unit by its words (own words count at most 0.8).
_LEAST = 0.15

#: The likeness, for an old and a new index, below which two units are not the same.
Least = Callable[[int, int], float]


class Likeness:
    """Compares units of two sides by their weighted words."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old = old
        self.new = new
        self.weights = Weights(old, new)
        self.old_masses = masses(self.weights, old.tree_bags)
        self.new_masses = masses(self.weights, new.tree_bags)

    def of(self, old: int, new: int) -> float:
        """How alike two units are with all beneath them, or in their own words if those tell."""
        total = self.old_masses[old] + self.new_masses[new]
        shared = self.weights.shared(self.old.tree_bags[old], self.new.tree_bags[new])
        whole = 2 * shared / total if total else float(self.old.keys[old] == self.new.keys[new])
        if not (self.old.children[old] and self.new.children[new]):
            return whole
        if min(self.old.words(old), self.new.words(new)) < TELLING:
            return whole
        own = self.weights.likeness(self.old.bags[old], self.new.bags[new])
        return max(whole, 0.8 * own)

    def most_alike(
        self, old: Sequence[int], new: Sequence[int], least: Least, known: Mapping[int, int]
    ) -> list[tuple[int, int]]:
        """Pairs of the given units, the most alike first, each unit at most once.

        ``known`` are the pairs found before: neighbours of theirs are preferred.
        """
        scored = []
        for ours, theirs in self._candidates(old, new):
            likeness = self.of(ours, theirs)
            if likeness >= least(ours, theirs):
                scored.append((-likeness - self._nearness(ours, theirs, known), ours, theirs))
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        pairs = []
        for _, ours, theirs in sorted(scored):
            if ours not in taken_old and theirs not in taken_new:
                taken_old.add(ours)
                taken_new.add(theirs)
                pairs.append((ours, theirs))
        return pairs

    def _nearness(self, old: int, new: int, known: Mapping[int, int]) -> float:
        """A little for an equal mark, kind and parent, and for neighbours that are pairs."""
        ours, theirs = self.old.units[old], self.new.units[new]
        same_parent = known.get(self.old.parents[old], ROOT) == self.new.parents[new]
        return (
            0.02 * (ours.mark == theirs.mark)
            + 0.05 * (ours.kind is theirs.kind)
            + 0.03 * same_parent
            + 0.03 * (known.get(old - 1) == new - 1)
        )

    def _candidates(self, old: Sequence[int], new: Sequence[int]) -> Iterable[tuple[int, int]]:
        """For each old unit the few new ones that share most of its rarer words."""
        few = len(old) * len(new) <= _FEW_PAIRS
        having: dict[str, list[int]] = defaultdict(list)
        for theirs in new:
            for stem in self.new.tree_bags[theirs]:
                having[stem].append(theirs)
        for ours in old:
            kind = self.old.kind(ours)
            shared: dict[int, float] = defaultdict(float)
            unknown = 0.0
            for stem, count in self.old.tree_bags[ours].items():
                places = having.get(stem, ())
                weight = self.weights.of(stem)
                if not few and len(places) > _COMMON_WORD:
                    unknown += weight * count
                    continue
                for theirs in places:
                    both = min(count, self.new.tree_bags[theirs][stem])
                    shared[theirs] += both * weight
            mass = self.old_masses[ours]
            fitting = [
                (-likeness, theirs)
                for theirs, sure in shared.items()
                if (likeness := 2 * (sure + unknown) / (mass + self.new_masses[theirs])) >= _LEAST
                and same_sort(kind, self.new.kind(theirs))
            ]
            best = sorted(fitting) if few else nsmallest(_CANDIDATES, fitting)
            yield from ((ours, theirs) for _, theirs in best)
