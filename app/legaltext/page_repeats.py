"""What a paginated file says twice: its table of contents and the head of each page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.legaltext.outline_values import LeftOut, Line

_CONTENTS = re.compile(r"spis\s+treści\W{0,3}", re.IGNORECASE)
_WITH_PAGE = re.compile(r"[^\s.…_].*?[\s.…_]+(?P<page>\d{1,3})\.?")
_LONGEST = 200
_FEWEST = 2  # entries of a table of contents


def without_repeats(
    lines: Sequence[Line], marks: Sequence[LeftOut]
) -> tuple[list[Line], list[LeftOut]]:
    """The lines without a table of contents and without heads that stand beside page marks.

    ``marks`` are the page marks that were taken out already. The first time that a head
    stands anywhere it stays if no page has ended before it, for it may be the title.
    """
    gone = {line.number: "table of contents" for line in _contents(lines)}
    gone |= {line.number: "head of a page" for line in _heads(lines, marks)}
    left_out = [LeftOut(line.number, line.text, gone[line.number]) for line in lines
                if line.number in gone and line.text]  # fmt: skip
    return [line for line in lines if line.number not in gone], left_out


def _contents(lines: Sequence[Line]) -> Iterator[Line]:
    """The heading of a table of contents and its entries, with page numbers or without."""
    start = next((n for n, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return
    end, entries = max(_entries_with_pages(lines, start), _entries_said_again(lines, start))
    if entries >= _FEWEST:
        yield from lines[start:end]


def _entries_with_pages(lines: Sequence[Line], start: int) -> tuple[int, int]:
    """Where the entries end, and how many there are, while their page numbers never fall."""
    end, page, entries = start + 1, 0, 0
    for place in range(start + 1, len(lines)):
        if not lines[place].text:
            continue
        found = _WITH_PAGE.fullmatch(lines[place].text[:_LONGEST])
        if found and int(found["page"]) >= page:
            end, page, entries = place + 1, int(found["page"]), entries + 1
        elif place > end:  # one line may wrap, two are the text
            break
    return end, entries


def _entries_said_again(lines: Sequence[Line], start: int) -> tuple[int, int]:
    """The same for a table without page numbers: each entry stands again where its part begins."""
    again = _headings(lines[start + 1 :], start + 1)
    end, entries = start + 1, 0
    for place in range(start + 1, len(lines)):
        text = _folded(lines[place].text[:_LONGEST])
        if not text:
            continue
        if again.get(text, 0) <= place:
            break
        end, entries = place + 1, entries + 1
    return end, entries


def _headings(lines: Sequence[Line], first: int) -> dict[str, int]:
    """Where each short line, alone or with the next that has words, stands last."""
    short = [
        (first + n, _folded(line.text))
        for n, line in enumerate(lines)
        if line.text and len(line.text) <= _LONGEST and not line.rows
    ]
    found = {text: place for place, text in short}
    for (place, text), (_, following) in pairwise(short):
        found[text + following] = max(place, found.get(text + following, 0))
    return found


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


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
        may_be_title = line.number == first[line.text] and line.number < min(pages)
        if counts[line.text] > 1 and not may_be_title and _is_head(line.text):
            yield line


def _is_head(text: str) -> bool:
    """Whether a text may be the head of a page: words, and no provision's end."""
    return len(text) > 5 and text[0].isalpha() and text[-1] not in ".;,:"
