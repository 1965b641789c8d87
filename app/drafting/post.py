"""Telling authors that their remarks have changed the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from app.documents.models import Edition
from app.drafting import messages
from app.drafting.models import ChangeKind, DraftChange
from app.platform import mail
from app.platform.links import absolute
from app.remarks.models import Remark


def tell_authors(
    edition: Edition, changes: Sequence[DraftChange], cited: Mapping[str, str], *, at: datetime
) -> None:
    """One letter for each remark that caused a change, naming the places; guests get one too.

    ``cited`` are the citations of provisions by their number, as before or after the change.
    """
    places: dict[int, list[str]] = {}
    for change in changes:
        for remark in change.causes:
            places.setdefault(remark.id, []).append(cited.get(_subject(change), ""))
    slug = edition.document.consultation.slug
    for remark, address in letters_of(changes).items():
        url = absolute("remarks.show", slug=slug, number=remark.number)
        named = ", ".join(dict.fromkeys(place for place in places[remark.id] if place))
        mail.put(
            address,
            messages.caused_a_change(remark, edition.number, named, url),
            key=f"remark:{remark.id}:edition:{edition.id}",
            at=at,
        )


def letters_of(changes: Iterable[DraftChange]) -> dict[Remark, str]:
    """The remarks that caused changes, each with the address to write to; "" where none is."""
    remarks = dict.fromkeys(remark for change in changes for remark in change.causes)
    return {r: (r.author.email if r.author else r.author_email) for r in remarks}


def _subject(change: DraftChange) -> str:
    """The provision that a change is about: of an insertion the new one."""
    if change.kind is ChangeKind.INSERT and change.made.get("new"):
        return str(change.made["new"][0][0])
    return change.target
