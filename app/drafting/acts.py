"""One act of a working draft as it is performed, and where it then stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.legaltext.changes import ChangeSet, Insert, Repeal
from app.legaltext.difference import between
from app.legaltext.merge import Verdict
from app.legaltext.tokens import normalise
from app.legaltext.units import Unit, Units, walk


@dataclass(frozen=True, slots=True)
class Step:
    """One act. ``what`` is "reword", "insert", "repeal" or "move"; ``key`` gives the order.

    ``target`` is the provision reworded, repealed or moved; of an insertion, the one after which
    the new provision stands. ``old`` is the target as the author of the act saw it, ``new`` its
    new wording, or the new provision; ``after`` is where a moved provision goes.
    """

    key: int
    what: str
    target: str
    old: Unit | None = None
    new: Unit | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an act stands in the working text: a ``COLLISION`` changed nothing.

    ``met`` are the keys of the acts that it collided with or should be read beside, where they
    are known; ``clash`` says in which way it collided, "gone" when its place no longer stands.
    """

    verdict: Verdict
    met: tuple[int, ...] = ()
    clash: str = ""
    units: tuple[str, ...] = ()  # where


@dataclass(frozen=True, slots=True)
class Folded:
    """The working text, and where every act stands, under its key."""

    units: Units
    standings: dict[int, Standing]

    @property
    def colliding(self) -> frozenset[int]:
        """The acts that stand aside."""
        return frozenset(
            k for k, standing in self.standings.items() if standing.verdict is Verdict.COLLISION
        )


@lru_cache(maxsize=5000)
def difference(old: Unit, *new: Unit) -> ChangeSet:
    """What makes a new wording of an old one, marks apart; remembered from deed to deed."""
    return between((old,), new, marks=False)


@lru_cache(maxsize=5000)
def touched(step: Step) -> frozenset[str]:
    """The provisions that an act adds, rewords, moves or repeals."""
    if step.what == "move":
        return frozenset({step.target})
    if step.what == "insert":
        return frozenset(unit.id for unit in walk((step.new,) if step.new else ()))
    if step.what == "repeal":
        return frozenset(unit.id for unit in walk((step.old,) if step.old else ()))
    assert step.old is not None
    assert step.new is not None
    ids: set[str] = set()
    for change in difference(step.old, step.new):
        if isinstance(change, Insert):
            ids.update(unit.id for unit in walk((change.unit,)))
        elif isinstance(change, Repeal):
            gone = next(u for u in walk((step.old,)) if u.id == change.unit_id)
            ids.update(unit.id for unit in walk((gone,)))
        else:
            ids.add(change.unit_id)
    return frozenset(ids)


def same(one: Unit | None, other: Unit | None) -> bool:
    """Whether two trees are the same provisions in the same words, whatever their marks."""
    if one is None or other is None or one == other:
        return one is other or one == other
    pairs = zip(walk((one,)), walk((other,)), strict=False)
    return sum(1 for _ in walk((one,))) == sum(1 for _ in walk((other,))) and all(
        a.id == b.id
        and a.kind is b.kind
        and len(a.children) == len(b.children)
        and (a.text == b.text or normalise(a.text) == normalise(b.text))
        for a, b in pairs
    )
