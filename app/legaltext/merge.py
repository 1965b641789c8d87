"""Merging change sets to one text: each change exactly where it was meant, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .changes import ChangeSet
from .collisions import (
    Clash,
    Collision,
    Pair,
    beside_repealed,
    clashes,
    collide,
    collisions,
    meetings,
)
from .difference import between
from .footprint import Footprint, Run, Wordings
from .forest import Gap, Index
from .merge_words import Edit, Merged, Verdict, WordCollision, Wording, gravest, merge_texts
from .tokens import normalise
from .units import Unit, Units, walk

__all__ = [
    "Clash",
    "Collision",
    "Edit",
    "MergeResult",
    "Merged",
    "Pair",
    "Verdict",
    "WordCollision",
    "Wording",
    "collide",
    "collisions",
    "merge",
    "merge_all",
    "merge_texts",
]

_ONLY_WORDS = frozenset({Clash.WORDS, Clash.MARK})


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The text with all changes that do not exclude each other, and the change set to it.

    ``words`` tells how the wordings that more than one side changed were merged; ``to_read`` are
    the ids that a person should read because two authors met there without colliding. Of a
    collision nothing is adopted: words that collide stay as they were, and a change set that
    takes part in a structural collision adds, moves and repeals nothing.
    """

    units: Units
    changes: ChangeSet
    verdict: Verdict
    collisions: tuple[Collision, ...]
    to_read: tuple[str, ...]
    words: Mapping[str, Merged]


def merge(base: Units, ours: ChangeSet, theirs: ChangeSet) -> MergeResult:
    """Both change sets made to the text for which both were written.

    Symmetric but for the order of ``versions`` in word collisions. Raises ``ChangeError`` if
    either cannot be made to the text even alone.
    """
    return merge_all(base, (ours, theirs))


def merge_all(base: Units, sides: Sequence[ChangeSet]) -> MergeResult:
    """Any number of change sets made to the one text; their order does not matter."""
    return _Merge(base, sides).result()


class _Merge:
    def __init__(self, base: Units, sides: Sequence[ChangeSet]) -> None:
        self.index = Index(base)
        self.prints = [Footprint(self.index, changes) for changes in sides]
        self.wordings = Wordings(self.index)
        self.collisions: dict[tuple[str, str], Collision] = {}
        self.withheld: set[int] = set()  # sides whose structural changes are not made
        self.untouched: set[str] = set()  # units whose rewords are not made

    def result(self) -> MergeResult:
        for first, second in sorted(meetings(self.prints)):
            for clash in clashes(self.prints[first], self.prints[second], self.wordings):
                self._note(clash, (first, second))
        shells, words = self._shells()
        units = self._build(shells)
        if units is None:
            moving = [number for number, each in enumerate(self.prints) if each.moved]
            self._note(Collision(Clash.NESTING, self._any_moved()), moving)
            units = self._build(shells) or self.index.roots
        to_read = self._to_read(words)
        return MergeResult(
            units,
            between(self.index.roots, units),
            self._verdict(words, to_read),
            tuple(self.collisions[key] for key in sorted(self.collisions)),
            to_read,
            words,
        )

    def _note(self, collision: Collision, sides: Iterable[int]) -> None:
        self.collisions.setdefault((collision.clash, collision.unit_id), collision)
        if collision.clash not in _ONLY_WORDS:
            self.withheld.update(sides)
        if collision.clash is Clash.REWORD_REPEAL:
            self.untouched.add(collision.unit_id)

    def _any_moved(self) -> str:
        return min(unit_id for each in self.prints for unit_id in each.moved)

    def _verdict(self, words: Mapping[str, Merged], to_read: Sequence[str]) -> Verdict:
        if self.collisions:
            return Verdict.COLLISION
        if to_read:
            return Verdict.READ_BY_PERSON
        if len({_done_by(each) for each in self.prints}) <= 1:
            return Verdict.SAME
        return gravest([Verdict.CLEAN, *(merged.verdict for merged in words.values())])

    def _to_read(self, words: Mapping[str, Merged]) -> tuple[str, ...]:
        met = [
            unit_id for unit_id, merged in words.items() if merged.verdict is Verdict.READ_BY_PERSON
        ]
        return tuple(sorted({*met, *beside_repealed(self._structural())}))

    def _structural(self) -> list[Footprint]:
        return [each for number, each in enumerate(self.prints) if number not in self.withheld]

    # Words.

    def _shells(self) -> tuple[dict[str, Unit], dict[str, Merged]]:
        """The reworded units, and how the wordings that several sides changed were merged."""
        shells: dict[str, Unit] = {}
        words: dict[str, Merged] = {}
        for unit_id in sorted({unit_id for each in self.prints for unit_id in each.reworded}):
            if unit_id in self.untouched:
                continue
            versions = [each.reworded[unit_id] for each in self.prints if unit_id in each.reworded]
            if len(versions) == 1:
                shells[unit_id] = versions[0]
                continue
            merged = self._combined(unit_id, versions)
            words[unit_id] = merged
            shells[unit_id] = self._shell(unit_id, versions, merged)
            if merged.verdict is Verdict.COLLISION:
                collision = Collision(Clash.WORDS, unit_id, merged.collisions)
                self.collisions[(Clash.WORDS, unit_id)] = collision
        return shells, words

    def _combined(self, unit_id: str, versions: Sequence[Unit]) -> Merged:
        edits = [self.wordings.edits(unit_id, unit.text) for unit in versions]
        return self.wordings.base(unit_id).combine(edits)

    def _shell(self, unit_id: str, versions: Sequence[Unit], merged: Merged) -> Unit:
        base = self.index.units[unit_id]
        marks = {unit.mark for unit in versions} - {base.mark}
        kinds = {unit.kind for unit in versions} - {base.kind}
        return replace(
            base,
            text=_wording_of(base, versions, merged),
            mark=marks.pop() if len(marks) == 1 else base.mark,
            kind=kinds.pop() if len(kinds) == 1 else base.kind,
        )

    # Structure.

    def _build(self, shells: Mapping[str, Unit]) -> Units | None:
        """The merged text; ``None`` if moves would put units beneath each other."""
        tree = _Tree(self.index, self._structural(), shells)
        units = tree.children("")
        return units if tree.is_whole(units) else None


