"""Once the people of an NGO Day are erased, what its applicants wrote to the office goes too."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from app.events import chores as events
from app.events.models import Event, EventStatus, Invitation
from app.festival import chores
from app.festival.applying import withdraw
from app.festival.deciding import refuse
from app.festival.models import StageApplication, StandApplication
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from app.privacy.actions import close_account
from tests.events.scene import DAY, coordinator, event
from tests.festival import scene
from tests.queries import counted

NOTE, GEAR = "Dzwonić do Genowefy", "Pan Jan przywiezie mikrofon"


def applied(**fields: object) -> tuple[Event, StandApplication, StageApplication]:
    held = scene.festival(**fields)
    return held, scene.stand(held, note=NOTE), scene.turn(held, equipment=GEAR)


def letters() -> dict[str, tuple[str, str]]:
    """What stands in the outbox about applications: recipient and text, by key."""
    rows = db.session.scalars(sa.select(OutboxMail).where(OutboxMail.key.like("sta%")))
    return {mail.key: (mail.recipient, mail.text) for mail in rows}


def see_to(days: int, of: Event) -> None:
    at = of.ends_at + days * DAY
    db.session.commit()
    events.see_to(at)
    chores.see_to(at)


def test_letters_and_notes_go_in_time_and_the_rest_stays(context: Flask) -> None:
    held, stand, turn = applied(retention_days=30)
    later, kept, _turn = applied(retention_days=300)
    see_to(29, held)
    assert (stand.note, turn.equipment) == (NOTE, GEAR)
    for days in (30, 31):
        see_to(days, held)
    assert (stand.note, turn.equipment) == ("", "")
    assert (stand.shows, turn.title) != ("", "")
    blank = {key for key, what in letters().items() if what == ("", "")}
    mine = (f"stand:{stand.id}:", f"stage:{turn.id}:")
    assert blank == {key for key in letters() if key.startswith(mine)}
    assert len(blank) == 2
    assert (later.erased_at, kept.note) == (None, NOTE)
    entries = db.session.scalars(
        sa.select(Entry).where(Entry.action == "applicants_forgotten")
    ).all()
    assert [(e.subject, e.details) for e in entries] == [(f"event:{held.id}", {"applications": 2})]


def test_why_somebody_withdrew_goes_and_why_the_office_refused_stays(context: Flask) -> None:
    """In time, and at once with the account of whoever wrote it."""
    held = scene.festival(retention_days=30)
    gone, left, refused = (scene.stand(held) for _n in range(3))
    assert gone.user is not None
    assert left.user is not None
    for stand, by in ((gone, gone.user), (left, left.user)):
        withdraw(stand, "Prezeska leży w szpitalu.", by=by, at=now())
    office = coordinator()
    refuse(refused, "Brak miejsca.", version=refused.version, by=office, at=now())
    close_account(left.user, by=left.user, at=now())
    assert (gone.reason, left.reason) == ("Prezeska leży w szpitalu.", "")
    see_to(30, held)
    assert (gone.reason, refused.reason) == ("", "Brak miejsca.")


def test_as_many_statements_for_many_as_for_few(context: Flask) -> None:
    asked = []
    for number in (1, 12):
        held = scene.festival()
        for _n in range(number):
            scene.stand(held, note=NOTE)
        held.erased_at = now()
        db.session.commit()
        with counted() as statements:
            chores.see_to(now())
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_a_draft_past_its_end_forgets_whom_it_was_to_invite(context: Flask) -> None:
    draft, ahead = (
        event(status=EventStatus.DRAFT, retention_days=30, starts_at=now() + days * DAY)
        for days in (1, 100)
    )
    for of in (draft, ahead):
        db.session.add(Invitation(event_id=of.id, email="ala@ngo.example", created_at=now()))
    see_to(29, draft)
    assert invited() == {draft.id, ahead.id}
    for days in (30, 31):
        see_to(days, draft)
    assert (invited(), draft.erased_at) == ({ahead.id}, None)
    said = sa.select(sa.func.count()).where(Entry.action == "invitations_erased")
    assert db.session.scalar(said) == 1


def invited() -> set[int]:
    return set(db.session.scalars(sa.select(Invitation.event_id)))
