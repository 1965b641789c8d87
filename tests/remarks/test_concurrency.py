"""Many people at once, on a real database: each remark gets a number of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa

from app import create_app
from app.documents.models import Document
from app.platform.clock import now
from app.platform.db import Base, db, transaction
from app.remarks.actions import submit
from app.remarks.content import Author
from app.remarks.models import Remark, Tally
from tests.conftest import SETTINGS, database_url
from tests.remarks import scene

PEOPLE = 12


def test_numbers_are_given_once_and_every_remark_is_counted(tmp_path: Path) -> None:
    url = database_url(tmp_path, "crowd")
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            document_id = scene.text().id

    def send(n: int) -> int:
        with app.app_context(), transaction():
            document = db.session.get_one(Document, document_id)
            remark = submit(
                document,
                scene.comment(document, "§ 1"),
                author=Author(),
                submission_key=f"tlum-{n // 2}",  # everybody clicks twice
                by=scene.GUEST,
                at=now(),
            )
            return remark.number

    with ThreadPoolExecutor(PEOPLE) as crowd:
        given = sorted(crowd.map(send, range(2 * PEOPLE)))
    assert given == sorted(2 * list(range(1, PEOPLE + 1)))
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Remark)) == PEOPLE
        assert db.session.scalars(sa.select(Tally.remarks)).all() == [PEOPLE]
        db.session.remove()
        db.engine.dispose()
