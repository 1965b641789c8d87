"""The formulas of a comparison as the list that a legal office pastes into an act. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def opening(title: str, number: int, day: str) -> str:
    """What stands before the points; a legal office puts the resolution in place of the text."""
    return f"W tekście „{title}” (wydanie {number} z dnia {day}) wprowadza się następujące zmiany:"


def points(sentences: Sequence[str] | None, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The sentences as points, "1) …;" and at the last a full stop.

    Comparisons made before sentences were kept (``None``) have a formula in each row instead.
    """
    said = sentences if sentences is not None else [r["formula"] for r in rows if r["formula"]]
    return [
        f"{number}) {sentence}{'.' if number == len(said) else ';'}"
        for number, sentence in enumerate(said, 1)
    ]
