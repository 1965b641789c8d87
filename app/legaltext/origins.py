"""Where the words of a wording come from: each stretch with the source that brought it.

What a comparison shows as kept keeps its source, what it shows as inserted has the source of the
change; so what is told here and what a comparison shows can never disagree.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from .diff import Op, Pieces, compare
from .tokens import normalise

Source = TypeVar("Source", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Run(Generic[Source]):
    """Words side by side that one source brought."""

    text: str
    source: Source


Runs = tuple[Run[Source], ...]


def brought(text: str, source: Source) -> Runs[Source]:
    """A wording that is all of one source; an empty one has no runs."""
    text = normalise(text)
    return (Run(text, source),) if text else ()


def carried(runs: Runs[Source], new: str, source: Source) -> Runs[Source]:
    """The runs of a new wording: words that stayed keep their source, the others have ``source``.

    ``runs`` are those of the wording before. Joined, the runs give the new wording, normalised.
    """
    old = text_of(runs)
    if normalise(new) == old:
        return runs
    return _joined(_carried(runs, compare(old, new), source))


def together(*several: Runs[Source]) -> Runs[Source]:
    """The runs of wordings that became one, with a blank between them."""
    found: list[Run[Source]] = []
    for runs in several:
        if found and runs:
            found.append(Run(" ", found[-1].source))
        found.extend(runs)
    return _joined(found)


def text_of(runs: Runs[Source]) -> str:
    """The wording, normalised."""
    return "".join(run.text for run in runs)


def _carried(runs: Runs[Source], pieces: Pieces, source: Source) -> Iterator[Run[Source]]:
    at = 0
    for piece in pieces:
        if piece.op is Op.INSERT:
            yield Run(piece.text, source)
            continue
        if piece.op is Op.KEEP:
            yield from _cut(runs, at, at + len(piece.text))
        at += len(piece.text)


def _cut(runs: Runs[Source], start: int, end: int) -> Iterator[Run[Source]]:
    at = 0
    for run in runs:
        words = run.text[max(0, start - at) : max(0, end - at)]
        if words:
            yield Run(words, run.source)
        at += len(run.text)


def _joined(runs: Iterable[Run[Source]]) -> Runs[Source]:
    """Neighbours of one source as one run; a blank goes with the words before it."""
    found: list[Run[Source]] = []
    for run in runs:
        if found and (found[-1].source == run.source or not run.text.strip(" ")):
            found[-1] = Run(found[-1].text + run.text, found[-1].source)
        else:
            found.append(run)
    return tuple(found)
