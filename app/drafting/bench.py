"""What the workbench shows: amendments that wait, changes made, the text as it would be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.documents import rendering
from app.documents.crossings import Astray
from app.documents.models import Document
from app.drafting import queries
from app.drafting.models import DraftChange, WorkingDraft
from app.drafting.steps import shown_unit
from app.drafting.working import active, base_units, working_units
from app.legaltext import editing
from app.legaltext.citation import citations
from app.legaltext.difference import between
from app.legaltext.units import by_id
from app.remarks.models import Outcome, Remark, RemarkKind


@dataclass(frozen=True, slots=True)
class Made:
    """A change as the bench lists it: where, the marked-up difference and the formula."""

    change: DraftChange
    place: str
    html: Markup
    formula: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A remark decided in favour that has changed nothing yet.

    ``fits``: an accepted amendment that can be tried. ``stands``: the provision is in the working
    text. ``clashes`` are the other amendments of it.
    """

    remark: Remark
    place: str
    fits: bool
    stands: bool
    clashes: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """The whole workbench of a document."""

    draft: WorkingDraft | None
    waiting: Sequence[Waiting]
    made: Sequence[Made]
    provisions: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Writing:
    """A provision about to be changed by hand: how it reads now and what may cause the change.

    ``remark`` is the one from which the coordinator came here, if any.
    """

    draft: WorkingDraft
    target: str
    place: str
    current: str
    causes: Sequence[Remark]
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The working text as HTML, the citations it would bear, and how many changes it holds."""

    html: Markup
    citations: dict[str, str]
    changes: int


def bench_of(document: Document) -> Bench:
    """The bench in a number of queries that does not grow."""
    draft = queries.open_draft(document)
    remarks = queries.without_trace(document)
    if draft is None:
        waiting = [Waiting(r, r.citation, False, False, _clashes(r, remarks)) for r in remarks]
        return Bench(None, waiting, (), ())
    units = working_units(draft)
    cited, known = citations(units), by_id(units)
    waiting = [_waiting(r, remarks, cited, known.keys()) for r in remarks]
    provisions = [
        (unit.id, cited.get(unit.id, ""), (unit.text or editing.as_text(unit))[:120])
        for unit in known.values()
        if cited.get(unit.id)
    ]
    return Bench(draft, waiting, [_made(change) for change in active(draft)], provisions)


def _waiting(
    remark: Remark, others: Sequence[Remark], cited: dict[str, str], standing: Collection[str]
) -> Waiting:
    number = str(remark.provision.number) if remark.provision else ""
    fits = _is_applicable(remark) and remark.outcome is Outcome.ACCEPTED and number in standing
    place = cited.get(number, "") or remark.citation
    return Waiting(remark, place, fits, number in standing, _clashes(remark, others))


def _is_applicable(remark: Remark) -> bool:
    return remark.kind is RemarkKind.AMENDMENT and remark.provision_id is not None


def _clashes(remark: Remark, others: Sequence[Remark]) -> tuple[Remark, ...]:
    return tuple(
        other
        for other in others
        if other.id != remark.id
        and other.provision_id == remark.provision_id
        and _is_applicable(other)
        and _is_applicable(remark)
    )


def _made(change: DraftChange) -> Made:
    made = change.made
    return Made(change, made["place"], Markup(made["html"]), tuple(made["formula"]))  # noqa: S704 – escaped when it was made


def writing_of(draft: WorkingDraft, target: str, remark_number: int | None) -> Writing | None:
    """What the page of writing shows; ``None`` when the working text has no such provision."""
    units = working_units(draft)
    unit = shown_unit(units, target)
    if unit is None:
        return None
    causes = queries.remarks_that_may_cause(draft.document)
    return Writing(
        draft=draft,
        target=target,
        place=citations(units).get(target, ""),
        current=editing.as_text(unit),
        causes=causes,
        remark=next((r for r in causes if r.number == remark_number), None),
    )


def astray_in(draft: WorkingDraft) -> list[Astray]:
    """References of the working text that the changes have led astray."""
    return [Astray(*row) for row in draft.astray]


def preview_of(draft: WorkingDraft) -> Preview:
    """The working text, set as it would be published, and all that differs from the base."""
    base, units = base_units(draft), working_units(draft)
    pieces = rendering.body(units)
    html = Markup("").join(Markup(piece) for _slot, piece, _address in pieces)  # noqa: S704 – escaped there
    return Preview(html, citations(units), len(between(base, units, marks=False)))
