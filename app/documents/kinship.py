"""Provisions whose words went into another one between two editions. Pure.

Who is who is known from the permanent numbers; the alignment is asked only about provisions that
came or went: whether they were cut from one that stood before, or taken into one that stands now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.legaltext.alignment import Match, Verdict, align
from app.legaltext.units import Units, walk


@dataclass(frozen=True, slots=True)
class Kinship:
    """All under permanent numbers as text.

    ``cut_from``: of a new provision the old one that its words were cut from. ``taken_into``: of a
    provision that went the one that took its words in. ``words_from``: of a provision all others
    of the old text whose words it may hold.
    """

    cut_from: Mapping[str, str] = field(default_factory=dict)
    taken_into: Mapping[str, str] = field(default_factory=dict)
    words_from: Mapping[str, list[str]] = field(default_factory=dict)


def kinship(old: Units, new: Units) -> Kinship:
    """What the provisions that came and went have to do with those that stood or stand."""
    before = {unit.id for unit in walk(old)}
    after = {unit.id for unit in walk(new)}
    if before == after:
        return Kinship()
    cut_from: dict[str, str] = {}
    taken_into: dict[str, str] = {}
    words_from: dict[str, list[str]] = defaultdict(list)
    for match in align(old, new, trust_ids=True).matches:
        if match.new is None:
            _gone(match, taken_into, words_from)
        elif match.old is None and match.origin is not None:
            cut_from[match.new.id] = match.origin.id
            words_from[match.new.id].append(match.origin.id)
        elif match.old is not None and match.old.id != match.new.id:
            # Struck out and written anew in one step: another provision, much the same words.
            words_from[match.new.id].append(match.old.id)
    return Kinship(cut_from, taken_into, dict(words_from))


def _gone(match: Match, taken_into: dict[str, str], words_from: dict[str, list[str]]) -> None:
    if Verdict.JOINED in match.verdicts and match.old and match.successor:
        taken_into[match.old.id] = match.successor.id
        words_from[match.successor.id].append(match.old.id)
