"""What pages leave in a text: their numbers, footers and control characters; and cleaned lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from app.legaltext.outline_values import LeftOut, Line

#: The longest line that is read at once; what is longer goes on in a line of its own.
LONGEST_LINE = 200_000

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_PAGE = re.compile(
    r"[-–—|\s]{0,9}(?:(?:[Ss]tron[aąy]|STRONA|[Ss]tr\.|Page)\s*\|?\s*)(?P<n>\d{1,4})"
    r"(?:\s*(?:z|/|of)\s*\d{1,4})?[-–—|\s]{0,9}"
)
# "1)" alone is no page: it is a mark whose words stand in the next line.
_BARE = re.compile(r"(?:[-–—]\s?)?(?:\((?P<inside>\d{1,3})\)|(?P<n>\d{1,3}))(?:\s?[-–—])?")
_OF = re.compile(r"\d{1,3}\s?/\s?\d{1,3}")
_FOOTER = re.compile(
    r"Id:\s{0,3}[0-9A-Fa-f][0-9A-Fa-f-]{7,60}\.?(?:\s{1,3}(?:Podpisany|Projekt|Uchwalony|Przyjęty))?"
    r"(?:\s{1,3}Strona\s{1,3}\d{1,4}(?:\s{1,3}z\s{1,3}\d{1,4})?)?"
    r"|(?:Strona|Str\.)\s{1,3}\d{1,4}\s{1,3}z\s{1,3}\d{1,4}"
    r"|D(?:ziennik|ZIENNIK)\s{1,3}U(?:rzędowy|RZĘDOWY)\s{1,3}W(?:ojewództwa|OJEWÓDZTWA)\s{1,3}\S{3,40}"
    r"\s{1,3}[-–—]\s{0,3}\d{1,4}\s{0,3}[-–—]\s{1,3}Poz\.\s{0,3}\d{1,6}"
)
_GLUED = re.compile(r"(?P<n>\d{1,3})\s+(?=[^\W\d_]|§)")
_LONG = 300


def clean(text: str) -> str:
    """One line without what cannot be seen: blanks folded, control and direction marks gone."""
    composed = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(" ", _INVISIBLE.sub("", composed)).strip()


def pieces_of(line: Line) -> list[Line]:
    """The line itself, or one too long cut at blanks; nothing of it is lost."""
    pieces: list[Line] = []
    rest = line.text
    while len(rest) > LONGEST_LINE:
        end = rest.rfind(" ", 1, LONGEST_LINE)
        end = end if end > 0 else LONGEST_LINE
        pieces.append(replace(line, text=rest[:end], label=line.label if not pieces else ""))
        rest = rest[end:]
    last = replace(line, text=rest, label="" if pieces else line.label) if pieces else line
    return [*pieces, last]


def without_page_marks(lines: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """The lines without page numbers and footers, and what was taken away."""
    glued = _glued_numbers(lines)
    kept: list[Line] = []
    left_out: list[LeftOut] = []
    page = 0
    for line in lines:
        text = line.text
        if line.rows or line.label:
            kept.append(line)
            continue
        if line.number in glued:
            text = _cut(text, _GLUED.match(text), line, left_out)
        footer = _FOOTER.search(text)
        while footer:
            text = _cut(text, footer, line, left_out)
            footer = _FOOTER.search(text)
        number = _page_number(text, page)
        if number is not None:
            page = number or page
            left_out.append(LeftOut(line.number, text, "page mark"))
        elif text:
            kept.append(line if text == line.text else replace(line, text=text))
        elif not line.text:
            kept.append(line)
    return kept, left_out


def without_needless_blanks(lines: Sequence[Line]) -> list[Line]:
    """The lines without blank ones where a blank line stands after nearly every line."""
    here_and_next = list(pairwise(line for line in lines if not line.rows))
    together = sum(bool(here.text and there.text) for here, there in here_and_next)
    blank = sum(not line.text and not line.label for line in lines)
    if blank < 3 or together * 8 > blank:
        return list(lines)
    return [line for line in lines if line.text or line.label or line.rows]


def _cut(text: str, found: re.Match[str] | None, line: Line, left_out: list[LeftOut]) -> str:
    if not found:
        return text
    left_out.append(LeftOut(line.number, found[0].strip(), "page mark"))
    return f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()


def _page_number(text: str, previous: int) -> int | None:
    """The number of a line that is a page mark; 0 when it has none of its own sequence."""
    if len(text) > 40:
        return None
    if _OF.fullmatch(text):
        return 0
    found = _PAGE.fullmatch(text)
    if found:
        return int(found["n"])
    found = _BARE.fullmatch(text)
    if not found:
        return None
    number = int(found["n"] or found["inside"])
    expected = number == previous + 1 if previous else 0 < number <= 50
    decorated = not text.isdigit()
    return number if expected or decorated else None


def _glued_numbers(lines: Iterable[Line]) -> set[int]:
    """Lines that hold a whole page and begin with its number: at least two, numbers in a row."""
    pages = [line for line in lines if len(line.text) > _LONG]
    found = [(line, _GLUED.match(line.text)) for line in pages]
    numbers = [int(match["n"]) for _, match in found if match]
    in_a_row = all(b == a + 1 for a, b in pairwise(numbers))
    if len(numbers) < 2 or len(numbers) < len(pages) - 1 or not in_a_row:
        return set()
    return {line.number for line, match in found if match}
