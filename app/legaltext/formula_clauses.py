"""The clauses of the amending formula, one for each thing done to a provision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .changes import ChangeSet, Insert, Move, Repeal, Reword, apply
from .citation import Step
from .difference import between
from .forest import Index
from .formula_names import Names, Siblings, last_below
from .formula_phrases import UNIT_NOUNS, can_stand_together, has_title, named, quoted, several
from .formula_words import word_clauses
from .units import Kind, Unit, Units
from .wording import wording

_ENUMERATED = frozenset({Kind.POINT, Kind.LETTER, Kind.INDENT, Kind.DOUBLE_INDENT})
_NEUTER = frozenset({Kind.INDENT, Kind.DOUBLE_INDENT})
_FORMER = {
    Kind.LETTER: "dotychczasową",
    Kind.PART: "dotychczasową",
    Kind.INDENT: "dotychczasowe",
    Kind.DOUBLE_INDENT: "dotychczasowe",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing done: where ("w § 4", "w ust. 2"), and what ("skreśla się pkt 3").

    ``alone`` is the whole sentence when it reads better than the two put together. ``place``
    orders the clauses as the provisions stand in the text, ``unit_id`` stood there before.
    """

    place: tuple[int, int]
    unit_id: str
    chain: tuple[str, ...]
    body: str
    alone: str = ""


class Clauses:
    """The clauses that lead from a text to the same text after the changes."""

    def __init__(
        self, before: Units, changes: ChangeSet, strike: str, *, renumbered: bool = False
    ) -> None:
        self.strike = strike
        self.before = Index(before)
        self.after = Index(apply(before, changes))
        self._names = Names(self.before, self.after, renumbered=renumbered)
        self._ends = last_below(self.before)
        self._repealed: dict[str, dict[tuple[Kind, str], str]] = {}
        self._replaced: set[str] = set()
        self._siblings: dict[str, Siblings] = {}

    def __iter__(self) -> Iterator[Clause]:
        changes = between(self.before.roots, self.after.roots)
        inserts = [change for change in changes if isinstance(change, Insert)]
        yield from self._insertions(inserts)
        for change in changes:
            if isinstance(change, Reword):
                yield from self._rewording(change)
            elif isinstance(change, Move):
                yield self._move(change)
        yield from self._renumberings(
            [change for change in changes if isinstance(change, Reword) and _renumbers(change)]
        )
        yield from self._repeals([change for change in changes if isinstance(change, Repeal)])

    # New words of a unit that stays.

    def _rewording(self, change: Reword) -> Iterator[Clause]:
        old, new = self.before.units[change.unit_id], self.after.units[change.unit_id]
        place, chain = (self.before.order[old.id], 0), self._names.chain(old.id)
        part, inside = _own_words(old, new)
        bodies = word_clauses(old.text, new.text)
        if bodies is not None:
            inner = (*chain, inside) if inside else chain
            yield from (Clause(place, old.id, inner, body) for body in bodies)
        elif part:
            yield Clause(place, old.id, chain, _new_part(part, old, new, self.strike))
        else:
            yield self._new_wording(old.id, replace(new, mark=old.mark, kind=old.kind, children=()))

    def _new_wording(self, unit_id: str, new: Unit) -> Clause:
        name, text = named(self._names.step(unit_id)), _in_quotes([new])
        return Clause(
            (self.before.order[unit_id], 0),
            unit_id,
            self._names.chain_above(unit_id),
            f"{name} otrzymuje brzmienie: {text}",
            f"{self._names.address(unit_id)} otrzymuje brzmienie: {text}",
        )

    # Units that come.

    def _insertions(self, inserts: list[Insert]) -> Iterator[Clause]:
        run: list[Unit] = []
        parent_id = ""
        for insert in inserts:
            if run and not _joins(run[-1], insert):
                yield self._addition(run, parent_id)
                run = []
            parent_id = insert.parent_id or ""
            replaced = "" if run else self._replaced_by(insert)
            unit = self._names.admit(insert.unit, parent_id)
            if replaced:
                yield self._new_wording(replaced, unit)
            else:
                run.append(unit)
        if run:
            yield self._addition(run, parent_id)

    def _replaced_by(self, insert: Insert) -> str:
        """The id of a repealed unit of the same kind and mark, in whose stead the new one comes."""
        parent_id = insert.parent_id or ""
        if parent_id not in self._repealed:
            old = self.before.children(parent_id) if self._stood(parent_id) else ()
            self._repealed[parent_id] = {
                (unit.kind, unit.mark): unit.id
                for unit in reversed(old)
                if unit.mark and unit.id not in self.after.units
            }
        found = self._repealed[parent_id].pop((insert.unit.kind, insert.unit.mark), "")
        if found:
            self._replaced.add(found)
        return found

    def _stood(self, unit_id: str) -> bool:
        return not unit_id or unit_id in self.before.units

    def _addition(self, run: list[Unit], parent_id: str) -> Clause:
        first = run[0]
        beside, place = self._beside(first.id, parent_id)
        chain = self._names.chain_above(first.id)
        if first.kind is Kind.SECTION and not beside.startswith("po "):
            chain = self._names.chain(parent_id)
        what = f"{self._called(run)} w brzmieniu: {_in_quotes(run)}"
        return Clause(place, parent_id, chain, f"{beside} dodaje się {what}".strip())

    def _called(self, run: list[Unit]) -> str:
        """The new units in the accusative: "pkt 2a i 2b", "tiret", "rozdział 3a"."""
        first = run[0]
        if can_stand_together(first.kind):
            return several(first.kind, [unit.mark for unit in run])
        if not first.mark or first.kind in _NEUTER:
            return UNIT_NOUNS[first.kind].accusative
        return named(self._names.step(first.id), "accusative")

    def _beside(self, unit_id: str, parent_id: str) -> tuple[str, tuple[int, int]]:
        """After or before which unit, and where that stands among the clauses."""
        if parent_id not in self._siblings:
            ids = [sibling.id for sibling in self.after.children(parent_id)]
            self._siblings[parent_id] = Siblings(ids, self._ends)
        siblings = self._siblings[parent_id]
        at = siblings.places[unit_id]
        place = siblings.old_before[at]
        if place is None:
            place = self.before.order.get(parent_id, -1)
        if at and self._names.knows(siblings.ids[at - 1]):
            name = named(self._names.step(siblings.ids[at - 1]), "locative")
            return f"po {name}", (place, 1 + at)
        following = siblings.old_after[at]
        if following:
            return f"przed {named(self._names.step(following), 'instrumental')}", (place, 1 + at)
        return "", (place, 1 + at)

    # Units that go, or go elsewhere.

    def _repeals(self, repeals: list[Repeal]) -> Iterator[Clause]:
        run: list[Unit] = []
        for repeal in repeals:
            unit = self.before.units[repeal.unit_id]
            if unit.id in self._replaced:
                continue
            if run and not self._continues(run[-1], unit):
                yield self._repeal(run)
                run = []
            run.append(unit)
        if run:
            yield self._repeal(run)

    def _continues(self, last: Unit, unit: Unit) -> bool:
        return (
            can_stand_together(unit.kind)
            and last.kind is unit.kind
            and bool(last.mark and unit.mark)
            and self._names.chain_above(last.id) == self._names.chain_above(unit.id)
        )

    def _repeal(self, run: list[Unit]) -> Clause:
        first = run[0]
        what = named(self._names.step(first.id), "accusative")
        if len(run) > 1:
            what = several(first.kind, [unit.mark for unit in run])
        place, chain = (self.before.order[first.id], 0), self._names.chain_above(first.id)
        return Clause(place, first.id, chain, f"{self.strike} {what}")

    def _move(self, change: Move) -> Clause:
        unit_id, parent_id = change.unit_id, change.parent_id or ""
        what, target = named(self._names.step(unit_id), "accusative"), ""
        if parent_id and self.before.parents[unit_id] != parent_id:
            steps = self._names.address(parent_id).steps
            target = "do " + " ".join(named(step, "genitive") for step in steps)
        beside, _ = self._beside(unit_id, parent_id)
        body = " ".join(part for part in (what, "przenosi się", target, beside) if part)
        place, chain = (self.before.order[unit_id], 0), self._names.chain_above(unit_id)
        return Clause(place, unit_id, chain, body)

    # Units that bear another mark.

    def _renumberings(self, changes: list[Reword]) -> Iterator[Clause]:
        changes = sorted(changes, key=lambda change: self.before.order[change.unit_id])
        run: list[tuple[Unit, Unit]] = []
        for change in changes:
            pair = (self.before.units[change.unit_id], self.after.units[change.unit_id])
            if run and not self._run_on(run[-1], pair):
                yield self._renumbering(run)
                run = []
            run.append(pair)
        if run:
            yield self._renumbering(run)

    def _run_on(self, last: tuple[Unit, Unit], pair: tuple[Unit, Unit]) -> bool:
        (old, new), (next_old, next_new) = last, pair
        return (
            self._continues(old, next_old)
            and new.kind is next_new.kind is old.kind
            and (
                new.kind is Kind.SECTION
                or self.after.parents[new.id] == self.after.parents[next_new.id]
            )
        )

    def _renumbering(self, run: list[tuple[Unit, Unit]]) -> Clause:
        old, new = run[0]
        if len(run) == 1:
            adjective = _FORMER.get(old.kind, "dotychczasowy")
            was = named(self._names.step(old.id), "accusative")
            becomes = named(Step(new.kind, new.mark), "accusative")
        else:
            adjective = "dotychczasowe"
            was = several(old.kind, [pair[0].mark for pair in run])
            becomes = several(new.kind, [pair[1].mark for pair in run])
        return Clause(
            (self.before.order[old.id], 2),
            old.id,
            self._names.chain_above(old.id),
            f"{adjective} {was} oznacza się jako {becomes}",
        )


