"""References inside a text that its next edition leads astray. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.legaltext.citation import citations
from app.legaltext.references import cross_references, lost_references
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


def references_astray(old: Units, new: Units) -> list[Astray]:
    """References whose target moved or disappeared between two editions, in printed order."""
    led = {(each.unit_id, each.reference.address): each.target_id for each in cross_references(old)}
    cited = citations(new)
    found = []
    for each in lost_references(old, new):
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
