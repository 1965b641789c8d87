"""Two trees made ready for alignment: texts, shapes and weighted words of every unit."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from .tokens import is_word, normalise, tokenize
from .units import GROUPING, Kind, Unit, Units

#: The index that stands for the whole text, the parent of its outermost units.
ROOT = -1

Bag = Mapping[str, int]

#: No act has more levels; a hostile tree of thousands must not cost their square.
_DEEPEST = 12


class Side:
    """One tree, flattened in printed order; units are known by their index."""

    def __init__(self, units: Units) -> None:
        self.units: list[Unit] = []
        self.parents: list[int] = []
        self.children: dict[int, list[int]] = {ROOT: []}
        #: The index after the last unit beneath each unit.
        self.ends: list[int] = []
        self._flatten(units)
        self.texts = [normalise(unit.text) for unit in self.units]
        #: Texts without letter case and the mark at their end, which a new neighbour changes.
        self.keys = [text.casefold().rstrip(" .,;") for text in self.texts]
        self.bags: list[Bag] = [_stems(text) for text in self.texts]
        self.tree_bags: list[Bag] = self._tree_bags()

    def _flatten(self, units: Units) -> None:
        stack = [(unit, ROOT) for unit in reversed(units)]
        while stack:
            unit, parent = stack.pop()
            index = len(self.units)
            self.units.append(unit)
            self.parents.append(parent)
            self.children[parent].append(index)
            self.children[index] = []
            stack.extend((child, index) for child in reversed(unit.children))
        self.ends = list(range(1, len(self.units) + 1))
        for index in reversed(range(len(self.units))):
            parent = self.parents[index]
            if parent != ROOT:
                self.ends[parent] = max(self.ends[parent], self.ends[index])

    def _tree_bags(self) -> list[Bag]:
        """The words of each unit and of what stands beneath it, ``_DEEPEST`` levels down."""
        bags: list[Bag] = list(self.bags)
        totals = {at: Counter(self.bags[at]) for at in self._having_children()}
        for index, bag in enumerate(self.bags):
            above = self.parents[index]
            for _ in range(_DEEPEST):
                if above == ROOT:
                    break
                for stem, count in bag.items():
                    totals[above][stem] += count
                above = self.parents[above]
        for index, total in totals.items():
            bags[index] = total
        return bags

    def _having_children(self) -> list[int]:
        return [at for at, beneath in self.children.items() if beneath and at != ROOT]

    def kind(self, index: int) -> Kind:
        return self.units[index].kind

    def words(self, index: int) -> int:
        """How many words the unit itself has."""
        return sum(self.bags[index].values())


def shapes(side: Side, numbers: dict[Hashable, int]) -> list[int]:
    """A number for each unit, equal for equal kinds and words all the way down; marks ignored."""
    result = [0] * len(side.units)
    for index in reversed(range(len(side.units))):
        beneath = tuple(result[child] for child in side.children[index])
        shape = (side.kind(index), side.keys[index], beneath)
        result[index] = numbers.setdefault(shape, len(numbers))
    return result


class Weights:
    """How much each word tells: a word in every unit tells little, a rare one much."""

    def __init__(self, old: Side, new: Side) -> None:
        frequency: Counter[str] = Counter()
        for side in (old, new):
            for bag in side.bags:
                frequency.update(bag.keys())
        total = 1 + len(old.units) + len(new.units)
        self._weights = {stem: math.log(1 + total / count) for stem, count in frequency.items()}

    def of(self, stem: str) -> float:
        return self._weights[stem]

    def mass(self, bag: Bag) -> float:
        """The weight of all the words together."""
        return math.fsum(self._weights[stem] * count for stem, count in bag.items())

    def shared(self, ours: Bag, theirs: Bag) -> float:
        """The weight of the words that both have."""
        if len(ours) > len(theirs):
            ours, theirs = theirs, ours
        return math.fsum(
            self._weights[stem] * min(count, theirs[stem])
            for stem, count in ours.items()
            if stem in theirs
        )

    def likeness(self, ours: Bag, theirs: Bag) -> float:
        """The weighted share of common words: 0.0 for none, 1.0 for the same words."""
        total = self.mass(ours) + self.mass(theirs)
        return 2 * self.shared(ours, theirs) / total if total else 0.0


_SAME_SORT = {
    Kind.SECTION: "provision",
    Kind.SUBSECTION: "provision",
    Kind.POINT: "provision",
    Kind.LETTER: "provision",
    Kind.INDENT: "provision",
    Kind.DOUBLE_INDENT: "provision",
    Kind.PARAGRAPH: "provision",
    Kind.COMMON_ENDING: "provision",
    Kind.PREAMBLE: "provision",
    Kind.HEADING: "heading",
    Kind.TABLE: "table",
} | dict.fromkeys(GROUPING, "grouping")


def same_sort(one: Kind, other: Kind) -> bool:
    """Whether a unit of one kind can become the other: a point a letter, but no table a chapter."""
    return _SAME_SORT[one] == _SAME_SORT[other]


def _stems(text: str) -> Counter[str]:
    return Counter(_stem(token) for token in tokenize(text) if is_word(token))


def _stem(word: str) -> str:
    """A word without the ending that Polish declension changes (roughly: its first letters)."""
    word = word.casefold()
    return word[: max(5, len(word) - 4)] if word.isalpha() else word


def masses(weights: Weights, bags: Iterable[Bag]) -> list[float]:
    """The mass of each bag, computed once."""
    return [weights.mass(bag) for bag in bags]
