"""From a base text and the steps taken since to the working text. Pure.

Steps are performed in the order in which they were made, each on the text as the one before left
it, so that every step is answerable for exactly the provisions it touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.legaltext import changes, editing, instruction, numbering
from app.legaltext.difference import between
from app.legaltext.nesting import may_hold
from app.legaltext.tokens import normalise
from app.legaltext.units import GROUPING, Kind, Unit, Units, by_id, walk, walk_with_ancestors


class CannotApply(Exception):
    """A step does not fit the text it should be performed on."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change: ``what`` is "reword", "insert" or "repeal"; ``key`` is unique among steps."""

    key: int
    what: str
    target: str
    text: str = ""
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The text after a step, the ids of the units it touched, and its amending formula."""

    step: Step
    units: Units
    touched: frozenset[str]
    formula: tuple[str, ...]


def perform(base: Units, steps: Iterable[Step]) -> list[Done]:
    """Every step in turn. Raises ``CannotApply`` at the first that does not fit."""
    done: list[Done] = []
    units = base
    for step in steps:
        after = numbering.renumber(_performed(units, step))
        made = between(units, after, marks=False)
        done.append(Done(step, after, _touched(units, made), _formula(units, made)))
        units = after
    return done


def result(base: Units, done: Sequence[Done]) -> Units:
    """The working text: the base as long as nothing has been done."""
    return done[-1].units if done else base


def same_wording(unit: Unit, text: str) -> bool:
    """Whether a provision still reads as the text that somebody had before their eyes."""
    return normalise(editing.as_text(unit)) == normalise(text)


def _performed(units: Units, step: Step) -> Units:
    known = by_id(units)
    if step.target not in known:
        raise CannotApply(step.target)
    target = known[step.target]
    try:
        if step.what == "repeal":
            return changes.apply(units, (changes.Repeal(target.id),))
        if step.what == "insert":
            return changes.apply(units, (_insertion(units, target, step),))
        reworded = _own_ids(editing.from_text(target, step.text), step, known)
        return _replaced(units, reworded)
    except changes.ChangeError as error:
        raise CannotApply(step.target) from error


def _replaced(units: Units, unit: Unit) -> Units:
    return tuple(
        unit
        if candidate.id == unit.id
        else candidate.with_children(_replaced(candidate.children, unit))
        for candidate in units
    )


def _insertion(units: Units, target: Unit, step: Step) -> changes.Insert:
    kind = step.kind or target.kind
    blank = Unit(f"new-{step.key}", kind, "", "")
    new = _own_ids(editing.from_text(blank, step.text), step, by_id(units))
    path = next(a for unit, a in walk_with_ancestors(units) if unit.id == target.id)
    if may_hold(target.kind, kind):
        last = target.children[-1].id if target.children else None
        return changes.Insert(new, target.id, None if target.kind in GROUPING else last)
    line = [*path, target]
    while len(line) > 1 and not may_hold(line[-2].kind, kind):
        line.pop()
    return changes.Insert(new, line[-2].id if len(line) > 1 else None, line[-1].id)


def _own_ids(unit: Unit, step: Step, known: dict[str, Unit]) -> Unit:
    """Units that are new get ids of this step's own, so that no two steps share one."""
    fresh = {
        u.id: f"new-{step.key}-{n}"
        for n, u in enumerate(walk((unit,)))
        if u.id not in known and u.id != unit.id
    }

    def renamed(u: Unit) -> Unit:
        return replace(u, id=fresh.get(u.id, u.id), children=tuple(renamed(c) for c in u.children))

    return renamed(unit)


def _touched(before: Units, made: changes.ChangeSet) -> frozenset[str]:
    ids: set[str] = set()
    known = by_id(before)
    for change in made:
        if isinstance(change, changes.Insert):
            ids.update(unit.id for unit in walk((change.unit,)))
        elif isinstance(change, changes.Repeal):
            ids.update(unit.id for unit in walk((known[change.unit_id],)))
        else:
            ids.add(change.unit_id)
    return frozenset(ids)


def _formula(before: Units, made: changes.ChangeSet) -> tuple[str, ...]:
    return tuple(instruction.formula(before, made, renumbered=True)) if made else ()
