"""The law of the door: whatever order words come in, and however often, they end alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from app.door.attendance import Presence, standing

START = datetime(2015, 9, 24, 15, tzinfo=UTC)

words = st.builds(
    lambda minute, present: Presence(START + timedelta(minutes=minute), present),
    st.integers(0, 5),
    st.booleans(),
)


histories = st.lists(words, min_size=1).flatmap(
    lambda told: st.tuples(st.just(told), st.permutations(told + told))
)


@given(histories)
def test_order_and_repetition_change_nothing(
    history: tuple[list[Presence], list[Presence]],
) -> None:
    told, shuffled = history
    end = reduce(standing, told, None)
    assert reduce(standing, shuffled, None) == end


@given(st.lists(words, min_size=1))
def test_the_last_word_of_the_door_stands(told: list[Presence]) -> None:
    end = reduce(standing, told, None)
    assert end is not None
    last = max(word.at for word in told)
    assert end.at == last
    assert end.present is any(word.present for word in told if word.at == last)
