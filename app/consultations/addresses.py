"""Public addresses made from titles: Polish words without diacritics, short enough for a poster."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

#: Words that are pages of ours and cannot name a consultation or a document.
RESERVED = frozenset(
    {
        "biurko",
        "dokumenty",
        "import",
        "kalendarz",
        "konsultacje",
        "miesiac",
        "moje",
        "nowa",
        "nowe",
        "nowy",
        "raport",
        "szukaj",
        "uwagi",
        "wersja",
        "wydarzenia",
        "zapisy",
        "zmien",
    }
)

LONGEST = 60

#: Small words that an address does without.
_SMALL = frozenset({"a", "dla", "do", "i", "na", "o", "od", "oraz", "w", "we", "z", "za", "ze"})

_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_address(text: str) -> bool:
    """Whether a text can stand in an address: small Latin letters, digits, single hyphens."""
    return bool(_SHAPE.fullmatch(text)) and len(text) <= LONGEST and text not in RESERVED


def address_from(title: str, taken: Container[str] = frozenset()) -> str:
    """An address for a title: „Program współpracy na rok 2016” gives „program-wspolpracy-rok-2016”.

    One that is reserved or ``taken`` gets a number at its end: „regulamin-2”.
    """
    plain = title.casefold().replace("ł", "l")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", plain)
    kept = [word for word in words if word not in _SMALL] or words or ["konsultacje"]
    address = kept[0][:LONGEST]
    for word in kept[1:]:
        if len(address) + len(word) + 1 > LONGEST - 3:
            break
        address = f"{address}-{word}"
    return _free(address, taken)


def _free(address: str, taken: Container[str]) -> str:
    stem, number = address[: LONGEST - 4], 1
    while address in RESERVED or address in taken:
        number += 1
        address = f"{stem}-{number}"
    return address
