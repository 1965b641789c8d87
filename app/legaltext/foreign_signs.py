"""Signs in front of lines that are not the law's own: Markdown, quoted mail, a broken § or 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.legaltext.outline_values import Doubt, Line

_QUOTED = re.compile(r"(?:>\s?)+")
_HASHES = re.compile(r"#{1,6}\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([.)#*_>§-])")
_NUMBERED = re.compile(
    r"(?P<sign>[^\w\s(„\"'–—-]|[Ss]|Art\.|ART\.)\s{0,3}(?P<n>\d{1,3})(?P<rest>\.\s.*|\.?)"
)
_SECTION_SIGN = re.compile(r"§{1,2}\s{0,3}\d")
_LIST_ONE = re.compile(
    r"(?P<before>(?:§\s{0,3}\d{1,3}[a-z]?\.\s{0,3})?)(?P<one>[lI|])(?P<close>[.)])\s"
)
_SIGN_ONE = re.compile(r"(?P<before>§\s{0,3})(?P<one>[lI|])(?=[.\s])")
_SHORTEST_RUN = 3  # so many numbers in a row tell that a sign stands for §
_FEWEST = 2  # lines that tell that a text is Markdown
_NEAR = 60  # lines within which "2)" follows its "1)"

Mending = Callable[[Sequence[Line]], tuple[list[Line], list[Doubt]]]


def without_foreign_signs(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The lines with the law's own marks in front, and a doubt for each kind of thing mended.

    Quotation signs of a mail and signs of Markdown go; "&", "S", "Art." and the like become "§"
    where their numbers run on from 1 in a text without any §; "l" becomes the number 1 where
    "2" follows. Typed lines only: what Word numbers by itself is sure.
    """
    mended, doubts = list(lines), list[Doubt]()
    for mend in (_without_quotes, _without_markdown, _with_section_signs, _with_ones):
        mended, found = mend(mended)
        doubts += found
    return mended, doubts


def _typed(line: Line) -> bool:
    return bool(line.text) and not line.label and not line.rows


def _without_quotes(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    typed = [line for line in lines if _typed(line)]
    quoted = [line for line in typed if _QUOTED.match(line.text)]
    if len(quoted) < _SHORTEST_RUN or len(quoted) * 10 < len(typed) * 9:
        return list(lines), []
    return [_cut(line, _QUOTED) for line in lines], [_left_out(">", quoted[0])]


def _without_markdown(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    marked = [
        line
        for line in lines
        if _typed(line) and (_HASHES.match(line.text) or _BOLD.match(line.text))
    ]
    if len(marked) < _FEWEST:
        return list(lines), []
    plain = [
        replace(line, text=_ESCAPED.sub(r"\1", _BOLD.sub(r"\2", _cut(line, _HASHES).text)))
        if _typed(line)
        else line
        for line in lines
    ]
    sign = "#" if _HASHES.match(marked[0].text) else "**"
    return plain, [_left_out(sign, marked[0])]


def _cut(line: Line, signs: re.Pattern[str]) -> Line:
    found = signs.match(line.text) if _typed(line) else None
    return replace(line, text=line.text[found.end() :]) if found else line


def _left_out(sign: str, line: Line) -> Doubt:
    return Doubt("signs_left_out", line.number, raw=line.text, values=(("name", sign),))


def _with_section_signs(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    typed = [line for line in lines if _typed(line)]
    if any(_SECTION_SIGN.match(line.text) for line in lines):
        return list(lines), []
    runs: dict[str, list[int]] = {}
    for line in typed:
        found = _NUMBERED.fullmatch(line.text)
        if found:
            run = runs.setdefault(found["sign"], [])
            run.extend([line.number] if int(found["n"]) == len(run) + 1 else [])
    sign, places = max(runs.items(), key=lambda run: len(run[1]), default=("", []))
    if len(places) < _SHORTEST_RUN:
        return list(lines), []
    chosen = set(places)
    first = next(line for line in typed if line.number == places[0])
    mended = [
        replace(line, text=f"§ {line.text[len(sign) :].lstrip()}")
        if line.number in chosen and line.text.startswith(sign)
        else line
        for line in lines
    ]
    return mended, [_read_as("read_as_section_sign", sign, first)]


def _with_ones(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    mended, doubts = list(lines), []
    for place, line in enumerate(lines):
        found = _misread_one(lines, place) if _typed(line) else None
        if found:
            text = f"{found['before']}1{line.text[found.end('one') :]}"
            mended[place] = replace(line, text=text)
            doubts.append(_read_as("letter_as_one", found["one"], line))
    return mended, doubts


def _misread_one(lines: Sequence[Line], place: int) -> re.Match[str] | None:
    """The "l" of a line that must be a 1, since the next number of its kind is 2."""
    text = lines[place].text
    found = _SIGN_ONE.match(text)
    if found:
        return found if _next_number(lines, place, r"§\s{0,3}") == 2 else None
    found = _LIST_ONE.match(text)
    if not found or (found["one"] == "I" and found["close"] == "."):
        return None
    if found["close"] == ")" and _letter_before(lines, place) == "k":
        return None
    return found if _next_number(lines, place, "", re.escape(found["close"])) == 2 else None


def _next_number(lines: Sequence[Line], place: int, before: str, close: str = "") -> int:
    marked = re.compile(rf"{before}(\d{{1,3}}){close}(?!\d)")
    for line in lines[place + 1 : place + 1 + _NEAR]:
        found = marked.match(line.text)
        if found:
            return int(found[1])
    return 0


def _letter_before(lines: Sequence[Line], place: int) -> str:
    for line in reversed(lines[max(0, place - _NEAR) : place]):
        found = re.match(r"([a-z])\)", line.text)
        if found:
            return found[1]
    return ""


def _read_as(code: str, sign: str, line: Line) -> Doubt:
    return Doubt(code, line.number, raw=line.text, values=(("name", sign),))
