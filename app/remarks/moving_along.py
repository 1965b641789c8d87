"""Pending amendments move along with the text: what a new edition makes of each of them.

An amendment is pending until it is withdrawn or has changed the text, whatever the office has
answered. What becomes of it follows from the text it was written on and the new edition alone, so
that words which collided fit again when a later edition brings the old ones back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import force_locale
from sqlalchemy.orm import joinedload

from app.documents.models import Document, Edition, Provision
from app.documents.queries import latest_edition
from app.legaltext.units import Units
from app.platform import mail
from app.platform.db import db
from app.platform.language import site_language
from app.remarks import lifecycle, messages, wording
from app.remarks.fate import Fate, Whose
from app.remarks.models import CarriedWording, Remark, RemarkKind
from app.remarks.post import address_of
from app.remarks.proposals import carried, for_proposals, office_wording, texts_of
from app.remarks.rebasing import Became, Step, Written


@dataclass(frozen=True, slots=True)
class Moved:
    """One wording of a pending amendment and what becomes of it.

    ``news`` says that its author has to hear of it: the words were changed beneath it only now.
    """

    remark: Remark
    whose: Whose
    became: Became
    news: bool

    @property
    def told(self) -> bool:
        """Whether a letter goes out: we know an address."""
        return self.news and bool(address_of(self.remark))


def what_would_become(
    document: Document, base_units: Units, new_units: Units, taken: Collection[int] = ()
) -> list[Moved]:
    """What an edition would do to every pending amendment; changes nothing.

    ``base_units`` are the text of the newest edition, ``new_units`` that of the one to come;
    ``taken`` the ids of remarks that it takes in. In the order of the remarks' numbers.
    """
    newest = latest_edition(document)
    known = {newest.id: base_units} if newest is not None else {}
    return _moved(pending(document, taken), new_units, known)


def pending(document: Document, taken: Collection[int] = ()) -> Sequence[Remark]:
    """The amendments of a document that were not withdrawn and are not in the text, by number."""
    return db.session.scalars(
        _with_proposals()
        .where(
            Remark.document_id == document.id,
            Remark.kind == RemarkKind.AMENDMENT,
            Remark.withdrawn_at.is_(None),
            Remark.taken_into_id.is_(None),
            Remark.id.not_in(taken),
        )
        .order_by(Remark.number)
    ).all()


def _with_proposals() -> sa.Select[Remark]:
    return sa.select(Remark).options(
        *for_proposals(),
        joinedload(Remark.author),
        joinedload(Remark.consultation),
    )


def _moved(
    remarks: Sequence[Remark], new: Units, known: Mapping[int, Units], newest: int = 0
) -> list[Moved]:
    """``known`` are texts at hand by edition id; what was written on ``newest`` needs no move."""
    writings = [
        (remark, whose, on, written)
        for remark in remarks
        for whose, on, written in _writings(remark)
        if on != newest
    ]
    missing = {on for _, _, on, _ in writings} - known.keys()
    steps = {on: Step(old, new) for on, old in {**known, **texts_of(missing)}.items()}
    return [
        _one(remark, whose, steps[on].became(written)) for remark, whose, on, written in writings
    ]


def _writings(remark: Remark) -> list[tuple[Whose, int, Written]]:
    """The wordings that are to be carried: of whom, the edition they were written on, and what."""
    kind, provision, office = remark.amendment_kind, remark.provision, office_wording(remark)
    if kind is None or provision is None:
        return []
    own = Written(kind, str(provision.number), remark.proposed_text)
    found = [(Whose.AUTHOR, remark.edition_id, own)]
    if office is not None and office.edition_id is not None:
        place = office.provision or provision
        found.append(
            (Whose.OFFICE, office.edition_id, Written(kind, str(place.number), office.wording))
        )
    return found


def _one(remark: Remark, whose: Whose, became: Became) -> Moved:
    before = carried(remark, whose)
    news = (
        whose is Whose.AUTHOR
        and became.fate is Fate.CHANGED_BENEATH
        and (before is None or before.fate is not Fate.CHANGED_BENEATH)
        and _waits_for_these_words(remark)
    )
    return Moved(remark, whose, became, news)


def _waits_for_these_words(remark: Remark) -> bool:
    """Whether the author's own words may still come into the text."""
    return lifecycle.may_come_into_the_text(remark) and office_wording(remark) is None


def move_along(edition: Edition, units: Units, provisions: Mapping[str, Provision]) -> list[Moved]:
    """Keep what an edition that was just published made of every pending amendment.

    The authors of those that it changed beneath get one letter each.
    """
    moved = _moved(pending(edition.document), units, {}, edition.id)
    keep(moved, edition, provisions)
    _tell(moved, edition)
    return moved


def move_one_along(
    remark: Remark, edition: Edition, units: Units, provisions: Mapping[str, Provision]
) -> None:
    """The same for one that was entered late on an earlier edition; its author knows no other."""
    if remark.kind is RemarkKind.AMENDMENT:
        keep(_moved([remark], units, {}, edition.id), edition, provisions)


def keep(moved: Sequence[Moved], edition: Edition, provisions: Mapping[str, Provision]) -> None:
    """Write down what became of wordings in an edition."""
    for each in moved:
        remark, became = each.remark, each.became
        row = carried(remark, each.whose)
        if row is None:
            row = CarriedWording(whose=each.whose)
            remark.carried.append(row)
        row.edition = edition
        row.fate, row.to_read = became.fate, became.to_read
        row.provision = provisions.get(became.unit_id)
        row.seen, row.text = became.seen, became.text
        rebased = became.fate is Fate.REBASED
        row.html = (
            wording.rendered(remark.amendment_kind, became.seen, became.text, remark.body)
            if rebased
            else ""
        )
    db.session.flush()


def _tell(moved: Sequence[Moved], edition: Edition) -> None:
    at: datetime | None = edition.published_at
    assert at is not None
    with force_locale(site_language()):
        mail.put_all(
            [
                mail.Letter(
                    address_of(each.remark),
                    messages.changed_beneath(each.remark, each.became, edition.number),
                    f"remark:{each.remark.id}:changed_beneath:{edition.id}",
                )
                for each in moved
                if each.told
            ],
            at=at,
        )
