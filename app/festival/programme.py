"""The programme of an NGO Day as everybody sees it: the stages by time, the square by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.events.models import Event
from app.festival import queries
from app.festival.models import StageApplication, StandApplication
from app.festival.plan import Plan, plan_of


@dataclass(frozen=True, slots=True)
class Programme:
    """Only what was accepted and has a time or a place."""

    stages: Sequence[tuple[str, Sequence[StageApplication]]]
    stands: Sequence[StandApplication]
    plan: Plan

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.stages and not self.stands


def programme_of(event: Event) -> Programme:
    """The programme as it stands, published or not; a stage with nothing on it is left out."""
    shown, stands = queries.on_stage(event), queries.on_square(event)
    names = queries.festival_of(event).stages
    stages = [(name, [t for t in shown if t.stage == name]) for name in names]
    return Programme(
        [(name, turns) for name, turns in stages if turns],
        stands,
        plan_of(queries.places(event), stands),
    )
