"""Which kind of unit each item is, once all of them are known."""

from __future__ import annotations

from collections.abc import Sequence

from app.legaltext.numbering import DOUBLE_INDENT_MARK, INDENT_MARK
from app.legaltext.outline_values import Item, Shape
from app.legaltext.sentences import ends, title_like, without_full_stop
from app.legaltext.units import GROUPING, Kind

_PLAIN = {
    Shape.PART: Kind.PART,
    Shape.DIVISION: Kind.DIVISION,
    Shape.CHAPTER: Kind.CHAPTER,
    Shape.ROMAN: Kind.CHAPTER,
    Shape.SIGN: Kind.SECTION,
    Shape.POINT: Kind.POINT,
    Shape.LETTER: Kind.LETTER,
    Shape.TABLE: Kind.TABLE,
}
_NOT_IN_PROVISION = (Kind.CHAPTER, Kind.DIVISION, Kind.PART, Kind.HEADING)
_LONGEST_HEADING = 200
_MARKED_LIST = (Shape.POINT, Shape.LETTER, Shape.DASH, Shape.NUMBER)


def settle_kinds(items: Sequence[Item]) -> None:
    """Give every item its kind; items marked "1." have theirs already."""
    with_words = any(item.shape is Shape.CHAPTER for item in items)
    for item in items:
        if item.kind is None:
            item.kind = _PLAIN.get(item.shape)
        if item.kind in GROUPING:
            item.text = without_full_stop(item.text)
        if item.shape is Shape.ROMAN and with_words:
            item.doubt("unusual_mark", mark=item.printed)
    _settle_decimals(items)
    _settle_dashes(items)
    _settle_texts(items)


def _settle_decimals(items: Sequence[Item]) -> None:
    parent = Kind.CHAPTER
    deeper = {
        Kind.CHAPTER: (Kind.SUBSECTION, Kind.POINT, Kind.LETTER),
        Kind.SECTION: (Kind.SUBSECTION, Kind.POINT, Kind.LETTER),
        Kind.SUBSECTION: (Kind.POINT, Kind.LETTER, Kind.LETTER),
        Kind.POINT: (Kind.LETTER, Kind.LETTER, Kind.LETTER),
    }
    for item in items:
        if item.shape is Shape.DECIMAL:
            item.kind = deeper[parent][min(item.mark.count("."), 3) - 1]
            item.doubt("unusual_mark", mark=item.printed)
        elif item.kind in deeper and item.shape is not Shape.POINT:
            parent = item.kind


def _settle_dashes(items: Sequence[Item]) -> None:
    """Levels of dashes: by indentation and sign, and by a colon that opens a list in a list."""
    levels: list[tuple[int, str, bool]] = []
    for place, item in enumerate(items):
        if item.shape is not Shape.DASH:
            levels = []
            continue
        before = items[place - 1] if place else None
        following = items[place + 1] if place + 1 < len(items) else None
        if not levels and _is_common_ending(before, item, following):
            item.kind, item.mark = Kind.COMMON_ENDING, ""
            item.doubt("common_ending")
            continue
        _to_level(levels, item, before)
        depth = len(levels)
        item.kind = Kind.INDENT if depth == 1 else Kind.DOUBLE_INDENT
        item.mark = INDENT_MARK if depth == 1 else DOUBLE_INDENT_MARK
        item.depth = depth
        if depth > 2:
            item.doubt("list_level_guessed")
        if item.text.endswith((";", ".")) and levels[-1][2]:
            levels.pop()


def _to_level(levels: list[tuple[int, str, bool]], item: Item, before: Item | None) -> None:
    """Bring ``levels`` (indent, sign, opened by a colon only) to the level of this dash."""
    here = (item.line.level or 0) * 4 + item.line.indent
    if len(item.mark) > 1 and item.mark != "•":
        del levels[2:]
        while len(levels) < 2:
            levels.append((here, item.mark, False))
        return
    while levels and levels[-1][0] > here:
        levels.pop()
    same = next(
        (n for n, (indent, sign, _) in enumerate(levels) if (indent, sign) == (here, item.printed)),
        None,
    )
    after_colon = before is not None and before.shape is Shape.DASH and before.text.endswith(":")
    if not levels or levels[-1][0] < here or (same is None and after_colon):
        levels.append((here, item.printed, False))
    elif after_colon and len(levels) < 3 and not levels[-1][2]:
        levels.append((here, item.printed, True))
        item.doubt("list_level_guessed")
    elif same is not None and same != len(levels) - 1 and not levels[-1][2]:
        del levels[same + 1 :]


def _is_common_ending(before: Item | None, item: Item, following: Item | None) -> bool:
    """A single dash after a list that did not end: "– jeżeli spełniają warunki."."""
    if before is None or before.shape not in _MARKED_LIST or before.text.endswith((":", ".")):
        return False
    if following is not None and following.shape is Shape.DASH:
        return False
    return item.text[:1].islower() and item.text.endswith((".", ";", ","))


def _settle_texts(items: Sequence[Item]) -> None:
    marked = any(item.shape in (Shape.SIGN, Shape.NUMBER) for item in items)
    in_provision = False
    for place, item in enumerate(items):
        if item.kind is None:
            item.kind = _kind_of_text(items, place, in_provision=in_provision and marked)
        if item.kind in (Kind.SECTION, Kind.SUBSECTION):
            in_provision = True
        elif item.kind in _NOT_IN_PROVISION:
            in_provision = False


def _kind_of_text(items: Sequence[Item], place: int, *, in_provision: bool) -> Kind:
    item = items[place]
    before = items[place - 1] if place else None
    following = items[place + 1] if place + 1 < len(items) else None
    if item.line.heading and len(item.text) < _LONGEST_HEADING:
        return Kind.HEADING
    if _is_heading(before, item, following):
        item.doubt("heading_guessed")
        return Kind.HEADING
    if in_provision and _ends_list(before, item):
        item.doubt("common_ending")
        return Kind.COMMON_ENDING
    if in_provision:
        item.doubt("unmarked_text")
    return Kind.PARAGRAPH


def _is_heading(before: Item | None, item: Item, following: Item | None) -> bool:
    if following is None or not title_like(item.text):
        return False
    if following.shape is Shape.TABLE:
        return False
    if before is None or not before.text or before.kind in _NOT_IN_PROVISION:
        return True
    return ends(before.text) or item.text.isupper()


def _ends_list(before: Item | None, item: Item) -> bool:
    if before is None or before.kind not in (Kind.POINT, Kind.LETTER, Kind.INDENT):
        return False
    return not before.text.endswith((".", ";", ":")) and item.text[:1].islower()
