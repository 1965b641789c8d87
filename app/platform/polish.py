"""Polish letters, of which neither databases without ICU nor Python's ``sorted`` know: their order,
and words found also without their marks."""

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


def plain(text: str) -> str:
    """A text as it is typed in a hurry: „Żółć” is „zolc”."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def fits(text: str, sought: str) -> bool:
    """Whether every word that is sought occurs in a text, with or without its marks."""
    within = plain(text)
    return all(word in within for word in plain(sought).split())
