"""Corrections of an outline: what the coordinator asked for, made on rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from app.legaltext import draft_lines
from app.legaltext.units import Kind
from app.platform.errors import DomainError


class Verb(StrEnum):
    """What can be done to a row."""

    EDIT = "edit"  # other kind, mark or words; a line break in the words divides the row
    JOIN = "join"  # with the row before it
    DROP = "drop"  # leave it out
    CONFIRM = "confirm"  # it is right as it is: its doubts are resolved


@dataclass(frozen=True, slots=True)
class Fix:
    """One correction of one row; the last three matter to ``EDIT`` only."""

    verb: Verb
    row_id: str
    kind: Kind = Kind.PARAGRAPH
    mark: str = ""
    text: str = ""


Rows = Sequence[Mapping[str, Any]]

_UNKNOWN = _l("This correction cannot be made. Check the draft as it is now.")

#: A sentence for each code of ``draft_lines.DraftError``.
REFUSED = {
    "row_missing": _l("This row is not in the draft any more. Check the draft as it is now."),
    "nothing_before": _l("The first row has none before it to be joined with."),
    "table_alone": _l("A table cannot be joined or divided. Correct its text instead."),
    "split_outside": _l("Divide a row where there are words on both sides."),
    "text_too_long": _l("The text of one provision is too long. Divide it into rows."),
    "mark_too_long": _l("A mark is a number or a letter, such as 4, 4a, II or b."),
    "unreadable": _l("The draft could not be read. Import it once more."),
}


def read(verb: str, row_id: str, kind: str | None, mark: str | None, text: str | None) -> Fix:
    """The correction that a form asks for; raises ``DomainError`` for one that makes no sense."""
    if verb not in set(Verb):
        raise DomainError(_l("Choose what to do with the row: save, join, leave out or confirm."))
    if verb != Verb.EDIT:
        return Fix(Verb(verb), row_id)
    words = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return Fix(Verb.EDIT, row_id, Kind(kind or Kind.PARAGRAPH), (mark or "").strip(), words)


def fixed(rows: list[Any], fix: Fix) -> list[Any]:
    """The rows after a correction; raises ``DomainError`` for one that cannot be made."""
    before = draft_lines.from_plain(rows)
    try:
        match fix.verb:
            case Verb.JOIN:
                after = draft_lines.join_with_previous(before, fix.row_id)
            case Verb.DROP:
                after = draft_lines.drop(before, fix.row_id)
            case Verb.CONFIRM:
                after = draft_lines.confirm(before, fix.row_id)
            case Verb.EDIT:
                after = _edited(before, fix)
    except draft_lines.DraftError as error:
        raise DomainError(REFUSED.get(error.code, _UNKNOWN)) from error
    return draft_lines.to_plain(after)


def row_to_show(rows: Rows, fix: Fix) -> str:
    """The row to which the page should lead after a correction: the one that takes its place."""
    place = _place(rows, fix.row_id)
    if fix.verb is Verb.JOIN and place:
        return str(rows[place - 1]["id"])
    if fix.verb is Verb.DROP:
        neighbour = place + 1 if place + 1 < len(rows) else place - 1
        return str(rows[neighbour]["id"]) if len(rows) > 1 else ""
    return fix.row_id


def _place(rows: Rows, row_id: str) -> int:
    for place, row in enumerate(rows):
        if row["id"] == row_id:
            return place
    raise DomainError(REFUSED["row_missing"])


def _edited(rows: draft_lines.Rows, fix: Fix) -> draft_lines.Rows:
    """Other kind, mark and words; each line, except of a table, becomes a row of its own.

    A mark left as it was while the kind changed gives way to one that suits the new kind.
    """
    old = next((row for row in rows if row.id == fix.row_id), None)
    mark = fix.mark
    if old is not None and old.kind is not fix.kind:
        rows = draft_lines.change_kind(rows, fix.row_id, fix.kind)
        if fix.mark == old.mark:
            mark = next(row.mark for row in rows if row.id == fix.row_id)
    if fix.kind is Kind.TABLE:
        return draft_lines.edit_text(rows, fix.row_id, mark, fix.text.strip("\n"))
    lines = [" ".join(line.split()) for line in fix.text.split("\n")]
    lines = [line for line in lines if line]
    rows = draft_lines.edit_text(rows, fix.row_id, mark, " ".join(lines))
    for number in range(len(lines) - 1, 0, -1):
        rows = draft_lines.split_at(rows, fix.row_id, len(" ".join(lines[:number])))
    return rows
