"""Pagination: a page of a list, and the numbers a person needs to move in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """``items`` of page ``number`` (from 1) out of ``total`` things, ``per_page`` on each."""

    items: Sequence[T]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_previous(self) -> bool:
        """Whether an earlier page exists."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether a later page exists."""
        return self.number < self.pages

    @property
    def first(self) -> int:
        """The ordinal of the first thing shown, 0 when there is none."""
        return 0 if not self.total else (self.number - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        """The ordinal of the last thing shown."""
        return min(self.total, self.number * self.per_page)

    def window(self, reach: int = 2) -> Iterator[int | None]:
        """Page numbers to offer as links; ``None`` stands for a gap."""
        shown = sorted(
            {1, self.pages}
            | set(range(max(1, self.number - reach), min(self.pages, self.number + reach) + 1))
        )
        previous = 0
        for number in shown:
            if number - previous > 1:
                yield None
            yield number
            previous = number


def paginate(session: Session, statement: sa.Select[T], number: int, per_page: int = 25) -> Page[T]:
    """One page of a select of entities; a number out of range gives the nearest page.

    Costs two queries, whatever the length of the list.
    """
    total = (
        session.scalar(sa.select(sa.func.count()).select_from(statement.order_by(None).subquery()))
        or 0
    )
    number = min(max(1, number), max(1, -(-total // per_page)))
    rows: sa.ScalarResult[T] = session.scalars(
        statement.limit(per_page).offset((number - 1) * per_page)
    )
    return Page(rows.unique().all(), number, per_page, total)


def cut(items: Sequence[T], number: int, per_page: int = 25) -> Page[T]:
    """One page of what has been read already; a number out of range gives the nearest page."""
    number = min(max(1, number), max(1, -(-len(items) // per_page)))
    shown = items[(number - 1) * per_page : number * per_page]
    return Page(shown, number, per_page, len(items))
