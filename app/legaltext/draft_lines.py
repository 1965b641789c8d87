"""The understood outline as a flat list of rows that a clerk corrects before confirming it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.legaltext.line_marks import read_mark
from app.legaltext.nesting import RANKS, Entry, nest
from app.legaltext.numbering import DOUBLE_INDENT_MARK, INDENT_MARK, next_mark, ordinal
from app.legaltext.outline_values import MAX_UNITS, MESSAGES, Doubt, Outline, Shape
from app.legaltext.page_marks import clean
from app.legaltext.units import MARKED, Kind, Units, walk_with_ancestors

_MESSAGES = {
    "row_missing": "This row is no longer there. Load the page again.",
    "nothing_before": "There is no row before this one to join it with.",
    "table_alone": "A table cannot be joined or split; edit its text.",
    "split_outside": "Choose a place inside the text, with words on both sides of it.",
    "text_too_long": "The text of one provision is too long.",
    "mark_too_long": "A mark is a number or a letter, such as 4, 4a, II or b.",
    "unreadable": "The corrections could not be read. Load the page again.",
}
_LONGEST_TEXT = 200_000
_LONGEST_MARK = 20
_DASHES = {Kind.INDENT: INDENT_MARK, Kind.DOUBLE_INDENT: DOUBLE_INDENT_MARK}
_KINDS = {
    Shape.PART: Kind.PART,
    Shape.DIVISION: Kind.DIVISION,
    Shape.CHAPTER: Kind.CHAPTER,
    Shape.ROMAN: Kind.CHAPTER,
    Shape.SIGN: Kind.SECTION,
    Shape.NUMBER: Kind.SUBSECTION,
    Shape.POINT: Kind.POINT,
    Shape.LETTER: Kind.LETTER,
    Shape.DASH: Kind.INDENT,
}


class DraftError(ValueError):
    """A correction that makes no sense; ``code`` is stable, the message says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(_MESSAGES[code])
        self.code = code


@dataclass(frozen=True, slots=True)
class Row:
    """One provision on the correction page; ``depth`` is how deep it stands, 0 at the edge.

    ``doubts`` are those not yet settled: a row is settled when it is corrected or confirmed.
    """

    id: str
    kind: Kind
    mark: str
    text: str
    depth: int = 0
    doubts: tuple[Doubt, ...] = ()

    @property
    def doubt(self) -> Doubt | None:
        """The first doubt that is not settled."""
        return self.doubts[0] if self.doubts else None


Rows = tuple[Row, ...]


def flatten(outline: Outline) -> Rows:
    """The units of an outline as rows in printed order, each with its doubts."""
    doubts: dict[str, list[Doubt]] = {}
    for doubt in outline.doubts:
        doubts.setdefault(doubt.unit_id, []).append(doubt)
    return tuple(
        Row(unit.id, unit.kind, unit.mark, unit.text, len(above), tuple(doubts.get(unit.id, ())))
        for unit, above in walk_with_ancestors(outline.units)
    )


def build(rows: Iterable[Row]) -> Units:
    """The units that the rows make; a row's kind decides what it stands under."""
    return nest(Entry(row.id, row.kind, row.mark, row.text, row.depth) for row in rows)


def doubts_left(rows: Iterable[Row]) -> int:
    """How many doubts are not settled yet."""
    return sum(len(row.doubts) for row in rows)


def change_kind(rows: Sequence[Row], row_id: str, kind: Kind) -> Rows:
    """Make a row another kind of provision; a mark that does not suit the kind is replaced.

    The new mark continues the sequence in which the row now stands. Settles its doubts.
    """
    place = _place(rows, row_id)
    row = rows[place]
    mark = _fitting_mark(rows[:place], kind, row.mark)
    return _with(rows, place, replace(row, kind=kind, mark=mark, doubts=()))


def join_with_previous(rows: Sequence[Row], row_id: str) -> Rows:
    """Put a row's text behind that of the row before it; the mark of the later row goes."""
    place = _place(rows, row_id)
    if place == 0:
        raise DraftError("nothing_before")
    before, row = rows[place - 1], rows[place]
    if Kind.TABLE in (before.kind, row.kind):
        raise DraftError("table_alone")
    joined = replace(before, text=f"{before.text} {row.text}".strip())
    _check_text(joined.text)
    return _deepened((*rows[: place - 1], joined, *rows[place + 1 :]))


def split_at(rows: Sequence[Row], row_id: str, offset: int) -> Rows:
    """Split a row's text before the character at ``offset``; the rest becomes the next row.

    A mark with which the rest begins ("2)", "b)", "§ 5.") gives the new row its kind and mark;
    without one it is a paragraph. Settles the doubts of the row.
    """
    place = _place(rows, row_id)
    row = rows[place]
    if row.kind is Kind.TABLE:
        raise DraftError("table_alone")
    if not 0 < offset < len(row.text):
        raise DraftError("split_outside")
    first, rest = row.text[:offset].strip(), row.text[offset:].strip()
    if not first or not rest:
        raise DraftError("split_outside")
    new = _read_row(_fresh_id(rows), rest)
    kept = replace(row, text=first, doubts=())
    return _deepened((*rows[:place], kept, new, *rows[place + 1 :]))


