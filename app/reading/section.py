"""The text of a § in its parts, each with what was said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from app.consultations.models import Consultation
from app.documents import rendering
from app.documents.models import Document
from app.documents.origins import later_words
from app.documents.queries import units_of
from app.legaltext.units import Unit, walk
from app.reading.struck import Struck
from app.reading.text import Tallies, lines_of, silent, with_lines
from app.remarks.models import Remark
from app.remarks.queries import tallies_of

if TYPE_CHECKING:
    from app.reading.queries import ProvisionPage


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a §, or its opening words, with the remarks on it and on all beneath it.

    ``inside`` says that it stands within the §, so that it is set as deep. ``elsewhere`` counts
    the remarks on it that stand on other pages of the list.
    """

    html: Markup
    inside: bool
    remarks: list[Remark] = field(default_factory=list)
    elsewhere: int = 0
    struck: Struck | None = None


def parts_of(consultation: Consultation, document: Document, page: ProvisionPage) -> list[Part]:
    """The § of a page cut into its opening words and its parts, in reading order."""
    (root,) = units_of(page.wordings)
    tallies = tallies_of(document)
    later = later_words(page.edition, page.first) if page.stands else {}
    lines = lines_of(consultation, document, later) if page.stands else silent
    cited = page.cited
    said = _by_provision(page.remarks.items)
    parts = []
    for unit, body in _pieces(root):
        addressed = [[slot, html, cited.get(slot, "")] for slot, html, _address in body]
        numbers = [int(u.id) for u in (walk((unit,)) if unit is not root else (root,))]
        remarks = sorted((r for n in numbers for r in said.get(n, ())), key=lambda r: r.number)
        counted = sum(tallies.get(n, (0, 0))[0] for n in numbers)
        html = with_lines(addressed, lines).counting(tallies)
        parts.append(Part(html, unit is not root, remarks, max(0, counted - len(remarks))))
    return parts + _struck(page, said, tallies)


def _struck(page: ProvisionPage, said: Mapping[int, list[Remark]], tallies: Tallies) -> list[Part]:
    """What stood in the § once, in its last wording, with the remarks on it."""
    parts = []
    for struck in page.struck:
        units = units_of(struck.wordings)
        numbers = [int(unit.id) for unit in walk(units)]
        remarks = sorted((r for n in numbers for r in said.get(n, ())), key=lambda r: r.number)
        counted = sum(tallies.get(n, (0, 0))[0] for n in numbers)
        parts.append(
            Part(last_words(struck), True, remarks, max(0, counted - len(remarks)), struck)
        )
    return parts


def last_words(struck: Struck) -> Markup:
    """What was struck out, as it was set when it stood last."""
    return with_lines(rendering.body(units_of(struck.wordings)), silent).counting({})


def _pieces(root: Unit) -> list[tuple[Unit, list[list[Any]]]]:
    """The § without its parts, then each part, as pieces with slots for the lines beneath them."""
    own = rendering.body((root.with_children(()),))
    if root.children:
        # The line of a § with parts speaks of the whole, which an empty piece tells.
        own[0][0] = 0
        own.insert(1, [int(root.id), "", ""])
    return [(root, own), *((child, rendering.body((child,))) for child in root.children)]


def _by_provision(remarks: Sequence[Remark]) -> dict[int, list[Remark]]:
    found: dict[int, list[Remark]] = {}
    for remark in remarks:
        if remark.home is not None:
            found.setdefault(remark.home.number, []).append(remark)
    return found
