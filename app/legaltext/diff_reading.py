"""From the longest common sequence to what a person can read.

The longest common sequence keeps every accidental "i" and comma between two rewritten phrases and
cuts sentences in odd places. Here a change slides to where a sentence or a phrase begins, and
kept trifles between changes become part of one replacement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from .diff_matching import Block
from .tokens import is_word

_SENTENCE_ENDS = frozenset({".", "!", "?", ";"})
_LINE = frozenset({"\n", "\t"})
_PAUSES = frozenset({",", ":", "–", "—", "-", ")", "”"})
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a aby albo ale by być co czy dla do go i ich iż ja jak jako je jego jej jest już ku lub ma"
        " mu my na nad o od oraz pod przez przy są się ta tak te tej ten to tym tych tego u w we"
        " wraz z za ze że",
    )
)
#: How far a change may slide; more only happens in repetition, where every place is as good.
_SLIDE = 200

_TRIFLE = 0.25
_MARK = 0.1
#: A kept phrase of such weight is recognised by a reader and stays, whatever changed around it.
_PHRASE = 3.0
_PHRASE_IN_SENTENCE = 2.1
_REWRITTEN_BELOW = 0.4


@dataclass(slots=True)
class Change:
    """Old tokens ``old_from:old_to`` give way to new tokens ``new_from:new_to``."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int


def readable_changes(
    old: Sequence[str], new: Sequence[str], blocks: Iterable[Block]
) -> list[Change]:
    """The changes between the kept blocks, in order, with at least one kept token between them."""
    changes = _slid(old, new, _between(blocks, len(old), len(new)))
    if len(changes) < 2:
        return changes
    words, sums = (old, new), (_Sums(old), _Sums(new))
    return _rewritten_sentences_whole(words, sums, _without_trifles(words, sums, changes))


@lru_cache(maxsize=20_000)
def weight(token: str) -> float:
    """How much it means to a reader that the token stayed."""
    if token in _SENTENCE_ENDS or token in _LINE:
        return 1.0
    if not is_word(token):
        return _MARK
    return _TRIFLE if token.lower() in _FUNCTION_WORDS else 1.0


def _between(blocks: Iterable[Block], old_length: int, new_length: int) -> list[Change]:
    changes: list[Change] = []
    old_at = new_at = 0
    for old, new, size in (*blocks, Block(old_length, new_length, 0)):
        if old > old_at or new > new_at:
            changes.append(Change(old_at, old, new_at, new))
        old_at, new_at = old + size, new + size
    return changes


def _slid(old: Sequence[str], new: Sequence[str], changes: list[Change]) -> list[Change]:
    result: list[Change] = []
    for number, change in enumerate(changes):
        previous = result[-1] if result else Change(0, 0, 0, 0)
        room_left = min(change.old_from - previous.old_to, change.new_from - previous.new_to)
        following = changes[number + 1] if number + 1 < len(changes) else None
        room_right = min(
            (following.old_from if following else len(old)) - change.old_to,
            (following.new_from if following else len(new)) - change.new_to,
        )
        if change.old_from == change.old_to:
            shift = _best_shift(new, (change.new_from, change.new_to), (room_left, room_right))
        elif change.new_from == change.new_to:
            shift = _best_shift(old, (change.old_from, change.old_to), (room_left, room_right))
        else:
            shift = 0
        moved = Change(
            change.old_from + shift,
            change.old_to + shift,
            change.new_from + shift,
            change.new_to + shift,
        )
        if result and moved.old_from == previous.old_to and moved.new_from == previous.new_to:
            previous.old_to, previous.new_to = moved.old_to, moved.new_to
        else:
            result.append(moved)
    return _touching_joined(result)


def _touching_joined(changes: list[Change]) -> list[Change]:
    result: list[Change] = []
    for change in changes:
        last = result[-1] if result else None
        if last and last.old_to == change.old_from and last.new_to == change.new_from:
            last.old_to, last.new_to = change.old_to, change.new_to
        else:
            result.append(change)
    return result


def _best_shift(tokens: Sequence[str], run: tuple[int, int], room: tuple[int, int]) -> int:
    """How far the run should slide over equal tokens to begin and end where a phrase does."""
    start, end = run
    best, best_shift = _edge(tokens, start) + _edge(tokens, end), 0
    for direction, limit in ((-1, room[0]), (1, room[1])):
        for step in range(1, min(limit, _SLIDE) + 1):
            shift = step * direction
            left = start + shift if direction < 0 else start + shift - 1
            right = end + shift if direction < 0 else end + shift - 1
            if tokens[left] != tokens[right]:
                break
            score = _edge(tokens, start + shift) + _edge(tokens, end + shift)
            if score > best:
                best, best_shift = score, shift
    return best_shift


