"""Where in the text each remark left its trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from flask_babel import gettext as _

from app.documents.models import Provision, Wording
from app.drafting.models import ChangeKind, DraftChange
from app.platform.db import db
from app.reports.words import verdicts

_VERDICT = {
    ChangeKind.REWORD: "reworded",
    ChangeKind.INSERT: "added",
    ChangeKind.REPEAL: "repealed",
    ChangeKind.MOVE: "moved",
}


class _Place(NamedTuple):
    provision: int
    number: int
    citation: str


def places(changes: Sequence[DraftChange]) -> dict[int, list[str]]:
    """For each remark by id, what it changed: „§ 10 ust. 3 – nowe brzmienie (edycja 2)”."""
    if not changes:
        return {}
    found = _wordings(changes)
    called = verdicts()
    said: dict[int, list[str]] = {}
    for change in changes:
        assert change.draft.edition is not None  # published changes have made an edition
        citation = _citation(change, found)
        number = change.draft.edition.number
        what = _(
            "%(change)s (edition %(number)s)", change=called[_VERDICT[change.kind]], number=number
        )
        for remark in change.causes:
            said.setdefault(remark.id, []).append(f"{citation} – {what}" if citation else what)
    return {remark: list(dict.fromkeys(lines)) for remark, lines in said.items()}


def _wordings(changes: Sequence[DraftChange]) -> dict[int, list[_Place]]:
    """What the editions before and after the changes call the provisions; one query."""
    editions = {c.draft.base_id for c in changes} | {c.draft.edition_id for c in changes}
    numbers = {number for c in changes for number in c.shown.get("touched", ())}
    rows = db.session.execute(
        sa.select(Wording.edition_id, Wording.provision_id, Provision.number, Wording.citation)
        .join(Provision, Provision.id == Wording.provision_id)
        .where(
            Wording.edition_id.in_(editions),
            sa.or_(
                Wording.provision_id.in_({c.provision_id for c in changes}),
                Provision.number.in_(numbers),
            ),
        )
        .order_by(Wording.edition_id, Wording.position)
    )
    found: dict[int, list[_Place]] = {}
    for edition, provision, number, citation in rows:
        found.setdefault(edition, []).append(_Place(provision, number, citation))
    return found


def _citation(change: DraftChange, found: dict[int, list[_Place]]) -> str:
    """The provision as the newer edition calls it, or, when it is gone, the older one."""
    touched = set(change.shown.get("touched", ()))
    for edition in (change.draft.edition_id, change.draft.base_id):
        for place in found.get(edition or 0, ()):
            if change.kind is ChangeKind.INSERT:
                if place.number in touched:
                    return place.citation
            elif place.provision == change.provision_id:
                return place.citation
    return ""
