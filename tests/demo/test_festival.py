"""NGO Day of the demo: every state is there, and nothing clashes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.demo import loader
from app.events.models import Event, EventKind
from app.festival import queries
from app.festival.models import ApplicationState
from app.festival.stage_programme import running
from app.platform.clock import local
from app.platform.db import db


@pytest.fixture
def event(context: Flask) -> Event:
    loader.load()
    return db.session.scalars(sa.select(Event).where(Event.kind == EventKind.FESTIVAL)).one()


def test_a_dozen_applications_in_all_states(event: Event) -> None:
    stands, turns = queries.stands(event), queries.turns(event)
    assert len(stands) == 12
    assert {stand.state for stand in stands} == set(ApplicationState)
    assert len({stand.organisation_id for stand in stands}) == 12
    assert any(t.organisation_id is None for t in turns)
    assert f"{local(event.starts_at):%d.%m.%Y %H:%M}" == "12.06.2016 11:00"


def test_the_programme_is_published_and_half_arranged(event: Event) -> None:
    assert queries.festival_of(event).published_at is not None
    assert running(queries.turns_on(event), queries.day_of(event)) == {}
    accepted = queries.stands(event, ApplicationState.ACCEPTED)
    assert 0 < len(queries.on_square(event)) < len(accepted)
    assert {turn.stage for turn in queries.on_stage(event)} == {"Scena główna", "Scena pod lipą"}
