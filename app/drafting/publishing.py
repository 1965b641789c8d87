"""Making the working draft the next edition, and all that stands in the way of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.documents import editions
from app.documents.models import Edition, Provision
from app.documents.provenance import Stage
from app.documents.queries import latest_edition
from app.drafting.composition import trail
from app.drafting.locking import draft_to_change
from app.drafting.models import DraftChange, WorkingDraft
from app.drafting.post import tell_authors
from app.drafting.queries import TAKEN, provisions_under, without_trace
from app.drafting.rows import standing_changes
from app.drafting.working import active, base_units, step_from, working_units
from app.journal.actions import record
from app.legaltext.citation import citations
from app.legaltext.difference import between
from app.platform.errors import DomainError
from app.remarks.anchoring import carry_remarks
from app.remarks.models import Remark


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What has to be dealt with before a draft can become an edition.

    ``colliding`` changes are switched in but not in the text; ``unexplained`` ones have no cause
    (any more); ``traceless`` are remarks decided in favour that changed nothing, and of which
    nobody has said why nothing needs to change. ``stale``: another edition came in between.
    """

    unchanged: bool
    stale: bool
    colliding: Sequence[DraftChange]
    unexplained: Sequence[DraftChange]
    traceless: Sequence[Remark]

    def __bool__(self) -> bool:
        return bool(
            self.unchanged or self.stale or self.colliding or self.unexplained or self.traceless
        )


def obstacles_of(draft: WorkingDraft, changes: Sequence[DraftChange]) -> Obstacles:
    """What stands in the way of publishing the changes that are switched in.

    Looked up in a constant number of queries.
    """
    newest = latest_edition(draft.document)
    changed = between(base_units(draft), working_units(draft), marks=False)
    return Obstacles(
        unchanged=not changed,
        stale=newest is None or newest.id != draft.base_id,
        colliding=[change for change in changes if change.stands_aside],
        unexplained=unexplained(changes),
        traceless=without_trace(draft.document),
    )


def unexplained(changes: Sequence[DraftChange]) -> list[DraftChange]:
    """Those that have lost every cause: their remarks were withdrawn or decided otherwise."""
    return [
        change
        for change in changes
        if not change.reason
        and not (change.event_id and change.event_note)
        and not any(r.outcome in TAKEN and r.withdrawn_at is None for r in change.causes)
    ]


def publish(
    draft: WorkingDraft, *, note: str, by: User, at: datetime, revision: int | None = None
) -> Edition:
    """Make the working draft the next edition: text, causes, remarks, letters, journal at once.

    ``revision`` is the one that its publisher has looked through; refused when something was done
    since, be it while this waited for its turn.
    """
    draft = draft_to_change(draft.id, by=by, at=at)
    if revision is not None and revision != draft.revision:
        raise DomainError(
            _l("The draft has changed since you looked at it. Look at it again, then publish it.")
        )
    changes = standing_changes(draft)
    _refuse(obstacles_of(draft, changes))
    document, base, units = draft.document, base_units(draft), working_units(draft)
    edition, provisions = editions.store_edition(
        document, units, title=draft.base.title, at=at, note=note, based_on=draft.base
    )
    provisions |= provisions_under(document, (change.target for change in changes))
    for change in changes:
        _keep_shown(change, provisions)
    editions.make_public(edition, by=by, at=at, stages=_stages(draft, provisions))
    carry_remarks(edition, {cause for change in changes for cause in change.causes})
    draft.edition_id, document.is_watched = edition.id, False
    tell_authors(edition, changes, {**citations(base), **citations(units)}, at=at)
    record("draft_published", draft, by=by, at=at, scope=document.consultation)
    touch(document.consultation_id)
    return edition


def _stages(draft: WorkingDraft, provisions: dict[str, Provision]) -> list[Stage]:
    """What each change made of the provisions it touched, for the origins of their words."""
    steps = [step_from(change) for change in active(draft)]
    return [
        Stage(
            key, {str(provisions[i].number): text for i, text in texts.items() if i in provisions}
        )
        for key, texts in trail(base_units(draft), steps)
    ]


def _refuse(obstacles: Obstacles) -> None:
    if obstacles.unchanged:
        raise DomainError(_l("Nothing has been changed yet, so there is no new edition."))
    if obstacles.stale:
        raise DomainError(
            _l("Another edition was published meanwhile. Put this draft aside and start a new one.")
        )
    if obstacles.colliding:
        raise DomainError(
            _l("Some changes collide and are not in the text. Decide about each of them first.")
        )
    if obstacles.unexplained:
        raise DomainError(
            _l("Some changes have no cause any more. Switch them out or give a reason first.")
        )
    if obstacles.traceless:
        raise DomainError(
            _l(
                "Some remarks decided in favour have changed nothing. Take them in, name them as "
                "a cause, or say why the text needs no change."
            )
        )


def _keep_shown(change: DraftChange, provisions: dict[str, Provision]) -> None:
    """What a published change touched, by permanent numbers, and how it is said in law."""
    numbers = [
        provisions[unit_id].number if unit_id in provisions else int(unit_id)
        for unit_id in change.made["touched"]
        if unit_id in provisions or unit_id.isdecimal()
    ]
    change.shown = {"touched": sorted(numbers), "formula": change.made["formula"]}
    change.provision = provisions.get(change.target)
