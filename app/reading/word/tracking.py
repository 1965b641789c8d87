"""What becomes of each line on the way from one text to the other. Pure: identities decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.legaltext.diff import normalise
from app.legaltext.diff_matching import longest_ascending
from app.reading.word.lines import TABLE, Line


class Fate(StrEnum):
    """What happens to a line; a kept one may still change some of its words or its mark."""

    KEPT = "kept"
    GONE = "gone"
    CAME = "came"
    MOVED_AWAY = "moved_away"
    MOVED_HERE = "moved_here"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A place in the tracked text: the line as it was and as it is, where there is one.

    Of a line that has moved, both are known in both places.
    """

    fate: Fate
    old: Line | None
    new: Line | None

    @property
    def line(self) -> Line:
        """The line as it reads at last, or as it read when it went."""
        found = self.old if self.fate in {Fate.GONE, Fate.MOVED_AWAY} else self.new
        assert found is not None
        return found


def track(old: Sequence[Line], new: Sequence[Line]) -> list[Tracked]:
    """Both texts in one: without what came they read as the old one, without what went as the new.

    A line stays where it is when it is set alike in both texts and stands in the same order among
    those that stay; of those that changed their order as few as possible move. One that is set
    otherwise, or has moved and reads differently, goes and comes anew.
    """
    before = {line.key: line for line in old}
    after = {line.key: line for line in new}
    place = {line.key: n for n, line in enumerate(old)}
    common = [n for n in new if n.key in before and before[n.key].style == n.style]
    in_order = longest_ascending([place[line.key] for line in common])
    kept = {common[n].key for n in in_order}
    moved = {n.key for n in common if n.key not in kept and _moves(before[n.key], n)}
    rest = iter(old)
    made: list[Tracked] = []
    came: list[Tracked] = []
    for line in new:
        if line.key not in kept:
            fate = Fate.MOVED_HERE if line.key in moved else Fate.CAME
            came.append(Tracked(fate, before[line.key] if line.key in moved else None, line))
            continue
        made += [*_gone(rest, line.key, moved, after), *came]
        came = []
        made.append(Tracked(Fate.KEPT, before[line.key], line))
    return [*made, *_gone(rest, None, moved, after), *came]


def _gone(
    rest: Iterator[Line], until: str | None, moved: set[str], after: dict[str, Line]
) -> Iterator[Tracked]:
    """The old lines before the next one that stays."""
    for line in rest:
        if line.key == until:
            return
        if line.key in moved:
            yield Tracked(Fate.MOVED_AWAY, line, after[line.key])
        else:
            yield Tracked(Fate.GONE, line, None)


def _moves(old: Line, new: Line) -> bool:
    return new.style != TABLE and bool(new.text) and normalise(old.text) == normalise(new.text)
