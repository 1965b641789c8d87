"""From the words in which a change is asked for to a step that can be performed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.drafting.acts import Step
from app.drafting.composition import fold
from app.drafting.slots import Text, slots_of
from app.legaltext import diff, editing, instruction
from app.legaltext.citation import citations
from app.legaltext.difference import between
from app.legaltext.forest import ChangeError
from app.legaltext.tokens import normalise
from app.legaltext.units import GROUPING, Kind, Unit, Units, by_id, walk


class CannotApply(Exception):
    """The provision that a change is about stands in none of the texts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A change in words; ``what``, ``target`` and ``after`` as in ``Step``.

    ``seen`` is the wording its author had before their eyes, as ``editing.as_text`` prints it.
    """

    what: str
    target: str
    seen: str = ""
    text: str = ""
    kind: Kind | None = None
    after: str = ""


def step_of(key: int, asked: Asked, known: Sequence[Units]) -> Step:
    """The words read as provisions, by the first of the texts in which they were seen.

    Raises ``CannotApply`` when none of the texts has the provision.
    """
    if asked.what == "insert":
        blank = Unit(f"new-{key}", asked.kind or _kind_of(asked.target, known), "", "")
        new = _own_ids(editing.from_text(blank, asked.text), key, frozenset({blank.id}))
        return Step(key, "insert", asked.target, None, new)
    if asked.what == "move":
        _kind_of(asked.target, known)
        return Step(key, "move", asked.target, after=asked.after)
    old = _seen(asked, known)
    if asked.what == "repeal":
        return Step(key, "repeal", asked.target, old)
    taken = frozenset(unit.id for unit in walk((old,)))
    new = _own_ids(editing.from_text(old, asked.text), key, taken)
    return Step(key, "reword", asked.target, old, new)


def _kind_of(target: str, known: Sequence[Units]) -> Kind:
    for units in known:
        if found := by_id(units).get(target):
            return found.kind
    raise CannotApply(target)


def _seen(asked: Asked, known: Sequence[Units]) -> Unit:
    """The provision in the text in which it reads as it was seen, or so read in the first."""
    found = [unit for units in known if (unit := shown_unit(units, asked.target, asked.what))]
    if not found:
        raise CannotApply(asked.target)
    seen = asked.seen
    if found[0].kind in GROUPING and asked.what == "reword":
        seen = seen.split("\n")[0]  # of a chapter one may have seen all that it holds
    for unit in found:
        if same_wording(unit, seen):
            return unit
    return editing.from_text(found[0], seen)


def shown_unit(units: Units, target: str, what: str = "reword") -> Unit | None:
    """A provision as one sees it when changing it: of a chapter only the title is reworded."""
    unit = by_id(units).get(target)
    if unit is not None and unit.kind in GROUPING and what != "repeal":
        return unit.with_children(())
    return unit


def same_wording(unit: Unit, text: str) -> bool:
    """Whether a provision reads as a text that somebody had before their eyes."""
    return normalise(editing.as_text(unit)) == normalise(text)


def _own_ids(unit: Unit, key: int, taken: frozenset[str]) -> Unit:
    """Units that are new get ids of this act's own, so that no two acts share one."""
    fresh = {
        u.id: f"new-{key}-{n}" for n, u in enumerate(walk((unit,)), start=1) if u.id not in taken
    }

    def renamed(u: Unit) -> Unit:
        return replace(u, id=fresh.get(u.id, u.id), children=tuple(renamed(c) for c in u.children))

    return renamed(unit)


@dataclass(frozen=True, slots=True)
class Said:
    """How an act is told: the place it is about, the marked-up difference, and the formula."""

    place: str
    html: str
    formula: tuple[str, ...]


def told(step: Step, base: Units, current: Units) -> Said:
    """An act told by the marks of the base edition, or of the working text if it is about new."""
    before = base if step.target in by_id(base) else current
    old = editing.as_text(step.old) if step.old else ""
    new = editing.as_text(step.new) if step.new else ""
    html = "" if step.what == "move" else diff.to_html(diff.compare(old, new))
    place = citations(before).get(step.target, "")
    return Said(place, html, _formula(step, _enough(step, before)))


def _enough(step: Step, before: Units) -> Units:
    """As much of a text as a formula needs: a slot, or everything if what stands there changes."""
    slot = next((s for s in slots_of(before) if any(u.id == step.target for u in walk((s,)))), None)
    if slot is None or step.what == "move" or (step.what == "repeal" and slot.id == step.target):
        return before
    if step.what == "insert":
        assert step.new is not None
        place = Text((slot,)).place_after(step.target, step.new.kind)
        return (slot,) if place.slot else before
    return (slot,)


def _formula(step: Step, before: Units) -> tuple[str, ...]:
    """The amending formula of one act alone; none if its wording does not fit into the text."""
    try:
        if step.old is not None:
            before = _with(before, step.old)
        after = fold(before, (step,)).units
        if before[0].kind is Kind.SECTION:
            after = tuple(
                replace(unit, mark=was.mark) for unit, was in zip(after, before, strict=False)
            )
        made = between(before, after, marks=False)
        return tuple(instruction.formula(before, made, renumbered=True)) if made else ()
    except ChangeError:
        return ()


def _with(units: Units, old: Unit) -> Units:
    """The text with a provision as the author of an act saw it; a chapter keeps what it holds."""
    return tuple(
        (old.with_children(unit.children) if old.kind in GROUPING and not old.children else old)
        if unit.id == old.id
        else unit.with_children(_with(unit.children, old))
        for unit in units
    )


# As JSON.


def to_json(units: Iterable[Unit]) -> list[Any]:
    """Units as lists ``[id, kind, mark, text, children]``."""
    return [[u.id, str(u.kind), u.mark, u.text, to_json(u.children)] for u in units]


def from_json(rows: Iterable[Any]) -> Units:
    """The units that ``to_json`` kept."""
    return tuple(Unit(r[0], Kind(r[1]), r[2], r[3], from_json(r[4])) for r in rows)
