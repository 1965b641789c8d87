"""Where a remark ended: the very words of the text that came from it, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.documents.models import Comparison, Edition, Provision, Wording
from app.documents.origins import origins_of_all
from app.documents.provenance import Origins, Source
from app.documents.queries import latest_edition
from app.drafting.models import DraftChange
from app.drafting.queries import published_changes, trace_of
from app.platform.db import db
from app.remarks.models import Remark

#: What stands around words that are quoted: they are meant, not the comma before them.
_AROUND = " \n\t,;."


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one provision that a change brought, and how the provision is cited."""

    number: int
    citation: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Ending:
    """One change that a remark caused.

    ``rows`` are those of the comparison that show it; ``said`` the words it brought, in its own
    edition; ``today`` the ones of them that the newest edition ``newest`` still has (``None`` when
    it is that very edition). ``later`` are the changes made since to the same provisions.
    """

    change: DraftChange
    edition: Edition
    rows: Sequence[Mapping[str, Any]]
    said: Sequence[Said]
    newest: Edition | None
    today: Sequence[Said]
    later: Sequence[DraftChange]

    @property
    def all_stand(self) -> bool:
        """Whether every word that the change brought is still in the text."""
        return _all_words(self.said) == _all_words(self.today)


def endings_of(remark: Remark) -> list[Ending]:
    """What a remark changed in the published text, the earliest first."""
    changes = trace_of(remark)
    newest = latest_edition(remark.document) if changes else None
    if newest is None:
        return []
    editions = {c.draft.edition.id: c.draft.edition for c in changes if c.draft.edition}
    origins = origins_of_all(list({**editions, newest.id: newest}.values()))
    cited = _citations([*editions, newest.id])
    rows = _rows(changes)
    made = published_changes(remark.document)
    found = []
    for change in changes:
        edition = change.draft.edition
        if edition is None:
            continue
        here = set(change.shown.get("touched", ()))
        said = _said(change, edition, origins[edition.id], cited[edition.id])
        later = newest if newest.id != edition.id else None
        found.append(
            Ending(
                change,
                edition,
                [row for row in rows.get(edition.id, ()) if _shows(row, here)],
                said,
                later,
                _said(change, edition, origins[newest.id], cited[newest.id]) if later else (),
                _made_since(made, edition, here) if later else (),
            )
        )
    return found


def _shows(row: Mapping[str, Any], numbers: set[int]) -> bool:
    return bool(numbers.intersection(row["numbers"])) and row["verdicts"] != ["renumbered"]


def _all_words(said: Iterable[Said]) -> list[str]:
    return sorted(word for one in said for words in one.words for word in words.split())


def _said(
    change: DraftChange, edition: Edition, origins: Origins, cited: Mapping[int, str]
) -> list[Said]:
    """The words of a text that came from a change, provision by provision."""
    touched = set(change.shown.get("touched", ()))
    found = []
    for number, citation in cited.items():
        sources: set[Source] = {(edition.number, change.id)}
        if number in touched:
            sources.add((edition.number, 0))
        runs = origins.get(str(number), ())
        words = [run.text.strip(_AROUND) for run in runs if run.source in sources]
        words = [each for each in words if each]
        if words:
            found.append(Said(number, citation, words))
    return found


def _made_since(
    made: Iterable[DraftChange], edition: Edition, numbers: set[int]
) -> list[DraftChange]:
    return [
        change
        for change in made
        if change.draft.edition is not None
        and change.draft.edition.number > edition.number
        and numbers.intersection(change.shown.get("touched", ()))
    ]


def _citations(editions: Sequence[int]) -> dict[int, dict[int, str]]:
    """How provisions are cited in each of the editions, in reading order, under their numbers."""
    found: dict[int, dict[int, str]] = {edition: {} for edition in editions}
    rows = db.session.execute(
        sa.select(Wording.edition_id, Provision.number, Wording.citation)
        .join(Provision, Provision.id == Wording.provision_id)
        .where(Wording.edition_id.in_(editions))
        .order_by(Wording.edition_id, Wording.position)
    )
    for edition_id, number, citation in rows:
        found[edition_id][number] = citation
    return found


def _rows(changes: Sequence[DraftChange]) -> dict[int, list[dict[str, Any]]]:
    """The rows of the comparisons with the edition before, under the edition's id."""
    pairs = {(c.draft.base_id, c.draft.edition_id) for c in changes}
    stored = db.session.scalars(
        sa.select(Comparison).where(
            sa.tuple_(Comparison.old_id, Comparison.new_id).in_(sorted(pairs))
        )
    )
    return {comparison.new_id: comparison.rows for comparison in stored}
