"""From a base text and the acts that are switched in to the working text. Pure.

Acts are performed in the order in which they were made. Those made on one and the same wording of
a slot are merged all at once, so that among them the order does not matter; an act made on another
wording is merged three ways. What cannot be done exactly as it was meant is not done, and says why.

From one deed to the next nearly all acts and wordings stay the same: what was found out about them
is remembered by their content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.drafting.acts import Folded, Standing, Step, difference, same, touched
from app.drafting.slots import Place, Text
from app.legaltext import numbering
from app.legaltext.changes import ChangeError, ChangeSet, Insert, Move, Repeal, apply
from app.legaltext.collisions import Clash, clashes
from app.legaltext.footprint import Footprint, Wordings
from app.legaltext.forest import Index
from app.legaltext.merge import MergeResult, Verdict, merge, merge_all
from app.legaltext.units import Unit, Units, walk


def fold(base: Units, steps: Iterable[Step]) -> Folded:
    """The base with every act performed, or set aside; renumbered once its structure changed."""
    folding = _Folding(base)
    for step in sorted(steps, key=lambda step: step.key):
        folding.take(step)
    folding.settle()
    units = folding.text.units()
    same_frame = [(u.id, u.kind) for u in walk(base)] == [(u.id, u.kind) for u in walk(units)]
    return Folded(units if same_frame else numbering.renumber(units), folding.standings)


def trail(base: Units, steps: Iterable[Step]) -> list[tuple[int, dict[str, str]]]:
    """What each act in the text made of the words of the provisions it touched, in order."""
    folding, found = _Folding(base), list[tuple[int, dict[str, str]]]()
    for step in sorted(steps, key=lambda step: step.key):
        if folding.take(step).verdict is Verdict.COLLISION:
            continue
        folding.settle()
        units = {unit_id: folding.text.unit(unit_id) for unit_id in touched(step)}
        found.append((step.key, {unit_id: unit.text for unit_id, unit in units.items() if unit}))
    return found


@lru_cache(maxsize=2000)
def _merged(base: Unit, sides: tuple[ChangeSet, ...]) -> MergeResult:
    return merge_all((base,), sides)


class _Layer:
    """A wording of a slot and the acts made on exactly this wording."""

    def __init__(self, base: Unit) -> None:
        self.base = base
        self.index = Index((base,))
        self.wordings = Wordings(self.index)
        self.sides: list[tuple[Step, ChangeSet, Footprint]] = []
        self.is_merged = True

    def unit(self, unit_id: str) -> Unit | None:
        return self.index.units.get(unit_id)

    def merged(self) -> MergeResult:
        return _merged(self.base, tuple(changes for _, changes, _ in self.sides))


class _Folding:
    def __init__(self, base: Units) -> None:
        self.text = Text(base)
        self.layers: dict[str, _Layer] = {}
        self.standings: dict[int, Standing] = {}
        self.touching: dict[str, list[int]] = {}

    def take(self, step: Step) -> Standing:
        """Perform an act and remember where it stands and what it touched."""
        self.standings[step.key] = standing = self.perform(step)
        if standing.verdict is not Verdict.COLLISION:
            for unit_id in touched(step):
                self.touching.setdefault(unit_id, []).append(step.key)
        return standing

    def perform(self, step: Step) -> Standing:
        gone = [one for one in (step.target, step.after) if one and not self._stands(one)]
        if gone and step.what == "repeal" and self._touchers(gone):
            return Standing(Verdict.SAME, self._touchers(gone))
        if gone:
            return self._collision("gone", gone)
        acts = {
            "reword": self._reword,
            "insert": self._insert,
            "repeal": self._repeal,
            "move": self._move,
        }
        try:
            return acts[step.what](step)
        except ChangeError as error:
            return self._collision("gone", (error.unit_id,))

    def _stands(self, unit_id: str) -> bool:
        if unit_id not in self.text.home:
            self.settle()
        return unit_id in self.text.home

    def _collision(self, clash: str, units: Iterable[str], met: Sequence[int] = ()) -> Standing:
        places = tuple(dict.fromkeys(unit_id for unit_id in units if unit_id))
        return Standing(
            Verdict.COLLISION, tuple(sorted({*met, *self._touchers(places)})), clash, places
        )

    def _touchers(self, ids: Iterable[str], but: int = 0) -> tuple[int, ...]:
        keys = {key for unit_id in ids for key in self.touching.get(unit_id, ())}
        return tuple(sorted(keys - {but}))

    # Inside one slot.

    def _layer(self, slot_id: str) -> _Layer:
        if slot_id not in self.layers:
            self.layers[slot_id] = _Layer(self.text.slots[slot_id])
        return self.layers[slot_id]

    def _next_layer(self, slot_id: str) -> _Layer:
        self._merge(slot_id)
        self.layers.pop(slot_id, None)
        return self._layer(slot_id)

    def settle(self) -> None:
        """Merge what was joined; the text is then as all acts so far make it."""
        for slot_id in self.layers:
            self._merge(slot_id)

    def _merge(self, slot_id: str) -> None:
        """Make the acts of a layer to the text, and mark those that met in one sentence."""
        layer = self.layers.get(slot_id)
        if layer is None or layer.is_merged:
            return
        layer.is_merged = True
        result = layer.merged()
        while result.collisions:  # no two of them collide, but all of them together do
            step, _, _ = layer.sides.pop()
            self.standings[step.key] = self._collision(result.collisions[0].clash, (step.target,))
            result = layer.merged()
        self.text.put(result.units[0])
        for step, _, _ in layer.sides:
            standing = self.standings[step.key]
            to_read = touched(step) & set(result.to_read)
            if to_read and standing.verdict is Verdict.CLEAN:
                met, places = self._touchers(to_read, but=step.key), tuple(sorted(to_read))
                self.standings[step.key] = Standing(Verdict.READ_BY_PERSON, met, "", places)

    def _reword(self, step: Step) -> Standing:
        assert step.old is not None
        assert step.new is not None
        slot_id = self.text.home[step.target]
        changes = difference(step.old, step.new)
        if same(self._layer(slot_id).unit(step.target), step.old):
            return self._join(slot_id, step, changes)
        self._next_layer(slot_id)
        current = self.text.unit(step.target)
        if current is None:
            return self._collision("gone", (step.target,))
        if same(current, step.old):
            return self._join(slot_id, step, changes)
        return self._three_ways(slot_id, step, current, changes)

    def _three_ways(self, slot_id: str, step: Step, current: Unit, changes: ChangeSet) -> Standing:
        """An act made on a wording that the text no longer has, or never had."""
        assert step.old is not None
        result = merge((step.old,), difference(step.old, current), changes)
        if result.collisions:
            clash = str(result.collisions[0].clash)
            return self._collision(clash, (each.unit_id for each in result.collisions))
        changes = difference(current, *result.units)
        if not changes:
            return Standing(Verdict.SAME, self._touchers(touched(step)))
        standing = self._join(slot_id, step, changes)
        if result.to_read and standing.verdict is Verdict.CLEAN:
            met = self._touchers(result.to_read)
            return Standing(Verdict.READ_BY_PERSON, met, "", result.to_read)
        return standing

    def _join(self, slot_id: str, step: Step, changes: ChangeSet) -> Standing:
        """Put a change set beside those made on the same wording, unless it excludes one."""
        layer = self.layers[slot_id]
        footprint = Footprint(layer.index, changes)
        found = [
            (other.key, clash)
            for other, _, theirs in layer.sides
            for clash in clashes(theirs, footprint, layer.wordings)
        ]
        if found:
            keys = sorted({key for key, _ in found})
            return self._collision(str(found[0][1].clash), (c.unit_id for _, c in found), keys)
        equal = tuple(other.key for other, theirs, _ in layer.sides if theirs == changes)
        layer.sides.append((step, changes, footprint))
        layer.is_merged = False
        return Standing(Verdict.SAME, equal) if equal else Standing(Verdict.CLEAN)

    # A provision comes, goes, or stands elsewhere.

    def _insert(self, step: Step) -> Standing:
        assert step.new is not None
        self._merge(self.text.home[step.target])
        if not self._stands(step.target):
            return self._collision("gone", (step.target,))
        place = self.text.place_after(step.target, step.new.kind)
        after, met = self._behind_newcomers(place)
        if place.slot:
            layer = self._layer(place.slot)
            known = layer.unit(place.parent), layer.unit(place.after) if place.after else True
            if after != place.after or not all(known):
                self._next_layer(place.slot)
            insertion = Insert(step.new, place.parent, after or None)
            standing = self._join(place.slot, step, (insertion,))
            if standing.verdict is Verdict.COLLISION:
                return standing
        else:
            self.text.insert(step.new, place.parent, after)
        if met:
            return Standing(Verdict.READ_BY_PERSON, met, str(Clash.SAME_PLACE), (step.new.id,))
        return Standing(Verdict.CLEAN)

    def _behind_newcomers(self, place: Place) -> tuple[str, tuple[int, ...]]:
        """Past the provisions that earlier acts put into the same gap, and the acts that did."""
        if place.slot:
            parent = self.text.unit(place.parent)
            ids = [child.id for child in parent.children] if parent else []
        else:
            ids = self.text.frame.children(place.parent)
        after, met = place.after, list[int]()
        for unit_id in ids[ids.index(after) + 1 if after else 0 :]:
            if not unit_id.startswith("new-"):
                break
            after = unit_id
            met += self.touching.get(unit_id, ())[:1]
        return after, tuple(sorted(set(met)))

    def _repeal(self, step: Step) -> Standing:
        """Only what still reads as it did is struck out: nobody else's words go unseen."""
        assert step.old is not None
        slot_id = self.text.home[step.target]
        whole = step.target in self.text.slots
        layer = self._layer(slot_id)
        if not whole and same(layer.unit(step.target), step.old):
            return self._join(slot_id, step, (Repeal(step.target),))
        self.settle()
        current = self.text.whole(step.target)
        if current is None:
            return Standing(Verdict.SAME, self._touchers((step.target,)))
        if not _only_lost(step.old, current):
            inside = (unit.id for unit in walk((current,)))
            return self._collision(str(Clash.REWORD_REPEAL), inside)
        if whole:
            self.text.repeal(step.target)
            return Standing(Verdict.CLEAN)
        self._next_layer(slot_id)
        return self._join(slot_id, step, (Repeal(step.target),))

    def _move(self, step: Step) -> Standing:
        self.settle()
        unit, goal = self.text.whole(step.target), self.text.whole(step.after)
        if unit is None or goal is None:
            return self._collision("gone", (step.target, step.after))
        if any(inner.id == step.after for inner in walk((unit,))):
            return self._collision(str(Clash.NESTING), (step.target,))
        place = self.text.place_after(step.after, unit.kind)
        if step.target in self.text.slots:
            if place.slot:
                return self._collision(str(Clash.NESTING), (step.target,))
            self.text.frame.move(step.target, place.parent, place.after)
            return Standing(Verdict.CLEAN)
        if not place.slot:
            return self._collision(str(Clash.NESTING), (step.target,))
        slot_id = self.text.home[step.target]
        if place.slot == slot_id:
            layer = self._next_layer(slot_id)
            moved = apply((layer.base,), (Move(unit.id, place.parent, place.after or None),))
            self.text.put(moved[0])
        else:
            taken = apply((self.text.slots[slot_id],), (Repeal(unit.id),))
            self.text.put(taken[0])
            target = self.text.slots[place.slot]
            given = apply((target,), (Insert(unit, place.parent, place.after or None),))
            self.text.put(given[0])
            self._next_layer(place.slot)
        self._next_layer(slot_id)
        return Standing(Verdict.CLEAN)


def _only_lost(old: Unit, current: Unit) -> bool:
    """Whether a provision reads as it did, but for parts that somebody else struck out."""
    return all(isinstance(change, Repeal) for change in difference(old, current))
