"""Polish typesetting: what must not be parted at the end of a line, and what cannot be printed."""

from __future__ import annotations

import re

NBSP = "\N{NO-BREAK SPACE}"

_MONTHS = (
    "stycznia|lutego|marca|kwietnia|maja|czerwca|"
    "lipca|sierpnia|września|października|listopada|grudnia"
)
_UNITS = r"zł|gr|r\.|%|proc\.|tys\.|mln|mld|km|m²|szt\.|osób|dni|godz\."

#: What ends in a space that must hold both sides together.
_HELD = re.compile(
    r"(?<![^\s(„«–])[aiouwzAIOUWZ][ ](?=\S)"  # after a one-letter word
    r"|§[ ](?=[\dIVXLa-z])"
    r"|\b(?:art|ust|pkt|lit|nr|str|poz|godz|tel)\.?[ ](?=[\dIVXLa-z+])"
    rf"|(?<=\d)[ ](?=(?:{_UNITS}|{_MONTHS})(?!\w))"
    r"|(?<=\d)[ ](?=\d{3}(?!\d))"  # thousands
    r"|[ ](?=–\s)"  # a dash does not begin a line
)

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_UNSEEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0]"
)


def bind(text: str) -> str:
    """The text with no-break spaces where Polish typography asks for them.

    After one-letter words, between „§”, „art.” or „nr” and the number, between a number and its
    unit or month, inside numbers, and before a dash. Line breaks and tabs stay.
    """
    return _HELD.sub(lambda held: held[0][:-1] + NBSP, text)


def seen(text: str) -> str:
    """The text without signs that nobody sees, as zero-width spaces and soft hyphens."""
    return _UNSEEN.sub("", text)


def printable(text: str) -> str:
    """The text without the signs that no document may hold; all line breaks are one sign."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("", _LINE_BREAKS.sub("\n", text))
