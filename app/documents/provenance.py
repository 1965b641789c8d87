"""Which edition, and which change in it, brought each word of a text. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.legaltext.origins import Run, Runs, brought, carried, text_of, together
from app.legaltext.tokens import normalise

#: The number of an edition and the key of a change that made it; 0 where no change is recorded.
Source = tuple[int, int]

#: The words of each provision of a text with their sources, under its permanent number.
Origins = dict[str, Runs[Source]]


@dataclass(frozen=True, slots=True)
class Stage:
    """A change on the way to an edition: its key and the wordings it left, under numbers."""

    change: int
    texts: Mapping[str, str] = field(default_factory=dict)


def of_first(texts: Mapping[str, str], edition: int) -> Origins:
    """The origins of a text that nothing came before."""
    return {number: brought(text, (edition, 0)) for number, text in texts.items()}


def of_next(
    before: Origins,
    texts: Mapping[str, str],
    edition: int,
    *,
    stages: Sequence[Stage] = (),
    words_from: Mapping[str, Sequence[str]] | None = None,
) -> Origins:
    """The origins of the text that followed, of which ``stages`` tell how it was made.

    Words of a provision that was cut from others, or took others in (``words_from``), keep their
    sources. Whatever the stages do not explain came with the edition, without a known change.
    """
    making = _Making(before, edition, words_from or {})
    for stage in stages:
        for number, text in stage.texts.items():
            making.set(number, text, stage.change)
    for number, text in texts.items():
        making.set(number, text, 0)
    return {number: making.now[number] for number in texts}


class _Making:
    """The origins of a text while one change after another is made to it."""

    def __init__(
        self, before: Origins, edition: int, words_from: Mapping[str, Sequence[str]]
    ) -> None:
        self.now = dict(before)
        self._before, self._edition, self._words_from = before, edition, dict(words_from)

    def set(self, number: str, text: str, change: int) -> None:
        """A provision gets a wording; only at its first do words of others come in."""
        runs = self.now.get(number, ())
        if runs and text_of(runs) == normalise(text):
            return
        others = [self._before.get(other, ()) for other in self._words_from.pop(number, ())]
        runs = together(runs, *others)
        self.now[number] = carried(runs, text, (self._edition, change))


def to_json(origins: Origins) -> dict[str, Any]:
    """As ``Edition.origins`` keeps them."""
    return {number: [[*run.source, run.text] for run in runs] for number, runs in origins.items()}


def from_json(kept: Mapping[str, Any]) -> Origins:
    """What ``to_json`` made."""
    return {
        number: tuple(Run(words, (edition, change)) for edition, change, words in runs)
        for number, runs in kept.items()
    }
