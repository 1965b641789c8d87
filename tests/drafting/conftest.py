"""What most tests of the workbench begin with."""

from __future__ import annotations

import pytest
from flask import Flask

from app.platform.db import db
from tests.drafting import scene
from tests.drafting.desk import TEXT, Desk, desk_of
from tests.proofreading import ProofreadingClient as Client
from tests.remarks.scene import signed


@pytest.fixture
def desk(app: Flask, client: Client) -> Desk:
    """A working draft with one amendment waiting, at which the coordinator sits."""
    with app.app_context():
        bench = scene.bench()
        remark = bench.amendment("§ 1", TEXT)
        found = desk_of(bench, remark.number, remark.id)
        db.session.commit()
        clerk = bench.clerk
    signed(app, client, clerk)
    return found
