"""What a change set does to each provision of a text: the form in which two are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .changes import ChangeSet, perform
from .forest import Forest, Gap, Index
from .merge_words import Edit, Wording
from .tokens import normalise
from .units import Kind, Unit

#: What was put at one place, apart from the ids and marks of new units.
Signature = tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Run:
    """The units put into one gap, in printed order, and what they say."""

    ids: tuple[str, ...]
    signature: Signature


class Footprint:
    """The traces of one change set in the text that it was written for.

    Raises ``ChangeError`` if the changes cannot be made to that text.
    """

    def __init__(self, index: Index, changes: ChangeSet) -> None:
        self.index = index
        self.forest = Forest(index)
        for change in changes:
            perform(self.forest, change)
        self.removed = frozenset(self.forest.removed)
        self.fresh = frozenset(self.forest.fresh)
        self.moved = frozenset(self.forest.moved())
        self.runs = {gap: Run(ids, self._signature(ids)) for gap, ids in self.forest.runs()}
        self.reworded = {
            unit_id: shell
            for unit_id, shell in self.forest.shells.items()
            if unit_id not in self.fresh
            and self.forest.stands(unit_id)
            and _own(shell) != _own(index.units[unit_id])
        }

    @cached_property
    def destinations(self) -> dict[str, Gap]:
        """Into which gap each moved unit came, perhaps inside a new unit that stands there."""
        found: dict[str, Gap] = {}
        for gap, run in self.runs.items():
            found.update((each, gap) for _, each in self.below(run.ids) if each in self.moved)
        return found

    @cached_property
    def changes_structure(self) -> bool:
        """Whether anything was put in, taken away or moved."""
        return bool(self.runs or self.removed)

    def _signature(self, ids: tuple[str, ...]) -> Signature:
        said: list[tuple[int, str, str]] = []
        for depth, unit_id in self.below(ids):
            if unit_id in self.fresh:
                unit = self.forest.shell(unit_id)
                said.append((depth, unit.kind.value, normalise(unit.text)))
            else:
                said.append((depth, "moved", unit_id))
        return tuple(said)

    def below(self, ids: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        """The units put in and what stands beneath the new ones, each with its depth."""
        stack = [(0, unit_id) for unit_id in reversed(ids)]
        while stack:
            depth, unit_id = stack.pop()
            yield depth, unit_id
            if unit_id in self.fresh:
                below = reversed(self.forest.children(unit_id))
                stack.extend((depth + 1, child) for child in below)


class Wordings:
    """The base wordings and their edits, each found once however many amendments are compared."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._wordings: dict[str, Wording] = {}
        self._edits: dict[tuple[str, str], tuple[Edit, ...]] = {}

    def base(self, unit_id: str) -> Wording:
        """The wording of a unit before any change."""
        if unit_id not in self._wordings:
            self._wordings[unit_id] = Wording(self._index.units[unit_id].text)
        return self._wordings[unit_id]

    def edits(self, unit_id: str, text: str) -> tuple[Edit, ...]:
        """What a new text does to the wording of the unit."""
        if (unit_id, text) not in self._edits:
            self._edits[unit_id, text] = self.base(unit_id).edits(text)
        return self._edits[unit_id, text]


def _own(unit: Unit) -> tuple[Kind, str, str]:
    return unit.kind, unit.mark, unit.text
