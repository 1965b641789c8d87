"""What kept pages about consultations depend on."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask

from app.consultations import versions
from app.consultations.actions import touch
from app.consultations.phases import Phase
from app.platform.db import db
from tests import town


def test_a_list_of_consultations_changes_at_the_minute_a_round_opens_or_closes(
    context: Flask,
) -> None:
    (window,) = town.consultation(Phase.UPCOMING).rounds
    seen = []
    for moment in (window.opens_at, window.closes_at):
        for seconds in (-1, 0):
            with time_machine.travel(moment + timedelta(seconds=seconds), tick=False):
                seen.append(versions.of_all())
    before, opened, still_open, closed = seen
    assert opened == still_open
    assert len({before, opened, closed}) == 3


def test_every_visible_change_makes_other_pages(context: Flask) -> None:
    consultation = town.consultation(Phase.OPEN)
    before = versions.of_consultation(consultation.slug), versions.of_all()
    touch(consultation.id)
    db.session.flush()
    after = versions.of_consultation(consultation.slug), versions.of_all()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_what_the_public_may_not_see_has_no_version(context: Flask) -> None:
    draft = town.consultation(Phase.DRAFT)
    assert versions.of_consultation(draft.slug) is None
    assert versions.of_consultation("nie-ma") is None
