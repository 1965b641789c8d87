"""Words looked for in a text as a reader sees it, and where they stand in the text as it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .tokens import is_blank, normalise, tokenize, visible

#: So many places of one quotation are looked at; more say nothing to a reader either.
MOST_PLACES = 500
_CHARACTER = re.compile(r"(?s)\r\n|.")


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the words, and how many words around it are those that were expected there."""

    start: int
    end: int
    likeness: int


def stands_in(text: str, quote: str) -> bool:
    """Whether the words occur in a text, as a reader sees both."""
    return next(Folded(text).find(quote, whole=False), None) is not None


class Folded:
    """A text without what ``normalise`` folds, and where each of its characters comes from."""

    def __init__(self, text: str) -> None:
        self.text = normalise(text)
        self._raw_length = len(text)
        self._origins: list[int] | None = None
        if self.text != text:
            self.text, self._origins = _folded(text)

    def find(
        self, quote: str, prefix: str = "", suffix: str = "", *, whole: bool = True
    ) -> Iterator[Found]:
        """The places where the words stand, in printed order; ``whole`` words, or parts of them."""
        sought = normalise(quote)
        before, after = _words(prefix)[::-1], _words(suffix)
        at = self.text.find(sought) if sought else -1
        places = 0
        while at >= 0 and places < MOST_PLACES:
            end = at + len(sought)
            if not whole or self._is_whole(at, end):
                places += 1
                around = self._likeness(at, end, before, after)
                yield Found(self._origin(at), self._origin(end - 1, after=True), around)
            at = self.text.find(sought, at + 1)

    def _is_whole(self, start: int, end: int) -> bool:
        return not (
            (start and _within_word(self.text[start - 1], self.text[start]))
            or (end < len(self.text) and _within_word(self.text[end - 1], self.text[end]))
        )

    def _likeness(self, start: int, end: int, before: list[str], after: list[str]) -> int:
        left = _words(self.text[max(0, start - 100) : start])[::-1]
        right = _words(self.text[end : end + 100])
        return _alike(before, left) + _alike(after, right)

    def _origin(self, place: int, *, after: bool = False) -> int:
        if self._origins is None:
            return place + after
        if not after:
            return self._origins[place]
        following = place + 1
        while following < len(self._origins) and self._origins[following] == self._origins[place]:
            following += 1
        if following < len(self._origins):
            return self._origins[following]
        return self._raw_length


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded character by character, and the place of each in the text given."""
    characters: list[str] = []
    origins: list[int] = []
    for composed, origin in _composed(text):
        character = " " if is_blank(composed) else composed
        if character == " " and (not characters or characters[-1] in " \n\t"):
            continue
        if character in "\n\t" and characters and characters[-1] == " ":
            characters.pop()
            origins.pop()
        characters.append(character)
        origins.append(origin)
    if characters and characters[-1] == " ":
        characters.pop()
        origins.pop()
    return "".join(characters), origins


def _composed(text: str) -> Iterator[tuple[str, int]]:
    """The visible characters, composed, each with its place."""
    base, at = "", 0
    for found in _CHARACTER.finditer(text):
        for seen in visible(found[0]).replace("\u2011", "-"):
            if base and not unicodedata.combining(seen):
                yield from ((each, at) for each in unicodedata.normalize("NFC", base))
                base = ""
            if not base:
                at = found.start()
            base += seen
    yield from ((each, at) for each in unicodedata.normalize("NFC", base))


def _within_word(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def _words(text: str) -> list[str]:
    return [token for token in tokenize(normalise(text)) if not is_blank(token)]


def _alike(expected: list[str], found: list[str]) -> int:
    """How many words next to the quotation are as expected; an edge of the text is one."""
    if not expected and not found:
        return 1
    count = 0
    for one, other in zip(expected, found, strict=False):
        if one != other:
            break
        count += 1
    return count
