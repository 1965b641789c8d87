"""How many remarks each provision has, kept so that no page has to count.

A remark counts where it belongs in the newest edition; one whose provision is gone counts where
it was made, and one on the whole document under 0. Withdrawn ones do not count.
"""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa

from app.documents.models import Provision
from app.platform.db import db
from app.remarks.models import Remark, RemarkKind, Tally

_tally = cast(sa.Table, Tally.__table__)

#: Part of every remark, so both are put together once.
_PLACE = sa.func.coalesce(
    sa.select(Provision.number).where(Provision.id == sa.bindparam("home")).scalar_subquery(), 0
)
_COUNT = (
    sa.update(_tally)
    .where(
        _tally.c.document_id == sa.bindparam("document"),
        _tally.c.provision_number == _PLACE,
    )
    .values(
        remarks=_tally.c.remarks + sa.bindparam("more_remarks"),
        amendments=_tally.c.amendments + sa.bindparam("more_amendments"),
    )
)
_BEGIN = sa.insert(_tally).values(
    document_id=sa.bindparam("document"),
    provision_number=_PLACE,
    remarks=sa.bindparam("more_remarks"),
    amendments=sa.bindparam("more_amendments"),
)


def count(remark: Remark, step: int) -> None:
    """Add a remark to the tally of its provision, or (−1) take it off.

    Whoever calls holds the consultation, so that nobody else begins the same tally.
    """
    values = {
        "document": remark.document_id,
        "home": remark.home_id,
        "more_remarks": step,
        "more_amendments": step if remark.kind is RemarkKind.AMENDMENT else 0,
    }
    connection = db.session.connection()
    if not connection.execute(_COUNT, values).rowcount:
        connection.execute(_BEGIN, values)


def count_anew(document_id: int) -> None:
    """Count all remarks of a document again, after they were carried to a new edition."""
    place = sa.func.coalesce(Provision.number, 0)
    amends = sa.case((Remark.kind == RemarkKind.AMENDMENT, 1), else_=0)
    counted = (
        sa.select(Remark.document_id, place, sa.func.count(), sa.func.sum(amends))
        .join(Provision, Provision.id == Remark.home_id, isouter=True)
        .where(Remark.document_id == document_id, Remark.withdrawn_at.is_(None))
        .group_by(Remark.document_id, place)
    )
    db.session.flush()
    db.session.execute(sa.delete(Tally).where(Tally.document_id == document_id))
    columns = [Tally.document_id, Tally.provision_number, Tally.remarks, Tally.amendments]
    db.session.execute(sa.insert(Tally).from_select(columns, counted))
