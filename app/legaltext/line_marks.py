"""The mark at the beginning of a line, in all the ways in which drafts write it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.legaltext.numbering import from_roman
from app.legaltext.outline_values import Shape

BULLETS = "•·‣▪▫◦●○■□►➢➤✓✔➔⁃∙*"
DASHES = "-–—−‒―"

_WORD_ORDINALS = (
    "pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty jedenasty "
    "dwunasty trzynasty czternasty piętnasty"
)
_ORDINAL_NUMBERS = {word: n for n, word in enumerate(_WORD_ORDINALS.split(), start=1)}
_GROUP = re.compile(
    r"(?P<word>R\s?o\s?z\s?d\s?z\s?i\s?a\s?ł|R\s?O\s?Z\s?D\s?Z\s?I\s?A\s?Ł|Rozdz\.|ROZDZ\.|Dział|DZIAŁ|Część|CZĘŚĆ)"
    r"\s{0,9}[Nn]?[Rr]?\.?\s{0,9}"
    rf"(?P<mark>\d{{1,3}}[a-z]?|[IVXLC]{{1,9}}|(?i:{'|'.join(_ORDINAL_NUMBERS)}))"
    r"(?![\w/])(?P<dot>\s?[.:)])?\s*(?P<rest>.*)",
    re.DOTALL,
)
_SIGN = re.compile(
    r"(?:§{1,2}|Paragraf|PARAGRAF)\s*(?P<mark>\d{1,4}[a-z]{0,2})(?![\w/])"
    r"(?P<dot>\s?[.:)])?\s*(?P<rest>.*)",
    re.DOTALL,
)
_ROMAN = re.compile(r"(?P<mark>[IVXLC]{1,9})(?P<dot>[.)]|\s+[-–—])\s*(?P<rest>.*)", re.DOTALL)
_DECIMAL = re.compile(
    r"(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3})(?P<dot>[.)])?\s+(?P<rest>[^\d\s].*)", re.DOTALL
)
_NUMBER = re.compile(r"(?P<mark>\d{1,3}[a-z]?)(?P<dot>\s?\.)(?![\d)])\s*(?P<rest>.*)", re.DOTALL)
_SLASH = r"/(?=\s+[^\d\s])"  # "1/ kultura", as typewriters had it; not "12/ 2003"
_POINT = re.compile(
    rf"(?P<odd>\(?)(?P<mark>\d{{1,3}}[a-z]?)(?P<dot>\s?\.?\)|{_SLASH})\s*(?P<rest>.*)", re.DOTALL
)
_LETTER = re.compile(
    rf"(?P<odd>\(?)(?P<mark>z{{0,3}}[a-zA-Z][a-z]?)(?P<dot>\s?\)|\.(?=\s)|{_SLASH})\s*(?P<rest>.*)",
    re.DOTALL,
)
_DASH = re.compile(
    rf"(?P<mark>(?:[-–—]\s?){{1,3}}(?=[^\d\s-])|[{DASHES}](?=\s)|[{re.escape(BULLETS)}\uf000-\uf0ff])"
    r"\s*(?P<rest>.*)",
    re.DOTALL,
)
_GROUP_SHAPES = {"R": Shape.CHAPTER, "D": Shape.DIVISION, "C": Shape.PART}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark read at the beginning of a line: its shape, its bare number, and the rest of the line.

    ``printed`` is the mark as it stands in the line, ``firm`` whether it is written fully (with
    its full stop or bracket), ``usual`` whether the legal style sheet writes it so.
    """

    shape: Shape
    mark: str
    rest: str
    printed: str
    firm: bool = True
    usual: bool = True

    @property
    def number(self) -> int:
        """Its place in a sequence: 4 of "4a", 2 of "II" and of "b"; 0 of a dash."""
        if self.shape is Shape.LETTER:
            last = self.mark[-1:] if self.mark[:1] == "z" else self.mark[:1]
            return 26 * (len(self.mark) - 1) * (self.mark[:1] == "z") + ord(last) - 96
        digits = re.match(r"\d+", self.mark)
        return int(digits[0]) if digits else from_roman(self.mark) or 0