def edit_text(rows: Sequence[Row], row_id: str, mark: str, text: str) -> Rows:
    """Type a row's mark and text anew; settles its doubts.

    The mark may be typed bare ("4") or as printed ("§ 4.", "4)").
    """
    place = _place(rows, row_id)
    row = rows[place]
    _check_text(text)
    if row.kind is Kind.TABLE:
        lines = ("\t".join(clean(cell) for cell in line.split("\t")) for line in text.splitlines())
        return _with(rows, place, replace(row, text="\n".join(lines), doubts=()))
    bare = _bare_mark(row.kind, mark)
    return _with(rows, place, replace(row, mark=bare, text=clean(text), doubts=()))


def drop(rows: Sequence[Row], row_id: str) -> Rows:
    """Take a row out; what stood under it moves under the row before."""
    place = _place(rows, row_id)
    return _deepened((*rows[:place], *rows[place + 1 :]))


def confirm(rows: Sequence[Row], row_id: str) -> Rows:
    """Settle a row's doubts: it was read rightly."""
    place = _place(rows, row_id)
    return _with(rows, place, replace(rows[place], doubts=()))


def to_plain(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows as values that JSON can hold."""
    return [
        {
            "id": row.id,
            "kind": row.kind.value,
            "mark": row.mark,
            "text": row.text,
            "depth": row.depth,
            "doubts": [
                {
                    "code": doubt.code,
                    "line": doubt.line,
                    "unit": doubt.unit_id,
                    "raw": doubt.raw,
                    "values": dict(doubt.values),
                }
                for doubt in row.doubts
            ],
        }
        for row in rows
    ]


def from_plain(plain: Any) -> Rows:
    """The rows that ``to_plain`` wrote; ``DraftError`` ("unreadable") for anything else."""
    try:
        if not isinstance(plain, list) or len(plain) > 2 * MAX_UNITS:
            raise DraftError("unreadable")
        rows = tuple(_row_from(each) for each in plain)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DraftError("unreadable") from error
    if len({row.id for row in rows}) != len(rows):
        raise DraftError("unreadable")
    return rows


def _row_from(plain: Mapping[str, Any]) -> Row:
    doubts = tuple(
        Doubt(
            str(each["code"]),
            int(each["line"]),
            str(each["unit"]),
            str(each["raw"]),
            tuple(sorted((str(key), str(value)) for key, value in each["values"].items())),
        )
        for each in plain["doubts"]
        if each["code"] in MESSAGES
    )
    kind = Kind(plain["kind"])
    text = str(plain["text"])
    _check_text(text)
    depth = min(max(int(plain["depth"]), 0), 50)
    return Row(str(plain["id"]), kind, str(plain["mark"])[:_LONGEST_MARK], text, depth, doubts)


def _place(rows: Sequence[Row], row_id: str) -> int:
    for place, row in enumerate(rows):
        if row.id == row_id:
            return place
    raise DraftError("row_missing")


def _with(rows: Sequence[Row], place: int, row: Row) -> Rows:
    return _deepened((*rows[:place], row, *rows[place + 1 :]))


def _deepened(rows: Rows) -> Rows:
    """The rows with the depths that their kinds give them now."""
    depths = {unit.id: len(above) for unit, above in walk_with_ancestors(build(rows))}
    return tuple(replace(row, depth=depths[row.id]) for row in rows)


def _check_text(text: str) -> None:
    if len(text) > _LONGEST_TEXT:
        raise DraftError("text_too_long")


def _fresh_id(rows: Sequence[Row]) -> str:
    used = {row.id for row in rows}
    number = len(rows) + 1
    while f"n{number}" in used:
        number += 1
    return f"n{number}"


def _read_row(row_id: str, text: str) -> Row:
    mark = read_mark(text)
    kind = _KINDS.get(mark.shape) if mark and mark.rest else None
    if mark is None or kind is None:
        return Row(row_id, Kind.PARAGRAPH, "", text)
    return Row(row_id, kind, _DASHES.get(kind, mark.mark), mark.rest)


def _bare_mark(kind: Kind, mark: str) -> str:
    if kind not in MARKED:
        return ""
    if kind in _DASHES:
        return _DASHES[kind]
    typed = clean(mark)
    read = read_mark(f"{typed} x")
    bare = read.mark if read and ordinal(kind, typed) is None else typed
    if len(bare) > _LONGEST_MARK:
        raise DraftError("mark_too_long")
    return bare


def _fitting_mark(before: Sequence[Row], kind: Kind, mark: str) -> str:
    if kind not in MARKED:
        return ""
    if ordinal(kind, mark) is not None:
        return mark
    previous = ""
    for row in reversed(before):
        if row.kind is kind:
            previous = row.mark
            break
        if RANKS.get(row.kind, 99) < RANKS[kind] and kind is not Kind.SECTION:
            break
    return next_mark(kind, previous)
