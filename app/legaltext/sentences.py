"""Where a sentence ends in Polish legal prose, and where a line only wraps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.legaltext.line_marks import read_mark
from app.legaltext.outline_values import Line

_CLOSING = "”\"')]»"
_NEVER_LAST = frozenset(
    re.findall(
        r"\S+",
        "art. ust. pkt lit. poz. nr § tiret rozdz. np. tj. tzw. im. ul. al. pl. św. ww. t.j. por. "
        "zob. m.in. dz. prof. dr inż. mgr tel.",
    )
)
_SOMETIMES_LAST = frozenset(
    re.findall(r"\S+", "r. itp. itd. zł. in. zm. godz. m. k. s. str. u. w.")
)
_LEADS_ON = frozenset(
    re.findall(
        r"\S+",
        "w we z ze do od na po przy dla nr dnia art. ust. pkt lit. poz. § rozdz. ustęp ustępie "
        "punkcie ustępu",
    )
)
_FIRST_WORD = re.compile(r"\S+")


def last_word(text: str) -> str:
    """The last word in small letters, with its full stop."""
    return text[-40:].rsplit(" ", 1)[-1].lstrip("(„").casefold()


def leads_on(text: str) -> bool:
    """Whether the text cannot end here: its last word asks for a number ("w art.", "z dnia")."""
    return last_word(text) in _LEADS_ON


def ends(text: str, following: str = "") -> bool:
    """Whether a sentence or list item ends here; ``following`` settles abbreviations."""
    bare = text.rstrip(_CLOSING + " ")
    if not bare or bare[-1] not in ".;:!?":
        return False
    word = last_word(bare)
    if word in _NEVER_LAST:
        return False
    return not (word in _SOMETIMES_LAST and starts_small(following))


def without_full_stop(title: str) -> str:
    """A title without the full stop behind it; that of an abbreviation stays ("na 2016 r.")."""
    short = last_word(title) in _NEVER_LAST | _SOMETIMES_LAST
    return title[:-1] if title.endswith(".") and not title.endswith("..") and not short else title


def starts_small(text: str) -> bool:
    """Whether a text begins as the middle of a sentence does."""
    first = text.lstrip("„\"'(»«")[:1]
    return first.islower() or first.isdigit() or first in tuple(",;.)%")


def title_like(text: str) -> bool:
    """Whether a text may be a title: short, with a capital in front and no full stop behind."""
    return 2 < len(text) <= 160 and text[:1].isupper() and text[-1] not in ".;:,!?"


def wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the source breaks its lines; 0 when paragraphs stand on one line each.

    Evidence is a line that stops in the middle of a sentence before one that goes on.
    """
    texts = [line.text for line in lines if line.text and not line.whole and not line.rows]
    broken = [
        len(here)
        for here, there in pairwise(texts)
        if len(here) < 300 and there[0].islower() and here[-1] not in ".;:,!?" and len(here) > 30
        if read_mark(there) is None
    ]
    if len(broken) < 2 or len(broken) * 50 < len(texts):
        return 0
    broken.sort()
    return broken[-1 - len(broken) // 50]


def is_full(last: str, following: str, width: int) -> bool:
    """Whether the first word of ``following`` no longer fitted on the line before it."""
    word = _FIRST_WORD.match(following)
    return bool(width and word) and len(last) + 1 + len(word[0] if word else "") > width - 3
