"""One slot at the workbench: its wording before and now, its changes, and what waits there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.accounts.models import User
from app.documents.crossings import Astray
from app.documents.models import Document
from app.drafting.bench import Bench, asked_of, astray_in, bench_of
from app.drafting.clashing import Clashes, said_in
from app.drafting.composition import fold
from app.drafting.models import DraftChange, NoChange, Typing
from app.drafting.outline import Row
from app.drafting.queries import TAKEN
from app.drafting.rows import ChangeRow, changes_in, no_changes_in, remarks_in
from app.drafting.steps import CannotApply, from_json, shown_unit, step_of
from app.drafting.typing import Presence, others_at, typed_by
from app.legaltext import diff, editing
from app.legaltext.units import Unit, Units, walk
from app.remarks.models import Outcome, Remark
from app.remarks.proposals import Proposal

#: A key after those of all changes that were ever made, for acts that are only tried.
TRIED = 10**9


@dataclass(frozen=True, slots=True)
class Card:
    """A change as the page lists it; ``met`` are the ones it collides with or is to be read by.

    ``html`` is told by the wording that its author had before them. Of a change that stands aside
    ``present`` is how the draft reads now, "" when the provision is gone, and ``wanted`` how it
    would read if the change had its way, with what is different from that marked.
    """

    change: DraftChange
    place: str
    html: Markup
    formula: Sequence[str]
    met: Sequence[ChangeRow]
    lost_cause: bool
    present: str = ""
    wanted: Markup | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A remark in this slot and what can be done with it.

    ``proposal`` is ``None`` for a comment. ``fits``: it could be taken in now; of one that does
    not, ``present`` is how the draft reads where it would go, "" when that is gone. ``clashes`` are
    numbers of other amendments that exclude it. ``said`` is why it needs no change.
    """

    remark: Remark
    proposal: Proposal | None
    html: Markup
    formula: Sequence[str]
    fits: bool
    clashes: Sequence[int]
    said: NoChange | None
    waits: bool
    present: str = ""

    @property
    def can_be_taken_in(self) -> bool:
        """Whether the button to take it in makes sense."""
        by_office = self.proposal is not None and self.proposal.whose == "office"
        accepted = self.remark.outcome is Outcome.ACCEPTED
        return self.proposal is not None and (accepted or (by_office and self.waits))


@dataclass(frozen=True)
class SlotPage:
    """Everything that the page of one slot shows."""

    bench: Bench
    row: Row
    previous: Row | None
    following: Row | None
    next_open: Row | None
    base_text: str | None
    current: str | None
    html: Markup
    changes: Sequence[Card]
    remarks: Sequence[Waiting]
    astray: Sequence[Astray]
    others: Sequence[Presence]
    typed: Typing | None

    @property
    def document(self) -> Document:
        """The document on the bench."""
        return self.bench.draft.document

    @property
    def causes(self) -> list[Remark]:
        """The remarks on this slot that may be named as causes of a change."""
        return [one.remark for one in self.remarks if one.remark.outcome in TAKEN]

    def those(self, *states: str) -> list[Waiting]:
        """The remarks that wait, are undecided, or are done with."""
        return [one for one in self.remarks if state_of(one) in states]

    @property
    def switched_in(self) -> list[Card]:
        """The changes that are in the text, or would be if they did not collide."""
        return [card for card in self.changes if card.change.taken_back_at is None]

    def met_by(self, card: Card) -> list[Card]:
        """The changes here that one collides with or should be read beside."""
        ids = {row.id for row in card.met}
        return [other for other in self.changes if other.change.id in ids]

    def clashing_with(self, one: Waiting) -> list[Waiting]:
        """The remarks here that exclude one."""
        return [other for other in self.remarks if other.remark.number in one.clashes]

    def waiting_for(self, number: int | None) -> Waiting | None:
        """The remark with a number, if it is on this slot."""
        return next((one for one in self.remarks if one.remark.number == number), None)


def state_of(one: Waiting) -> str:
    """Where a remark stands at the bench: "waits", "undecided" or "done"."""
    if one.remark.outcome is None:
        return "undecided"
    return "waits" if one.waits else "done"


