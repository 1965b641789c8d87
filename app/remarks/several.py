"""One amendment of several parts of a provision, each written in a field of its own. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.legaltext import editing
from app.legaltext.units import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a provision that may be chosen: its number, address and present wording."""

    number: int
    citation: str
    current: str
    depth: int


def parts_of(unit: Unit | None, cited: Mapping[int, str]) -> tuple[Part, ...]:
    """The parts of a provision that have an address, at any depth, in reading order."""
    if unit is None:
        return ()

    def below(parent: Unit, depth: int) -> list[Part]:
        found: list[Part] = []
        for child in parent.children:
            number = int(child.id)
            if cited.get(number):
                found.append(Part(number, cited[number], editing.as_text(child), depth))
            found.extend(below(child, depth + 1))
        return found

    return tuple(below(unit, 0))


def chosen(unit: Unit | None, parts: Sequence[Part], numbers: Sequence[int]) -> tuple[Part, ...]:
    """The parts that somebody ticked; one that lies in another ticked one goes with it."""
    wanted = set(numbers)
    kept: set[int] = set()

    def pick(parent: Unit) -> None:
        for child in parent.children:
            if int(child.id) in wanted:
                kept.add(int(child.id))
            else:
                pick(child)

    if unit is not None:
        pick(unit)
    return tuple(part for part in parts if part.number in kept)


def composed(unit: Unit, parts: Sequence[Part], texts: Sequence[str]) -> str:
    """The whole provision as it would read; a part left empty is taken out.

    A part without a text is left as it stands, so that a form that was cut short changes nothing.
    """
    given = {str(part.number): text for part, text in zip(parts, texts, strict=False)}
    return editing.as_text(editing.with_parts(unit, given))
