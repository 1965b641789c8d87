"""Splits and joins: a unit whose words were, or went, in another unit that stayed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .alignment_likeness import TELLING
from .alignment_sides import ROOT, Bag, Side, Weights

#: The share of its words that a part must have had in the whole; more if it stands far away.
_PART = 0.6
_FAR_PART = 0.85
_FAR_WORDS = 6
_COMMON_WORD = 200


@dataclass(frozen=True, slots=True)
class _Claim:
    """A part that may have been cut from a whole: the share of its words that the whole lost."""

    part: int
    whole: int
    share: float


def find_parts(
    whole: Side, parts: Side, partner: Mapping[int, int], weights: Weights
) -> dict[int, int]:
    """For units of ``parts`` without a partner: the unit of ``whole`` whose lost words they have.

    ``partner`` leads from the units of ``whole`` to those of ``parts``. For splits the whole is
    the old side; for joins it is the new one. Words are used once: two parts cannot both claim
    them.
    """
    lost = _lost_words(whole, parts, partner)
    having: dict[str, list[int]] = defaultdict(list)
    for index, words in lost.items():
        for stem in words:
            having[stem].append(index)
    taken = set(partner.values())
    found: dict[int, int] = {}
    for part, bag in enumerate(parts.bags):
        if part in taken or parts.words(part) < TELLING:
            continue
        mass = weights.mass(bag)
        claims = [
            _Claim(part, index, weights.shared(bag, lost[index]) / mass)
            for index in _candidates(bag, having)
        ]
        good = [claim for claim in claims if _holds(parts, claim, partner[claim.whole])]
        if good:
            best = max(good, key=lambda claim: (claim.share, -claim.whole))
            found[part] = best.whole
            lost[best.whole] -= Counter(bag)
    return found


def _lost_words(whole: Side, parts: Side, partner: Mapping[int, int]) -> dict[int, Counter[str]]:
    lost = {}
    for index, place in partner.items():
        if whole.keys[index] != parts.keys[place]:
            words = Counter(whole.bags[index]) - Counter(parts.bags[place])
            if words.total() >= TELLING:
                lost[index] = words
    return lost


def _candidates(bag: Bag, having: Mapping[str, list[int]]) -> list[int]:
    votes: Counter[int] = Counter()
    for stem in bag:
        places = having.get(stem, ())
        if len(places) <= _COMMON_WORD:
            votes.update(places)
    return [index for index, _ in votes.most_common(5)]


def _holds(parts: Side, claim: _Claim, place: int) -> bool:
    if _are_near(parts, claim.part, place):
        return claim.share >= _PART
    return claim.share >= _FAR_PART and parts.words(claim.part) >= _FAR_WORDS


def _are_near(side: Side, part: int, place: int) -> bool:
    """Whether the part stands beneath the whole, beside it, or beside the unit above it."""
    above = side.parents[part]
    if place < part < side.ends[place] or above == side.parents[place]:
        return True
    return above != ROOT and side.parents[place] in {above, side.parents[above]}
