"""No-break spaces where Polish typesetting wants them."""

from __future__ import annotations

import re

NO_BREAK_SPACE = "\u00a0"

#: A word that must not be left alone at the end of a line, or a sign that leans on what follows.
_LEANS_FORWARD = re.compile(
    r"(?<![\w„])(§|[aiouwzAIOUWZ]|ust\.|pkt|lit\.|art\.|poz\.|Dz\.|nr|Nr|godz\.|rozdział) (?=\S)"
)
#: A number and what it counts; thousands in an amount; a year and its „r.”.
_LEANS_BACK = re.compile(r"(?<=\d) (?=(?:\d{3}\b|zł\b|r\.|dni\b|%))")
#: „22 czerwca”, but not „1 ustawy”.
_DAY_OF_MONTH = re.compile(
    r"(?<=\d) (?=(?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września"
    r"|października|listopada|grudnia)\b)"
)
#: An en dash that joins two thoughts stays with the first of them.
_BEFORE_DASH = re.compile(r" (?=– )")


def typeset(text: str) -> str:
    """The text with no-break spaces after one-letter words and signs, and inside numbers."""
    text = _LEANS_FORWARD.sub(rf"\1{NO_BREAK_SPACE}", text)
    for gap in (_LEANS_BACK, _DAY_OF_MONTH, _BEFORE_DASH):
        text = gap.sub(NO_BREAK_SPACE, text)
    return text
