"""One act on several dates of a series: which of them it reaches, and where it moves them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.events.local_times import moved_along
from app.events.models import Event
from app.events.planning import OCCASION, Occasion


class Reach(StrEnum):
    """How far an act on one date of a series reaches."""

    ALONE = "alone"
    FOLLOWING = "following"  # this date and those after it
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a date was and where it will be."""

    event: Event
    before: Occasion
    after: Occasion

    @property
    def changed(self) -> list[str]:
        """What people are told of, by its name; a sign-up window alone is not told."""
        return [n for n in OCCASION if getattr(self.before, n) != getattr(self.after, n)]

    @property
    def changes_link_alone(self) -> bool:
        """Whether only the link has become another, which is told to those who have a place."""
        return self.changed == ["online_url"]


def moved_likewise(own: Occasion, before: Occasion, after: Occasion) -> Occasion:
    """Another date of the series, moved as ``before`` was to ``after``.

    Each moment goes by as many days and hours on the town's clocks; what stays there stays here.
    """
    starts_at = moved_along(own.starts_at, before.starts_at, after.starts_at)

    def window(name: str) -> datetime | None:
        mine, old, new = (getattr(one, name) for one in (own, before, after))
        if new is None or new == old:
            return None if new is None and old is not None else mine
        if old is None:
            return moved_along(new, after.starts_at, starts_at)
        return mine and moved_along(mine, old, new)

    return Occasion(
        starts_at,
        moved_along(own.ends_at, before.ends_at, after.ends_at),
        own.place if after.place == before.place else after.place,
        own.online_url if after.online_url == before.online_url else after.online_url,
        window("signup_opens_at"),
        window("signup_closes_at"),
    )
