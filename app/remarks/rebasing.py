"""What a new edition makes of a wording that was proposed for an earlier one. Pure.

The three texts of every merge are the one it was written on, the new edition and the proposal, so
that what becomes of a wording depends on no edition in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from app.legaltext.changes import Repeal
from app.legaltext.difference import between
from app.legaltext.editing import as_text, from_text
from app.legaltext.merge import MergeResult, Verdict, merge
from app.legaltext.numbering import renumber
from app.legaltext.tokens import normalise
from app.legaltext.units import Unit, Units, by_id, walk
from app.remarks.fate import Fate
from app.remarks.models import AmendmentKind


@dataclass(frozen=True, slots=True)
class Written:
    """A wording as it was written: what it does to which provision, and its words."""

    kind: AmendmentKind
    unit_id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """What came of it: ``text`` now makes of ``seen`` what was wanted.

    Of a wording that could not be carried both are those it was written on. ``unit_id`` is empty
    when its provision is gone. ``now`` is what the new edition says where the words collide.
    """

    fate: Fate
    unit_id: str
    seen: str
    text: str
    to_read: bool = False
    now: str = ""


class Step:
    """From one edition to another, with what is needed to carry many wordings found once."""

    def __init__(self, old: Units, new: Units) -> None:
        self.old = by_id(old)
        self.new = by_id(new)
        self._roots = new
        self._said: dict[tuple[bool, str], str] = {}

    def became(self, written: Written) -> Became:
        """What the new edition makes of one wording written on the old one."""
        before = self.old.get(written.unit_id)
        if before is None:
            return Became(Fate.ORPHANED, "", "", written.text)
        seen = self._says(before, new=False)
        after = self.new.get(written.unit_id) or self._under_another_id(seen)
        if written.kind is AmendmentKind.INSERT:
            return self._insert(written, seen, after)
        if after is None:
            gone = Fate.SATISFIED if written.kind is AmendmentKind.STRIKE else Fate.ORPHANED
            return Became(gone, "", seen, written.text)
        now = self._says(after, new=True)
        if normalise(now) == normalise(seen):
            return Became(Fate.STANDS, after.id, now, written.text)
        if written.kind is AmendmentKind.REWORD and normalise(now) == normalise(written.text):
            return Became(Fate.SATISFIED, after.id, now, written.text)
        return _merged(before, after, written, now)

    def _insert(self, written: Written, seen: str, after: Unit | None) -> Became:
        """A new provision moves with the one it follows; its words meet no others."""
        says_it = self._fresh.get(normalise(_bare(written.text, self.old[written.unit_id])))
        if says_it is not None:
            return Became(Fate.SATISFIED, after.id if after else "", seen, written.text)
        if after is None:
            return Became(Fate.ORPHANED, "", seen, written.text)
        now = self._says(after, new=True)
        crowded = self._following.get(after.id, "") in self._fresh_ids
        if normalise(now) == normalise(seen) and not crowded:
            return Became(Fate.STANDS, after.id, now, written.text)
        return Became(Fate.REBASED, after.id, now, written.text, to_read=crowded)

    def _under_another_id(self, seen: str) -> Unit | None:
        """The provision, word for word, where an edition gave it a new id."""
        return self._fresh.get(normalise(seen))

    @cached_property
    def _fresh_ids(self) -> frozenset[str]:
        return frozenset(self.new.keys() - self.old.keys())

    @cached_property
    def _fresh(self) -> Mapping[str, Unit]:
        """The provisions that came with the new edition, by what they say; the first of equals."""
        found: dict[str, Unit] = {}
        for unit in walk(self._roots):
            if unit.id in self._fresh_ids and (said := normalise(self._says(unit, new=True))):
                found.setdefault(said, unit)
        return found

    @cached_property
    def _following(self) -> Mapping[str, str]:
        """The id of the sibling after each unit of the new edition."""
        families = (self._roots, *(unit.children for unit in self.new.values()))
        return {one.id: other.id for family in families for one, other in pairwise(family)}

    def _says(self, unit: Unit, *, new: bool) -> str:
        if (new, unit.id) not in self._said:
            self._said[new, unit.id] = as_text(unit)
        return self._said[new, unit.id]


def _bare(text: str, beside: Unit) -> str:
    """The words of a proposed new provision, without the mark that its author gave it."""
    return as_text(from_text(Unit("new", beside.kind, "", ""), text))


def _merged(before: Unit, after: Unit, written: Written, now: str) -> Became:
    theirs = between((before,), (replace(after, id=before.id),), marks=False)
    if written.kind is AmendmentKind.STRIKE:
        found = merge((before,), (Repeal(before.id),), theirs)
        text = written.text
    else:
        proposed = from_text(before, written.text)
        found = merge((before,), between((before,), (proposed,), marks=False), theirs)
        text = _text(found, after, proposed)
    if found.verdict is Verdict.COLLISION:
        return Became(Fate.CHANGED_BENEATH, after.id, as_text(before), written.text, now=now)
    if written.kind is AmendmentKind.REWORD and normalise(text) == normalise(now):
        return Became(Fate.SATISFIED, after.id, now, written.text)
    to_read = found.verdict is Verdict.READ_BY_PERSON
    return Became(Fate.REBASED, after.id, now, text, to_read)


def _text(found: MergeResult, after: Unit, proposed: Unit) -> str:
    """The merged provision as lines, its parts marked as the new edition marks them."""
    root = found.units[0]
    marks = {unit.id: unit.mark for unit in (*walk((proposed,)), *walk((after,)))}
    marked = _with_marks(root, marks)
    grown = {unit.id for unit in walk((root,))} != {unit.id for unit in walk((after,))}
    if grown and _is_regular(after):
        marked = renumber((marked,))[0]
    return as_text(marked)


def _with_marks(unit: Unit, marks: Mapping[str, str]) -> Unit:
    children = tuple(_with_marks(child, marks) for child in unit.children)
    return replace(unit, mark=marks.get(unit.id, unit.mark), children=children)


def _is_regular(unit: Unit) -> bool:
    """Whether the parts are marked 1, 2, 3 … so that a new one may push the others on."""
    return renumber((unit,))[0].children == unit.children
