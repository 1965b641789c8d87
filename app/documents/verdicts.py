"""What became of each provision between two editions. Pure: identities decide, never likeness.

``legaltext.alignment`` finds out who is who when a file comes in. Here that is known, and asking
it again could tell of two published editions something else than what their numbers say. Words,
marks and order are judged by the engine's own ``normalise``, ``display_mark`` and
``longest_ascending``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from app.legaltext import diff
from app.legaltext.diff_matching import longest_ascending
from app.legaltext.numbering import display_mark
from app.legaltext.units import Kind


class Verdict(StrEnum):
    """What happened to a provision; one that stayed as it was has none."""

    ADDED = "added"
    REPEALED = "repealed"
    REWORDED = "reworded"
    MOVED = "moved"
    RENUMBERED = "renumbered"


class Worded(Protocol):
    """A provision as it stands in one edition."""

    @property
    def provision_id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def mark(self) -> str: ...
    @property
    def text(self) -> str: ...


def verdicts(old: Worded | None, new: Worded | None, moved: bool = False) -> list[Verdict]:
    """What happened to one provision; only its own words, mark and place count, not its parts."""
    if old is None:
        return [Verdict.ADDED] if new is not None else []
    if new is None:
        return [Verdict.REPEALED]
    found = []
    if diff.normalise(old.text) != diff.normalise(new.text):
        found.append(Verdict.REWORDED)
    if moved:
        found.append(Verdict.MOVED)
    if display_mark(old.kind, old.mark) != display_mark(new.kind, new.mark):
        found.append(Verdict.RENUMBERED)
    return found


def moved(old: Sequence[Worded], new: Sequence[Worded]) -> set[int]:
    """Provisions that stand under another parent, or in another order among those that stayed.

    Of those that changed their order, as few as possible count as moved: taking one point out
    and setting it last moves that one, and only renumbers the others.
    """
    before = {w.provision_id: w.parent_id for w in old}
    stayed: dict[int | None, list[int]] = {}
    found = set()
    for wording in new:
        if wording.provision_id not in before:
            continue
        if before[wording.provision_id] != wording.parent_id:
            found.add(wording.provision_id)
        else:
            stayed.setdefault(wording.parent_id, []).append(wording.provision_id)
    place = {w.provision_id: i for i, w in enumerate(old)}
    for siblings in stayed.values():
        in_order = longest_ascending([place[sibling] for sibling in siblings])
        found.update(set(siblings) - {siblings[index] for index in in_order})
    return found


def whole(wordings: Sequence[Worded], others: Mapping[int, object]) -> dict[int, list[Worded]]:
    """Provisions that do not stand in the other edition, each with all its parts that do not.

    Keyed by the topmost one, so that a new § with its ustępy is one change and not five.
    """
    top: dict[int, int] = {}
    found: dict[int, list[Worded]] = {}
    for wording in wordings:
        if wording.provision_id in others:
            continue
        parent = wording.parent_id
        first = top.get(parent, wording.provision_id) if parent else wording.provision_id
        top[wording.provision_id] = first
        found.setdefault(first, []).append(wording)
    return found
