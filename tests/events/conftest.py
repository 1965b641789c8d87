"""Who opens the pages of events in tests."""

from __future__ import annotations

import pytest
from flask import Flask

from app.platform.db import db
from tests.events import scene
from tests.proofreading import ProofreadingClient as Client


@pytest.fixture
def desk(app: Flask, client: Client) -> Client:
    """A browser in which the coordinator has signed in."""
    with app.app_context():
        clerk = scene.coordinator()
        db.session.commit()
        client.sign_in(clerk)
    return client
