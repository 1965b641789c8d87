"""From the lines of a draft to its provisions, with every doubt listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.legaltext.citation import citations
from app.legaltext.flat_tables import with_flat_tables
from app.legaltext.foreign_signs import without_foreign_signs
from app.legaltext.item_kinds import settle_kinds
from app.legaltext.line_items import ItemReader
from app.legaltext.nesting import Entry, nest
from app.legaltext.number_readings import read_numbers
from app.legaltext.outline_checks import check_items
from app.legaltext.outline_titles import take_title
from app.legaltext.outline_values import (
    Doubt,
    Item,
    LeftOut,
    Line,
    Outline,
    OutlineError,
)
from app.legaltext.page_marks import clean, pieces_of, without_needless_blanks, without_page_marks
from app.legaltext.page_repeats import without_repeats
from app.legaltext.parted_tables import with_parted_tables
from app.legaltext.run_in import RunInReader
from app.legaltext.sentences import wrap_width
from app.legaltext.text_parts import choose_programme
from app.legaltext.units import Kind, Unit, Units

__all__ = ["Doubt", "LeftOut", "Line", "Outline", "OutlineError", "read_outline", "to_json"]


def read_outline(lines: Sequence[Line], warnings: Sequence[Doubt] = ()) -> Outline:
    """The provisions of a draft, its title, and every place where the reading is not certain.

    Never guesses silently: what is uncertain is a ``Doubt``, what belongs to no provision is in
    ``left_out``; ``warnings`` are doubts that the source had already. Units get the ids "u1",
    "u2", … in printed order. Raises ``OutlineError`` ("empty", "no_provisions",
    "too_many_units"). Time grows with the length of the text.
    """
    parted = with_parted_tables([replace(line, number=n) for n, line in enumerate(lines, start=1)])
    numbered = [_cleaned(piece) for line in parted for piece in pieces_of(line)]
    raw = {place: line.text for place, line in enumerate(lines, start=1)}
    if not any(line.text or line.rows or line.label for line in numbered):
        raise OutlineError("empty", "The file holds no text. Choose a file with the draft in it.")
    own, mended = without_foreign_signs(numbered)
    tabled = with_flat_tables(own)
    kept, marks = without_page_marks(tabled)
    kept, repeats = without_repeats(kept, marks)
    programme = choose_programme(kept)
    left_out = [*marks, *repeats, *programme.left_out]
    text = without_needless_blanks(programme.lines)
    items = ItemReader(wrap_width(text)).read(text)
    items = RunInReader().part(items)
    title, items, noise = take_title(items)
    read_numbers(items)
    settle_kinds(items)
    check_items(items)
    doubts = [*warnings, *mended, *programme.doubts]
    if not title:
        doubts.append(Doubt("title_missing"))
    return _outline(title, items, doubts, left_out + noise, raw)


def _cleaned(line: Line) -> Line:
    rows = tuple(tuple(clean(cell) for cell in row) for row in line.rows)
    blanks = len(line.text[:200]) - len(line.text[:200].lstrip())
    text, label = clean(line.text), clean(line.label)
    return replace(line, text=text, label=label, rows=rows, indent=line.indent or blanks)


def _outline(
    title: str,
    items: list[Item],
    doubts: list[Doubt],
    left_out: list[LeftOut],
    raw: dict[int, str],
) -> Outline:
    if not any(item.mark or item.rows or len(item.text) > 2 for item in items):
        message = (
            "No provisions were found. Check that the file holds the draft with its §§ or points."
        )
        raise OutlineError("no_provisions", message)
    entries: list[Entry] = []
    sources: list[tuple[str, int]] = []
    for place, item in enumerate(items, start=1):
        unit_id = f"u{place}"
        entries.append(_entry(unit_id, item))
        sources.append((unit_id, item.line.number))
        for code, values in item.doubts:
            raw_line = raw.get(item.line.number, "")
            filled = tuple(sorted(values.items()))
            doubts.append(Doubt(code, item.line.number, unit_id, raw_line, filled))
    units = nest(entries)
    return Outline(title, units, tuple(doubts), tuple(left_out), tuple(sources))


def _entry(unit_id: str, item: Item) -> Entry:
    kind = item.kind or Kind.PARAGRAPH
    text = "\n".join("\t".join(row) for row in item.rows) if item.rows else item.text
    return Entry(unit_id, kind, item.mark, text, item.depth)


def to_json(outline: Outline) -> dict[str, Any]:
    """The outline as plain values: title, doubts with their places and reasons, and the units."""
    cited = citations(outline.units)
    doubts = [
        {
            "code": doubt.code,
            "message": doubt.message,
            "line": doubt.line,
            "unit": cited.get(doubt.unit_id, ""),
            "raw": doubt.raw,
        }
        for doubt in outline.doubts
    ]
    return {"title": outline.title, "doubts": doubts, "units": _plain(outline.units)}


def _plain(units: Units) -> list[dict[str, Any]]:
    plain: list[dict[str, Any]] = []
    waiting: list[tuple[list[dict[str, Any]], Unit]] = [(plain, unit) for unit in reversed(units)]
    while waiting:
        place, unit = waiting.pop()
        children: list[dict[str, Any]] = []
        place.append(
            {"kind": unit.kind.value, "mark": unit.mark, "text": unit.text, "children": children}
        )
        waiting.extend((children, child) for child in reversed(unit.children))
    return plain
