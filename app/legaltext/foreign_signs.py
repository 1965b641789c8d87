"""Signs in front of lines that are not the law's own: Markdown, quoted mail, a broken § or 1."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.legaltext.outline_values import Doubt, Line

_QUOTED = re.compile(r"(?:>\s?)+")
_HASHES = re.compile(r"#{1,6}\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([.)#*_>§-])")
_NUMBERED = re.compile(
    r"(?P<sign>[^\w\s(„\"'–—-]|[Ss]|Art\.|ART\.)\s{0,3}(?P<n>\d{1,3})(?P<rest>\.\s.*|\.?)"
)
_SECTION_SIGN = re.compile(r"§{1,2}\s{0,3}\d")
_LIST_ONE = re.compile(
    r"(?P<before>(?:§\s{0,3}\d{1,3}[a-z]?\.\s{0,3})?)(?P<one>[lI|])(?P<close>[.)])\s"
)
_SIGN_ONE = re.compile(r"(?P<before>§\s{0,3})(?P<one>[lI|])(?=[.\s])")
_MARKED = re.compile(r"(?P<sign>§?)\s{0,3}(?P<n>\d{1,3})(?!\d)(?P<close>[.)]?)")
_LETTERED = re.compile(r"[a-z]\)")
_SHORTEST_RUN = 3  # so many numbers in a row tell that a sign stands for §
_FEWEST = 2  # lines that tell that a text is Markdown


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
    letters = _letters_before(lines)
    following: dict[str, int] = {}  # the next number of each kind of mark, seen from the end
    mended, doubts = list(lines), []
    for place in reversed(range(len(lines))):
        line = lines[place]
        found = _misread_one(line.text, letters[place], following) if _typed(line) else None
        if found:
            text = f"{found['before']}1{line.text[found.end('one') :]}"
            mended[place] = replace(line, text=text)
            doubts.append(_read_as("letter_as_one", found["one"], line))
        number = _MARKED.match(line.text)
        if number:
            following[number["sign"] or number["close"]] = int(number["n"])
    return mended, doubts[::-1]


def _letters_before(lines: Sequence[Line]) -> list[str]:
    """For each line the last mark "k)" before it, bare."""
    before, last = [], ""
    for line in lines:
        before.append(last)
        last = line.text[0] if _LETTERED.match(line.text) else last
    return before


def _misread_one(text: str, letter: str, following: Mapping[str, int]) -> re.Match[str] | None:
    """The "l" of a line that must be a 1, since the next number of its kind is 2."""
    found = _SIGN_ONE.match(text)
    if found:
        return found if following.get("§") == 2 else None
    found = _LIST_ONE.match(text)
    if not found or following.get(found["close"]) != 2:
        return None
    roman = found["one"] == "I" and found["close"] == "."
    after_k = found["close"] == ")" and letter == "k"
    return None if roman or after_k else found


def _read_as(code: str, sign: str, line: Line) -> Doubt:
    return Doubt(code, line.number, raw=line.text, values=(("name", sign),))
