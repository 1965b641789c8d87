"""Undoing corrections of a draft."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.documents.history import KEPT, remembered, step_between, undone

ROWS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=8)


@given(ROWS, ROWS)
def test_undoing_a_step_gives_back_what_was(before: list[str], after: list[str]) -> None:
    step = step_between(before, after, "edit")
    assert (step is None) is (before == after)
    assert before == (undone(after, step) if step else after)


def test_a_step_keeps_only_what_changed() -> None:
    before = [f"wiersz {i}" for i in range(1000)]
    after = [*before[:500], "inny", *before[501:]]
    step = step_between(before, after, "edit")
    assert step == {"at": 500, "old": ["wiersz 500"], "length": 1, "what": "edit"}


def test_steps_are_undone_one_after_the_other() -> None:
    states = [["a"], ["a", "b"], ["b"], ["b", "c", "d"], ["d"]]
    history: list[dict[str, object]] = []
    for before, after in pairwise(states):
        step = step_between(before, after, "x")
        assert step is not None
        history = remembered(history, step)
    rows = states[-1]
    for expected in reversed(states[:-1]):
        rows = undone(rows, history.pop())
        assert rows == expected


def test_only_the_last_steps_are_remembered() -> None:
    history: list[dict[str, object]] = []
    for number in range(KEPT + 7):
        history = remembered(history, {"what": number})
    assert [step["what"] for step in history] == list(range(7, KEPT + 7))
