"""Between a provision and the words that name it: "§ 4 ust. 3 pkt 2 lit. b tiret drugie"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.legaltext.numbering import NBSP, from_roman, ordinal
from app.legaltext.units import GROUPING, MARKED, Kind, Unit, Units, walk, walk_with_ancestors

_WORDS = {
    Kind.PART: "część",
    Kind.DIVISION: "dział",
    Kind.CHAPTER: "rozdział",
    Kind.SECTION: "§",
    Kind.SUBSECTION: "ust.",
    Kind.POINT: "pkt",
    Kind.LETTER: "lit.",
    Kind.INDENT: "tiret",
    Kind.DOUBLE_INDENT: "podwójne tiret",
    Kind.PARAGRAPH: "akapit",
    Kind.HEADING: "śródtytuł",
    Kind.TABLE: "tabela",
    Kind.COMMON_ENDING: "część wspólna",
    Kind.PREAMBLE: "preambuła",
}
_IN_WORDS = frozenset({Kind.INDENT, Kind.DOUBLE_INDENT})
_BY_MARK = MARKED - _IN_WORDS
_OFTEN_ALONE = frozenset({Kind.COMMON_ENDING, Kind.PREAMBLE})
_SOUGHT_DEEP = GROUPING | {Kind.SECTION}
_NUMBERLESS = f"nr{NBSP}"
_LONGEST = 300
_UNITS = (
    *("pierwsze", "drugie", "trzecie", "czwarte", "piąte", "szóste", "siódme", "ósme"),
    *("dziewiąte", "dziesiąte", "jedenaste", "dwunaste", "trzynaste", "czternaste", "piętnaste"),
    *("szesnaste", "siedemnaste", "osiemnaste", "dziewiętnaste"),
)
_TENS = (
    *("dwudzieste", "trzydzieste", "czterdzieste", "pięćdziesiąte", "sześćdziesiąte"),
    *("siedemdziesiąte", "osiemdziesiąte", "dziewięćdziesiąte"),
)


def in_words(number: int) -> str:
    """The neuter ordinal that cites a tiret: "drugie", "dwudzieste pierwsze"; digits from 100."""
    if 1 <= number <= 19:
        return _UNITS[number - 1]
    if 20 <= number <= 99:
        tens, units = divmod(number, 10)
        return _TENS[tens - 2] + (f" {_UNITS[units - 1]}" if units else "")
    return str(number)


#: The ordinals that cite a tiret, and their numbers.
ORDINALS = {in_words(number): number for number in range(1, 100)}
_GROUPS = {kind.value: kind for kind in _WORDS}
_ORDINAL_WORDS = "|".join(sorted(ORDINALS, key=len, reverse=True)).replace(" ", r"\s")


#: The word of each kind, in the cases in which it is cited.
KIND_PATTERN = r"""
    (?: (?P<common_ending>część\s+wspólna|części\s+wspólnej)
      | (?P<part>część|części)
      | (?P<division>dział(?:u|em|e)?)
      | (?P<chapter>rozdziałach|rozdziału|rozdziałem|rozdziały|rozdziale|rozdział|rozdz\.)
      | (?P<section>§+|paragraf(?:u|ie|em)?)
      | (?P<subsection>ust\.|ustęp(?:u|em|ie|y)?)
      | (?P<point>pkt|punkt(?:u|em|cie|y|ach)?)
      | (?P<letter>lit\.|liter(?:a|y|ze|ą|ę))
      | (?P<double_indent>podwójne(?:go|mu)?\s+tiret)
      | (?P<indent>tiret)
      | (?P<paragraph>akapit(?:u|em|cie)?)
      | (?P<heading>śródtytuł(?:u|em)?)
      | (?P<table>tabel(?:a|i|ą|ę))
      | (?P<preamble>preambu(?:ła|ły|le))
    )"""
_MARK = rf"""
    (?: (?P<numberless>nr\s+)?
        (?P<mark>{_ORDINAL_WORDS}|[0-9]{{1,9}}[a-z]{{0,8}}|[a-z]{{1,15}})\b )?"""
_STEP = re.compile(rf"\s*{KIND_PATTERN}\s*{_MARK}(?:[.,)](?=\s|$))?", re.IGNORECASE | re.VERBOSE)


class CitationError(ValueError):
    """The words do not name a provision; says which part was not understood."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level of an address: a kind and its mark, or its place among its like ("2" of tiret)."""

    kind: Kind
    mark: str