def _renumbers(change: Reword) -> bool:
    return change.kind is not None or bool(change.mark)


def _own_words(old: Unit, new: Unit) -> tuple[str, str]:
    """What the own words of a unit with children are called, and where a change in them is."""
    if has_title(old.kind):
        return "tytuł", "w tytule"
    if not old.children and not new.children:
        return "", ""
    if any(child.kind in _ENUMERATED for child in (*old.children, *new.children)):
        return "wprowadzenie do wyliczenia", "we wprowadzeniu do wyliczenia"
    return "zdanie wstępne", "w zdaniu wstępnym"


def _new_part(part: str, old: Unit, new: Unit, strike: str) -> str:
    if not new.text:
        return f"{strike} {part}"
    if not old.text:
        return f"dodaje się {part} w brzmieniu: {quoted(new.text)}"
    return f"{part} otrzymuje brzmienie: {quoted(new.text)}"


def _joins(last: Unit, insert: Insert) -> bool:
    """Whether a new unit is added in one breath with the new one before it."""
    return (
        insert.after_id == last.id
        and insert.unit.kind is last.kind
        and can_stand_together(last.kind)
    )


def _in_quotes(units: list[Unit]) -> str:
    """The wording of the units; the cells of a table's row are told apart by a bar."""
    return quoted("\n".join(wording(unit) for unit in units).replace("\t", " | "))
