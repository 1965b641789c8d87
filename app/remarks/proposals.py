"""The wording of an amendment as it stands to be taken into the text now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import LoaderOption

from app.documents.models import Document, Wording
from app.documents.queries import units_of
from app.legaltext.editing import as_text
from app.legaltext.units import Unit, Units, by_id
from app.platform.db import db
from app.remarks.fate import Fate, Whose
from app.remarks.models import (
    AmendmentKind,
    CarriedWording,
    Position,
    Remark,
    RemarkKind,
)

#: The texts of editions by their ids.
Texts = dict[int, Units]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording to be taken in: ``text`` in place of ``seen``, or after it, as ``kind`` says.

    ``seen`` is the provision with its parts, as ``legaltext.editing`` prints it, for which the
    wording was written or to which it was carried. ``whose``: the author's own words, the same
    ``rebased`` on the newest edition, or the office's. ``number`` is the permanent number of the
    provision it belongs to, 0 when that is gone. ``fate`` says what the newest edition did to it;
    one that is changed beneath or orphaned is given as it was written.
    """

    seen: str
    text: str
    kind: AmendmentKind
    whose: Literal["author", "rebased", "office"]
    number: int = 0
    fate: Fate = Fate.STANDS
    to_read: bool = False


def for_proposals() -> tuple[LoaderOption, ...]:
    """What to load with remarks whose proposals are asked for."""
    return (
        joinedload(Remark.provision),
        selectinload(Remark.positions).joinedload(Position.provision),
        selectinload(Remark.carried),
    )


def proposals_of(document: Document) -> dict[int, Proposal]:
    """The proposals of all amendments of a document that were not withdrawn, by remark id.

    In a number of queries that does not grow with them.
    """
    remarks = db.session.scalars(
        sa.select(Remark)
        .where(
            Remark.document_id == document.id,
            Remark.kind == RemarkKind.AMENDMENT,
            Remark.withdrawn_at.is_(None),
        )
        .options(*for_proposals())
        .order_by(Remark.number)
    ).all()
    return proposals(remarks)


def proposal_of(remark: Remark) -> Proposal | None:
    """The proposal of one remark; ``None`` for a comment."""
    return proposals([remark]).get(remark.id)


def proposals(remarks: Sequence[Remark]) -> dict[int, Proposal]:
    """The proposals of those remarks that are amendments, by remark id."""
    amendments = [r for r in remarks if r.amendment_kind is not None and r.provision is not None]
    texts = texts_of(r.edition_id for r in amendments if not office_wording(r) and not carried(r))
    units = {edition_id: by_id(text) for edition_id, text in texts.items()}
    return {remark.id: _proposal(remark, units) for remark in amendments}


def texts_of(edition_ids: Iterable[int]) -> Texts:
    """The texts of editions, in one query."""
    wanted = set(edition_ids)
    rows: dict[int, list[Wording]] = {edition_id: [] for edition_id in wanted}
    if wanted:
        for wording in db.session.scalars(
            sa.select(Wording).where(Wording.edition_id.in_(wanted)).order_by(Wording.position)
        ):
            rows[wording.edition_id].append(wording)
    return {edition_id: units_of(wordings) for edition_id, wordings in rows.items()}


def office_wording(remark: Remark) -> Position | None:
    """The newest position, if the office gives a wording of its own in it."""
    latest = remark.positions[-1] if remark.positions else None
    return latest if latest is not None and latest.wording else None


def carried(remark: Remark, whose: Whose = Whose.AUTHOR) -> CarriedWording | None:
    """What became of a wording of a remark in the newest edition, if that is not its own."""
    return next((row for row in remark.carried if row.whose is whose), None)


def _proposal(remark: Remark, units: Mapping[int, Mapping[str, Unit]]) -> Proposal:
    kind, provision = remark.amendment_kind, remark.provision
    assert kind is not None
    assert provision is not None
    office = office_wording(remark)
    now = carried(remark, Whose.OFFICE if office else Whose.AUTHOR)
    if now is not None:
        own: Literal["author", "rebased"] = "rebased" if now.fate is Fate.REBASED else "author"
        return Proposal(
            now.seen,
            now.text,
            kind,
            "office" if office else own,
            now.provision.number if now.provision else 0,
            now.fate,
            now.to_read,
        )
    if office is not None:
        number = office.provision.number if office.provision else provision.number
        return Proposal(office.wording_seen, office.wording, kind, "office", number)
    unit = units[remark.edition_id].get(str(provision.number))
    seen = as_text(unit) if unit is not None else ""
    return Proposal(seen, remark.proposed_text, kind, "author", provision.number)
