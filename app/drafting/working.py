"""The working text as a draft keeps it: folded when a deed is done, read by every page."""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.crossings import references_astray
from app.drafting.acts import Folded, Standing, Step
from app.drafting.composition import fold
from app.drafting.models import DraftChange, WorkingDraft
from app.drafting.steps import from_json, to_json
from app.legaltext.units import Units


def active(draft: WorkingDraft) -> list[DraftChange]:
    """The changes that are switched in, in the order in which they were made."""
    return [change for change in draft.changes if change.taken_back_at is None]


def base_units(draft: WorkingDraft) -> Units:
    """The text of the edition on which the draft is based."""
    return from_json(draft.base_text)


def working_units(draft: WorkingDraft) -> Units:
    """The working text."""
    return from_json(draft.text)


def step_from(change: DraftChange) -> Step:
    """A change as the composition understands it."""
    old, new = (from_json(change.made[side]) for side in ("old", "new"))
    return Step(
        change.id,
        str(change.kind),
        change.target,
        old[0] if old else None,
        new[0] if new else None,
        change.after,
    )


def folded(draft: WorkingDraft, changes: Iterable[DraftChange]) -> Folded:
    """The base of the draft with the given changes."""
    return fold(base_units(draft), [step_from(change) for change in changes])


def keep(draft: WorkingDraft, result: Folded) -> None:
    """Store the working text and where each change stands in it."""
    for change in draft.changes:
        standing = result.standings.get(change.id, Standing(change.verdict))
        now = standing.verdict, standing.clash, list(standing.met)
        if now != (change.verdict, change.clash, change.met):
            change.verdict, change.clash, change.met = now
    draft.text = to_json(result.units)
    draft.astray = [
        [each.unit_id, each.place, each.words, each.meant, each.never]
        for each in references_astray(base_units(draft), result.units)
    ]
    draft.revision += 1
