"""What a paginated file says twice: its table of contents and the head of each page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from app.legaltext.outline_values import LeftOut, Line

_CONTENTS = re.compile(r"spis\s+treści\W{0,3}", re.IGNORECASE)
_WITH_PAGE = re.compile(r"[^\s.…_].*?[\s.…_]+(?P<page>\d{1,3})\.?")
_LONGEST = 200


def without_repeats(
    lines: Sequence[Line], marks: Sequence[LeftOut]
) -> tuple[list[Line], list[LeftOut]]:
    """The lines without a table of contents and without heads that stand beside page marks.

    ``marks`` are the page marks that were taken out already. The first time that a head stands
    anywhere it stays, for it may be the title.
    """
    gone = {line.number: "table of contents" for line in _contents(lines)}
    gone |= {line.number: "head of a page" for line in _heads(lines, marks)}
    left_out = [LeftOut(line.number, line.text, gone[line.number]) for line in lines
                if line.number in gone and line.text]  # fmt: skip
    return [line for line in lines if line.number not in gone], left_out


def _contents(lines: Sequence[Line]) -> Iterator[Line]:
    """The heading and every line beneath it, while their page numbers never fall."""
    start = next((n for n, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return
    end, page, entries = start + 1, 0, 0
    for place in range(start + 1, len(lines)):
        if not lines[place].text:
            continue
        found = _WITH_PAGE.fullmatch(lines[place].text[:_LONGEST])
        if found and int(found["page"]) >= page:
            end, page, entries = place + 1, int(found["page"]), entries + 1
        elif place > end:  # one line may wrap, two are the text
            break
    if entries >= 2:
        yield from lines[start:end]


def _heads(lines: Sequence[Line], marks: Sequence[LeftOut]) -> Iterator[Line]:
    """Lines that say the same right before or after two page marks or more."""
    pages = {mark.line for mark in marks}
    beside = [
        line
        for line in lines
        if line.text
        and len(line.text) <= _LONGEST
        and not (line.rows or line.label)
        and (line.number - 1 in pages or line.number + 1 in pages)
    ]
    counts = Counter(line.text for line in beside)
    first = {line.text: line.number for line in reversed(lines)}
    for line in beside:
        if counts[line.text] > 1 and first[line.text] != line.number and _is_head(line.text):
            yield line


def _is_head(text: str) -> bool:
    """Whether a text may be the head of a page: words, and no provision's end."""
    return len(text) > 5 and text[0].isalpha() and text[-1] not in ".;,:"
