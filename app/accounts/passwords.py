"""Which passwords are good enough, and how they are kept: as argon2 fingerprints only."""

from __future__ import annotations

import secrets
import unicodedata
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10

#: Longer ones are refused, so that nobody can keep the server busy by sending a book.
LONGEST = 200

_hasher = PasswordHasher()

#: Common words that a few digits and signs around them do not make any better.
_COMMON = """
admin administrator haslo hasło hasełko password passw0rd qwerty qwertyuiop qwertyui asdfghjkl
zxcvbnm zaqwsx zaqxsw qazwsx qazwsxedc letmein welcome witaj polska polskapolska kochamcie
kochanie misiaczek niezapominajka jezus matka marcin bartek kasia dupadupa warszawa krakow
kraków legia wisla wisła miechow miechów wspolpis współpis organizacja stowarzyszenie samochod
samochód komputer iloveyou football pilkanozna monkey dragon sunshine princess abcdef abcdefgh
abcdefghij stokrotka truskawka
"""
_WORDS = frozenset(_COMMON.split())

#: Walks over the keyboard; any stretch of one, forwards or backwards, is guessed at once.
_WALKS = (
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "zaq12wsxcde34rfvbgt56yhnmju7",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmik",
)


class Weakness(StrEnum):
    """Why a password will not do."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    PERSONAL = "personal"


def weakness(password: str, *personal: str) -> Weakness | None:
    """What is wrong with a password; ``personal`` are words it must not be made of (an address)."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    plain = _plain(password).casefold()
    if _is_common(plain):
        return Weakness.COMMON
    for word in filter(None, (_plain(p).casefold().strip() for p in personal)):
        if plain in {word, word.partition("@")[0]} or _core(plain) == _core(word.partition("@")[0]):
            return Weakness.PERSONAL
    return None


def _is_common(plain: str) -> bool:
    if len(set(plain)) < 5:
        return True
    core = _core(plain)
    half = plain[: len(plain) // 2]
    walked = any(plain in walk or plain in walk[::-1] for walk in _WALKS)
    core_walked = any(core in walk or core in walk[::-1] for walk in _WALKS)
    return walked or core_walked or core in _WORDS or (half * 2 == plain and len(half) < SHORTEST)


def _core(plain: str) -> str:
    """The word inside: without the digits and signs that people put around it."""
    ends = [place for place, letter in enumerate(plain) if letter.isalpha()]
    return plain[ends[0] : ends[-1] + 1] if ends else plain


def fingerprint(password: str) -> str:
    """What is kept of a password; takes some 50 ms and 64 MB on purpose."""
    return _hasher.hash(_plain(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether a password has this fingerprint; takes as long when there is no fingerprint."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher.verify(kept or _nobody(), _plain(password))
    except InvalidHashError:
        return matches(None, password) if kept else False
    except VerificationError:
        return False


@cache
def _nobody() -> str:
    """A fingerprint that no password has, to be checked where there is no account."""
    return _hasher.hash(secrets.token_hex(32))


def is_outdated(kept: str) -> bool:
    """Whether a fingerprint was made with weaker parameters than those of today."""
    return _hasher.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """The same letters however the keyboard has composed them."""
    return unicodedata.normalize("NFKC", password)
