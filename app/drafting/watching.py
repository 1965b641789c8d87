"""Letting everybody watch a working draft grow, and what they see of it.

Watchers see the text with its changes and their causes, and which remarks are still being
considered; never what somebody is typing, nor words that were hidden.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from markupsafe import Markup

from app.accounts.models import User
from app.consultations.actions import touch
from app.consultations.models import Consultation
from app.documents import rendering
from app.documents.models import Document
from app.drafting.bench import Bench, bench_of
from app.drafting.locking import draft_to_change
from app.drafting.models import DraftChange, WorkingDraft
from app.drafting.outline import Row, SlotState
from app.drafting.rows import changes_in
from app.drafting.slots import slots_of
from app.events.versions import of_consultation
from app.journal.actions import record
from app.legaltext import diff, editing
from app.legaltext.units import Unit
from app.platform.db import db


def let_watch(draft: WorkingDraft, *, by: User, at: datetime) -> None:
    """Let everybody watch the draft grow from now on; doing it twice changes nothing."""
    draft = draft_to_change(draft.id, by=by, at=at)
    if draft.watched_since is None:
        draft.watched_since, draft.document.is_watched = at, True
        _told("draft_opened_to_watchers", draft, by=by, at=at)


def stop_watching(draft: WorkingDraft, *, by: User, at: datetime) -> None:
    """Keep the draft to the office again; what people have already seen they have seen."""
    draft = draft_to_change(draft.id, by=by, at=at)
    if draft.watched_since is not None:
        draft.watched_since, draft.document.is_watched = None, False
        _told("draft_closed_to_watchers", draft, by=by, at=at)


def _told(what: str, draft: WorkingDraft, *, by: User, at: datetime) -> None:
    record(what, draft, by=by, at=at, scope=draft.document.consultation)
    touch(draft.document.consultation_id)


@dataclass(frozen=True, slots=True)
class Piece:
    """A slot as watchers see it. ``key`` changes with anything that they could see there.

    ``considered`` are the numbers of remarks on it that are not done with, ``latest`` says that
    the newest deed that holds was done here.
    """

    row: Row
    html: Markup
    changes: Sequence[DraftChange]
    considered: Sequence[int]
    latest: bool
    key: str

    @property
    def is_plain(self) -> bool:
        """Whether it stands as in the last edition, whatever number it bears."""
        return self.row.state in {SlotState.KEPT, SlotState.MOVED}


@dataclass(frozen=True, slots=True)
class Watched:
    """The working draft as everybody may see it."""

    draft: WorkingDraft
    pieces: Sequence[Piece]
    last_done_at: datetime | None

    @property
    def changed(self) -> int:
        """How many slots read otherwise than in the last edition, or stand elsewhere."""
        return sum(piece.row.state is not SlotState.KEPT for piece in self.pieces)


def watched(document: Document) -> Watched | None:
    """What watchers of a document see; ``None`` when there is no working draft."""
    bench = bench_of(document)
    if bench is None:
        return None
    newest = bench.undo
    made_by_newest = set(newest.changes) if newest else set()
    here = {row.slot for row in bench.changes if row.id in made_by_newest}
    made = _changes(bench)
    before = {unit.id: unit for unit in slots_of(bench.base)}
    pieces = [
        _piece(bench, row, before.get(row.id), made.get(row.id, []), row.id in here)
        for row in bench.outline.rows
    ]
    return Watched(bench.draft, pieces, newest.done_at if newest else None)


def _changes(bench: Bench) -> dict[str, list[DraftChange]]:
    """The changes that stand in the text, under their slots."""
    slots = {row.id: row.slot for row in bench.changes if row.is_in and not row.stands_aside}
    found: dict[str, list[DraftChange]] = {}
    for change in changes_in(bench.draft, slots):
        found.setdefault(slots[change.id], []).append(change)
    return found


def _piece(
    bench: Bench, row: Row, before: Unit | None, changes: list[DraftChange], latest: bool
) -> Piece:
    considered = [each.number for each in bench.remarks if each.slot == row.id and each.is_open]
    html = _set(row.unit, before, row.state)
    seen = (html, row.mark, row.state, considered, latest, [_said(change) for change in changes])
    key = hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
    return Piece(row, html, changes, considered, latest, key)


def _said(change: DraftChange) -> tuple[object, ...]:
    return (change.id, change.reason, [(r.number, r.signature) for r in change.causes])


@lru_cache(maxsize=1000)
def _set(unit: Unit, before: Unit | None, state: SlotState) -> Markup:
    """The text of a slot: as it will be printed, or with its changes marked.

    Remembered by its content: a deed changes one slot, and all watchers ask for every one anew.
    """
    if state in {SlotState.KEPT, SlotState.MOVED}:
        return _joined(html for _slot, html, _address in rendering.body((unit,)))
    old = "" if before is None else editing.as_text(before)
    new = "" if state is SlotState.GONE else editing.as_text(unit)
    return Markup(diff.to_html(diff.compare(old, new)))  # noqa: S704 – escaped by legaltext.diff


def _joined(pieces: Iterable[str]) -> Markup:
    return Markup("").join(Markup(piece) for piece in pieces)  # noqa: S704 – escaped by rendering


def version(slug: str, document: str) -> Hashable | None:
    """What the page depends on: the consultation, its events, and the newest draft."""
    known = of_consultation(slug)
    row = db.session.execute(
        sa.select(WorkingDraft.id, WorkingDraft.revision, WorkingDraft.watched_since)
        .join(Document, Document.id == WorkingDraft.document_id)
        .join(Consultation, Consultation.id == Document.consultation_id)
        .where(Consultation.slug == slug, Document.slug == document)
        .order_by(WorkingDraft.id.desc())
        .limit(1)
    ).first()
    return None if known is None or row is None else (known, *row)
