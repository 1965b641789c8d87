"""The whole of a newer text with what changed in it marked in its place. Pure.

Rows of the stored comparison stand where their provisions stand; all between them reads as the
edition has it. Nothing is compared again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.documents.models import Wording
from app.documents.rendering import style_of
from app.documents.tables import table_html
from app.documents.verdicts import Verdict
from app.legaltext.numbering import display_mark
from app.legaltext.units import GROUPING, Kind
from app.platform.typography import bind

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision in the whole text; ``row`` is what happened to it, if anything did.

    ``step`` says how far it is set in, ``html`` are its words as the newer edition has them.
    """

    number: int
    kind: Kind
    step: int
    mark: str
    html: Markup
    row: Row | None = None

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


def entries(rows: Sequence[Row], old: Sequence[int], new: Sequence[Wording]) -> list[Entry]:
    """Every provision of the new text, and those that went after the one they stood after.

    ``old`` are the permanent numbers of the old text in its order.
    """
    happened = {row["number"]: row for row in rows}
    told_with_others = {number for row in rows for number in row["numbers"][1:]}
    gone = _gone_after(rows, old, {w.provision.number for w in new})
    steps: dict[int | None, int] = {}
    found = [_gone(row, 0) for row in gone.get(None, ())]
    for wording in new:
        number, step = wording.provision.number, steps.get(wording.parent_id, 0)
        opens = wording.kind in GROUPING or wording.kind is Kind.SECTION
        steps[wording.provision_id] = step if opens else step + 1
        if number not in told_with_others:
            found.append(_entry(wording, step, happened.get(number)))
        found.extend(_gone(row, step) for row in gone.get(number, ()))
    return found


def _gone_after(
    rows: Sequence[Row], old: Sequence[int], standing: set[int]
) -> dict[int | None, list[Row]]:
    """Rows of provisions that went, under the last one before them that still stands."""
    went = {row["number"]: row for row in rows if Verdict.REPEALED in row["verdicts"]}
    found: dict[int | None, list[Row]] = {}
    last: int | None = None
    for number in old:
        if number in standing:
            last = number
        elif number in went:
            found.setdefault(last, []).append(went[number])
    return found


def _entry(wording: Wording, step: int, row: Row | None) -> Entry:
    alone = row is None or len(row["numbers"]) == 1
    mark = display_mark(wording.kind, wording.mark) if alone else ""
    return Entry(wording.provision.number, wording.kind, step, mark, _words(wording), row)


def _gone(row: Row, step: int) -> Entry:
    return Entry(row["number"], Kind(row["kind"]), step, "", Markup(""), row)


def _words(wording: Wording) -> Markup:
    if wording.kind is Kind.TABLE:
        return table_html(wording.text)
    return Markup("{}").format(bind(wording.text))
