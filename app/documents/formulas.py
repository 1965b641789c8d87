"""The amending formula of each provision that differs between two editions. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import structlog

from app.legaltext.changes import Change, ChangeError, Insert, Move
from app.legaltext.difference import between
from app.legaltext.instruction import formula
from app.legaltext.units import Kind, Units, by_id, walk, walk_with_ancestors

log = structlog.get_logger()

#: Editions that differ in more places are new texts; nobody amends them place by place.
MOST = 1_000


def formulas(old: Units, new: Units) -> dict[str, str]:
    """Under the id of each provision reworded, added, moved or repealed, how a lawyer says it.

    A provision whose change cannot be said so has none: the rest must still be readable.
    """
    try:
        changes = between(old, new, marks=False)
    except ChangeError as error:
        log.error("no_formulas", exc_info=error)
        return {}
    if len(changes) > MOST:
        return {}
    said: dict[str, list[str]] = {}
    scopes = _scopes(old)
    for change in _anchored(old, new, changes):
        try:
            sentences = formula(_scope(scopes, old, change), (change,), renumbered=True)
        except (ChangeError, ValueError, LookupError) as error:
            log.warning("no_formula", exc_info=error)
            continue
        said.setdefault(_about(change), []).extend(sentences)
    return {unit_id: "; ".join(sentences) for unit_id, sentences in said.items()}


def amending_act(old: Units, new: Units) -> list[str]:
    """What an amending act says, in the order of the old text: one sentence for each §.

    Empty when nothing is amended, when the texts are too far apart, or when it cannot be said.
    """
    try:
        changes = between(old, new, marks=False)
        if not changes or len(changes) > MOST:
            return []
        return list(formula(old, changes, renumbered=True))
    except (ChangeError, ValueError, LookupError) as error:
        log.error("no_amending_act", exc_info=error)
        return []


def _about(change: Change) -> str:
    return change.unit.id if isinstance(change, Insert) else change.unit_id


def _anchored(old: Units, new: Units, changes: tuple[Change, ...]) -> Iterator[Change]:
    """Insertions and moves placed after what stands in the old text, not after each other."""
    known = by_id(old)
    before = _previous_siblings(new)
    for change in changes:
        if not isinstance(change, Insert | Move):
            yield change
            continue
        after = change.after_id
        while after is not None and after not in known:
            after = before.get(after)
        yield replace(change, after_id=after)


def _scopes(units: Units) -> dict[str, Units]:
    """For each unit the part of the text that is enough to say where it stands: its § if any."""
    found: dict[str, Units] = {}
    for unit, ancestors in walk_with_ancestors(units):
        path = (*ancestors, unit)
        section = next((above for above in path if above.kind is Kind.SECTION), None)
        found[unit.id] = (section or path[0],)
    return found


def _scope(scopes: dict[str, Units], old: Units, change: Change) -> Units:
    """A change read in a part of the text: reading it in the whole takes a hundred times longer."""
    if isinstance(change, Move):
        return old
    target = change.parent_id if isinstance(change, Insert) else change.unit_id
    return old if target is None else scopes[target]


def _previous_siblings(units: Units) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for siblings in (units, *(unit.children for unit in walk(units))):
        previous = None
        for unit in siblings:
            found[unit.id] = previous
            previous = unit.id
    return found
