"""Remarks held fast to their provision, or to words quoted from it, through later editions.

A provision is found again by its permanent id, a quotation by its words and the words around it,
never by an offset.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from .changes import Move
from .difference import between
from .editing import as_text
from .forest import Index
from .quotations import Folded, Found
from .tokens import is_word, normalise, tokenize
from .units import Unit, Units, walk

#: How many characters around a quotation are kept to tell its place.
CONTEXT = 60
#: A quotation of so many words is known again without the words around it.
LONG = 4
#: More words in common than any quotation has around it.
_UNBEATEN = 1_000


class State(StrEnum):
    """What a later edition did to the place of a remark."""

    PLACED = "placed"
    MOVED = "moved"
    CHANGED_BENEATH = "changed_beneath"
    ORPHANED = "orphaned"


class AnchorError(ValueError):
    """The words to quote are not in the provision."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A provision, or with a ``quote`` words in its own text, and what stands around them."""

    unit_id: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a remark belongs in the later edition.

    ``PLACED``: the same provision and the same words. ``MOVED``: the words stand elsewhere, or
    the provision does. ``CHANGED_BENEATH``: the provision stands, but not these words of it.
    ``ORPHANED``: neither stands; ``unit_id`` is ``None``. ``start`` and ``end`` delimit a
    quotation that was found, in the unit's own text. ``ambiguous`` says that the words stand at
    several places and nothing tells which; the first is given.
    """

    state: State
    unit_id: str | None = None
    start: int | None = None
    end: int | None = None
    ambiguous: bool = False


def make_anchor(unit: Unit, start: int | None = None, end: int | None = None) -> Anchor:
    """Hold on to a unit, or to the words between two positions of its own text.

    The quotation is widened to whole words and loses the blanks at its edges. Raises
    ``AnchorError`` if no word lies between the positions.
    """
    if start is None and end is None:
        return Anchor(unit.id)
    text = unit.text
    start, end = start or 0, len(text) if end is None else end
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise AnchorError(f"No words from {start} to {end} of {len(text)} characters.")
    return _around(unit, *_whole_words(text, start, end))


def anchor_of_words(unit: Unit, quote: str) -> Anchor:
    """Hold on to words that somebody copied from a unit printed with its parts.

    The first place counts. The part in whose own text they stand holds them; words that run over
    several parts are held by the unit. Raises ``AnchorError`` if they do not stand there.
    """
    for part in walk((unit,)):
        for found in Folded(part.text).find(quote, whole=False):
            return make_anchor(part, found.start, found.end)
    printed = replace(unit, text=as_text(unit), children=())
    for found in Folded(printed.text).find(quote, whole=False):
        return make_anchor(printed, found.start, found.end)
    raise AnchorError("These words do not stand in the provision.")


def carry(anchor: Anchor, old: Units, new: Units) -> Placement:
    """Where a remark made on the old edition belongs in the new one, which kept the old ids."""
    return carry_all((anchor,), old, new)[0]


def carry_all(anchors: Iterable[Anchor], old: Units, new: Units) -> tuple[Placement, ...]:
    """A placement for every anchor, in their order; none is ever left out."""
    editions = _Editions(old, new)
    return tuple(editions.place(anchor) for anchor in anchors)


def reanchored(anchor: Anchor, placement: Placement, new: Units) -> Anchor:
    """The anchor by which to look in the edition after ``new``.

    One whose words were found holds on to their new surroundings; one that lost them keeps what
    it had, so that it finds them when a later edition brings them back.
    """
    if placement.unit_id is None:
        return anchor
    if placement.start is None:
        return replace(anchor, unit_id=placement.unit_id)
    unit = next(unit for unit in walk(new) if unit.id == placement.unit_id)
    start, end = placement.start, placement.end or placement.start
    return _around(unit, start, end)


def _around(unit: Unit, start: int, end: int) -> Anchor:
    before, after = unit.text[max(0, start - CONTEXT) : start], unit.text[end : end + CONTEXT]
    return Anchor(unit.id, unit.text[start:end], before, after)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    at, first, last = 0, -1, end
    for token in tokenize(text):
        after = at + len(token)
        if not token.isspace():
            if after > start and first < 0:
                first = at
            if at < end:
                last = after
        at = after
    return first, last


@dataclass(frozen=True, slots=True)
class _Best:
    """The likeliest place in the anchor's own unit."""

    likeness: int = -1
    placement: Placement | None = None


