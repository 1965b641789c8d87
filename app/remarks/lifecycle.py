"""What state a remark is in, and which state may follow which. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    """How a remark stands, in one word; the first of these that applies is the one shown."""

    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    REJECTED = "rejected"
    OUT_OF_SCOPE = "out_of_scope"
    OPEN = "open"  # waits for an answer


#: States that say what the office thinks of a remark.
ANSWERED = frozenset({State.ACCEPTED, State.PARTIALLY_ACCEPTED, State.REJECTED, State.OUT_OF_SCOPE})

_FOLLOWS: dict[State, frozenset[State]] = {
    State.OPEN: ANSWERED | {State.WITHDRAWN, State.HIDDEN},
    # Hiding takes the words away, not the right to an answer or to give up.
    State.HIDDEN: ANSWERED | {State.OPEN, State.WITHDRAWN},
    State.WITHDRAWN: frozenset(),
    # The office may think again, but nobody takes back what has been answered.
    **{state: ANSWERED | {State.HIDDEN} for state in ANSWERED},
}


class Standing(Protocol):
    """What the state of a remark follows from."""

    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def outcome(self) -> StrEnum | None: ...


def state_of(remark: Standing) -> State:
    """The state of a remark."""
    if remark.withdrawn_at is not None:
        return State.WITHDRAWN
    if remark.hidden_at is not None:
        return State.HIDDEN
    return State(str(remark.outcome)) if remark.outcome is not None else State.OPEN


def may_follow(state: State, following: State) -> bool:
    """Whether a remark in one state may come into another; an answer may be given anew."""
    return following in _FOLLOWS[state]


def may_be_changed(remark: Standing) -> bool:
    """Whether its author may still say something else: it waits for an answer, in sight."""
    return state_of(remark) is State.OPEN


def may_be_withdrawn(remark: Standing) -> bool:
    """Whether its author may still give it up: an answer that was given stays an answer."""
    return remark.outcome is None and may_follow(state_of(remark), State.WITHDRAWN)


def may_be_answered(remark: Standing) -> bool:
    """Whether the office may give a position, the first one or another."""
    return may_follow(state_of(remark), State.ACCEPTED)


def may_come_into_the_text(remark: Standing) -> bool:
    """Whether its words may still change the text: nobody has said no, its author least of all."""
    said_no = {State.WITHDRAWN, State.REJECTED, State.OUT_OF_SCOPE}
    outcome = State(str(remark.outcome)) if remark.outcome is not None else State.OPEN
    return remark.withdrawn_at is None and outcome not in said_no


def words_are_hidden(remark: Standing) -> bool:
    """Whether a reason stands in place of the words, also of a remark withdrawn since."""
    return remark.hidden_at is not None
