"""What is due on a consultation, the most pressing first. Pure: dates and figures in, tasks out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.consultations.phases import Phase, Window
from app.platform.clock import local

#: A task this near is marked as pressing.
SOON = timedelta(days=3)

#: Adoption takes a session of the council, so it presses earlier.
SOON_TO_ADOPT = timedelta(days=21)


class Task(StrEnum):
    """What the office has to do, or wait for."""

    ANSWER = "answer"
    AUTHORS = "authors"  # they were asked about a wording of the office; nothing waits for them
    CLOSES = "closes"
    OPENS = "opens"
    IMPORT = "import"
    ADOPT = "adopt"
    REPORT = "report"


class Urgency(StrEnum):
    """How pressing a task is."""

    LATE = "late"
    SOON = "soon"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Due:
    """One task: until which day (none is known for some), how many things, how pressing."""

    task: Task
    on: date | None
    urgency: Urgency
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a consultation at a moment."""

    phase: Phase
    rounds: Sequence[Window]
    adoption_due_on: date | None
    unanswered: int
    imports: int
    with_authors: int = 0


def due(case: Case, at: datetime) -> list[Due]:
    """The tasks of a consultation: late ones first, then by date, those without one last."""
    today = local(at).date()
    tasks = _tasks(case, at, today)
    order = list(Urgency)
    return sorted(tasks, key=lambda task: (order.index(task.urgency), task.on or date.max))


def _tasks(case: Case, at: datetime, today: date) -> Iterator[Due]:
    if case.phase is Phase.CONCLUDED:
        return
    for window in case.rounds:
        for task, moment in ((Task.OPENS, window.opens_at), (Task.CLOSES, window.closes_at)):
            is_next = moment > at and (task is Task.OPENS or window.opens_at <= at)
            if is_next:
                on = local(moment).date()
                yield Due(task, on, _urgency(on, today, SOON))
    over = case.phase is Phase.CONSIDERED
    if case.unanswered:
        urgency = Urgency.SOON if over else Urgency.CALM
        yield Due(Task.ANSWER, case.adoption_due_on if over else None, urgency, case.unanswered)
    elif over:
        yield Due(Task.REPORT, None, Urgency.SOON)
    if case.with_authors:
        yield Due(Task.AUTHORS, None, Urgency.CALM, case.with_authors)
    if case.imports:
        yield Due(Task.IMPORT, None, Urgency.SOON, case.imports)
    if case.adoption_due_on is not None:
        on = case.adoption_due_on
        yield Due(Task.ADOPT, on, _urgency(on, today, SOON_TO_ADOPT), (on - today).days)


def _urgency(on: date, today: date, soon: timedelta) -> Urgency:
    if on < today:
        return Urgency.LATE
    return Urgency.SOON if on - today <= soon else Urgency.CALM
