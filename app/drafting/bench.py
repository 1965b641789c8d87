"""What the workbench shows: amendments that wait, changes made, the text as it would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.documents import rendering
from app.documents.crossings import Astray, references_astray
from app.documents.models import Document, Provision
from app.documents.queries import provision_by_number
from app.drafting import queries
from app.drafting.composition import Done, result, same_wording
from app.drafting.models import DraftChange, WorkingDraft
from app.legaltext import diff, editing
from app.legaltext.citation import citations
from app.legaltext.difference import between
from app.legaltext.units import Units, by_id
from app.remarks.models import Outcome, Remark


@dataclass(frozen=True, slots=True)
class Made:
    """A change as the bench lists it: where, the marked-up difference and the formula."""

    change: DraftChange
    place: str
    html: str
    formula: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A remark decided in favour that has changed nothing yet.

    ``fits``: an accepted amendment whose provision still reads as its author saw it.
    ``stands``: the provision is in the working text. ``clashes`` are the other amendments of it.
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
    provision: Provision
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
    """The bench in a number of queries that grows only with the editions remarked on."""
    draft = queries.open_draft(document)
    remarks = queries.amendments_to_take(document)
    if draft is None:
        waiting = [Waiting(r, r.citation, False, False, _clashes(r, remarks)) for r in remarks]
        return Bench(None, waiting, (), ())
    base, done = queries.worked(draft)
    units = result(base, done)
    cited = citations(units)
    seen = {draft.base_id: base, **queries.other_editions(remarks, draft.base_id)}
    waiting = [_waiting(r, remarks, cited, (units, seen[r.edition_id])) for r in remarks]
    provisions = [
        (unit.id, cited.get(unit.id, ""), (unit.text or editing.as_text(unit))[:120])
        for unit in by_id(units).values()
        if cited.get(unit.id) and unit.id.isdecimal()
    ]
    return Bench(draft, waiting, _made(draft, base, done), provisions)


def _waiting(
    remark: Remark, others: Sequence[Remark], cited: dict[str, str], texts: tuple[Units, Units]
) -> Waiting:
    """``texts`` are the working text and the one that the remark was written on."""
    number = str(remark.provision.number) if remark.provision else ""
    now, then = (by_id(units).get(number) for units in texts)
    fits = queries.is_applicable(remark) and remark.outcome is Outcome.ACCEPTED
    fits = fits and now is not None and then is not None
    fits = fits and same_wording(now, editing.as_text(then))  # type: ignore[arg-type]
    place = cited.get(number, "") or remark.citation
    return Waiting(remark, place, fits, now is not None, _clashes(remark, others))


def _clashes(remark: Remark, others: Sequence[Remark]) -> tuple[Remark, ...]:
    return tuple(
        other
        for other in others
        if other.id != remark.id
        and other.provision_id == remark.provision_id
        and queries.is_applicable(other)
        and queries.is_applicable(remark)
    )


def _made(draft: WorkingDraft, base: Units, done: Sequence[Done]) -> list[Made]:
    rows = []
    before = base
    for change, step in zip(queries.active(draft), done, strict=True):
        target = str(change.provision.number)
        old, new = by_id(before).get(target), by_id(step.units).get(target)
        if change.kind == "insert":
            fresh = by_id(step.units).get(f"new-{change.id}")
            pieces = diff.compare("", editing.as_text(fresh) if fresh else change.text)
        else:
            pieces = diff.compare(
                editing.as_text(old) if old else "", editing.as_text(new) if new else ""
            )
        place = citations(before).get(target, "")
        rows.append(Made(change, place, diff.to_html(pieces), step.formula))
        before = step.units
    return rows


def writing_of(draft: WorkingDraft, number: int, remark_number: int | None) -> Writing | None:
    """What the page of writing shows; ``None`` when the working text has no such provision."""
    provision = provision_by_number(draft.document, number)
    units = queries.working_units(draft)
    unit = by_id(units).get(str(number))
    if provision is None or unit is None:
        return None
    causes = queries.remarks_that_may_cause(draft.document, provision.id)
    return Writing(
        draft=draft,
        provision=provision,
        place=citations(units).get(str(number), ""),
        current=editing.as_text(unit),
        causes=causes,
        remark=next((r for r in causes if r.number == remark_number), None),
    )


def astray_in(draft: WorkingDraft) -> list[Astray]:
    """References of the working text that the changes have led astray."""
    base, done = queries.worked(draft)
    return references_astray(base, result(base, done))


def preview_of(draft: WorkingDraft) -> Preview:
    """The working text, set as it would be published, and all that differs from the base."""
    base, done = queries.worked(draft)
    units = result(base, done)
    pieces = rendering.body(units)
    html = Markup("").join(Markup(piece) for _slot, piece, _address in pieces)  # noqa: S704 – escaped there
    return Preview(html, citations(units), len(between(base, units, marks=False)))