def read_mark(text: str) -> Mark | None:
    """The mark with which a text begins, or ``None``; the text has no blanks in front."""
    first = text[:1]
    if first.isdigit():
        return _decimal(text) or _number(text) or _point(text)
    if first == "(":
        return _point(text) or _letter(text)
    if first.isalpha() or first == "§":
        return _group(text) or _sign(text) or _roman(text) or _letter(text)
    return _dash(text) if first else None


def _group(text: str) -> Mark | None:
    found = _GROUP.match(text)
    if not found:
        return None
    mark = found["mark"]
    mark = str(_ORDINAL_NUMBERS.get(mark.casefold(), mark))
    rest = found["rest"].lstrip(DASHES + " ")
    shape = _GROUP_SHAPES[text[0]]
    return Mark(shape, mark, rest, text[: found.start("rest")].strip(), bool(found["dot"]))


def _sign(text: str) -> Mark | None:
    found = _SIGN.match(text)
    if not found:
        return None
    printed = text[: found.start("rest")].strip()
    firm = bool(found["dot"]) or not found["rest"]
    return Mark(Shape.SIGN, found["mark"], found["rest"].lstrip("– "), printed, firm)


def _roman(text: str) -> Mark | None:
    found = _ROMAN.match(text)
    if not found or from_roman(found["mark"]) is None or found["mark"] in ("C", "L"):
        return None  # fifty chapters have not been seen; lists A), B), C) have
    printed = text[: found.start("rest")].strip()
    return Mark(Shape.ROMAN, found["mark"], found["rest"], printed)


def _decimal(text: str) -> Mark | None:
    found = _DECIMAL.match(text)
    if not found:
        return None
    return Mark(Shape.DECIMAL, found["mark"], found["rest"], found["mark"], usual=False)


def _number(text: str) -> Mark | None:
    found = _NUMBER.match(text)
    return Mark(Shape.NUMBER, found["mark"], found["rest"], found["mark"] + ".") if found else None


def _point(text: str) -> Mark | None:
    found = _POINT.match(text)
    if not found:
        return None
    printed = text[: found.start("rest")].strip()
    usual = not found["odd"] and found["dot"] != "/"
    return Mark(Shape.POINT, found["mark"], found["rest"], printed, usual=usual)


def _letter(text: str) -> Mark | None:
    found = _LETTER.match(text)
    if not found:
        return None
    bracket = found["dot"].strip() == ")"
    usual = bracket and not found["odd"] and found["mark"].islower()
    printed = text[: found.start("rest")].strip()
    return Mark(Shape.LETTER, found["mark"].lower(), found["rest"], printed, bracket, usual)


def _dash(text: str) -> Mark | None:
    found = _DASH.match(text)
    if not found:
        return None
    mark = found["mark"].replace(" ", "")
    return Mark(Shape.DASH, "–" * len(mark) if mark[0] in DASHES else "•", found["rest"], mark)


def read_chain(text: str) -> list[Mark]:
    """All marks with which a text begins, outermost first: "§ 2. 1. Zakres" has two.

    An inner mark counts only if it opens its list (1, a) and stands deeper than the outer one.
    """
    chain: list[Mark] = []
    rest = text
    while len(chain) < 5:
        mark = read_mark(rest)
        if mark is None or (chain and not _may_follow(chain[-1], mark)):
            break
        chain.append(mark)
        rest = mark.rest
    return chain


def _may_follow(outer: Mark, inner: Mark) -> bool:
    if inner.shape is Shape.SIGN:
        return outer.shape in (Shape.PART, Shape.DIVISION, Shape.CHAPTER) and inner.firm
    if inner.number != 1 or not inner.firm or inner.shape not in _DEEPER.get(outer.shape, ()):
        return False
    return inner.shape is not Shape.LETTER or inner.usual


_LISTS = (Shape.NUMBER, Shape.POINT, Shape.LETTER)
_DEEPER = {
    Shape.CHAPTER: _LISTS,
    Shape.SIGN: _LISTS,
    Shape.ROMAN: _LISTS,
    Shape.NUMBER: _LISTS,
    Shape.POINT: (Shape.LETTER,),
}
