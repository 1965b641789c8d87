"""How many remarks each provision has, kept so that no page has to count.

A remark counts where it belongs in the newest edition; one whose provision is gone counts where
it was made, and one on the whole document under 0. Withdrawn ones do not count.
"""

from __future__ import annotations

import sqlalchemy as sa

from app.documents.models import Provision
from app.platform.db import db
from app.remarks.models import Remark, RemarkKind, Tally


def count(remark: Remark, step: int) -> None:
    """Add a remark to the tally of its provision, or (−1) take it off."""
    place = remark.home.number if remark.home is not None else 0
    tally = db.session.get(Tally, (remark.document_id, place))
    if tally is None:
        tally = Tally(
            document_id=remark.document_id, provision_number=place, remarks=0, amendments=0
        )
        db.session.add(tally)
    tally.remarks += step
    tally.amendments += step if remark.kind is RemarkKind.AMENDMENT else 0


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
