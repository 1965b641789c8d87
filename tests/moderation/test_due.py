"""What is due, and how pressing it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.consultations.phases import Phase
from app.moderation.due import Case, Task, Urgency, due
from tests.town import moment

TODAY = moment("2015-10-05 09:00")


@dataclass
class Window:
    opens_at: datetime
    closes_at: datetime


def case(phase: Phase = Phase.OPEN, days: int = 10, **fields: object) -> Case:
    window = Window(TODAY - timedelta(days=5), TODAY + timedelta(days=days))
    given = {"rounds": [window], "adoption_due_on": None, "unanswered": 0, "imports": 0}
    return Case(phase=phase, **{**given, **fields})  # type: ignore[arg-type]


def test_an_open_round_presses_only_near_its_end() -> None:
    (calm,) = due(case(days=10), TODAY)
    (soon,) = due(case(days=2), TODAY)
    assert (calm.task, calm.urgency) == (Task.CLOSES, Urgency.CALM)
    assert (soon.on, soon.urgency) == (date(2015, 10, 7), Urgency.SOON)


def test_the_statutory_day_is_shown_and_comes_late() -> None:
    over = case(Phase.CONSIDERED, days=-1, adoption_due_on=date(2015, 10, 1), unanswered=3)
    first, second = due(over, TODAY)
    assert {first.task, second.task} == {Task.ADOPT, Task.ANSWER}
    assert first.urgency is Urgency.LATE
    assert any(item.task is Task.ANSWER and item.amount == 3 for item in (first, second))


def test_when_all_is_answered_the_report_is_next() -> None:
    assert [item.task for item in due(case(Phase.CONSIDERED, days=-1), TODAY)] == [Task.REPORT]


def test_authors_who_are_silent_are_remembered_and_press_nothing() -> None:
    found = due(case(Phase.CONSIDERED, days=-1, unanswered=1, with_authors=2), TODAY)
    (asked,) = [item for item in found if item.task is Task.AUTHORS]
    assert (asked.amount, asked.urgency, asked.on) == (2, Urgency.CALM, None)
    done = due(case(Phase.CONSIDERED, days=-1, with_authors=2), TODAY)
    assert [item.task for item in done] == [Task.REPORT, Task.AUTHORS]


def test_nothing_is_due_once_concluded() -> None:
    assert due(case(Phase.CONCLUDED, days=-9, unanswered=1, imports=2), TODAY) == []


def test_drafts_on_their_way_in_wait() -> None:
    tasks = {item.task: item for item in due(case(imports=2), TODAY)}
    assert tasks[Task.IMPORT].amount == 2


def test_a_round_to_come_is_announced() -> None:
    later = Window(TODAY + timedelta(days=2), TODAY + timedelta(days=9))
    (item,) = due(case(Phase.UPCOMING, rounds=[later]), TODAY)
    assert (item.task, item.urgency) == (Task.OPENS, Urgency.SOON)
