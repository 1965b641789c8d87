"""Who stands behind each tracked change, when it was decided, and the words beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

#: An author may have this many characters; Word refuses a file with a longer one.
LONGEST_AUTHOR = 255


@dataclass(frozen=True, slots=True)
class Sign:
    """Who signs a change or a comment, and when, as the town's clocks show it."""

    author: str
    at: datetime

    def later(self) -> Sign:
        """The same sign two minutes later.

        LibreOffice takes neighbours by one author that are at most a minute apart for one change.
        The last words of a paragraph that stays and the whole paragraph after it are two.
        """
        return replace(self, at=self.at + timedelta(minutes=2))


@dataclass(frozen=True, slots=True)
class Note:
    """Why a change was made: lines for the margin, shown once, beside the first place."""

    sign: Sign
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """The sign of a change of words, and all notes that belong to it."""

    sign: Sign
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """The causes of changes under the ids of units; what has none recorded bears ``office``.

    ``numbering`` signs marks of provisions whose words stay.
    """

    office: Sign
    numbering: Sign
    causes: Mapping[str, Cause] = field(default_factory=dict)

    def on(self, key: str) -> Sign:
        """The sign of a change of the words of a unit."""
        found = self.causes.get(key)
        return found.sign if found else self.office

    def notes_on(self, key: str) -> tuple[Note, ...]:
        """What is said in the margin beside a change of the words of a unit."""
        found = self.causes.get(key)
        return found.notes if found else ()
