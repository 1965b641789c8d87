"""Which words of the old wording are still there in the new one: exact, and bounded in time.

Words become characters and diff-match-patch finds the longest common sequence of them. Its clock
is switched off, so the same texts always give the same answer; the work is bounded by counting
instead: long stretches are first cut at sentences and words that occur once on each side, and
what is still too long after that, or exceeds the budget of the whole comparison, counts as
replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from diff_match_patch import diff_match_patch

#: Old words times new words that one exact search may face (about a tenth of a second).
EXACT_LIMIT = 250_000
#: The same, summed over all the exact searches of one comparison.
BUDGET = 4_000_000

#: How often a stretch may be cut at anchors within a stretch between anchors.
_DEEPEST = 20

_SURROGATES_FROM = 0xD800
_SURROGATES = 0x800
_SENTENCE_ENDS = frozenset({".", "!", "?", ";", ":", "\n", "\t"})


class Block(NamedTuple):
    """A run of ``size`` equal tokens, at ``old`` in the old text and at ``new`` in the new."""

    old: int
    new: int
    size: int


class _Range(NamedTuple):
    old_from: int
    old_to: int
    new_from: int
    new_to: int


def matching_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """The runs of tokens that both sequences share, in order and never touching."""
    matcher = _Matcher(old, new)
    matcher.match(_Range(0, len(old), 0, len(new)))
    return _as_blocks(matcher.pairs)


def _as_blocks(pairs: list[tuple[int, int]]) -> list[Block]:
    blocks: list[Block] = []
    for old, new in pairs:
        if blocks:
            last = blocks[-1]
            if last.old + last.size == old and last.new + last.size == new:
                blocks[-1] = last._replace(size=last.size + 1)
                continue
        blocks.append(Block(old, new, 1))
    return blocks


class _Matcher:
    """Collects matched pairs of positions from left to right."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old = old
        self.new = new
        self.pairs: list[tuple[int, int]] = []
        self.budget = BUDGET
        self.depth = 0

    def match(self, within: _Range) -> None:
        """Match what is inside the range: ends first, then exactly, or cut into smaller ranges."""
        old_from, old_to, new_from, new_to = within
        while old_from < old_to and new_from < new_to and self.old[old_from] == self.new[new_from]:
            self.pairs.append((old_from, new_from))
            old_from, new_from = old_from + 1, new_from + 1
        tail = 0
        while (
            old_from < old_to - tail
            and new_from < new_to - tail
            and self.old[old_to - tail - 1] == self.new[new_to - tail - 1]
        ):
            tail += 1
        middle = _Range(old_from, old_to - tail, new_from, new_to - tail)
        if middle.old_from < middle.old_to and middle.new_from < middle.new_to:
            self._match_middle(middle)
        self.pairs.extend((old_to - back, new_to - back) for back in range(tail, 0, -1))

    def _match_middle(self, within: _Range) -> None:
        shared = set(self.old[within.old_from : within.old_to]).intersection(
            self.new[within.new_from : within.new_to]
        )
        if not shared:
            return
        old = [at for at in range(within.old_from, within.old_to) if self.old[at] in shared]
        new = [at for at in range(within.new_from, within.new_to) if self.new[at] in shared]
        cost = len(old) * len(new)
        if cost <= min(EXACT_LIMIT, self.budget):
            self.budget -= cost
            self._match_exactly(old, new)
        else:
            self._match_between_anchors(within)

    def _match_exactly(self, old: Sequence[int], new: Sequence[int]) -> None:
        alphabet: dict[str, str] = {}
        for token in (*(self.old[at] for at in old), *(self.new[at] for at in new)):
            if token not in alphabet:
                alphabet[token] = _character(len(alphabet))
        old_at = new_at = 0
        for op, run in _search().diff_main(
            "".join(alphabet[self.old[at]] for at in old),
            "".join(alphabet[self.new[at]] for at in new),
            False,
        ):
            if op == diff_match_patch.DIFF_EQUAL:
                self.pairs.extend(
                    zip(
                        old[old_at : old_at + len(run)],
                        new[new_at : new_at + len(run)],
                        strict=True,
                    )
                )
            old_at += len(run) if op != diff_match_patch.DIFF_INSERT else 0
            new_at += len(run) if op != diff_match_patch.DIFF_DELETE else 0

    def _match_between_anchors(self, within: _Range) -> None:
        anchors = self._anchors(within, _sentences) or self._anchors(within, _single_tokens)
        if not anchors or self.depth == _DEEPEST:
            return
        self.depth += 1
        old_from, new_from = within.old_from, within.new_from
        for old, new, size in anchors:
            self.match(_Range(old_from, old, new_from, new))
            self.pairs.extend((old + step, new + step) for step in range(size))
            old_from, new_from = old + size, new + size
        self.match(_Range(old_from, within.old_to, new_from, within.new_to))
        self.depth -= 1

    def _anchors(self, within: _Range, cut: _Cut) -> list[Block]:
        old = list(cut(self.old, within.old_from, within.old_to))
        new = list(cut(self.new, within.new_from, within.new_to))
        return [
            Block(old[i][0], new[j][0], old[i][1])
            for i, j in anchors([key for *_, key in old], [key for *_, key in new])
        ]


#: Cuts a range of tokens into (position, number of tokens, what is compared).
_Cut = Callable[[Sequence[str], int, int], Iterator[tuple[int, int, Hashable]]]


def _single_tokens(
    tokens: Sequence[str], start: int, end: int
) -> Iterator[tuple[int, int, Hashable]]:
    return ((at, 1, tokens[at]) for at in range(start, end))


def _sentences(tokens: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int, Hashable]]:
    since = start
    for at in range(start, end):
        if tokens[at] in _SENTENCE_ENDS or at == end - 1:
            yield since, at + 1 - since, tuple(tokens[since : at + 1])
            since = at + 1


def anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of positions of what occurs exactly once on each side, the longest ascending chain."""
    once_old = {key for key, count in Counter(old).items() if count == 1}
    once_new = {key: at for at, key in enumerate(new)}
    counted = Counter(new)
    pairs = [
        (at, once_new[key])
        for at, key in enumerate(old)
        if key in once_old and counted.get(key) == 1
    ]
    return [pairs[at] for at in longest_ascending([to for _, to in pairs])]


def longest_ascending(values: Sequence[int]) -> list[int]:
    """Positions of a longest strictly ascending subsequence, in order (n log n)."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(tail_at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tail_at.append(at)
        else:
            tails[place] = value
            tail_at[place] = at
    chain: list[int] = []
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]


def _character(number: int) -> str:
    """A character for each distinct word, never one of a surrogate pair."""
    code = number + 1
    return chr(code if code < _SURROGATES_FROM else code + _SURROGATES)


def _search() -> diff_match_patch:
    search = diff_match_patch()
    search.Diff_Timeout = 0  # a clock would make the answer depend on the machine's load
    return search