def slot_page(document: Document, target: str, person: User, at: datetime) -> SlotPage | None:
    """The page of the slot to which a provision belongs; ``None`` when there is no such one."""
    bench = bench_of(document)
    row = bench.outline.row(bench.outline.homes.get(target, target)) if bench else None
    if bench is None or row is None:
        return None
    before, after = (shown_unit(units, row.id) for units in (bench.base, bench.text))
    previous, following = bench.outline.beside(row.id)
    inside = {unit.id for slot in (before, after) if slot for unit in walk((slot,))}
    return SlotPage(
        bench,
        row,
        previous,
        following,
        bench.outline.next_open(row.id),
        _text(before),
        _text(after),
        _difference(before, after),
        _cards(bench, row.id),
        _remarks(bench, row.id),
        [each for each in astray_in(bench.draft) if each.unit_id in inside],
        [each for each in others_at(bench.draft, person, at) if each.slot == row.id],
        typed_by(bench.draft, row.id, person),
    )


def _text(unit: Unit | None) -> str | None:
    return None if unit is None else editing.as_text(unit)


def _difference(before: Unit | None, after: Unit | None) -> Markup:
    pieces = diff.compare(_text(before) or "", _text(after) or "")
    return Markup(diff.to_html(pieces))  # noqa: S704 – legaltext.diff escapes every word


def _cards(bench: Bench, slot: str) -> list[Card]:
    here = [row.id for row in bench.changes if row.slot == slot]
    known = {row.id: row for row in bench.changes}
    return [card_of(bench.text, change, known) for change in changes_in(bench.draft, here)]


def card_of(text: Units, change: DraftChange, known: Mapping[int, ChangeRow]) -> Card:
    """A change of a draft with this working text; ``known`` are all changes of the draft."""
    made, aside = change.made, change.stands_aside
    present = _present(text, change.target) if aside else ""
    return Card(
        change,
        made.get("place", ""),
        Markup(made.get("html", "")),  # noqa: S704 – escaped when it was made
        made.get("formula", ()),
        [known[key] for key in change.met if key in known and known[key].is_in],
        is_without_cause(change),
        present,
        _wanted(change, present) if aside else None,
    )


def _wanted(change: DraftChange, present: str) -> Markup:
    new = from_json(change.made.get("new", ()))
    pieces = diff.compare(present, editing.as_text(new[0]) if new else "")
    return Markup(diff.to_html(pieces))  # noqa: S704 – legaltext.diff escapes every word


def _present(text: Units, target: str) -> str:
    return _text(shown_unit(text, target)) or ""


def is_without_cause(change: DraftChange) -> bool:
    """Whether nothing says why the change was made (any more)."""
    holds = any(r.outcome in TAKEN and r.withdrawn_at is None for r in change.causes)
    return not (holds or change.reason or (change.event_id and change.event_note))


def _remarks(bench: Bench, slot: str) -> list[Waiting]:
    here = {row.id: row for row in bench.remarks if row.slot == slot}
    said = no_changes_in(here)
    clashes = bench.clashes.get(slot, Clashes())
    return [
        _waiting(bench, remark, clashes, said.get(remark.id), here[remark.id].waits)
        for remark in remarks_in(here)
    ]


def elsewhere(bench: Bench) -> list[Waiting]:
    """The open remarks that have no slot."""
    here = {row.id: row for row in bench.elsewhere}
    return [
        _waiting(bench, remark, Clashes(), None, here[remark.id].waits)
        for remark in remarks_in(here)
    ]


def _waiting(
    bench: Bench, remark: Remark, clashes: Clashes, said: NoChange | None, waits: bool
) -> Waiting:
    proposal = bench.proposals.get(remark.id)
    html, formula = Markup(""), tuple[str, ...]()
    if proposal is not None:
        told = said_in(bench.base, asked_of(proposal))
        old = "" if proposal.kind == "insert" else proposal.seen
        new = "" if proposal.kind == "strike" else proposal.text
        shown = told.html if told else diff.to_html(diff.compare(old, new))
        html = Markup(shown)  # noqa: S704 – legaltext.diff escapes every word
        formula = told.formula if told else ()
    fits = proposal is not None and remark.number not in clashes.stuck
    return Waiting(
        remark,
        proposal,
        html,
        formula,
        fits,
        clashes.of(remark.number),
        said,
        waits,
        "" if proposal is None or fits else _present(bench.text, str(proposal.number)),
    )


def wording_with(page: SlotPage, one: Waiting | None) -> str:
    """The slot's text as it would read with an amendment in it; as it is when that collides."""
    unit = shown_unit(page.bench.text, page.row.id)
    if unit is None or one is None or one.proposal is None or not one.fits:
        return page.current or ""
    try:
        step = step_of(TRIED, asked_of(one.proposal), (page.bench.text, page.bench.base))
    except CannotApply:
        return page.current or ""
    tried = fold((unit,), (step,)).units
    same = [each for each in tried if each.id == unit.id]
    return editing.as_text(same[0]) if same else page.current or ""
