"""Two editions compared, as the page of the comparison shows them. Pure.

The marked-up difference was made on publication and stays as it was; old and new side by side are
cut out of it, so that the three views can never tell different stories.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.documents.tables import table_html
from app.documents.verdicts import Verdict
from app.drafting.models import DraftChange
from app.legaltext.units import Kind
from app.platform.caching import all_of
from app.platform.typography import bind

_INSERTED = re.compile(r"<ins>.*?</ins>", re.DOTALL)
_DELETED = re.compile(r"<del>.*?</del>", re.DOTALL)

Row = Mapping[str, Any]

#: Under the number of each provision of an edition, number and title of the chapter around it.
Chapters = Mapping[int, tuple[int, str]]


#: From so many changes on, they stand in parts, one for each chapter, with a list that leads there.
LONG = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter in which something has changed; ``number`` is that of its title, 0 before all."""

    number: int
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, what only got another number, and the causes under provisions' numbers."""

    changed: Sequence[Row]
    renumbered: Sequence[Row]
    causes: Mapping[int, Sequence[DraftChange]]

    @property
    def seen(self) -> list[tuple[Hashable, ...]]:
        """All about the causes that may become another: a published change itself never does."""
        found = {c.id: c for changes in self.causes.values() for c in changes}
        remarks = {remark.id: remark for c in found.values() for remark in c.causes}
        events = {c.event.id: (c.event.slug, c.event.title) for c in found.values() if c.event}
        return [tuple(found), *map(all_of, remarks.values()), *events.items()]

    def why(self, row: Row) -> list[DraftChange]:
        """The changes behind a row, each once: a new § may have got some of its parts later."""
        found = {c.id: c for number in row["numbers"] for c in self.causes.get(number, ())}
        return sorted(found.values(), key=lambda change: change.id)


def of(rows: Sequence[Row], causes: Mapping[int, Sequence[DraftChange]]) -> Changes:
    """The rows of a stored comparison, those apart whose words and place are the same."""
    alone = [row for row in rows if row["verdicts"] == [Verdict.RENUMBERED]]
    changed = [row for row in rows if row["verdicts"] != [Verdict.RENUMBERED]]
    return Changes(changed, alone, causes)


def parts(rows: Sequence[Row], chapters: Chapters, before: Chapters) -> list[Part]:
    """The rows of a long list under their chapters; none when it is short or has one chapter.

    What went belongs to the chapter in which it stood ``before``, in the older edition; where that
    chapter still stands it is called as it is called now.
    """
    found: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        then = before.get(row["number"], (0, ""))
        here = chapters.get(row["number"]) or chapters.get(then[0], then)
        found.setdefault(here, []).append(row)
    if len(rows) < LONG or len(found) < 2:
        return []
    return [Part(number, title, inside) for (number, title), inside in found.items()]


def sides(row: Row) -> tuple[Markup, Markup]:
    """The old wording with what went and the new one with what came; "" where there was none."""
    html = row["html"]
    old = _INSERTED.sub("", html) if row["old_text"] else ""
    new = _DELETED.sub("", html) if row["new_text"] else ""
    return Markup(old), Markup(new)  # noqa: S704 – made and escaped by documents.comparison


def result(row: Row) -> Markup:
    """The new wording as it is set in the text; "" for a provision that was struck out."""
    if not row["new_text"]:
        return Markup("")
    if row["kind"] == Kind.TABLE:
        return table_html(row["new_text"])
    lines = (Markup("<p>{}</p>").format(bind(line)) for line in row["new_text"].split("\n"))
    return Markup("").join(lines)
