"""Polish grammar of the amending formula: provisions, words and signs in the cases it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .citation import Address, Step
from .units import GROUPING, Kind

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Noun:
    """A Polish noun in the cases that the formula uses."""

    nominative: str
    genitive: str
    accusative: str
    instrumental: str
    locative: str


def _same(word: str) -> Noun:
    return Noun(word, word, word, word, word)


#: The units as the formula names them; abbreviations and "tiret" do not decline.
UNIT_NOUNS = {
    Kind.PART: Noun("część", "części", "część", "częścią", "części"),
    Kind.DIVISION: Noun("dział", "działu", "dział", "działem", "dziale"),
    Kind.CHAPTER: Noun("rozdział", "rozdziału", "rozdział", "rozdziałem", "rozdziale"),
    Kind.SECTION: _same("§"),
    Kind.SUBSECTION: _same("ust."),
    Kind.POINT: _same("pkt"),
    Kind.LETTER: _same("lit."),
    Kind.INDENT: _same("tiret"),
    Kind.DOUBLE_INDENT: Noun(
        "podwójne tiret",
        "podwójnego tiret",
        "podwójne tiret",
        "podwójnym tiret",
        "podwójnym tiret",
    ),
    Kind.HEADING: Noun("śródtytuł", "śródtytułu", "śródtytuł", "śródtytułem", "śródtytule"),
    Kind.PARAGRAPH: Noun("akapit", "akapitu", "akapit", "akapitem", "akapicie"),
    Kind.TABLE: Noun("tabela", "tabeli", "tabelę", "tabelą", "tabeli"),
    Kind.PREAMBLE: Noun("preambuła", "preambuły", "preambułę", "preambułą", "preambule"),
    Kind.COMMON_ENDING: Noun(
        "część wspólna",
        "części wspólnej",
        "część wspólną",
        "częścią wspólną",
        "części wspólnej",
    ),
}
_ORDINAL_KINDS = frozenset({Kind.INDENT, Kind.DOUBLE_INDENT})

_SIGNS = {
    ",": Noun("przecinek", "przecinka", "przecinek", "przecinkiem", "przecinku"),
    ".": Noun("kropka", "kropki", "kropkę", "kropką", "kropce"),
    ";": Noun("średnik", "średnika", "średnik", "średnikiem", "średniku"),
    ":": Noun("dwukropek", "dwukropka", "dwukropek", "dwukropkiem", "dwukropku"),
    "–": Noun("myślnik", "myślnika", "myślnik", "myślnikiem", "myślniku"),
    "-": Noun("łącznik", "łącznika", "łącznik", "łącznikiem", "łączniku"),
}
_ONE_WORD = Noun("wyraz", "wyrazu", "wyraz", "wyrazem", "wyrazie")
_WORDS = Noun("wyrazy", "wyrazów", "wyrazy", "wyrazami", "wyrazach")
_INNER_QUOTES = str.maketrans({"„": "«", "”": "»", "“": "»", "‟": "«"})
_STRAIGHT_QUOTES = re.compile(r'"([^"\n]*)"')


def named(step: Step, case: str = "nominative") -> str:
    """One level of an address in a case: "rozdziale 3", "§ 4", "tiret drugim"."""
    noun: str = getattr(UNIT_NOUNS[step.kind], case)
    mark = str(Address((step,)))[len(UNIT_NOUNS[step.kind].nominative) :]
    if step.kind in _ORDINAL_KINDS:
        mark = ordinal_in(mark, case)
    return (noun + mark).replace(" ", NBSP)


def ordinal_in(words: str, case: str) -> str:
    """Neuter ordinals: "drugie" is "drugim" in the instrumental and the locative."""
    endings = {"instrumental": ("im", "ym"), "locative": ("im", "ym"), "genitive": ("iego", "ego")}
    if case not in endings:
        return words
    soft, hard = endings[case]
    return re.sub(r"(ie|e)(?=\W|$)", lambda end: soft if end[0] == "ie" else hard, words)


def in_chain(steps: Sequence[Step]) -> tuple[str, ...]:
    """Where a change is made, level by level: "w § 4", "w ust. 2", "w pkt 3"."""
    return tuple(f"w {named(step, 'locative')}" for step in steps)


def several(kind: Kind, marks: Sequence[str]) -> str:
    """Units of one kind side by side: "pkt 4", "pkt 4 i 5", "§ 7–9" (``marks`` in their order)."""
    first = f"{UNIT_NOUNS[kind].nominative}{NBSP}{marks[0]}"
    if len(marks) == 1:
        return first
    if len(marks) > 2 and _in_sequence(marks):
        return f"{first}–{marks[-1]}"
    between = ", ".join([first, *marks[1:-1]])
    return f"{between} i {marks[-1]}"


def can_stand_together(kind: Kind) -> bool:
    """Whether one abbreviation names several units of the kind: "pkt 4 i 5"."""
    return kind in UNIT_NOUNS and kind in {
        Kind.SECTION,
        Kind.SUBSECTION,
        Kind.POINT,
        Kind.LETTER,
    }


def _in_sequence(marks: Sequence[str]) -> bool:
    codes = [
        int(mark) if mark.isdecimal() else ord(mark) if len(mark) == 1 else None for mark in marks
    ]
    first = codes[0]
    return first is not None and codes == list(range(first, first + len(codes)))


def has_title(kind: Kind) -> bool:
    """Whether the words of the unit are a title."""
    return kind in GROUPING


def quoted(text: str) -> str:
    """The words in Polish quotation marks; quotations inside them get « »."""
    inner = _STRAIGHT_QUOTES.sub(r"«\1»", text.translate(_INNER_QUOTES))
    return f"„{inner}”"


def words(text: str, case: str) -> str:
    """The quoted words named in a case: "wyrazami „…”", or a sign alone: "przecinkiem"."""
    text = text.strip()
    if text in _SIGNS:
        return str(getattr(_SIGNS[text], case))
    first, rest = text[:1], text[1:].strip()
    if first in _SIGNS and rest and rest[0] not in _SIGNS and case != "locative":
        return f"{getattr(_SIGNS[first], case)} i {words(rest, case)}"
    count = sum(any(character.isalnum() for character in part) for part in text.split())
    noun = _ONE_WORD if count <= 1 else _WORDS
    return f"{getattr(noun, case)} {quoted(text)}"


def is_sign(text: str) -> bool:
    """Whether the text is one punctuation mark that has a name."""
    return text.strip() in _SIGNS
