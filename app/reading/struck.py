"""What once stood in a §: its last words, the edition that struck it out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.documents import queries as documents
from app.documents.models import Edition, Wording
from app.drafting.models import DraftChange


@dataclass(frozen=True, slots=True)
class Struck:
    """A provision with all beneath it as ``last`` had it, which ``gone`` has no more.

    ``changes`` struck it out; there are none where ``gone`` came as a file.
    """

    last: Edition
    gone: Edition
    wordings: Sequence[Wording]
    changes: Sequence[DraftChange]


def struck_from(
    editions: Sequence[Edition],
    ever: Sequence[Wording],
    now: Sequence[Wording],
    changes: Iterable[DraftChange],
) -> list[Struck]:
    """Of all that ``ever`` stood in a §, what stands nowhere any more, the latest first.

    ``now`` are the wordings that the § has, or had when it stood last; ``changes`` all that made
    the ``editions``, which come in order.
    """
    absent = {w.provision_id for w in ever} - {w.provision_id for w in now}
    if not absent:
        return []
    order = {edition.id: place for place, edition in enumerate(editions)}
    last: dict[int, int] = {}  # of each, wherever it stood
    for provision_id, edition_id in documents.stood_in(absent):
        last[provision_id] = max(last.get(provision_id, 0), order.get(edition_id, 0))
    final: dict[int, list[Wording]] = {}
    for wording in ever:  # what stood last in another § was not struck out of this one
        place = order[wording.edition_id]
        if last.get(wording.provision_id) == place < len(editions) - 1:
            final.setdefault(place, []).append(wording)
    made = list(changes)
    return [
        struck_after(editions, place, tree, made)
        for place in sorted(final, reverse=True)
        for tree in _trees(final[place])
    ]


def gone_with(
    edition: Edition,
    editions: Sequence[Edition],
    wordings: Sequence[Wording],
    changes: Iterable[DraftChange],
) -> Struck | None:
    """A § that stood last in an edition; ``None`` while that is the newest one."""
    if edition.id == editions[-1].id:
        return None
    place = next(place for place, each in enumerate(editions) if each.id == edition.id)
    return struck_after(editions, place, wordings, changes)


def struck_after(
    editions: Sequence[Edition],
    place: int,
    wordings: Sequence[Wording],
    changes: Iterable[DraftChange],
) -> Struck:
    """Wordings that stood last in the edition at a ``place`` among all."""
    gone = editions[place + 1]
    numbers = {wording.provision.number for wording in wordings}
    by = [
        change
        for change in changes
        if change.draft.edition_id == gone.id and numbers & {*change.shown.get("touched", ())}
    ]
    return Struck(editions[place], gone, wordings, by)


def _trees(wordings: Sequence[Wording]) -> list[list[Wording]]:
    """The same wordings, parted into provisions with all beneath them."""
    trees: list[list[Wording]] = []
    at: dict[int, list[Wording]] = {}
    for wording in wordings:
        tree = at.get(wording.parent_id or 0)
        if tree is None:
            tree = []
            trees.append(tree)
        tree.append(wording)
        at[wording.provision_id] = tree
    return trees
