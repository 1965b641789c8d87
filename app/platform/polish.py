"""Polish alphabetical order, which neither databases without ICU nor Python's ``sorted`` know."""

from __future__ import annotations

import unicodedata

_LETTERS = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_RANK = {letter: index for index, letter in enumerate(_LETTERS)}


def sort_key(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts „Łąka” after „Luty” and before „Mak”, ignoring case.

    Digits and other signs come before letters; letters foreign to Polish sort by their base.
    """
    key = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter in _RANK:
            key.append((_RANK[letter] + 1, letter))
            continue
        base = unicodedata.normalize("NFD", letter)[:1]
        key.append((_RANK.get(base, -1) + 1, letter))
    return tuple(key)
