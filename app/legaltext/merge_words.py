"""Three-way merging of one wording: two people changed the same words, or they did not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from .diff import Op, Piece, Pieces, compare, new_text
from .diff_pieces import joined
from .tokens import normalise, tokenize

_STOPS = frozenset({".", ";", "!", "?", "\n", "\t"})


class Verdict(StrEnum):
    """What became of two people's changes; the later in this list, the more there is to do."""

    SAME = "same"
    CLEAN = "clean"
    READ_BY_PERSON = "read_by_person"
    COLLISION = "collision"


_GRAVITY = {verdict: place for place, verdict in enumerate(Verdict)}


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that asks for most; ``SAME`` for none."""
    return max(verdicts, key=_GRAVITY.__getitem__, default=Verdict.SAME)


class Edit(NamedTuple):
    """Characters ``start`` to ``end`` of the (normalised) base replaced by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class WordCollision:
    """A stretch of the base that people want to read otherwise, and what each side makes of it."""

    start: int
    end: int
    base: str
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The base with the edits of all sides; where they collide it keeps the base's words."""

    text: str
    pieces: Pieces
    verdict: Verdict
    collisions: tuple[WordCollision, ...] = ()


def merge_texts(base: str, ours: str, theirs: str) -> Merged:
    """Both sides' edits of one wording, none of them anywhere but where it was made.

    Edits collide if they overlap or if no kept word or sign stands between them, unless they are
    the same. Separate edits in one sentence merge ``READ_BY_PERSON``. What ``normalise`` folds is
    no edit, and the merged text is normalised.
    """
    wording = Wording(base)
    return wording.combine((wording.edits(ours), wording.edits(theirs)))


class Wording:
    """A base wording and where its sentences end; made once for the edits of many sides.

    All positions are those of the normalised text.
    """

    def __init__(self, base: str) -> None:
        self.text = normalise(base)
        self._sentence_ends: list[int] = []
        at = 0
        for token in tokenize(self.text):
            at += len(token)
            if token in _STOPS:
                self._sentence_ends.append(at)

    def edits(self, version: str) -> tuple[Edit, ...]:
        """What a version does to the base, in order; as a reader sees it in a comparison."""
        edits: list[Edit] = []
        at = start = 0
        added = ""
        for piece in (*compare(self.text, version), Piece(Op.KEEP, "")):
            if piece.op is Op.INSERT:
                added += piece.text
                continue
            if piece.op is Op.KEEP:
                if start < at or added:
                    edits.append(Edit(start, at, added))
                start, added = at + len(piece.text), ""
            at += len(piece.text)
        return tuple(edits)

    def combine(self, sides: Sequence[tuple[Edit, ...]]) -> Merged:
        """The base with the edits of all sides; the order of the sides does not matter."""
        holders = _holders(sides)
        clear: list[Edit] = []
        odds: list[list[Edit]] = []
        for cluster in self._clusters(sorted(holders)):
            if _are_at_odds([holders[edit] for edit in cluster]):
                odds.append(cluster)
            else:
                clear.extend(cluster)
        pieces = joined(self._stretches(clear))
        verdict = Verdict.COLLISION if odds else self._verdict(clear, holders, len(sides))
        collisions = tuple(self._collision(cluster, sides) for cluster in odds)
        return Merged(new_text(pieces), pieces, verdict, collisions)

    def collisions(self, sides: Sequence[tuple[Edit, ...]]) -> tuple[WordCollision, ...]:
        """Only the stretches at which the sides collide; quicker than to ``combine``."""
        holders = _holders(sides)
        return tuple(
            self._collision(cluster, sides)
            for cluster in self._clusters(sorted(holders))
            if len(cluster) > 1 and _are_at_odds([holders[edit] for edit in cluster])
        )

    def _clusters(self, edits: list[Edit]) -> Iterator[list[Edit]]:
        """Edits that touch one another: no kept word or sign stands between."""
        cluster: list[Edit] = []
        end = 0
        for edit in edits:
            if cluster and edit.start > end and self.text[end : edit.start].strip(" "):
                yield cluster
                cluster = []
            end = max(end, edit.end) if cluster else edit.end
            cluster.append(edit)
        if cluster:
            yield cluster

    def _collision(self, cluster: list[Edit], sides: Sequence[tuple[Edit, ...]]) -> WordCollision:
        start, end = cluster[0].start, max(edit.end for edit in cluster)
        members = set(cluster)
        versions = tuple(
            self._applied([edit for edit in side if edit in members], start, end) for side in sides
        )
        return WordCollision(start, end, self.text[start:end], versions)

    def _applied(self, edits: list[Edit], start: int, end: int) -> str:
        parts: list[str] = []
        for edit in edits:
            parts += [self.text[start : edit.start], edit.text]
            start = edit.end
        return "".join([*parts, self.text[start:end]])

    def _stretches(self, edits: list[Edit]) -> Iterator[tuple[Op, str]]:
        at = 0
        for edit in edits:
            yield Op.KEEP, self.text[at : edit.start]
            yield Op.DELETE, self.text[edit.start : edit.end]
            yield Op.INSERT, edit.text
            at = edit.end
        yield Op.KEEP, self.text[at:]

    def _verdict(
        self, edits: list[Edit], holders: dict[Edit, frozenset[int]], sides: int
    ) -> Verdict:
        if all(len(holders[edit]) == sides for edit in edits):
            return Verdict.SAME
        spans = sorted((*self._sentences(edit), edit) for edit in edits)
        authors: set[frozenset[int]] = set()
        reach = -1.0
        for first, last, edit in spans:
            if first > reach:
                authors = set()
            reach = max(reach, last)
            if holders[edit] not in authors:
                authors.add(holders[edit])
                if _are_at_odds(authors):
                    return Verdict.READ_BY_PERSON
        return Verdict.CLEAN

    def _sentences(self, edit: Edit) -> tuple[float, float]:
        """The first and the last sentence that an edit is in; a whole new one lies between two."""
        first = float(bisect_right(self._sentence_ends, edit.start))
        if edit.end > edit.start:
            return first, float(bisect_right(self._sentence_ends, edit.end - 1))
        before = self.text[: edit.start].rstrip(" ")
        at_boundary = not before or before[-1:] in _STOPS
        if at_boundary and edit.text.rstrip(" ")[-1:] in _STOPS:
            first -= 0.5
        return first, first


def are_far(one: tuple[Edit, ...], other: tuple[Edit, ...]) -> bool:
    """Whether at least two characters lie between any two edits: then nothing can collide."""
    first = second = 0
    while first < len(one) and second < len(other):
        if one[first].end + 1 < other[second].start:
            first += 1
        elif other[second].end + 1 < one[first].start:
            second += 1
        else:
            return False
    return True


def _holders(sides: Sequence[tuple[Edit, ...]]) -> dict[Edit, frozenset[int]]:
    holders: dict[Edit, set[int]] = {}
    for number, edits in enumerate(sides):
        for edit in edits:
            holders.setdefault(edit, set()).add(number)
    return {edit: frozenset(numbers) for edit, numbers in holders.items()}


def _are_at_odds(holders: Iterable[frozenset[int]]) -> bool:
    """Whether of two edits each has an author who did not make the other."""
    distinct = sorted(set(holders), key=len)
    return any(not small <= large for small, large in pairwise(distinct))
