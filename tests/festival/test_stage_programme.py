"""Laws of the stage: what was let onto it never clashes, and the next free moment is the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.festival.stage_programme import (
    STEP,
    Day,
    Problem,
    Turn,
    at_once,
    clashes,
    next_free,
    rounded_up,
    running,
)

NOON = datetime(2016, 6, 12, 10, 0, tzinfo=UTC)
DAY = Day(NOON, NOON + timedelta(hours=6))
MAIN, SMALL = "Scena główna", "Mała scena"


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def turn(n: int, start: int, minutes: int = 20, changeover: int = 10, **fields: object) -> Turn:
    values = {"stage": MAIN, "organisation": n, **fields}
    return Turn(id=n, starts_at=at(start), minutes=minutes, changeover=changeover, **values)  # type: ignore[arg-type]


def problems(moved: Turn, *others: Turn) -> list[Problem]:
    return [clash.problem for clash in clashes(moved, others, DAY)]


def test_the_stage_must_be_set_between_two_turns() -> None:
    first = turn(1, 0)  # over after 20 minutes
    assert problems(turn(2, 20), first) == [Problem.OVERLAPS]
    assert problems(turn(2, 29), first) == [Problem.OVERLAPS]
    assert problems(turn(2, 30), first) == []
    assert problems(turn(2, 20, changeover=0), first) == []
    later = turn(3, 60)  # the stage is set for it from minute 50
    assert problems(turn(2, 31, 20), later) == [Problem.OVERLAPS]
    assert problems(turn(2, 30, 20), later) == []
    assert problems(turn(2, 0, stage=SMALL), first) == []


def test_hours_of_the_event_and_wishes() -> None:
    assert problems(turn(1, 0, changeover=60)) == []  # set before the gates open
    assert problems(turn(1, -1)) == [Problem.BEFORE_EVENT]
    assert problems(turn(1, 341)) == [Problem.AFTER_EVENT]
    assert problems(turn(1, 340)) == []
    assert problems(turn(1, 29, not_before=at(30))) == [Problem.TOO_EARLY]
    assert problems(turn(1, 30, not_before=at(30), not_after=at(50))) == []
    assert problems(turn(1, 31, not_after=at(50))) == [Problem.TOO_LATE]


def test_nobody_is_on_two_stages_at_once_but_the_office() -> None:
    here = turn(1, 0, organisation=7)
    assert problems(turn(2, 10, stage=SMALL, organisation=7), here) == [Problem.ELSEWHERE]
    assert problems(turn(2, 25, stage=SMALL, organisation=7), here) == [Problem.ELSEWHERE]
    assert problems(turn(2, 30, stage=SMALL, organisation=7), here) == []
    assert problems(turn(2, 10, stage=SMALL, organisation=8), here) == []
    office = turn(3, 0, organisation=None)
    assert problems(turn(4, 0, stage=SMALL, organisation=None), office) == []


def test_a_turn_does_not_clash_with_itself() -> None:
    assert problems(turn(1, 5), turn(1, 0)) == []


def test_a_whole_programme_is_looked_at_once_the_event_was_moved() -> None:
    turns = [turn(1, 0), turn(2, 20), turn(3, 100)]
    assert set(running(turns, DAY)) == {1, 2}
    shorter = Day(DAY.starts_at, at(60))
    assert set(running(turns, shorter)) == {1, 2, 3}


@st.composite
def wishes(draw: st.DrawFn) -> Turn:
    start = draw(st.integers(-30, 370))
    before, after = draw(st.none() | st.integers(0, 200)), draw(st.none() | st.integers(150, 360))
    return turn(
        draw(st.integers(1, 10_000)),
        start,
        draw(st.integers(5, 90)),
        draw(st.integers(0, 30)),
        stage=draw(st.sampled_from([MAIN, SMALL])),
        organisation=draw(st.sampled_from([None, 1, 2, 3])),
        not_before=None if before is None else at(before),
        not_after=None if after is None else at(after),
    )


ASKED = st.lists(wishes(), max_size=12, unique_by=lambda t: t.id)


def let_on(asked: list[Turn]) -> list[Turn]:
    """Everybody in turn: where they ask to be, else at the next free moment, else not at all."""
    on: list[Turn] = []
    for each in asked:
        free = each.starts_at if not clashes(each, on, DAY) else next_free(each, on, DAY)
        if free is not None:
            on.append(replace(each, starts_at=free))
    return on


@given(ASKED)
def test_what_was_let_on_never_clashes(asked: list[Turn]) -> None:
    on = let_on(asked)
    assert running(on, DAY) == {}
    for one in on:
        assert DAY.starts_at <= one.starts_at <= one.ends_at <= DAY.ends_at
        assert one.not_before is None or one.starts_at >= one.not_before
        assert one.not_after is None or one.ends_at <= one.not_after
        for other in on:
            same = other.stage == one.stage or (one.organisation or 0) == other.organisation
            assert other is one or not (same and at_once(one, other))


@given(ASKED, wishes(), st.integers(-30, 300))
def test_the_next_free_moment_is_the_first_one(asked: list[Turn], one: Turn, after: int) -> None:
    on = [t for t in let_on(asked) if t.id != one.id]
    found = next_free(one, on, DAY, after=at(after))
    begin = rounded_up(max(DAY.starts_at, at(after)))
    while begin < (found or DAY.ends_at):
        assert clashes(replace(one, starts_at=begin), on, DAY)
        begin += STEP
    assert found is None or not clashes(replace(one, starts_at=found), on, DAY)


def test_steps_are_full_minutes() -> None:
    assert rounded_up(at(0)) == at(0)
    assert rounded_up(at(1)) == at(5)
    assert rounded_up(at(4) + timedelta(seconds=1)) == at(5)
