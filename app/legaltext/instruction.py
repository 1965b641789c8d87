"""The amending formula: from a change set the sentences that a Polish legal office would write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, takewhile

from .changes import ChangeSet
from .citation import Step
from .formula_clauses import Clause, Clauses
from .formula_phrases import named, quoted
from .numbering import letter_mark
from .units import Kind, Units, by_id
from .wording import wording

#: More clauses than this in one § read worse than its new wording.
MOST_CLAUSES = 8


def formula(
    before: Units, changes: ChangeSet, *, draft: bool = True, renumbered: bool = False
) -> tuple[str, ...]:
    """One sentence for each provision changed, in the order of the text, without a final stop.

    Several changes to one § stand in one sentence as a list: a), b), …, beneath them dashes, on
    lines of their own. In a draft provisions are struck ("skreśla się"), in a text in force
    repealed ("uchyla się"). Where the text is ``renumbered`` afterwards, as a draft is with each
    edition, a new unit bears the mark it came with; otherwise one in between ("pkt 7a"). A §
    changed in more than ``MOST_CLAUSES`` ways is given as a whole.
    Raises ``ChangeError`` for changes that cannot be made to the text.
    """
    clauses = Clauses(
        before, changes, "skreśla się" if draft else "uchyla się", renumbered=renumbered
    )
    ordered = sorted(clauses, key=lambda clause: clause.place)
    return tuple(
        sentence
        for _, group in _grouped(ordered, lambda clause: clause.chain[:1])
        for sentence in _sentences(clauses, group)
    )


def _sentences(clauses: Clauses, group: list[Clause]) -> Iterator[str]:
    if not group[0].chain:
        yield from (clause.alone or clause.body for clause in group)
    else:
        whole = _whole(clauses, group) if len(group) > MOST_CLAUSES else ""
        yield whole or _sentence(group)


def _whole(clauses: Clauses, group: list[Clause]) -> str:
    """The new wording of the § to which all the clauses belong, if no unit left or joined it."""
    unit_id = group[0].unit_id
    while unit_id and clauses.before.units[unit_id].kind is not Kind.SECTION:
        unit_id = clauses.before.parents[unit_id]
    if not unit_id or unit_id not in clauses.after.units:
        return ""
    old, new = clauses.before.units[unit_id], clauses.after.units[unit_id]
    staying = clauses.before.units.keys() & clauses.after.units.keys()
    if by_id((old,)).keys() & staying != by_id((new,)).keys() & staying:
        return ""
    name, new_wording = named(Step(old.kind, old.mark)), wording(replace(new, mark=old.mark))
    return f"{name} otrzymuje brzmienie: {quoted(new_wording)}"


def _sentence(group: list[Clause]) -> str:
    if len(group) == 1:
        return group[0].alone or " ".join([*group[0].chain, group[0].body])
    common = _common(group)
    items = [
        f"{letter_mark(number)}) {_item(members, len(common))}"
        for number, members in enumerate(_items(group, len(common)), start=1)
    ]
    return f"{' '.join(common)}:\n" + ",\n".join(items)


def _items(group: list[Clause], depth: int) -> Iterator[list[Clause]]:
    """The clauses of one provision together, each of the others by itself."""
    for chain, members in _grouped(group, lambda clause: clause.chain[depth : depth + 1]):
        if chain:
            yield members
        else:
            yield from ([member] for member in members)


def _item(members: list[Clause], depth: int) -> str:
    if len(members) == 1:
        return " ".join([*members[0].chain[depth:], members[0].body])
    common = _common(members)
    lines = [" ".join(["–", *each.chain[len(common) :], each.body]) for each in members]
    return f"{' '.join(common[depth:])}:\n" + ",\n".join(lines)


def _common(group: list[Clause]) -> tuple[str, ...]:
    """The beginning that all the chains share."""
    shared = zip(*(clause.chain for clause in group), strict=False)
    return tuple(level[0] for level in takewhile(lambda level: len(set(level)) == 1, shared))


def _grouped(
    clauses: list[Clause], key: Callable[[Clause], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], list[Clause]]]:
    for chain, members in groupby(clauses, key):
        yield chain, list(members)
