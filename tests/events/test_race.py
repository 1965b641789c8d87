"""A small race on the real server with several worker processes, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.race import hold
from scripts.race_judge import Race, replay
from tests.two_databases import BOTH, address_on

# One worker of the test run does these, so that the races do not slow each other down.
pytestmark = pytest.mark.xdist_group("race")


@pytest.fixture(params=BOTH)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the race's own."""
    with address_on(request.param, tmp_path) as url:
        yield url


def test_no_place_is_sold_twice_and_every_letter_is_written_once(address: str) -> None:
    race = hold(address, Race(people=24, places=5, leave=6, workers=2))
    assert race.mistakes == []
    assert race.samples
    assert race.answers[303] == 24 + 2 * 6


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ([("waiting", 1), ("placed", 1), ("waiting", 2), ("placed", 2)], "2 have a place"),
        ([("waiting", 1), ("waiting", 2), ("placed", 2)], "2 was placed before"),
        ([("waiting", 1), ("placed", 1), ("waiting", 2), ("cancelled", 1), ("waiting", 3)],
         "stays empty"),
    ],
)  # fmt: skip
def test_the_judge_would_notice(entries: list[tuple[str, int]], wrong: str) -> None:
    race = Race(places=1)
    replay(entries, race)
    assert any(wrong in mistake for mistake in race.mistakes)
