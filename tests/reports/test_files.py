"""The files of a report are made once, by the worker, and served as they were made."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.platform.clock import now
from app.platform.db import db
from app.reports import files
from app.reports.models import ReportFile
from tests.proofreading import ProofreadingClient
from tests.reports.test_routes import reported

PREPARED = "przygotowuj"


def kept() -> dict[str, bytes]:
    rows = db.session.execute(sa.select(ReportFile.kind, ReportFile.content))
    return {row.kind: row.content for row in rows}


def test_the_worker_makes_each_file_once(app: Flask, client: ProofreadingClient) -> None:
    slug = reported(app, published=True)
    page, address = f"/konsultacje/{slug}/raport", f"/konsultacje/{slug}/raport/1"
    assert PREPARED in client.get(page).text
    at_once = {kind: client.get(f"{address}.{kind}") for kind in files.FORMATS}
    assert {answer.status_code for answer in at_once.values()} == {200}
    with app.app_context():
        files.see_to(now())
        made = kept()
        files.see_to(now())
        assert kept() == made
    assert set(made) == set(files.FORMATS)
    assert PREPARED not in client.get(page).text
    for kind, answer in at_once.items():
        later = client.get(f"{address}.{kind}")
        assert later.data == made[kind] == answer.data
        assert later.headers["ETag"] != answer.headers["ETag"]


def test_what_was_made_is_not_made_again_for_a_reader(
    app: Flask, client: ProofreadingClient
) -> None:
    slug = reported(app, published=True)
    with app.app_context():
        files.see_to(now())
        db.session.execute(sa.update(ReportFile).values(content=b"%PDF kept as it was"))
        db.session.commit()
    answer = client.get(f"/konsultacje/{slug}/raport/1.pdf")
    assert answer.data == b"%PDF kept as it was"
    tag = answer.headers["ETag"]
    assert client.get(
        f"/konsultacje/{slug}/raport/1.pdf", headers={"If-None-Match": tag}
    ).status_code == 304  # fmt: skip


def test_a_file_that_cannot_be_made_stops_nothing_and_is_given_up_in_the_end(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(app, published=False)

    def broken(report: object) -> bytes:
        raise RuntimeError("no ink")

    monkeypatch.setattr(files.FORMATS["pdf"], "render", broken)
    with app.app_context():
        files.see_to(now())
        assert set(kept()) == {"docx", "xlsx"}
        monkeypatch.undo()
        files.see_to(now() + files.PERSISTENCE + timedelta(minutes=1))
        assert set(kept()) == {"docx", "xlsx"}
        files.see_to(now())
        assert set(kept()) == set(files.FORMATS)
