"""The figures follow from the lines, and the kept value is the value."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.content import (
    CHANNELS,
    KINDS,
    STATES,
    ChangeLine,
    RemarkLine,
    Report,
    count,
    from_json,
    participants,
    to_json,
)
from tests.reports import samples

words = st.text(max_size=8)

remark_lines = st.builds(
    RemarkLine,
    number=st.integers(1, 9999),
    provision=words,
    who=words,
    party=st.sampled_from(["organisation:1", "organisation:2", "person:1", "guest:1"]),
    by_organisation=st.booleans(),
    channel=st.sampled_from(CHANNELS),
    kind=st.sampled_from(KINDS),
    received_on=st.dates().map(str),
    content=words,
    proposed=words,
    quote=words,
    state=st.sampled_from(STATES),
    justification=words,
    decided_on=words,
    changes=st.lists(words, max_size=3).map(tuple),
    is_hidden=st.booleans(),
    hidden_reason=words,
    withdrawal_reason=words,
    no_change=words,
)

change_lines = st.builds(
    ChangeLine,
    document=words,
    provision=words,
    verdicts=st.lists(words, max_size=2).map(tuple),
    pieces=st.lists(st.tuples(st.sampled_from(["keep", "insert", "delete"]), words)).map(tuple),
    causes=st.lists(words, max_size=2).map(tuple),
)


@given(st.lists(remark_lines))
def test_states_channels_and_kinds_each_add_up_to_the_total(lines: list[RemarkLine]) -> None:
    figures = count(lines)
    assert figures.total == len(lines)
    assert sum(figures.states.values()) == figures.total
    assert sum(figures.channels.values()) == figures.total
    assert sum(figures.kinds.values()) == figures.total
    assert sum(participants(lines).values()) == figures.total


@given(st.lists(remark_lines))
def test_no_figure_exceeds_what_it_is_counted_from(lines: list[RemarkLine]) -> None:
    figures = count(lines)
    assert max(figures.hidden, figures.changed_the_text) <= figures.total
    assert figures.hidden == sum(line.is_hidden for line in lines)
    parties = {(line.party, line.by_organisation) for line in lines}
    assert figures.organisations + figures.persons == len(parties)


def test_every_name_is_counted_also_with_nothing_in_it() -> None:
    figures = count([])
    assert figures.total == figures.hidden == figures.organisations == figures.persons == 0
    assert figures.states == dict.fromkeys(STATES, 0)
    assert figures.channels == dict.fromkeys(CHANNELS, 0)
    assert figures.kinds == dict.fromkeys(KINDS, 0)


@pytest.mark.parametrize("field", ["state", "channel", "kind"])
def test_what_would_be_counted_nowhere_is_refused(field: str) -> None:
    line = dataclasses.replace(samples.full().remarks[0], **{field: "nieznane"})
    with pytest.raises(ValueError, match="nieznane"):
        count([line])


def test_one_person_counts_once_and_an_organisation_apart_from_its_member() -> None:
    line = samples.full().remarks[0]
    own = dataclasses.replace(line, party="person:7", by_organisation=False)
    figures = count([line, line, own, own])
    assert (figures.organisations, figures.persons) == (1, 1)


@given(st.lists(remark_lines, max_size=4), st.lists(change_lines, max_size=3))
def test_the_kept_value_is_the_value(remarks: list[RemarkLine], changes: list[ChangeLine]) -> None:
    report = dataclasses.replace(samples.full(), remarks=tuple(remarks), changes=tuple(changes))
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


def test_a_report_kept_before_a_field_was_added_still_opens() -> None:
    kept = to_json(samples.empty())
    del kept["made_by"], kept["changes"]
    assert from_json(kept) == samples.empty()


@pytest.mark.parametrize(("state", "hidden", "silent"), [
    ("withdrawn", False, True), ("accepted", True, True), ("accepted", False, False),
])  # fmt: skip
def test_words_are_left_out_when_hidden_or_withdrawn(
    state: str, hidden: bool, silent: bool
) -> None:
    line = dataclasses.replace(samples.full().remarks[0], state=state, is_hidden=hidden)
    assert line.is_silent is silent


def test_a_report_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        samples.empty().title = "inny"  # type: ignore[misc]
    assert isinstance(Report.figures, property)