class _Tree:
    """The text told anew from the traces of change sets that do not exclude each other."""

    def __init__(
        self, index: Index, prints: Sequence[Footprint], shells: Mapping[str, Unit]
    ) -> None:
        self.index = index
        self.shells = dict(shells)
        self.gone = {unit_id for each in prints for unit_id in each.removed | each.moved}
        self.moved = {unit_id for each in prints for unit_id in each.moved}
        self.below: dict[str, list[str]] = {}
        self.runs: dict[Gap, Run] = {}
        for each in prints:
            for gap, run in each.runs.items():
                self.runs[gap] = min(run, self.runs.get(gap, run), key=lambda one: one.ids)
            for unit_id in each.fresh:
                self.shells[unit_id] = each.forest.shell(unit_id)
                self.below[unit_id] = each.forest.children(unit_id)
        self.touched = {gap.parent_id for gap in self.runs} | {
            index.parents[unit_id] for unit_id in self.gone
        }

    def is_whole(self, units: Units) -> bool:
        """Whether every moved unit has a place in the text."""
        return self.moved <= {unit.id for unit in walk(units)}

    def children(self, parent_id: str) -> Units:
        """The subtrees beneath a unit, built from the leaves up."""
        done: dict[str, Unit] = {}
        stack = [(unit_id, False) for unit_id in self._ids(parent_id)]
        while stack:
            unit_id, ready = stack.pop()
            ids = self._ids(unit_id)
            if not ready and ids:
                stack.append((unit_id, True))
                stack.extend((child, False) for child in ids)
                continue
            unit = self.shells.get(unit_id) or self.index.units[unit_id]
            below = tuple(done.pop(child) for child in ids)
            done[unit_id] = unit if unit.children == below else unit.with_children(below)
        return tuple(done[unit_id] for unit_id in self._ids(parent_id))

    def _ids(self, parent_id: str) -> list[str]:
        if parent_id in self.below:
            return self.below[parent_id]
        first = [child.id for child in self.index.children(parent_id)]
        if parent_id not in self.touched:
            return first
        return list(self._with_runs(parent_id, first))

    def _with_runs(self, parent_id: str, first: Sequence[str]) -> Iterator[str]:
        for unit_id in ("", *first):
            if unit_id and unit_id not in self.gone:
                yield unit_id
            run = self.runs.get(Gap(parent_id, unit_id))
            if run:
                yield from run.ids


def _wording_of(base: Unit, versions: Sequence[Unit], merged: Merged) -> str:
    """The merged words; where all sides wrote the same, or one wrote at all, to the letter."""
    texts = {unit.text for unit in versions} - {base.text}
    if len({normalise(text) for text in texts}) <= 1:
        return min(texts, default=base.text)
    return merged.text


def _done_by(each: Footprint) -> object:
    """What a change set does, apart from the ids and marks of new units."""
    return (
        frozenset((gap, run.signature) for gap, run in each.runs.items()),
        each.removed,
        each.moved,
        frozenset(
            (unit_id, unit.kind, unit.mark, normalise(unit.text))
            for unit_id, unit in each.reworded.items()
        ),
    )
