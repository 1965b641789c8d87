"""The office makes the programme of the stages; nothing on them ever clashes.

The event's row is locked first, and what is on the stages is looked at afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.events.models import Event
from app.events.queries import locked
from app.festival import queries
from app.festival.announcing import follow, leave, settings_of, touch
from app.festival.applying import (
    SENT_BEFORE,
    AppliedAlready,
    refuse_mistakes,
    refuse_stale,
    says,
    write,
)
from app.festival.content import CHANGEOVER, MINUTES, StageWish
from app.festival.models import ApplicationState, StageApplication
from app.festival.permissions import can_arrange_festival
from app.festival.square import OVER
from app.festival.stage_programme import Turn, clashes, next_free
from app.festival.stage_words import sentence
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require

MOST_STAGES = 6

NO_SUCH_STAGE = _l("There is no such stage. Choose one of the list.")


@dataclass(frozen=True, slots=True)
class Slot:
    """A stage, a beginning and so many minutes, with those in which the stage is set before."""

    stage: str
    starts_at: datetime
    minutes: int
    changeover: int


def why_not(turn: StageApplication, slot: Slot) -> str | None:
    """What stands against a turn being there, with the next free start; ``None`` if it can be."""
    event, moved = turn.event, _as_turn(turn, slot)
    day = queries.day_of(event)
    shown = queries.on_stage(event)
    others = [queries.as_turn(a, a.starts_at, a.stage) for a in shown if a.starts_at is not None]
    against = clashes(moved, others, day)
    if not against:
        return None
    free = next_free(moved, others, day, after=slot.starts_at) or next_free(moved, others, day)
    return sentence(against[0], {a.id: a for a in shown}, event, slot.stage, free)


def _as_turn(turn: StageApplication, slot: Slot) -> Turn:
    return Turn(
        id=turn.id,
        stage=slot.stage,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        changeover=slot.changeover,
        organisation=turn.organisation_id,
        not_before=turn.not_before,
        not_after=turn.not_after,
    )


def free_starts(turn: StageApplication, stages: Sequence[str]) -> dict[str, datetime | None]:
    """On each stage, the first moment at which a turn could begin."""
    event = turn.event
    day, others = queries.day_of(event), queries.turns_on(event)
    return {
        stage: next_free(queries.as_turn(turn, event.starts_at, stage), others, day)
        for stage in stages
    }


def put_on(turn: StageApplication, slot: Slot, *, version: int, by: User, at: datetime) -> None:
    """Put somebody on a stage, or move them; refused with what it clashes with."""
    turn = _locked_turn(turn)
    event = turn.event
    require(can_arrange_festival(by, event, at), OVER)
    if slot == slot_of(turn):
        return
    refuse_stale(turn, version)
    if turn.state is not ApplicationState.ACCEPTED:
        raise DomainError(_l("Accept this application first: only then it gets a time."))
    if slot.stage not in settings_of(event).stages:
        raise DomainError(NO_SUCH_STAGE)
    _refuse_lengths(slot)
    against = why_not(turn, slot)
    if against is not None:
        raise DomainError(against)
    was = turn.starts_at.isoformat() if turn.starts_at else ""
    turn.stage, turn.starts_at = slot.stage, slot.starts_at
    turn.minutes, turn.changeover = slot.minutes, slot.changeover
    turn.version += 1
    now_at = slot.starts_at.isoformat()
    record("scheduled", turn, by=by, at=at, scope=event, was=was, starts_at=now_at)
    follow(turn, at=at)


def _refuse_lengths(slot: Slot) -> None:
    for value, (least, most) in ((slot.minutes, MINUTES), (slot.changeover, CHANGEOVER)):
        if not least <= value <= most:
            raise DomainError(_l("Enter a number from %(min)d to %(max)d.", min=least, max=most))


def slot_of(turn: StageApplication) -> Slot | None:
    """Where a turn is now, if it is anywhere."""
    if turn.starts_at is None:
        return None
    return Slot(turn.stage, turn.starts_at, turn.minutes, turn.changeover)


def take_off(turn: StageApplication, *, version: int, by: User, at: datetime) -> None:
    """Take somebody's time back; they are still accepted. Twice is the same as once."""
    turn = _locked_turn(turn)
    require(can_arrange_festival(by, turn.event, at), OVER)
    if turn.starts_at is None:
        return
    refuse_stale(turn, version)
    turn.starts_at = None
    turn.version += 1
    record("unscheduled", turn, by=by, at=at, scope=turn.event)
    follow(turn, at=at)


def add_point(
    event: Event, wish: StageWish, *, submission_key: str, by: User, at: datetime
) -> StageApplication:
    """A point of the programme by the office itself: the opening, a prize, a word of thanks.

    Raises ``AppliedAlready``.
    """
    event = locked(event.id)
    require(can_arrange_festival(by, event, at), OVER)
    made = queries.application_by_submission(StageApplication, submission_key)
    if made is not None:
        if not says(made, wish):
            raise AppliedAlready(SENT_BEFORE, made)
        return made
    refuse_mistakes(wish, event)
    point = StageApplication(
        event=event,
        submission_key=submission_key,
        state=ApplicationState.ACCEPTED,
        created_at=at,
        decided_at=at,
    )
    write(point, wish)
    db.session.add(point)
    record("point_added", point, by=by, at=at, scope=event)
    return point


def change_point(
    point: StageApplication, wish: StageWish, *, version: int, by: User, at: datetime
) -> None:
    """Change the office's own point; its time is changed by ``put_on``."""
    point = _locked_turn(point)
    require(can_arrange_festival(by, point.event, at) and point.organisation_id is None, OVER)
    refuse_mistakes(wish, point.event)
    if says(point, wish):
        return
    refuse_stale(point, version)
    before = slot_of(point)
    write(point, wish)
    slot = slot_of(point)
    if slot is not None and slot != before:
        against = why_not(point, slot)
        if against is not None:
            raise DomainError(against)
    point.version += 1
    record("changed", point, by=by, at=at, scope=point.event)
    touch(point.event)


def remove_point(point: StageApplication, *, by: User, at: datetime) -> None:
    """Take the office's own point out of the programme; it leaves a trace. Twice is as once."""
    point = _locked_turn(point)
    require(can_arrange_festival(by, point.event, at) and point.organisation_id is None, OVER)
    if point.state is ApplicationState.WITHDRAWN:
        return
    leave(point)
    point.state = ApplicationState.WITHDRAWN
    point.version += 1
    record("withdrawn", point, by=by, at=at, scope=point.event)


def name_stages(event: Event, names: Sequence[str], *, by: User, at: datetime) -> None:
    """Say which stages there are, the main one first; one with something on it stays."""
    event = locked(event.id)
    require(can_arrange_festival(by, event, at), OVER)
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if not 1 <= len(wanted) <= MOST_STAGES or any(len(name) > 60 for name in wanted):
        raise DomainError(
            _l("Name from 1 to %(most)d stages, each on a line of its own.", most=MOST_STAGES)
        )
    used = {turn.stage for turn in queries.on_stage(event)} - set(wanted)
    if used:
        raise DomainError(
            _l(
                "Something is on this stage: %(name)s. Move it first, then take the stage away.",
                name=min(used),
            )
        )
    festival = settings_of(event)
    if list(festival.stages) == wanted:
        return
    festival.stages = wanted
    record("stages_named", event, by=by, at=at, stages=wanted)
    touch(event)


def _locked_turn(turn: StageApplication) -> StageApplication:
    held = queries.held(turn)
    assert isinstance(held, StageApplication)
    return held
