"""Who is there, told by several devices whose words come late, twice, and in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """That somebody was let in (or that this was taken back) at a moment of the door."""

    at: datetime
    present: bool


def standing(known: Presence | None, told: Presence) -> Presence:
    """What stands after a word has come: the later one of the door, whenever it reaches us.

    Of two words of one moment, having come stands. So every order of arrival, and every
    repetition, leads to the same end.
    """
    if known is None:
        return told
    return max(known, told, key=lambda word: (word.at, word.present))