@dataclass(frozen=True, slots=True)
class Address:
    """A place in a text, the outermost named unit first; not every level need be named."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return " ".join(_step_in_words(step) for step in self.steps)


def _step_in_words(step: Step) -> str:
    word = _WORDS[step.kind]
    if not step.mark:
        return word.replace(" ", NBSP)
    mark = step.mark
    if step.kind in _IN_WORDS and mark.isdigit():
        mark = in_words(int(mark)).replace(" ", NBSP)
    return f"{word.replace(' ', NBSP)}{NBSP}{mark}"


def address_of(path: Units, roots: Units = ()) -> Address:
    """The full address of the last unit of ``path``, which begins at the outermost unit.

    A § is named without its chapter, since §§ run through the whole text. ``roots`` are the
    outermost unit and those beside it; they give the place of a unit without a mark.
    """
    steps: list[Step] = []
    siblings = roots or path[:1]
    for unit in path:
        _add_step(steps, _steps(siblings)[unit.id], unit)
        siblings = unit.children
    return Address(tuple(steps))


def _add_step(steps: list[Step], step: Step, unit: Unit) -> None:
    if unit.kind is Kind.SECTION and unit.mark:
        steps.clear()
    steps.append(step)


def _steps(siblings: Units) -> dict[str, Step]:
    """How each of the siblings is named: by its mark, or by its place among its like.

    The place of a numbered kind that lost its mark is told from a mark by "nr".
    """
    counts: dict[Kind, int] = {}
    totals = Counter(unit.kind for unit in siblings)
    steps: dict[str, Step] = {}
    for unit in siblings:
        if unit.kind in _BY_MARK and unit.mark:
            steps[unit.id] = Step(unit.kind, unit.mark)
            continue
        place = counts[unit.kind] = counts.get(unit.kind, 0) + 1
        alone = totals[unit.kind] == 1 and unit.kind in _OFTEN_ALONE
        prefix = _NUMBERLESS if unit.kind in _BY_MARK else ""
        steps[unit.id] = Step(unit.kind, "" if alone else f"{prefix}{place}")
    return steps


def cite(path: Units, roots: Units = ()) -> str:
    """The citation of the last unit of ``path``: "§ 4 ust. 3 pkt 2 lit. b tiret drugie".

    Words are joined to their numbers by no-break spaces; chapters are cited in small letters.
    """
    return str(address_of(path, roots))


def addresses(units: Iterable[Unit]) -> dict[str, Address]:
    """The address of every unit under its id, in time that grows with the text only."""
    forest = tuple(units)
    steps = _steps(forest)
    for unit in walk(forest):
        steps.update(_steps(unit.children))
    found: dict[str, Address] = {}
    for unit, ancestors in walk_with_ancestors(forest):
        path: list[Step] = []
        for each in (*ancestors, unit):
            _add_step(path, steps[each.id], each)
        found[unit.id] = Address(tuple(path))
    return found


def citations(units: Iterable[Unit]) -> dict[str, str]:
    """The citation of every unit under its id."""
    return {unit_id: str(address) for unit_id, address in addresses(units).items()}


def parse(text: str) -> Address:
    """Read a citation as people write it: "§4 ust.3 pkt 2 lit. b tiret 2", "w rozdziale II".

    Raises ``CitationError`` when the words are not a citation from end to end.
    """
    folded = " ".join(text.split())[:_LONGEST]
    folded = re.sub(r"^(?:w|we|do|z|ze)\s+(?=\S)", "", folded, flags=re.IGNORECASE)
    steps: list[Step] = []
    position = 0
    while position < len(folded):
        found = _STEP.match(folded, position)
        if not found or found.end() == position:
            raise CitationError(f"Not understood as a citation: {folded[position:][:40]!r}.")
        steps.append(_read_step(found))
        position = found.end()
    if not steps:
        raise CitationError("A citation names a provision, for example: § 4 ust. 2 pkt 3.")
    return Address(tuple(steps))


def _read_step(found: re.Match[str]) -> Step:
    kind = next(kind for name, kind in _GROUPS.items() if found[name])
    return Step(kind, _bare_mark(kind, found["mark"] or "", numberless=bool(found["numberless"])))


def _bare_mark(kind: Kind, mark: str, *, numberless: bool) -> str:
    if kind in _IN_WORDS and mark.casefold().replace(NBSP, " ") in ORDINALS:
        return str(ORDINALS[mark.casefold().replace(NBSP, " ")])
    if kind in GROUPING and from_roman(mark.upper()) and not mark.isdigit():
        return mark.upper()
    return (_NUMBERLESS if numberless else "") + mark.casefold()


def resolve(units: Iterable[Unit], text: str | Address) -> Unit | None:
    """The unit that a citation names, the first if several bear the mark; ``None`` if none does.

    Raises ``CitationError`` for words that are no citation.
    """
    address = parse(text) if isinstance(text, str) else text
    forest = tuple(units)
    siblings, found = forest, None
    for step in address.steps:
        found = _find(siblings, step)
        if found is None and step.kind in _SOUGHT_DEEP:
            found = _find(tuple(walk(siblings)), step)
        if found is None:
            return None
        siblings = found.children
    return found


def _find(siblings: Units, step: Step) -> Unit | None:
    steps = _steps(siblings)
    exact = next((u for u in siblings if steps[u.id] == step), None)
    if exact or step.kind not in GROUPING:
        return exact
    place = ordinal(step.kind, step.mark)
    return next(
        (u for u in siblings if u.kind is step.kind and place and ordinal(u.kind, u.mark) == place),
        None,
    )
