"""The words of two wordings compared, to be read by a person.

Whole tokens are compared, never letters, and what ``normalise`` folds does not count. Everything
kept or deleted is the old wording, everything kept or inserted the new one, to the letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import diff_match_patch

from .diff_html import ENGLISH, POLISH, Labels, side_by_side, to_html, to_text
from .diff_matching import matching_blocks
from .diff_pieces import Op, Piece, Pieces, joined, new_text, old_text
from .diff_reading import Change, readable_changes
from .tokens import is_blank, is_word, normalise, tokenize

__all__ = [
    "ENGINE",
    "ENGLISH",
    "POLISH",
    "Labels",
    "Op",
    "Piece",
    "Pieces",
    "compare",
    "new_text",
    "normalise",
    "old_text",
    "side_by_side",
    "similarity",
    "to_html",
    "to_text",
    "tokenize",
]

#: Kept with every published comparison: another value means that texts may compare otherwise.
ENGINE = f"words-1+dmp-{diff_match_patch.__version__}"

#: Texts longer than this, in characters, are not searched: all that differs is one replacement.
LONGEST = 4_000_000


def compare(old: str, new: str) -> Pieces:
    """What stays, what goes and what comes, a deletion before the insertion that replaces it.

    Equal wordings give one kept piece, two empty ones none. Time and memory are bounded: in a
    text of hundreds of kilobytes the search is cut short by counting, never by the clock, and
    what was not searched is shown as replaced.
    """
    old, new = normalise(old), normalise(new)
    if old == new:
        return joined([(Op.KEEP, old)])
    if not old or not new or max(len(old), len(new)) > LONGEST:
        return joined([(Op.DELETE, old), (Op.INSERT, new)])
    before, after = _Words(old), _Words(new)
    blocks = matching_blocks(before.words, after.words)
    changes = readable_changes(before.words, after.words, blocks)
    return joined(_stretches(before, after, changes))


def similarity(old: str, new: str) -> float:
    """The share of words that two wordings have in common, from 0.0 to 1.0, in any order."""
    ours = Counter(word for word in tokenize(normalise(old).casefold()) if is_word(word))
    theirs = Counter(word for word in tokenize(normalise(new).casefold()) if is_word(word))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


class _Words:
    """A text as its tokens without the blanks, and where each begins and ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for token in tokenize(text):
            end = at + len(token)
            if not is_blank(token):
                self.words.append(token)
                self.starts.append(at)
                self.ends.append(end)
            at = end

    def gap(self, start: int, end: int) -> str:
        """All between the end of the word before ``start`` and the beginning of word ``end``."""
        left = self.ends[start - 1] if start else 0
        return self.text[left : self.starts[end]] if end < len(self.words) else self.text[left:]


def _stretches(
    before: _Words, after: _Words, changes: Sequence[Change]
) -> Iterator[tuple[Op, str]]:
    old_at = new_at = 0
    for change in changes:
        yield from _kept(before, after, (old_at, new_at), change.old_from - old_at)
        yield from _changed(
            before.gap(change.old_from, change.old_to), after.gap(change.new_from, change.new_to)
        )
        old_at, new_at = change.old_to, change.new_to
    yield from _kept(before, after, (old_at, new_at), len(before.words) - old_at)


def _kept(
    before: _Words, after: _Words, at: tuple[int, int], size: int
) -> Iterator[tuple[Op, str]]:
    """Kept words; where only the blank between two of them differs, that blank is the change."""
    old, new = at
    if not size:
        return
    text = before.text[before.starts[old] : before.ends[old + size - 1]]
    if text == after.text[after.starts[new] : after.ends[new + size - 1]]:
        yield Op.KEEP, text
        return
    for step in range(size):
        yield Op.KEEP, before.words[old + step]
        if step < size - 1:
            yield from _changed(
                before.gap(old + step + 1, old + step + 1),
                after.gap(new + step + 1, new + step + 1),
            )


def _changed(old: str, new: str) -> Iterator[tuple[Op, str]]:
    """The two fillings of one place, with the blank they share at an edge left out."""
    lead = " " if old.startswith(" ") and new.startswith(" ") else ""
    old, new = old[len(lead) :], new[len(lead) :]
    trail = " " if old.endswith(" ") and new.endswith(" ") else ""
    cut = len(trail)
    yield Op.KEEP, lead
    yield Op.DELETE, old[: len(old) - cut]
    yield Op.INSERT, new[: len(new) - cut]
    yield Op.KEEP, trail
