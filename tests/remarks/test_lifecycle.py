"""The states of a remark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from app.remarks import lifecycle
from app.remarks.lifecycle import ANSWERED, State
from app.remarks.models import Outcome

LONG_AGO = datetime(2015, 9, 1, tzinfo=UTC)


@dataclass
class Case:
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    outcome: Outcome | None = None


@pytest.mark.parametrize(
    ("case", "state"),
    [
        (Case(), State.OPEN),
        (Case(outcome=Outcome.REJECTED), State.REJECTED),
        (Case(hidden_at=LONG_AGO), State.HIDDEN),
        (Case(hidden_at=LONG_AGO, outcome=Outcome.ACCEPTED), State.HIDDEN),
        (Case(withdrawn_at=LONG_AGO, hidden_at=LONG_AGO), State.WITHDRAWN),
    ],
)
def test_the_state_that_matters_most_is_shown(case: Case, state: State) -> None:
    assert lifecycle.state_of(case) is state


def test_each_position_of_the_office_is_a_state() -> None:
    assert {str(outcome) for outcome in Outcome} == {str(state) for state in ANSWERED}
    for outcome in Outcome:
        assert lifecycle.state_of(Case(outcome=outcome)) in ANSWERED


def test_an_answer_can_be_given_anew_but_not_taken_away() -> None:
    for state in ANSWERED:
        assert lifecycle.may_follow(state, State.REJECTED)
        assert not lifecycle.may_follow(state, State.OPEN)
        assert not lifecycle.may_follow(state, State.WITHDRAWN)


def test_nothing_follows_withdrawal() -> None:
    assert not any(lifecycle.may_follow(State.WITHDRAWN, state) for state in State)


@pytest.mark.parametrize(
    ("case", "changed", "withdrawn", "answered"),
    [
        (Case(), True, True, True),
        (Case(outcome=Outcome.ACCEPTED), False, False, True),
        (Case(hidden_at=LONG_AGO), False, True, True),
        (Case(hidden_at=LONG_AGO, outcome=Outcome.ACCEPTED), False, False, True),
        (Case(withdrawn_at=LONG_AGO), False, False, False),
    ],
)
def test_what_may_still_be_done(case: Case, changed: bool, withdrawn: bool, answered: bool) -> None:
    assert lifecycle.may_be_changed(case) is changed
    assert lifecycle.may_be_withdrawn(case) is withdrawn
    assert lifecycle.may_be_answered(case) is answered
