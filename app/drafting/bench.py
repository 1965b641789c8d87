"""The workbench as a whole: what has been done, what waits where, and what to do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.documents import rendering
from app.documents.crossings import Astray
from app.documents.models import Document
from app.drafting import queries, rows
from app.drafting.actions import wish_of
from app.drafting.clashing import Clashes, clashes_in
from app.drafting.models import ChangeKind, Deed, WorkingDraft
from app.drafting.outline import Counts, Outline, Row, homes, outline_of
from app.drafting.rows import ChangeRow, RemarkRow
from app.drafting.slots import slots_of
from app.drafting.steps import Asked
from app.drafting.working import base_units, working_units
from app.legaltext import editing
from app.legaltext.citation import citations
from app.legaltext.difference import between
from app.legaltext.units import Unit, Units, by_id
from app.remarks.models import Outcome, RemarkKind
from app.remarks.proposals import Proposal, carried, office_wording, proposals


@dataclass(frozen=True)
class Bench:
    """Everything that all pages of the bench know; made in a constant number of queries.

    ``elsewhere`` are open remarks on the whole document, or on provisions that no longer stand.
    """

    draft: WorkingDraft
    base: Units
    text: Units
    outline: Outline
    clashes: Mapping[str, Clashes]
    remarks: Sequence[RemarkRow]
    changes: Sequence[ChangeRow]
    proposals: Mapping[int, Proposal]
    elsewhere: Sequence[RemarkRow]
    undo: Deed | None
    redo: Deed | None

    @property
    def decided(self) -> int:
        """How many remarks were decided in favour."""
        return sum(row.is_in_favour for row in self.remarks)

    @property
    def in_text(self) -> int:
        """How many of them are in the text, or need no change in it."""
        return sum(row.is_in_favour and not row.waits for row in self.remarks)

    @property
    def undecided(self) -> int:
        """How many remarks have no answer yet."""
        return sum(row.outcome is None for row in self.remarks)

    @property
    def colliding(self) -> list[ChangeRow]:
        """The changes that are switched in and stand aside."""
        return [change for change in self.changes if change.stands_aside]

    @property
    def astray(self) -> list[Astray]:
        """References that the changes have led astray."""
        return astray_in(self.draft)

    @property
    def next_row(self) -> Row | None:
        """Where to go on: first what collides, then what waits, then what has no answer."""
        for count in ("colliding", "waiting", "undecided"):
            for row in self.outline.rows:
                if getattr(row, count):
                    return row
        return None

    @property
    def fitting(self) -> int:
        """How many accepted amendments could be taken in one after the other.

        Of those that exclude each other the first one goes in, as ``take_all_in`` does it.
        """
        odd = {number for clashes in self.clashes.values() for number in clashes.stuck}
        taken: set[int] = set()
        for row in self.remarks:
            could = (
                row.waits
                and row.outcome is Outcome.ACCEPTED
                and row.kind is RemarkKind.AMENDMENT
                and row.slot in self.outline.places
                and row.number not in odd
            )
            if could and taken.isdisjoint(self.clashes.get(row.slot, Clashes()).of(row.number)):
                taken.add(row.number)
        return len(taken)


@dataclass(frozen=True, slots=True)
class Preview:
    """The working text as HTML, the citations it would bear, and how many changes it holds."""

    html: Markup
    citations: dict[str, str]
    changes: int


def bench_of(document: Document) -> Bench | None:
    """The bench of a document; ``None`` before a working draft is started."""
    draft = queries.open_draft(document)
    if draft is None:
        return None
    base, text = base_units(draft), working_units(draft)
    home = homes(base, text)
    changes = rows.change_rows(draft, home)
    asked = _proposals(draft, by_id(base))
    remarks = rows.remark_rows(draft, home, asked)
    clashes = _clashes(base, text, remarks, asked)
    moved = {c.target for c in changes if c.kind is ChangeKind.MOVE and c.is_in}
    outline = outline_of(base, text, _counts(remarks, changes, clashes), moved)
    return Bench(
        draft,
        base,
        text,
        outline,
        clashes,
        remarks,
        changes,
        asked,
        [row for row in remarks if row.is_open and row.slot not in outline.places],
        queries.last_deed(draft),
        queries.next_deed(draft),
    )


def _proposals(draft: WorkingDraft, base: Mapping[str, Unit]) -> dict[int, Proposal]:
    """What all amendments ask for; the text of the base is at hand and is not read again."""
    remarks = rows.amendments_of(draft)
    found = {}
    for remark in remarks:
        moved = remark.edition_id != draft.base_id or office_wording(remark) or carried(remark)
        if remark.provision is not None and remark.amendment_kind is not None and not moved:
            number = remark.provision.number
            unit = base.get(str(number))
            seen = editing.as_text(unit) if unit else ""
            kind = remark.amendment_kind
            found[remark.id] = Proposal(seen, remark.proposed_text, kind, "author", number)
    rest = [remark for remark in remarks if remark.id not in found]
    return {**found, **proposals(rest)}


def _clashes(
    base: Units,
    text: Units,
    remarks: Sequence[RemarkRow],
    proposals: Mapping[int, Proposal],
) -> dict[str, Clashes]:
    """The clashes of all amendments that wait, slot by slot."""
    before, after = ({unit.id: unit for unit in slots_of(units)} for units in (base, text))
    wanted: dict[str, list[tuple[int, Asked]]] = defaultdict(list)
    for row in remarks:
        if row.is_open and row.id in proposals and row.slot:
            wanted[row.slot].append((row.number, asked_of(proposals[row.id])))
    return {
        slot: clashes_in(before.get(slot), after.get(slot), tuple(asked))
        for slot, asked in wanted.items()
    }


def asked_of(proposal: Proposal) -> Asked:
    """An amendment as a change in words."""
    wish = wish_of(proposal)
    return Asked(str(wish.kind), wish.target, wish.seen or "", wish.text)


def _counts(
    remarks: Sequence[RemarkRow], changes: Sequence[ChangeRow], clashes: Mapping[str, Clashes]
) -> Counts:
    counts = Counts()
    for row in remarks:
        if row.outcome is None:
            counts.undecided[row.slot] += 1
        elif row.waits:
            counts.waiting[row.slot] += 1
        else:
            counts.done[row.slot] += 1
    for slot, found in clashes.items():
        counts.colliding[slot] += len(found.numbers)
    for change in changes:
        counts.colliding[change.slot] += change.stands_aside
    return counts


def astray_in(draft: WorkingDraft) -> list[Astray]:
    """References of the working text that the changes have led astray."""
    return [Astray(*row) for row in draft.astray]


def renumbered(base: Units, text: Units) -> list[tuple[str, str]]:
    """Provisions that stay and are cited otherwise than before: the old address and the new."""
    before, after = citations(base), citations(text)
    return [
        (before[unit_id], address)
        for unit_id, address in after.items()
        if before.get(unit_id) and address != before[unit_id]
    ]


def preview_of(draft: WorkingDraft) -> Preview:
    """The working text, set as it would be published, and all that differs from the base."""
    base, units = base_units(draft), working_units(draft)
    pieces = rendering.body(units)
    html = Markup("").join(Markup(piece) for _slot, piece, _address in pieces)  # noqa: S704 – escaped there
    return Preview(html, citations(units), len(between(base, units, marks=False)))
