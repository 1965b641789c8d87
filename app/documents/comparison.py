"""Comparing two editions of a document; computed once, on publication, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog

from app.documents.formulas import amending_act, formulas
from app.documents.kinship import Kinship, kinship
from app.documents.models import Comparison, Edition, Wording
from app.documents.queries import published_editions, units_of, wordings_of
from app.documents.table_difference import table_difference
from app.documents.verdicts import Verdict, moved, verdicts, whole
from app.legaltext import diff
from app.legaltext.numbering import display_mark
from app.legaltext.units import Kind
from app.platform.db import db

log = structlog.get_logger()


def compare_with_earlier(edition: Edition, *, at: datetime) -> Kinship:
    """Store the comparison of a newly published edition with every earlier one.

    Returns how its provisions are related to those of the edition before it.
    """
    new = wordings_of(edition)
    related = Kinship()
    for earlier in published_editions(edition.document):
        if earlier.number < edition.number:
            old = wordings_of(earlier)
            before, after = units_of(old), units_of(new)
            related = kinship(before, after)
            db.session.add(
                Comparison(
                    old_id=earlier.id,
                    new_id=edition.id,
                    engine=diff.ENGINE,
                    made_at=at,
                    rows=rows_between(old, new, related),
                    formulas=amending_act(before, after),
                )
            )
    db.session.flush()
    return related


def rows_between(
    old: Sequence[Wording], new: Sequence[Wording], related: Kinship | None = None
) -> list[dict[str, Any]]:
    """The provisions that differ, in the reading order of the new text.

    A repealed provision stands where it stood before: after the last surviving provision that
    preceded it. Each row: ``number``, ``numbers``, ``kind``, ``verdicts``, ``old_citation``,
    ``new_citation``, ``old_text``, ``new_text``, ``html``, ``formula``. A provision added or
    repealed with its parts is one row; ``numbers`` names them all, and its texts hold them line
    by line with their marks. Rows of provisions that moved also have ``old_place`` and
    ``new_place``, what they stood and stand in; of one cut from another ``cut_from``, of one that
    went into another ``taken_into``: all as they are cited.
    """
    before = {w.provision_id: w for w in old}
    after = {w.provision_id: w for w in new}
    elsewhere = moved(old, new)
    added, repealed = whole(new, before), _standing_after(old, after)
    said = formulas(units_of(old), units_of(new))
    rows = [_row(gone, []) for gone in repealed.get(None, ())]
    for wording in new:
        here = wording.provision_id
        if here in added:
            rows.append(_row([], added[here]))  # type: ignore[arg-type]
        elif here in before:
            happened = verdicts(before[here], wording, here in elsewhere)
            if happened:
                rows.append(_row([before[here]], [wording], happened))
        rows.extend(_row(gone, []) for gone in repealed.get(here, ()))
    whereabouts = _Whereabouts(before, after, related or Kinship())
    for row in rows:
        row["formula"] = said.get(str(row["number"]), "")
        row.update(whereabouts.of(row))
    return rows


class _Whereabouts:
    """From where to where a provision or its words went, as it is cited."""

    def __init__(
        self, before: dict[int, Wording], after: dict[int, Wording], related: Kinship
    ) -> None:
        self._before, self._after, self._related = before, after, related
        self._old = {str(w.provision.number): w for w in before.values()}
        self._new = {str(w.provision.number): w for w in after.values()}

    def of(self, row: dict[str, Any]) -> dict[str, str]:
        """What is known of a row, under the keys of ``rows_between``."""
        number = str(row["number"])
        found = {}
        if Verdict.MOVED in row["verdicts"]:
            found["old_place"] = self._around(self._before, self._old[number])
            found["new_place"] = self._around(self._after, self._new[number])
        if number in self._related.cut_from:
            found["cut_from"] = self._old[self._related.cut_from[number]].citation
        if number in self._related.taken_into:
            found["taken_into"] = self._new[self._related.taken_into[number]].citation
        return found

    @staticmethod
    def _around(wordings: dict[int, Wording], wording: Wording) -> str:
        parent = wordings.get(wording.parent_id) if wording.parent_id else None
        return parent.citation if parent else ""


def _standing_after(
    old: Sequence[Wording], after: dict[int, Wording]
) -> dict[int | None, list[list[Wording]]]:
    """Repealed provisions, whole, under the last surviving provision before them."""
    tops = whole(old, after)
    found: dict[int | None, list[list[Wording]]] = {}
    last: int | None = None
    for wording in old:
        if wording.provision_id in after:
            last = wording.provision_id
        elif wording.provision_id in tops:
            found.setdefault(last, []).append(tops[wording.provision_id])  # type: ignore[arg-type]
    return found


def _row(
    old: Sequence[Wording], new: Sequence[Wording], happened: Sequence[Verdict] = ()
) -> dict[str, Any]:
    known = (new or old)[0]
    old_text, new_text = _text(old), _text(new)
    alone = len(old) < 2 and len(new) < 2
    happened = happened or ([Verdict.REPEALED] if old else [Verdict.ADDED])
    return {
        "number": known.provision.number,
        "numbers": [w.provision.number for w in (new or old)],
        "kind": str(known.kind),
        "verdicts": [str(verdict) for verdict in happened],
        "old_citation": old[0].citation if old else "",
        "new_citation": new[0].citation if new else "",
        "old_text": old_text,
        "new_text": new_text,
        "html": _difference(old_text, new_text, known.kind if alone else None),
    }


def _text(wordings: Sequence[Wording]) -> str:
    """The words of one provision; of several, each on a line of its own after its mark."""
    if len(wordings) == 1:
        return wordings[0].text
    return "\n".join(f"{display_mark(w.kind, w.mark)} {_one_line(w)}".strip() for w in wordings)


def _one_line(wording: Wording) -> str:
    return wording.text.replace("\t", " | ") if wording.kind is Kind.TABLE else wording.text


def _difference(old: str, new: str, kind: Kind | None = None) -> str:
    """The marked-up difference; should the engine fail on a text, all of it is replaced.

    One provision that cannot be compared must not keep the others from being read.
    """
    try:
        if kind is Kind.TABLE:
            return str(table_difference(old, new))
        if old and new:
            return diff.to_html(diff.compare(old, new))
    except (ValueError, IndexError, KeyError, RecursionError) as error:
        log.error("not_compared", exc_info=error)
    pieces = (diff.Piece(diff.Op.DELETE, old), diff.Piece(diff.Op.INSERT, new))
    return diff.to_html(piece for piece in pieces if piece.text)
