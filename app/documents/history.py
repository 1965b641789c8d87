"""Undoing corrections of a draft. Pure: rows are JSON, and a step keeps only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: How many of the last fixes can be undone.
KEPT = 50

Rows = list[Any]
Step = dict[str, Any]


def step_between(before: Sequence[Any], after: Sequence[Any], what: str) -> Step | None:
    """What leads from ``after`` back to ``before``; ``None`` when nothing changed.

    ``what`` names the fix. Rows that are equal at both ends are left out, so that correcting one
    of a thousand rows keeps one.
    """
    head = 0
    shortest = min(len(before), len(after))
    while head < shortest and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old = list(before[head : len(before) - tail])
    new_length = len(after) - head - tail
    if not old and not new_length:
        return None
    return {"at": head, "old": old, "length": new_length, "what": what}


def undone(rows: Sequence[Any], step: Step) -> Rows:
    """The rows as they were before a step, which must be the last one taken."""
    at, length = int(step["at"]), int(step["length"])
    return [*rows[:at], *step["old"], *rows[at + length :]]


def remembered(history: Sequence[Step], step: Step) -> list[Step]:
    """The history with one more step; the oldest beyond ``KEPT`` is forgotten."""
    return [*history, step][-KEPT:]
