"""Cross-references inside a text: "o którym mowa w § 5 ust. 2 i 3", but not "art. 5 ustawy"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.legaltext.citation import ORDINALS, Address, Step, addresses, resolve
from app.legaltext.nesting import RANKS
from app.legaltext.numbering import mark_at, ordinal
from app.legaltext.units import GROUPING, Kind, Unit, Units, walk

_NUMBER = r"(?:[0-9]{1,4}[a-z]{0,2}|[IVXLC]{1,8})(?![\w])"
_LETTER = r"[a-z]{1,3}(?!\w)"
_AND = r"(?:\s?[-–]\s?|\s*,\s*|\s+(?:i|oraz|lub|albo|do)\s+)"
_ORDINAL = "(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + r"|[0-9]{1,2})(?!\w)"
_WORDS = {
    "§": Kind.SECTION,
    "us": Kind.SUBSECTION,
    "pk": Kind.POINT,
    "pu": Kind.POINT,
    "ro": Kind.CHAPTER,
    "dz": Kind.DIVISION,
}
_NUMBERED = (
    r"§{1,2}|ust\.|ustęp(?:ie|u|em|y|ach)?\b|pkt\b|punk(?:t|cie|tu|tach|ty)\b"
    r"|rozdzia(?:le|łu|łem|łach|ły)\b|dzia(?:le|łu|łem)\b"
)


def _step(level: int) -> str:
    """One level of a reference: a word, and one mark or several."""
    several = (
        rf"(?P<numbered{level}>{_NUMBERED})\s{{0,3}}(?P<numbers{level}>{_NUMBER}(?:{_AND}{_NUMBER})*)",
        rf"lit(?:\.|er(?:a|y|ze|ą|ach)\b)\s{{0,3}}(?P<letters{level}>{_LETTER}(?:{_AND}{_LETTER})*)",
        rf"tiret\s{{1,3}}(?P<ordinals{level}>{_ORDINAL}(?:{_AND}{_ORDINAL})*)",
    )
    return "(?:" + "|".join(several) + ")"


_PATTERN = re.compile(
    r"(?<![\w§])" + _step(0) + "".join(rf"(?:\s{{0,3}},?\s{{0,3}}{_step(n)})?" for n in range(1, 5))
)
_OTHER_ACT_BEFORE = re.compile(
    r"\b(?:art\.|artyku\w{1,4})\s{0,3}[0-9]"
    r"(?:[\s,–0-9-]|ust\.|pkt|lit\.|oraz|lub|(?![wz]\b)[a-z]\b)*$",
    re.IGNORECASE,
)
_OTHER_ACT_AFTER = re.compile(
    r"[\s,]{1,3}(?:(?:wymienion|cytowan|powołan)\w{1,4}\s|tej\s)?"
    r"(?:ustaw[yąie]\w{0,2}\b|rozporządzeni|kodeks|konstytucji|dyrektyw|statutu\b|zarządzeni"
    r"|uchwał[yąie]\b(?!\s+niniejsz)|regulaminu\b)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*,\s*|\s+(?:i|oraz|lub|albo)\s+")
_RANGE = re.compile(r"(\w{1,8})(?:\s?[-–]\s?|\s+do\s+)(\w{1,8})")
_LONGEST_RANGE = 100


@dataclass(frozen=True, slots=True)
class Reference:
    """One provision that a text refers to; ``start`` and ``end`` frame the words in the text.

    An address that names no § and no chapter is read from the provision in which it stands.
    """

    start: int
    end: int
    text: str
    address: Address

    @property
    def relative(self) -> bool:
        """Whether the address begins below the §, as in "ust. 2" or "pkt 1"."""
        return self.address.steps[0].kind not in GROUPING | {Kind.SECTION}


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference, the unit in whose text it stands, and the unit meant; ``""`` if none is."""

    unit_id: str
    reference: Reference
    target_id: str


