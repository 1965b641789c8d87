"""The change set between two editions whose provisions bear the same permanent ids."""

from __future__ import annotations

from collections.abc import Iterator

from .changes import Change, ChangeSet, Insert, Move, Repeal, Reword
from .diff_matching import longest_ascending
from .forest import Index
from .units import Unit, Units, walk_with_ancestors


def between(old: Units, new: Units, *, marks: bool = True) -> ChangeSet:
    """The changes that make the new text of the old one, in the new text's printed order.

    A unit is followed by its id: it is reworded, moved, or both; of siblings as few as possible
    are moved. Units wholly new are inserted as one subtree; repeals stand last. Without
    ``marks`` a unit that only bears another mark is left alone, and the result differs from the
    new text by marks. Raises ``DuplicateUnit`` when a text has two units of one id.
    """
    before, after = Index(old), Index(new)
    staying = set[str]()
    for parent_id in ["", *after.units]:
        staying.update(_staying(before, parent_id, after.children(parent_id)))
    return tuple(_put_and_reworded(before, after, staying, marks)) + tuple(
        Repeal(unit.id)
        for unit, ancestors in walk_with_ancestors(old)
        if unit.id not in after.units and (not ancestors or ancestors[-1].id in after.units)
    )


def _staying(before: Index, parent_id: str, children: Units) -> Iterator[str]:
    """The most children that stood under this parent in this order already."""
    known = [unit.id for unit in children if before.parents.get(unit.id) == parent_id]
    for place in longest_ascending([before.order[unit_id] for unit_id in known]):
        yield known[place]


def _put_and_reworded(
    before: Index, after: Index, staying: set[str], marks: bool
) -> Iterator[Change]:
    previous = dict[str, str]()
    inserted_with_parent = set[str]()
    for unit, ancestors in walk_with_ancestors(after.roots):
        parent_id = ancestors[-1].id if ancestors else ""
        place = (parent_id or None, previous.get(parent_id) or None)
        previous[parent_id] = unit.id
        if unit.id in inserted_with_parent:
            inserted_with_parent.update(child.id for child in unit.children)
        elif unit.id not in before.units:
            if _is_wholly_new(unit, before):
                inserted_with_parent.update(child.id for child in unit.children)
                yield Insert(unit, *place)
            else:
                yield Insert(unit.with_children(()), *place)
        else:
            if unit.id not in staying:
                yield Move(unit.id, *place)
            yield from _reworded(before.units[unit.id], unit, marks)


def _is_wholly_new(unit: Unit, before: Index) -> bool:
    stack = [unit]
    while stack:
        current = stack.pop()
        if current.id in before.units:
            return False
        stack.extend(current.children)
    return True


def _reworded(old: Unit, new: Unit, marks: bool) -> Iterator[Reword]:
    other_mark = new.mark if marks and new.mark != old.mark else None
    other_kind = new.kind if new.kind != old.kind else None
    if old.text != new.text or other_mark is not None or other_kind:
        yield Reword(new.id, new.text, mark=other_mark, expected=old.text, kind=other_kind)
