"""The wording a remark is about, and how what is said about it is set as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.documents.models import Edition, Provision, Wording
from app.documents.queries import units_of, wording_of, wordings_of, wordings_of_section
from app.legaltext import (
    changes,
    diff,
    difference,
    editing,
    instruction,
    numbering,
    sanitize,
)
from app.legaltext.units import Unit, Units, by_id, walk_with_ancestors
from app.platform.caching import kept_part
from app.platform.db import id_of
from app.remarks.models import AmendmentKind, Position, Remark

#: Provisions that one worker keeps, each of some hundred words.
PROVISIONS_KEPT = 2000

CHANGE = Markup('<div class="diff"><div class="diff__text" lang="pl"><p>{}</p></div></div>')


@dataclass(frozen=True, slots=True)
class Standing:
    """A provision as it stands in an edition: its address as printed, and its words and parts.

    ``text`` are its words as people see and edit them, ``section_id`` the § it belongs to.
    """

    citation: str
    unit: Unit
    text: str
    section_id: int


def standing(edition: Edition, provision: Provision) -> Standing | None:
    """A provision as it stands in an edition, ``None`` when it does not.

    What has been published never changes, so each worker looks a provision up once.
    """

    def look_up() -> Standing | None:
        row = wording_of(edition, provision)
        if row is None:
            return None
        section = wordings_of_section(edition, row.section_id)
        unit = by_id(units_of(section))[str(provision.number)]
        return Standing(row.citation, unit, editing.as_text(unit), row.section_id)

    if edition.published_at is None:
        return look_up()
    key = edition.id, edition.published_at, id_of(provision)
    return kept_part("standing", key, look_up, room=PROVISIONS_KEPT)


def unit_of(edition: Edition, provision: Provision) -> Unit | None:
    """A provision with its parts as it stands in an edition; ``None`` when it does not."""
    found = standing(edition, provision)
    return found.unit if found is not None else None


def text_of(unit: Unit | None) -> str:
    """The words of a provision with its parts, as people see and edit them."""
    return editing.as_text(unit) if unit is not None else ""


def wording_in(edition: Edition, provision: Provision | None) -> Wording | None:
    """The row of a provision in an edition."""
    return wording_of(edition, provision) if provision is not None else None


def old_text(kind: AmendmentKind | None, current: str) -> str:
    """The text that an amendment replaces: nothing, when it adds a provision."""
    return "" if kind in {AmendmentKind.INSERT, None} else current


def proposed(kind: AmendmentKind | None, text: str) -> str:
    """The proposed text as it is kept: only amendments that bring words have one."""
    if kind in {AmendmentKind.REWORD, AmendmentKind.INSERT}:
        return "\n".join(line.rstrip() for line in text.strip().splitlines())
    return ""


def marked(kind: AmendmentKind | None, current: str, proposed: str) -> Markup:
    """The proposed change with its words marked, safe and with labels for a screen reader."""
    new = "" if kind is AmendmentKind.STRIKE else proposed
    pieces = diff.compare(old_text(kind, current), new)
    return Markup(diff.to_html(pieces))  # noqa: S704 - legaltext.diff escapes every word


def differs(kind: AmendmentKind | None, current: str, proposed: str) -> bool:
    """Whether an amendment changes any words at all."""
    new = "" if kind is AmendmentKind.STRIKE else proposed
    return diff.normalise(old_text(kind, current)) != diff.normalise(new)


def formula(
    edition: Edition, provision: Provision | None, kind: AmendmentKind | None, proposed: str
) -> str:
    """The amending formula, as a legal office would write it; ``""`` where there is none."""
    if provision is None or kind is None:
        return ""
    before = _around(edition, provision, kind)
    target = by_id(before).get(str(provision.number))
    if target is None:
        return ""
    try:
        after = numbering.renumber(_amended(before, target, kind, proposed))
        made = difference.between(before, after, marks=False)
        return ";\n".join(instruction.formula(before, made)) + "." if made else ""
    except changes.ChangeError:
        return ""


def formula_of(remark: Remark, position: Position) -> str:
    """The amending formula of the office's own wording, if a position gives one."""
    if position.edition is None:
        return ""
    return formula(position.edition, position.provision, remark.amendment_kind, position.wording)


def _around(edition: Edition, provision: Provision, kind: AmendmentKind) -> Units:
    """As much of the text as a formula needs: the §, or everything when a § is to be added."""
    row = wording_of(edition, provision)
    if row is None:
        return ()
    if kind is AmendmentKind.INSERT and row.section_id == provision.id:
        return units_of(wordings_of(edition))
    return units_of(wordings_of_section(edition, row.section_id))


def _amended(before: Units, target: Unit, kind: AmendmentKind, proposed: str) -> Units:
    if kind is AmendmentKind.STRIKE:
        return changes.apply(before, (changes.Repeal(target.id),))
    if kind is AmendmentKind.INSERT:
        new = editing.from_text(Unit("new", target.kind, "", ""), proposed)
        parent = next(path for unit, path in walk_with_ancestors(before) if unit.id == target.id)
        above = parent[-1].id if parent else None
        return changes.apply(before, (changes.Insert(new, above, target.id),))
    return _replaced(before, editing.from_text(target, proposed))


def _replaced(units: Units, new: Unit) -> Units:
    return tuple(
        new if unit.id == new.id else unit.with_children(_replaced(unit.children, new))
        for unit in units
    )


def rendered(kind: AmendmentKind | None, current: str, proposed: str, body: str) -> str:
    """A remark as lists show it: the change, if it proposes one, and what its author says."""
    change = CHANGE.format(marked(kind, current, proposed)) if kind is not None else Markup("")
    return change + Markup(sanitize.paragraphs(body))  # noqa: S704 - safe by sanitize's promise
