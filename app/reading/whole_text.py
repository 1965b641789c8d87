"""The whole of a newer text with what changed in it marked in its place. Pure.

Rows of the stored comparison stand where their provisions stand; all between them reads as the
edition has it. Nothing is compared again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from app.documents.rendering import style_of
from app.documents.tables import table_html
from app.documents.verdicts import Verdict
from app.legaltext.numbering import display_mark
from app.legaltext.units import GROUPING, Kind
from app.platform.typography import bind

Row = Mapping[str, Any]

#: The older text in its order: the permanent number of each provision, and of the one around it.
Old = Sequence[tuple[int, int | None]]


class Standing(NamedTuple):
    """A provision as it stands in an edition; ``parent_id`` is the ``provision_id`` around it."""

    number: int
    provision_id: int
    parent_id: int | None
    kind: Kind
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision in the whole text; ``row`` is what happened to it, if anything did.

    ``step`` says how far it is set in, ``html`` are its words as the newer edition has them. Where
    a moved provision stood there is an entry that has ``left``: it stands elsewhere now.
    """

    number: int
    kind: Kind
    step: int
    mark: str
    html: Markup
    row: Row | None = None
    left: bool = False

    @property
    def gone(self) -> bool:
        """Whether it stands in the older edition only."""
        return self.row is not None and Verdict.REPEALED in self.row["verdicts"]

    @property
    def reworded(self) -> bool:
        """Whether the words themselves came, went or changed."""
        return self.row is not None and self.row["old_text"] != self.row["new_text"]

    @property
    def copy(self) -> Markup:
        """The same words beside themselves: seen, neither heard nor reached with the keyboard."""
        calm = str(self.html).replace(' tabindex="0"', "")
        return Markup(calm)  # noqa: S704 – only an attribute less than what was escaped

    @property
    def style(self) -> str:
        """Classes for the style sheet of legal text."""
        kind = "paragraph" if self.kind in GROUPING and not self.mark else style_of(self.kind)
        return f"provision--{kind}" + (f" provision--step-{self.step}" if self.step else "")


def entries(rows: Sequence[Row], old: Old, new: Sequence[Standing]) -> list[Entry]:
    """Every provision of the new text, and what went or was moved after what it stood after."""
    happened = {row["number"]: row for row in rows}
    told_with_others = {number for row in rows for number in row["numbers"][1:]}
    gone, around = _gone_after(rows, old), dict(old)
    steps: dict[int | None, int] = {}
    inside: dict[int | None, int] = {}  # the same steps, under numbers
    found = [_gone(row, 0) for row in gone.get(None, ())]
    for wording in new:
        number, step = wording.number, steps.get(wording.parent_id, 0)
        opens = wording.kind in GROUPING or wording.kind is Kind.SECTION
        steps[wording.provision_id] = inside[number] = step if opens else step + 1
        if number not in told_with_others:
            found.append(_entry(wording, step, happened.get(number)))
        found.extend(
            _gone(row, inside.get(around.get(row["number"]), step)) for row in gone.get(number, ())
        )
    return found


def _gone_after(rows: Sequence[Row], old: Old) -> dict[int | None, list[Row]]:
    """Rows of what went or was moved away, under the last provision before it that is still there.

    What stood in a moved provision went with it, and is looked for where that stands now.
    """
    repealed = _those(rows, Verdict.REPEALED)
    with_parts = {number for row in repealed.values() for number in row["numbers"]}
    moved = _those(rows, Verdict.MOVED)
    away: set[int] = set()
    found: dict[int | None, list[Row]] = {}
    last: dict[bool, int | None] = {False: None, True: None}
    for number, parent in old:
        with_it = parent in away
        if number in moved:
            found.setdefault(last[with_it], []).append(moved[number])
            away.add(number)
        elif number in repealed:
            found.setdefault(last[with_it], []).append(repealed[number])
        elif with_it and number not in with_parts:
            away.add(number)
        if number not in with_parts:
            last[number in away] = number
    return found


def _those(rows: Sequence[Row], verdict: Verdict) -> dict[int, Row]:
    return {row["number"]: row for row in rows if verdict in row["verdicts"]}


def _entry(wording: Standing, step: int, row: Row | None) -> Entry:
    alone = row is None or len(row["numbers"]) == 1
    mark = display_mark(wording.kind, wording.mark) if alone else ""
    return Entry(wording.number, wording.kind, step, mark, _words(wording), row)


def _gone(row: Row, step: int) -> Entry:
    left = Verdict.MOVED in row["verdicts"]
    return Entry(row["number"], Kind(row["kind"]), step, "", Markup(""), row, left)


def _words(wording: Standing) -> Markup:
    if wording.kind is Kind.TABLE:
        return table_html(wording.text)
    return Markup("{}").format(bind(wording.text))
