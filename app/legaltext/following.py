"""A remark followed edition by edition, and what became of its place since it was made."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from .anchors import Anchor, Placement, State, anchor_of_words, carry_all, reanchored
from .units import Unit, Units, by_id


@dataclass(frozen=True, slots=True)
class Trail:
    """A remark on the unit ``home`` and how it stands in one edition.

    ``made`` is the anchor of the edition in which it was made, ``held`` the one to look by in the
    edition after; ``placement`` compares with the edition in which it was made, not the last one.
    """

    home: str
    made: Anchor
    held: Anchor
    placement: Placement


def begin(unit: Unit, quote: str = "") -> Trail:
    """A remark just made on a unit or on words of it. Raises ``AnchorError`` as anchors do."""
    anchor = anchor_of_words(unit, quote) if quote else Anchor(unit.id)
    return Trail(unit.id, anchor, anchor, Placement(State.PLACED, anchor.unit_id))


def follow(trails: Sequence[Trail], made_on: Units, old: Units, new: Units) -> tuple[Trail, ...]:
    """Remarks that were all made on one edition, one edition on; as many as there were."""
    steps = carry_all((trail.held for trail in trails), old, new)
    since = steps if old is made_on else carry_all((trail.made for trail in trails), made_on, new)
    standing = by_id(new)
    return tuple(
        _next(trail, step, whole, standing, new)
        for trail, step, whole in zip(trails, steps, since, strict=True)
    )


def _next(
    trail: Trail, step: Placement, since: Placement, standing: Container[str], new: Units
) -> Trail:
    """One remark: where it was made says most, then where it stood last."""
    is_whole = not trail.made.quote and since.unit_id == trail.made.unit_id
    if since.state is State.PLACED or is_whole or _lostness(since) < _lostness(step):
        held, placement = reanchored(trail.made, since, new), since
    else:
        held, placement = reanchored(trail.held, step, new), _altogether(trail, step)
    if placement.unit_id is None and trail.home in standing:
        placement = Placement(State.CHANGED_BENEATH, trail.home)
    return replace(trail, held=held, placement=placement)


def _altogether(trail: Trail, step: Placement) -> Placement:
    """The last step as seen from where the remark was made."""
    if step.unit_id is None:
        return step
    states = [step.state]
    if step.unit_id != trail.made.unit_id:
        states.append(State.MOVED)
    if trail.placement.state is State.MOVED or not trail.held.quote:
        states.append(trail.placement.state)
    gravest = max(states, key=list(State).index)
    return replace(step, state=min(gravest, State.CHANGED_BENEATH, key=list(State).index))


def _lostness(placement: Placement) -> int:
    """How little is known of where a remark belongs: 0 its words stand, 2 nothing does."""
    if placement.unit_id is None:
        return 2
    return int(placement.state is State.CHANGED_BENEATH)
