"""What publishing a working draft would do, before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.documents.crossings import Astray
from app.drafting.bench import astray_in, renumbered
from app.drafting.models import DraftChange, WorkingDraft
from app.drafting.post import letters_of
from app.drafting.publishing import Obstacles, obstacles_of
from app.drafting.rows import standing_changes
from app.drafting.slots import homes_of
from app.drafting.working import base_units, working_units
from app.remarks.fate import Whose
from app.remarks.moving_along import what_would_become


@dataclass(frozen=True)
class DryRun:
    """What would become public, who would be told, and what stands in the way.

    ``fates`` counts pending amendments by what the edition would make of them, and ``restate``
    the letters to those whose words it changes beneath them; both as publishing would do it.
    ``homes`` is the slot of every provision, for links. ``letters`` counts letters by what they
    are about, ``silent`` remarks that caused a change and have no address to write to.
    """

    obstacles: Obstacles
    changes: Sequence[DraftChange]
    renumbered: Sequence[tuple[str, str]]
    astray: Sequence[Astray]
    homes: Mapping[str, str]
    letters: int
    silent: int
    fates: Counter[str]
    restate: int


def dry_run(draft: WorkingDraft) -> DryRun:
    """The dry run, in a number of queries that does not grow with the draft."""
    base, text = base_units(draft), working_units(draft)
    changes = standing_changes(draft)
    letters = letters_of(changes)
    taken = {remark.id for remark in letters}
    moved = what_would_become(draft.document, base, text, taken)
    return DryRun(
        obstacles_of(draft, changes),
        changes,
        renumbered(base, text),
        astray_in(draft),
        {**homes_of(base), **homes_of(text)},
        sum(bool(address) for address in letters.values()),
        sum(not address for address in letters.values()),
        Counter(str(each.became.fate) for each in moved if each.whose is Whose.AUTHOR),
        sum(each.told for each in moved),
    )
