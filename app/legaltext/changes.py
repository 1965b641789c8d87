"""Change sets: what is done to the provisions of a text, exactly where it was meant or not at all.

Marks are left as they are; after insertions, repeals and moves ``numbering.renumber`` gives the
units the marks that their new places ask for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .forest import (
    ChangeError,
    DuplicateUnit,
    Forest,
    Index,
    TextChanged,
    UnknownPlace,
    UnknownUnit,
    WouldNest,
)
from .tokens import normalise
from .units import Kind, Unit, Units, walk

__all__ = [
    "Change",
    "ChangeError",
    "ChangeSet",
    "DuplicateUnit",
    "Index",
    "Insert",
    "Move",
    "Repeal",
    "Reword",
    "TextChanged",
    "UnknownPlace",
    "UnknownUnit",
    "WouldNest",
    "apply",
    "compose",
    "invert",
    "perform",
]


@dataclass(frozen=True, slots=True)
class Reword:
    """A unit's own words replaced; its children stay.

    ``mark`` and ``kind`` stay too unless given. With ``expected``, the words that the author
    had before his eyes, the change is refused on any other (``TextChanged``); differences that
    ``normalise`` folds do not matter.
    """

    unit_id: str
    text: str
    mark: str | None = None
    expected: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """A unit with its subtree put in after a sibling; ``None`` is the top, or the first place."""

    unit: Unit
    parent_id: str | None = None
    after_id: str | None = None


@dataclass(frozen=True, slots=True)
class Repeal:
    """A unit taken away with all beneath it."""

    unit_id: str


@dataclass(frozen=True, slots=True)
class Move:
    """A unit put elsewhere with all beneath it; ``None`` is the top, or the first place."""

    unit_id: str
    parent_id: str | None = None
    after_id: str | None = None


Change = Reword | Insert | Repeal | Move

#: Changes made one after the other; each sees the text as the ones before it left it.
ChangeSet = tuple[Change, ...]


def apply(units: Units, changes: ChangeSet) -> Units:
    """The text after the changes; raises a ``ChangeError`` if one cannot be made as meant.

    Units that no change touches are the same objects as before.
    """
    forest = Forest(Index(units))
    for change in changes:
        perform(forest, change)
    return forest.build()


def perform(forest: Forest, change: Change) -> None:
    """Make one change to a text that is being edited."""
    match change:
        case Reword():
            forest.reword(_reworded(forest.shell(change.unit_id), change))
        case Insert():
            forest.insert(change.unit, change.parent_id or "", change.after_id or "")
        case Repeal():
            forest.repeal(change.unit_id)
        case Move():
            forest.move(change.unit_id, change.parent_id or "", change.after_id or "")


def invert(units: Units, changes: ChangeSet) -> ChangeSet:
    """The changes that lead back from ``apply(units, changes)`` to ``units``."""
    forest = Forest(Index(units))
    back: list[Change] = []
    for change in changes:
        back.append(_undoing(forest, change))
        perform(forest, change)
    return tuple(reversed(back))


def compose(first: ChangeSet, then: ChangeSet) -> ChangeSet:
    """One change set that does what the two do one after the other, in fewer words if it can.

    A unit reworded twice is reworded once, and an inserted unit reworded later is inserted with
    its later words.
    """
    changes = list(first)
    for change in then:
        if not (isinstance(change, Reword) and _folded(changes, change)):
            changes.append(change)
    return tuple(changes)


def _reworded(unit: Unit, change: Reword) -> Unit:
    if change.expected is not None and normalise(change.expected) != normalise(unit.text):
        raise TextChanged(unit.id)
    return replace(
        unit,
        text=change.text,
        mark=unit.mark if change.mark is None else change.mark,
        kind=change.kind or unit.kind,
    )


def _undoing(forest: Forest, change: Change) -> Change:
    if isinstance(change, Insert):
        return Repeal(change.unit.id)
    unit, parent_id = forest.shell(change.unit_id), forest.parent(change.unit_id) or None
    if isinstance(change, Reword):
        return Reword(
            unit.id,
            unit.text,
            mark=None if change.mark is None else unit.mark,
            kind=None if change.kind is None else unit.kind,
        )
    before = forest.previous(unit.id) or None
    if isinstance(change, Repeal):
        return Insert(forest.subtree(unit.id), parent_id, before)
    return Move(unit.id, parent_id, before)


def _folded(changes: list[Change], later: Reword) -> bool:
    """Let an earlier change to the same unit take over the later words; false if none can."""
    for place in range(len(changes) - 1, -1, -1):
        earlier = changes[place]
        if isinstance(earlier, Repeal):
            return False
        if isinstance(earlier, Reword) and earlier.unit_id == later.unit_id:
            if not _says(earlier.text, later):
                return False
            changes[place] = replace(
                earlier,
                text=later.text,
                mark=earlier.mark if later.mark is None else later.mark,
                kind=later.kind or earlier.kind,
            )
            return True
        if isinstance(earlier, Insert):
            for unit in walk((earlier.unit,)):
                if unit.id == later.unit_id:
                    if not _says(unit.text, later):
                        return False
                    changes[place] = replace(earlier, unit=_with_words(earlier.unit, later))
                    return True
    return False


def _says(text: str, change: Reword) -> bool:
    return change.expected is None or normalise(change.expected) == normalise(text)


def _with_words(tree: Unit, change: Reword) -> Unit:
    forest = Forest(Index((tree,)))
    perform(forest, change)
    return forest.build()[0]
