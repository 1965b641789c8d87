"""Polish typesetting: what must not be parted at the end of a line."""

from __future__ import annotations

import re

_ONE_LETTER = re.compile(r"(?<![^\s(„«–])([aiouwzAIOUWZ])[ ](?=\S)")
_SIGN = re.compile(r"(§|\b(?:art|ust|pkt|lit|nr|str|poz|godz|tel))(\.?)[ ](?=[\dIVXLa-z])")
_UNIT = re.compile(r"(?<=\d)[ ](?=(?:zł|gr|r\.|%|proc\.|tys\.|mln|km|m²|szt\.|osób|dni)(?!\w))")
_THOUSANDS = re.compile(r"(?<=\d)[ ](?=\d{3}(?!\d))")

NBSP = "\N{NO-BREAK SPACE}"


def bind(text: str) -> str:
    """The text with no-break spaces where Polish typography asks for them.

    After one-letter words, between „§”, „art.” or „nr” and the number, between a number and its
    unit, and inside numbers. Line breaks and tabs stay.
    """
    text = _ONE_LETTER.sub(lambda m: m.group(1) + NBSP, text)
    text = _ONE_LETTER.sub(lambda m: m.group(1) + NBSP, text)  # „i w domu”: the second of a pair
    text = _SIGN.sub(lambda m: m.group(1) + m.group(2) + NBSP, text)
    text = _UNIT.sub(NBSP, text)
    return _THOUSANDS.sub(NBSP, text)