def _edge(tokens: Sequence[str], at: int) -> int:
    """How naturally the text is cut before the token at the place."""
    if at in {0, len(tokens)} or tokens[at - 1] == "\n":
        return 5
    before, after = tokens[at - 1], tokens[at]
    if before in _SENTENCE_ENDS or before == "\t":
        score = 4
    elif after in _LINE:
        score = 3
    elif before in _PAUSES:
        score = 2
    else:
        score = 1
    return score


def _merged(changes: list[Change], swallow: Callable[[Change, Change], bool]) -> list[Change]:
    """The changes with neighbours made one wherever what stands between them is swallowed."""
    result: list[Change] = []
    for change in changes:
        result.append(change)
        while len(result) > 1 and swallow(result[-2], result[-1]):
            last = result.pop()
            result[-1] = Change(result[-1].old_from, last.old_to, result[-1].new_from, last.new_to)
    return result


def _without_trifles(
    words: tuple[Sequence[str], Sequence[str]], sums: tuple[_Sums, _Sums], changes: list[Change]
) -> list[Change]:
    old, new = sums

    def swallow(left: Change, right: Change) -> bool:
        if old.lines_between(left.old_to, right.old_from):
            return False
        if _number_for_number(words, left) or _number_for_number(words, right):
            return False
        kept = old.between(left.old_to, right.old_from)
        gone = [old.between(side.old_from, side.old_to) for side in (left, right)]
        come = [new.between(side.new_from, side.new_to) for side in (left, right)]
        lesser = min(max(gone[0], come[0]), max(gone[1], come[1]))
        if any(gone) and any(come):
            return kept < min(lesser, _PHRASE)
        return kept * 8 < lesser and lesser >= 3

    return _merged(changes, swallow)


def _number_for_number(words: tuple[Sequence[str], Sequence[str]], change: Change) -> bool:
    """Whether one amount, date or citation becomes another: a reader wants to see it alone.

    One word may stand with it: "1 stycznia" becomes "dnia 1 lutego".
    """
    return all(
        1 <= len(run) <= 2 and sum(_has_digit(token) for token in run) == 1
        for run in (
            words[0][change.old_from : change.old_to],
            words[1][change.new_from : change.new_to],
        )
    )


def _has_digit(token: str) -> bool:
    return any(character.isdigit() for character in token)


def _rewritten_sentences_whole(
    words: tuple[Sequence[str], Sequence[str]], sums: tuple[_Sums, _Sums], changes: list[Change]
) -> list[Change]:
    """One replacement for three or more changes in a sentence of which too little is kept."""
    old, new = sums
    result: list[Change] = []
    for group in _by_sentence(words, old, changes):
        first, last = group[0], group[-1]
        kept = sum(old.between(left.old_to, right.old_from) for left, right in pairwise(group))
        whole = max(
            old.between(first.old_from, last.old_to), new.between(first.new_from, last.new_to)
        )
        if len(group) >= 3 and kept < whole * _REWRITTEN_BELOW:
            result.append(Change(first.old_from, last.old_to, first.new_from, last.new_to))
        else:
            result.extend(group)
    return result


def _by_sentence(
    words: tuple[Sequence[str], Sequence[str]], old: _Sums, changes: list[Change]
) -> list[list[Change]]:
    """The changes in groups without a kept phrase or the end of a sentence between them.

    A change that itself crosses sentences stands alone.
    """
    groups: list[list[Change]] = []
    end_of_last = 0
    crossed = True
    for change in changes:
        kept = words[0][end_of_last : change.old_from]
        crosses = _ends_sentence(words[0][change.old_from : change.old_to]) or _ends_sentence(
            words[1][change.new_from : change.new_to]
        )
        phrase = old.between(end_of_last, change.old_from) >= _PHRASE_IN_SENTENCE
        if crossed or crosses or phrase or _ends_sentence(kept):
            groups.append([])
        groups[-1].append(change)
        end_of_last, crossed = change.old_to, crosses
    return groups


def _ends_sentence(tokens: Iterable[str]) -> bool:
    return any(token in _SENTENCE_ENDS or token in _LINE for token in tokens)


class _Sums:
    """Weights of any stretch of tokens, and the lines and cells that end in it, in one step."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._weights = list(accumulate(map(weight, tokens), initial=0.0))
        self._lines = list(accumulate((token in _LINE for token in tokens), initial=0))

    def between(self, start: int, end: int) -> float:
        return self._weights[end] - self._weights[start]

    def lines_between(self, start: int, end: int) -> int:
        return self._lines[end] - self._lines[start]
