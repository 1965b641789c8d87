"""Polish letters that a wrong encoding or a PDF's font broke: repaired where that is safe."""

from __future__ import annotations

import re
from dataclasses import dataclass

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_WITHOUT_O = "ąćęłńśźżĄĆĘŁŃŚŹŻ"


def _misread(encoding: str) -> dict[str, str]:
    """What each Polish letter of an old encoding looks like when read as Windows-1252."""
    table: dict[str, str] = {}
    for letter in _WITHOUT_O:
        byte = letter.encode(encoding)
        shown = byte.decode("cp1252", errors="ignore") or byte.decode("latin-1")
        table[shown] = letter
    return table


_FROM_1250 = _misread("cp1250")
_FROM_8859 = _misread("iso-8859-2")
_ONLY_8859 = frozenset(_FROM_8859) - frozenset(_FROM_1250)
_ONLY_1250 = frozenset(_FROM_1250) - frozenset(_FROM_8859)
_IN_WORD = re.compile(rf"[^\W\d_][{re.escape(''.join({*_FROM_1250, *_FROM_8859}))}]")
_TWICE = re.compile(r"[ÃÅÄĂĹÄâ][\u0080-\u00bf€‚„…†‡‰Š‹ŚŤŽŹ‘’“”•–—™š›śťžźˇ˘Ł¤ĄŞŻ±˛łµąşĽ˝ľż³œ]")
#: ISO-8859-2 read as Windows-1250: six letters differ, the others came out right.
_BETWEEN = {letter.encode("iso-8859-2").decode("cp1250"): letter for letter in "ąśźĄŚŹ"}
_SWAPPED = re.compile(r"(?<=[^\W\d_])[±¶Ľ]|[ˇ¦¬±¶Ľ](?=[^\W\d_])")
_CIRCUMFLEX = str.maketrans("ŝŜ", "żŻ")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_FONT_D = re.compile(
    r"\b(?:ilekrod|rozumied|byd|mied|mogąd|dotyczyd|pozwolid|zapewnid|określid|realizowad|zlecad"
    r"|wspierad|przyznad|udzielid|zgłaszad|wnosid|składad|działalnośd|społecznośd|możliwośd"
    r"|jakośd|wysokośd|ilośd|częśd|wartośd|współpracowad|wykonad)\b",
    re.IGNORECASE,
)
_FONT_O = re.compile(
    r"(?:mieszkao[cć]|\bzadao\b|szkoleo\b|działao\b|rozwiązao\b|zgłoszeo\b|postanowieo\b|\bdzieo\b"
    r"|paostw|\bkoocow|\bkooca\b|\bkoo\b|zakooczeni|ustaleo\b|świadczeo\b|stowarzyszeo\b"
    r"|zarządzeo\b|oświadczeo\b|\bgrudzieo\b|\bkwiecieo\b|wydatkao\b|spotkao\b)",
    re.IGNORECASE,
)
_BARE = re.compile(r"\b(?:wspolprac|dzialalnos|zadan publicznych|pozarzadow|spolecz|srodk|okresl)")


@dataclass(frozen=True, slots=True)
class Repair:
    """A text after repair; ``repaired`` and ``broken`` show an example of each, or nothing."""

    text: str
    repaired: str = ""
    broken: str = ""


def repair(text: str) -> Repair:
    """Undo what is certain, name what is not.

    Certain: Windows-1250 or ISO-8859-2 read as Windows-1252, UTF-8 read as an old encoding, "ŝ" in
    place of "ż", ligatures. Not certain, hence only named: ć and ń shown as d and o, letters
    without their Polish signs.
    """
    text = text.translate(_LIGATURES)
    repaired: list[str] = []
    for undo in (_undo_utf8, _undo_old, _undo_between, _undo_circumflex):
        mended = undo(text)
        if mended != text:
            repaired.append(_example(text, mended))
            text = mended
    return Repair(text, ", ".join(repaired), _broken(text))


def _undo_utf8(text: str) -> str:
    if len(_TWICE.findall(text[:200_000])) < 3:
        return text
    for encoding in ("cp1252", "cp1250", "latin-1"):
        try:
            mended = text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if sum(letter in mended for letter in _POLISH) > 2:
            return mended
    return text


def _undo_old(text: str) -> str:
    """Only where no right Polish letter (but ó) stands beside the wrong ones."""
    right = sum(text.count(letter) for letter in _WITHOUT_O)
    wrong = len(_IN_WORD.findall(text))
    if wrong < 3 or right * 10 > wrong:
        return text
    in_8859 = sum(text.count(letter) for letter in _ONLY_8859)
    in_1250 = sum(text.count(letter) for letter in _ONLY_1250)
    table = _FROM_8859 if in_8859 > in_1250 else _FROM_1250
    return text.translate({ord(shown): letter for shown, letter in table.items()})


def _undo_between(text: str) -> str:
    """Only where not one of the six letters stands right."""
    if len(_SWAPPED.findall(text)) < 3 or any(letter in text for letter in _BETWEEN.values()):
        return text
    return _SWAPPED.sub(lambda found: _BETWEEN[found[0]], text)


def _undo_circumflex(text: str) -> str:
    return text.translate(_CIRCUMFLEX)


def _example(before: str, after: str) -> str:
    for here, there in zip(before.split(), after.split(), strict=False):
        if here != there:
            return f"{here[:30]} → {there[:30]}"
    return "…"


def _broken(text: str) -> str:
    found = [match[0] for pattern in (_FONT_D, _FONT_O) for match in pattern.finditer(text)]
    if found and not ("ć" in text and "ń" in text):
        return ", ".join(dict.fromkeys(found[:5]))
    bare = _BARE.findall(text)
    if len(bare) > 2 and not any(letter in text for letter in _WITHOUT_O):
        return ", ".join(dict.fromkeys(bare[:5]))
    wrong = [match[0] for match in _IN_WORD.finditer(text)]
    return ", ".join(dict.fromkeys(wrong[:5])) if len(wrong) > 2 else ""
