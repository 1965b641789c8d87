"""Two people have written the same provision anew: both texts, and both at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.legaltext import diff, editing
from app.legaltext.difference import between
from app.legaltext.merge import Verdict, merge
from app.legaltext.units import Unit


@dataclass(frozen=True, slots=True)
class Meeting:
    """``seen`` is what both started from, ``theirs`` what the draft says now, ``mine`` the other.

    ``merged`` holds the words of both, or is ``None`` where they exclude each other; ``to_read``
    says that both changed one sentence. The marked-up differences are against ``seen``.
    """

    seen: str
    theirs: str
    mine: str
    merged: str | None
    to_read: bool
    html_theirs: str
    html_mine: str
    html_merged: str

    @property
    def proposal(self) -> str:
        """What to begin from when saving again: both, or else one's own words."""
        return self.mine if self.merged is None else self.merged


def meet(current: Unit, seen: str, mine: str) -> Meeting:
    """What ``mine``, begun on ``seen``, and the present wording make of each other."""
    old = editing.from_text(current, seen)
    new = editing.from_text(old, mine)
    result = merge(
        (old,), between((old,), (current,), marks=False), between((old,), (new,), marks=False)
    )
    theirs = editing.as_text(current)
    merged = None if result.collisions else editing.as_text(result.units[0])
    return Meeting(
        seen,
        theirs,
        mine,
        merged,
        result.verdict is Verdict.READ_BY_PERSON,
        *(diff.to_html(diff.compare(seen, text)) for text in (theirs, mine, merged or mine)),
    )
