"""References inside a text that its next edition leads astray. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.legaltext.citation import citations
from app.legaltext.references import CrossReference, cross_references, lost_among
from app.legaltext.units import Units


@dataclass(frozen=True, slots=True)
class Astray:
    """A reference of the new text that no longer leads where it led.

    ``place`` is the address of the provision that refers, ``words`` the reference as printed.
    ``meant`` is where the provision once meant stands now: ``""`` when it is gone, or when the
    words never led anywhere (``never``).
    """

    unit_id: str
    place: str
    words: str
    meant: str
    never: bool


@lru_cache(maxsize=8)
def _crossings(units: Units) -> tuple[CrossReference, ...]:
    """The references of a text, which is asked about again with its next change."""
    return cross_references(units)


def references_astray(old: Units, new: Units) -> list[Astray]:
    """References whose target moved or disappeared between two editions, in printed order."""
    before = _crossings(old)
    led = {(each.unit_id, each.reference.address): each.target_id for each in before}
    cited = citations(new)
    found = []
    for each in lost_among(before, _crossings(new)):
        target = led.get((each.unit_id, each.reference.address), "")
        found.append(
            Astray(
                unit_id=each.unit_id,
                place=cited.get(each.unit_id, ""),
                words=each.reference.text,
                meant=cited.get(target, ""),
                never=not target,
            )
        )
    return found