class _Editions:
    """Two editions, with what is needed to find many remarks again found once."""

    def __init__(self, old: Units, new: Units) -> None:
        self.old = Index(old)
        self.new = Index(new)
        self._folded: dict[tuple[bool, str], Folded] = {}

    @cached_property
    def moved(self) -> set[str]:
        """The units that stand under another parent, or in another order among their siblings."""
        changes = between(self.old.roots, self.new.roots, marks=False)
        return {change.unit_id for change in changes if isinstance(change, Move)}

    @cached_property
    def changed(self) -> dict[str, Unit]:
        """The units of the new edition that say what they did not say in the old."""
        return {
            unit.id: unit
            for unit in walk(self.new.roots)
            if unit.id not in self.old.units
            or normalise(self.old.units[unit.id].text) != normalise(unit.text)
        }

    @cached_property
    def changed_words(self) -> str:
        """All that those units say, to tell quickly that some words are nowhere in them."""
        return "\n".join(self._fold(unit_id).text for unit_id in self.changed)

    def place(self, anchor: Anchor) -> Placement:
        stands = Placement(State.ORPHANED)
        here = _Best()
        if anchor.unit_id in self.new.units:
            if not normalise(anchor.quote):
                return self._whole_unit(anchor.unit_id)
            stands, here = self._in_its_unit(anchor)
        elsewhere = self._elsewhere(anchor, more_than=here.likeness)
        return elsewhere or here.placement or stands

    def _whole_unit(self, unit_id: str) -> Placement:
        old = self.old.units.get(unit_id)
        if old is not None and _said(old) != _said(self.new.units[unit_id]):
            return Placement(State.CHANGED_BENEATH, unit_id)
        return Placement(self._state(unit_id), unit_id)

    def _state(self, unit_id: str) -> State:
        return State.MOVED if unit_id in self.moved else State.PLACED

    def _in_its_unit(self, anchor: Anchor) -> tuple[Placement, _Best]:
        """What to say if the words are nowhere, and the best place of them in the unit."""
        unit_id = anchor.unit_id
        found = list(self._fold(unit_id).find(anchor.quote, anchor.prefix, anchor.suffix))
        lost = Placement(State.CHANGED_BENEATH, unit_id, ambiguous=len(found) > 1)
        if not found:
            return self._in_print(anchor) or lost, _Best()
        best = max(found, key=lambda each: each.likeness)
        is_certain = best.likeness or _is_long(anchor.quote)
        if not is_certain and not (len(found) == 1 and self._occurred_once(anchor)):
            return lost, _Best()
        placement = _placed(self._state(unit_id), unit_id, best, found)
        return lost, _Best(best.likeness if unit_id in self.changed else _UNBEATEN, placement)

    def _in_print(self, anchor: Anchor) -> Placement | None:
        """Words that run over several parts of the unit, as the unit is printed."""
        unit = self.new.units[anchor.unit_id]
        if not unit.children or not _is_long(anchor.quote):
            return None
        printed = Folded(as_text(unit)).find(anchor.quote, anchor.prefix, anchor.suffix)
        if next(printed, None) is None:
            return None
        return Placement(self._state(unit.id), unit.id)

    def _occurred_once(self, anchor: Anchor) -> bool:
        if anchor.unit_id not in self.old.units:
            return False
        folded = self._fold(anchor.unit_id, old=True)
        return len(list(folded.find(anchor.quote, "", ""))) == 1

    def _elsewhere(self, anchor: Anchor, *, more_than: int) -> Placement | None:
        """The words in another unit that did not have them before: it was split, joined, moved.

        A few words alone are not enough to say so: they must stand among the same words.
        """
        if more_than == _UNBEATEN:
            return None
        quote = normalise(anchor.quote) or self._old_text(anchor.unit_id)
        if not quote or quote not in self.changed_words:
            return None
        least = max(more_than + 1, 0 if _is_long(quote) else 2)
        candidates = [
            (unit_id, found)
            for unit_id in self.changed
            if unit_id != anchor.unit_id and quote in self._fold(unit_id).text
            if not self._had(unit_id, quote)
            for found in self._fold(unit_id).find(quote, anchor.prefix, anchor.suffix)
            if found.likeness >= least
        ]
        if not candidates:
            return None
        unit_id, best = max(candidates, key=lambda each: each[1].likeness)
        placement = _placed(State.MOVED, unit_id, best, [found for _, found in candidates])
        if not anchor.quote and normalise(self.new.units[unit_id].text) == quote:
            return replace(placement, start=None, end=None)
        return placement

    def _old_text(self, unit_id: str) -> str:
        return normalise(self.old.units[unit_id].text) if unit_id in self.old.units else ""

    def _had(self, unit_id: str, quote: str) -> bool:
        if unit_id not in self.old.units:
            return False
        return any(self._fold(unit_id, old=True).find(quote, "", ""))

    def _fold(self, unit_id: str, *, old: bool = False) -> Folded:
        if (old, unit_id) not in self._folded:
            index = self.old if old else self.new
            self._folded[old, unit_id] = Folded(index.units[unit_id].text)
        return self._folded[old, unit_id]


def _placed(state: State, unit_id: str, best: Found, found: list[Found]) -> Placement:
    rivals = sum(each.likeness == best.likeness for each in found)
    return Placement(state, unit_id, best.start, best.end, ambiguous=rivals > 1)


def _is_long(quote: str) -> bool:
    return sum(map(is_word, tokenize(normalise(quote)))) >= LONG


def _said(unit: Unit) -> list[tuple[str, str]]:
    """What a unit and all beneath it say, whatever their marks."""
    return [(each.kind, normalise(each.text)) for each in walk((unit,))]
