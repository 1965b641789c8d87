"""Carrying remarks to a newly published edition: none is dropped, each says where it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.documents.models import Edition, Provision, Wording
from app.documents.queries import latest_edition, published_editions, units_of, wordings_of
from app.legaltext.anchors import Anchor, AnchorError, Placement
from app.legaltext.following import Trail, begin, follow
from app.legaltext.units import Unit, Units, by_id
from app.platform.db import db
from app.remarks.models import Remark, RemarkPlace
from app.remarks.moving_along import move_along, move_one_along
from app.remarks.tallies import count_anew


@dataclass
class _Texts:
    """The editions of a document, each read once."""

    rows: dict[int, Sequence[Wording]] = field(default_factory=dict)
    trees: dict[int, Units] = field(default_factory=dict)
    numbered: dict[int, dict[str, Wording]] = field(default_factory=dict)

    def of(self, edition: Edition) -> Units:
        if edition.id not in self.trees:
            self.rows[edition.id] = wordings_of(edition)
            self.trees[edition.id] = units_of(self.rows[edition.id])
        return self.trees[edition.id]

    def provisions(self, edition: Edition) -> dict[str, Provision]:
        """The provisions of an edition that was read, by their numbers as text."""
        return {number: row.provision for number, row in self.by_number(edition).items()}

    def by_number(self, edition: Edition) -> dict[str, Wording]:
        """The wordings of an edition, read once, by the numbers of their provisions."""
        if edition.id not in self.numbered:
            self.of(edition)
            rows = self.rows[edition.id]
            self.numbered[edition.id] = {str(row.provision.number): row for row in rows}
        return self.numbered[edition.id]


def carry_remarks(edition: Edition, taken: Iterable[Remark] = ()) -> None:
    """Carry every remark to an edition that was just published; none is left behind.

    Each remark on a provision gets its place in it, pending amendments move along, tallies are
    counted anew. ``taken`` are the remarks that have changed its text: they pend no longer.
    """
    for remark in taken:
        remark.taken_into_id = remark.taken_into_id or edition.id
    remarks = db.session.scalars(
        sa.select(Remark)
        .where(Remark.document_id == edition.document_id, Remark.provision_id.is_not(None))
        .options(joinedload(Remark.provision))
        .order_by(Remark.number)
    ).all()
    texts = _Texts()
    _carry(remarks, edition, texts)
    count_anew(edition.document_id)
    units = texts.of(edition)
    move_along(edition, units, texts.provisions(edition))


def carry_remark(remark: Remark) -> None:
    """The same for one remark, if it was entered late on an edition that is not the newest."""
    newest = latest_edition(remark.document)
    if remark.provision is not None and newest is not None and newest.id != remark.edition_id:
        texts = _Texts()
        _carry([remark], newest, texts)
        move_one_along(remark, newest, texts.of(newest), texts.provisions(newest))


def _carry(remarks: Sequence[Remark], newest: Edition, texts: _Texts) -> None:
    editions = [e for e in published_editions(newest.document) if e.number <= newest.number]
    number_of = {e.id: e.number for e in editions}
    waiting: dict[tuple[int, int], list[Remark]] = defaultdict(list)
    for remark in remarks:
        reached = remark.place.edition_id if remark.place else remark.edition_id
        if number_of.get(reached, newest.number) < newest.number:
            waiting[remark.edition_id, reached].append(remark)
    by_key = {e.id: e for e in editions}
    for (made_on, reached), group in waiting.items():
        trails = tuple(_trail(remark, texts.of(by_key[made_on])) for remark in group)
        ahead = [e for e in editions if e.number >= number_of[reached]]
        for old, new in pairwise(ahead):
            trails = follow(trails, texts.of(by_key[made_on]), texts.of(old), texts.of(new))
        for remark, trail in zip(group, trails, strict=True):
            _keep(remark, trail, newest, texts)
    db.session.flush()


def _trail(remark: Remark, made_on: Units) -> Trail:
    assert remark.provision is not None
    fresh = _begin(by_id(made_on)[str(remark.provision.number)], remark.quote)
    place = remark.place
    if place is None:
        return fresh
    held = Anchor(str(place.held_number), place.held_quote, place.held_prefix, place.held_suffix)
    home = str(place.provision.number) if place.provision else None
    return Trail(fresh.home, fresh.made, held, Placement(place.state, home))


def _begin(unit: Unit, quote: str) -> Trail:
    """Words that were accepted once and are not found now must not keep an edition back."""
    try:
        return begin(unit, quote)
    except AnchorError:
        return begin(unit)


def _keep(remark: Remark, trail: Trail, newest: Edition, texts: _Texts) -> None:
    found, held = trail.placement, trail.held
    here = texts.by_number(newest).get(found.unit_id or "")
    place = remark.place or RemarkPlace(remark_id=remark.id)
    place.edition, place.state, place.ambiguous = newest, found.state, found.ambiguous
    place.provision = here.provision if here else None
    place.citation = here.citation if here else ""
    place.held_number = int(held.unit_id)
    place.held_quote, place.held_prefix, place.held_suffix = held.quote, held.prefix, held.suffix
    remark.place = place
    remark.home = place.provision or remark.provision
