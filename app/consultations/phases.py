"""Which phase a consultation is in; follows from its dates and the moment, nothing is switched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class Window(Protocol):
    """A round: remarks are taken from ``opens_at`` up to, and not at, ``closes_at``."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...


W = TypeVar("W", bound=Window)


class Phase(StrEnum):
    """Where a consultation stands."""

    DRAFT = "draft"  # not published yet: only the office sees it
    UPCOMING = "upcoming"  # published, no round has opened
    OPEN = "open"  # a round is open: remarks are taken
    BETWEEN = "between"  # one round has closed, another is to come
    CONSIDERED = "considered"  # all rounds closed, answers and the report are being written
    CONCLUDED = "concluded"  # the report is published


def phase_at(
    rounds: Sequence[Window],
    at: datetime,
    *,
    published_at: datetime | None,
    concluded_at: datetime | None,
) -> Phase:
    """The phase at a moment. A consultation without rounds never opens."""
    if not is_published(published_at, at):
        return Phase.DRAFT
    if concluded_at is not None and at >= concluded_at:
        return Phase.CONCLUDED
    if current_round(rounds, at) is not None:
        return Phase.OPEN
    started = any(window.opens_at <= at for window in rounds)
    to_come = any(window.opens_at > at for window in rounds)
    if not started:
        return Phase.UPCOMING
    return Phase.BETWEEN if to_come else Phase.CONSIDERED


def is_published(published_at: datetime | None, at: datetime) -> bool:
    """Whether everybody sees a consultation at a moment, whatever its dates."""
    return published_at is not None and published_at <= at


def current_round(rounds: Sequence[W], at: datetime) -> W | None:
    """The round that takes remarks at a moment; the one that closes last when two overlap."""
    open_now = [window for window in rounds if window.opens_at <= at < window.closes_at]
    return max(open_now, key=lambda window: window.closes_at, default=None)