@lru_cache(maxsize=5000)
def references(text: str) -> tuple[Reference, ...]:
    """The internal references of a text in order; those to other acts are passed over.

    "§ 5 ust. 2 i 3" gives two references with the same frame, "§ 2–4" three.
    """
    found: list[Reference] = []
    for match in _PATTERN.finditer(text):
        if _OTHER_ACT_BEFORE.search(text[max(0, match.start() - 90) : match.start()]):
            continue
        if _OTHER_ACT_AFTER.match(text[match.end() : match.end() + 60]):
            continue
        for steps in _expanded(match):
            found.append(Reference(match.start(), match.end(), match[0], Address(steps)))
    return tuple(found)


def _expanded(match: re.Match[str]) -> list[tuple[Step, ...]]:
    """All addresses of one match; only its innermost level may name several marks."""
    paths: list[tuple[Step, ...]] = [()]
    for level in range(5):
        steps = _steps_at(match, level)
        if not steps:
            break
        paths = [*paths[:-1], *((*paths[-1], step) for step in steps)]
    return [path for path in paths if path]


def _steps_at(match: re.Match[str], level: int) -> list[Step]:
    if match[f"numbers{level}"]:
        word = match[f"numbered{level}"]
        kind = _WORDS["§" if word[0] == "§" else word[:2]]
        marks = _each_mark(kind, match[f"numbers{level}"])
    elif match[f"letters{level}"]:
        kind, marks = Kind.LETTER, _each_mark(Kind.LETTER, match[f"letters{level}"])
    elif match[f"ordinals{level}"]:
        kind = Kind.INDENT
        spelt = _SPLIT.split(match[f"ordinals{level}"])
        marks = [str(ORDINALS.get(each, each)) for each in spelt]
    else:
        return []
    return [Step(kind, mark) for mark in marks if kind is Kind.INDENT or ordinal(kind, mark)]


def _each_mark(kind: Kind, marks: str) -> list[str]:
    each: list[str] = []
    for part in _SPLIT.split(marks):
        spread = _RANGE.fullmatch(part)
        first, last = (ordinal(kind, spread[n]) if spread else None for n in (1, 2))
        if first and last and 0 < last[0] - first[0] < _LONGEST_RANGE:
            each.extend(mark_at(kind, number) for number in range(first[0], last[0] + 1))
        else:
            each.append(part)
    return each


def _resolve(forest: Units, here: Address | None, reference: Reference) -> Unit | None:
    if not reference.relative:
        return resolve(forest, reference.address)
    first = RANKS[reference.address.steps[0].kind]
    above = [step for step in (here.steps if here else ()) if RANKS.get(step.kind, 99) < first]
    return resolve(forest, Address((*above, *reference.address.steps)))


def cross_references(units: Iterable[Unit]) -> tuple[CrossReference, ...]:
    """Every internal reference of a text with the unit it leads to, in printed order."""
    forest = tuple(units)
    named = addresses(forest)
    targets = {str(address): unit_id for unit_id, address in reversed(named.items())}
    found: list[CrossReference] = []
    for unit in walk(forest):
        for reference in references(unit.text):
            target = _target(forest, named[unit.id], reference, targets)
            found.append(CrossReference(unit.id, reference, target))
    return tuple(found)


def _target(forest: Units, here: Address, reference: Reference, targets: dict[str, str]) -> str:
    """The id meant: looked up by its address, or sought when it is written otherwise."""
    if not reference.relative and str(reference.address) in targets:
        return targets[str(reference.address)]
    unit = _resolve(forest, here, reference)
    return unit.id if unit else ""


def lost_references(old: Iterable[Unit], new: Iterable[Unit]) -> tuple[CrossReference, ...]:
    """References of the new text whose target in the old text stands elsewhere now, or nowhere.

    Ids tell who is who: a reference is listed when its words led to one unit in the old edition
    and lead to another, or to none, in the new one, or when it leads to none in either.
    """
    return lost_among(cross_references(old), cross_references(new))


def lost_among(
    old: Iterable[CrossReference], new: Iterable[CrossReference]
) -> tuple[CrossReference, ...]:
    """The same of references that were found before."""
    before = {(each.unit_id, each.reference.address): each.target_id for each in old}
    return tuple(
        each
        for each in new
        if not each.target_id
        or before.get((each.unit_id, each.reference.address), each.target_id) != each.target_id
    )
