"""Comparing two editions of a document; computed once, on publication, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.documents.models import Comparison, Edition, Wording
from app.documents.queries import published_editions, wordings_of
from app.legaltext import diff
from app.platform.db import db


def compare_with_earlier(edition: Edition, *, at: datetime) -> None:
    """Store the comparison of a newly published edition with every earlier one."""
    new = wordings_of(edition)
    for earlier in published_editions(edition.document):
        if earlier.number < edition.number:
            rows = rows_between(wordings_of(earlier), new)
            db.session.add(
                Comparison(
                    old_id=earlier.id,
                    new_id=edition.id,
                    engine=diff.ENGINE,
                    made_at=at,
                    rows=rows,
                )
            )
    db.session.flush()


def rows_between(old: Sequence[Wording], new: Sequence[Wording]) -> list[dict[str, Any]]:
    """The provisions that differ, in the reading order of the new text.

    A repealed provision stands where it stood before: after the last surviving provision that
    preceded it. Each row: ``number``, ``kind``, ``verdicts``, ``old_citation``,
    ``new_citation``, ``old_text``, ``new_text``, ``html``.
    """
    before = {w.provision_id: w for w in old}
    after = {w.provision_id: w for w in new}
    repealed_after: dict[int | None, list[Wording]] = {}
    last: int | None = None
    for wording in old:
        if wording.provision_id in after:
            last = wording.provision_id
        else:
            repealed_after.setdefault(last, []).append(wording)
    rows = [_row(w, None) for w in repealed_after.get(None, ())]
    for wording in new:
        row = _row(before.get(wording.provision_id), wording)
        if row["verdicts"]:
            rows.append(row)
        rows.extend(_row(w, None) for w in repealed_after.get(wording.provision_id, ()))
    return rows


def _row(old: Wording | None, new: Wording | None) -> dict[str, Any]:
    known = new or old
    assert known is not None
    old_text, new_text = (old.text if old else ""), (new.text if new else "")
    pieces = diff.compare(old_text, new_text)
    return {
        "number": known.provision.number,
        "kind": str(known.kind),
        "verdicts": _verdicts(old, new),
        "old_citation": old.citation if old else "",
        "new_citation": new.citation if new else "",
        "old_text": old_text,
        "new_text": new_text,
        "html": diff.to_html(pieces),
    }


def _verdicts(old: Wording | None, new: Wording | None) -> list[str]:
    if old is None:
        return ["added"]
    if new is None:
        return ["repealed"]
    verdicts = []
    if diff.normalise(old.text) != diff.normalise(new.text):
        verdicts.append("reworded")
    if old.parent_id != new.parent_id:
        verdicts.append("moved")
    if old.mark != new.mark:
        verdicts.append("renumbered")
    return verdicts
