"""What looks wrong in a list of items: gaps in the numbers, doubles, empty and unfinished ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.legaltext.nesting import RANKS
from app.legaltext.numbering import display_mark, ordinal
from app.legaltext.outline_values import Item
from app.legaltext.units import GROUPING, Kind

_BLANK = re.compile(r"\.{4,}|…{2,}|_{3,}|(?:…\.?){2,}")
_COUNTED = frozenset({Kind.SECTION, Kind.SUBSECTION, Kind.POINT, Kind.LETTER}) | GROUPING
_LONG_TITLE = 200
_PARENTLESS_OK = frozenset({Kind.SECTION}) | GROUPING


def check_items(items: Sequence[Item]) -> None:
    """Add to the items every doubt that their sequence and their texts give cause for."""
    last: dict[Kind, str] = {}
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        kind = item.kind or Kind.PARAGRAPH
        if kind in _COUNTED:
            _check_sequence(item, kind, last)
        _forget_deeper(kind, last)
        _check_text(item, kind, following)
        for code in item.line.warnings:
            item.doubt(code)


def _check_sequence(item: Item, kind: Kind, last: dict[Kind, str]) -> None:
    previous = last.get(kind, "")
    here, before = ordinal(kind, item.mark), ordinal(kind, previous)
    last[kind] = item.mark
    if here is None:
        return
    number, suffix = here
    if before is None:
        fine = number == 1 and not suffix
    else:
        fine = (number == before[0] + 1 and suffix in ("", "a")) or (
            number == before[0] and suffix > before[1]
        )
    if fine:
        return
    if before == here:
        item.doubt("duplicate_mark", mark=display_mark(kind, item.mark))
    else:
        shown = display_mark(kind, previous) or "–"
        item.doubt("out_of_sequence", mark=display_mark(kind, item.mark), previous=shown)


def _forget_deeper(kind: Kind, last: dict[Kind, str]) -> None:
    rank = RANKS.get(kind, RANKS[Kind.POINT])
    if kind is Kind.COMMON_ENDING:
        return
    for other in [k for k in last if RANKS[k] > rank and k is not Kind.SECTION]:
        del last[other]


def _check_text(item: Item, kind: Kind, following: Item | None) -> None:
    blank = _BLANK.search(item.text)
    if blank:
        item.doubt("blank_left", name=blank[0][:20])
    if kind in GROUPING and len(item.text) > _LONG_TITLE:
        item.doubt("long_title")
    if item.text or item.rows or kind in GROUPING:
        return
    deeper = following is not None and RANKS.get(following.kind or kind, 0) > RANKS.get(kind, 0)
    if not deeper:
        item.doubt("no_text")
