"""A working draft that was put aside, as it can still be read: its changes and their causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import User
from app.documents.models import Document
from app.drafting.models import NoChange, Typing, WorkingDraft
from app.drafting.queries import draft_put_aside
from app.drafting.rows import change_rows, changes_in, reasons_in
from app.drafting.slot_page import Card, card_of
from app.drafting.typing import left_by
from app.drafting.working import base_units, working_units
from app.legaltext.citation import citations


@dataclass(frozen=True)
class Aside:
    """What a draft held when it was put aside.

    ``changes`` are those that were switched in, ``out`` the others; ``reasons`` say why remarks
    needed no change. ``unsent`` is what the reader had typed and not put in, with its place.
    """

    draft: WorkingDraft
    changes: Sequence[Card]
    out: Sequence[Card]
    reasons: Sequence[NoChange]
    unsent: Sequence[tuple[str, Typing]]

    def met_by(self, card: Card) -> list[Card]:
        """The changes that one collided with or was to be read beside."""
        ids = {row.id for row in card.met}
        return [other for other in self.changes if other.change.id in ids]


def aside_of(document: Document, draft_id: int, person: User) -> Aside | None:
    """A draft of the document that was put aside; in a constant number of queries."""
    draft = draft_put_aside(document, draft_id)
    if draft is None:
        return None
    base, text = base_units(draft), working_units(draft)
    known = {row.id: row for row in change_rows(draft, {})}
    cards = [card_of(text, change, known) for change in changes_in(draft, known)]
    cited = {**citations(base), **citations(text)}
    return Aside(
        draft,
        [card for card in cards if card.change.taken_back_at is None],
        [card for card in cards if card.change.taken_back_at is not None],
        reasons_in(draft),
        [(cited.get(row.target, ""), row) for row in left_by(draft, person)],
    )
