"""The documents in one file: resolution, annexes, reasons; one of them is the programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.legaltext.line_marks import read_mark
from app.legaltext.outline_values import Doubt, LeftOut, Line, Shape

_ANNEX = re.compile(r"(?:Załącznik|ZAŁĄCZNIK)\b(?!.{0,60}\b(?:stanowi|określa|zawiera)\b)")
_ACT = re.compile(
    r"(?:PROJEKT\s{1,3})?(?:U\s?C\s?H\s?W\s?A\s?Ł\s?A\b|ZARZĄDZENIE\b|Zarządzenie\s+[Nn]r\b"
    r"|Uchwała\s+[Nn]r\b|Uchwała\s+Rady\b)"
)
_ACT_BY_FORMULA = re.compile(
    r"uchwala[,\s]{1,3}co następuje|zarządza[,\s]{1,3}(?:się[,\s]{1,3})?co nast"
)
_REASONS = re.compile(r"(?:UZASADNIENIE|Uzasadnienie)\b(?!\s+[a-z])")
_FORM = re.compile(r"(?:FORMULARZ|Formularz)\b")
_WANTED = re.compile(r"program|regulamin|statut|strategi|zasady|plan ", re.IGNORECASE)
_HEAD = 20


@dataclass(slots=True)
class _Part:
    nature: str
    lines: list[Line] = field(default_factory=list)

    @property
    def score(self) -> int:
        """How likely this part is the text that people are asked about."""
        marks = 0
        for line in self.lines:
            mark = read_mark(line.label or line.text[:60])
            if mark and mark.shape in (Shape.SIGN, Shape.CHAPTER, Shape.ROMAN):
                marks += 3
            elif mark:
                marks += 1
        long = sum(len(line.text) // 400 for line in self.lines)
        head = " ".join(line.text[:300] for line in self.lines[:_HEAD])
        wanted = 40 if self.nature != "act" and _WANTED.search(head) else 0
        worth = {"annex": 10, "": 10, "act": 2, "reasons": -1000, "form": -500}[self.nature]
        return worth + marks + long + (wanted if marks + long > 2 else 0)


@dataclass(frozen=True, slots=True)
class Programme:
    """The chosen lines, and what was said of the others."""

    lines: list[Line]
    left_out: list[LeftOut]
    doubts: list[Doubt]


def choose_programme(lines: Sequence[Line]) -> Programme:
    """Part the file at the heads of its documents and keep the one that is the programme.

    Every other document that holds more than its own head is named in a doubt; all its lines are
    in ``left_out``.
    """
    parts = _parts(lines)
    best = max(parts, key=lambda part: part.score)
    left_out: list[LeftOut] = []
    doubts: list[Doubt] = []
    for part in parts:
        if part is best:
            continue
        texts = [line for line in part.lines if line.text or line.rows]
        left_out.extend(LeftOut(line.number, line.text, "other part") for line in texts)
        if len(texts) > 3 or sum(len(line.text) for line in texts) > 200:
            name = texts[0].text[:60]
            values = (("name", name),)
            doubts.append(Doubt("part_left_out", texts[0].number, "", texts[0].text, values))
    return Programme(best.lines, left_out, doubts)


def _parts(lines: Sequence[Line]) -> list[_Part]:
    parts = [_Part("")]
    before = ""
    for line in lines:
        nature = _nature(line, before)
        if nature is not None and any(each.text or each.rows for each in parts[-1].lines):
            parts.append(_Part(nature))
        elif nature is not None:
            parts[-1].nature = nature
        elif not parts[-1].nature and len(parts[-1].lines) < 60 and _is_act(line):
            parts[-1].nature = "act"
        parts[-1].lines.append(line)
        before = line.text or before
    return parts


def _is_act(line: Line) -> bool:
    return bool(_ACT_BY_FORMULA.search(line.text[:2000]))


def _nature(line: Line, before: str) -> str | None:
    """What begins with this line: "annex", "act", "reasons", "form"; ``None`` if nothing does."""
    text = line.text[:200]
    if line.label or line.rows or not text:
        return None
    in_sentence = (
        before[-1:].islower() and before.rsplit(" ", 1)[-1].islower() and text[-1:] in ".;,"
    )
    if _ANNEX.match(text) and not in_sentence:
        return "annex"
    if _ACT.match(text) and not in_sentence:
        return "act"
    if _REASONS.match(text) and len(line.text) < 120:
        return "reasons"
    if _FORM.match(text) and len(line.text) < 160 and text[-1:] not in ".;,":
        return "form"
    return None
