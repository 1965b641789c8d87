"""What becomes of applications when an account is closed, and once an event is erased."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import User
from app.events.models import Event
from app.festival.models import ApplicationState, StageApplication, StandApplication
from app.festival.post import cause_of
from app.festival.queries import FORGOTTEN, KINDS, held, sent_by
from app.journal.actions import record
from app.platform import mail
from app.platform.db import db


def forget_applicant(person: User, *, by: User, at: datetime) -> None:
    """Erase what somebody wrote to the office alone; the application is their organisation's.

    A colleague whose membership is confirmed can still change and withdraw it, and the office
    sees that letters reach nobody any more.
    """
    for sent in sent_by(person):
        application = held(sent)
        for name in ("note", "equipment"):
            if getattr(application, name, ""):
                setattr(application, name, "")
        if application.state is ApplicationState.WITHDRAWN:
            application.reason = ""  # the applicant's own; that of a refusal is the office's
        record("applicant_forgotten", application, by=by, at=at, scope=application.event)


def forget_applicants(event: Event, *, at: datetime) -> None:
    """Erase all letters about an NGO Day and what was written to the office alone, in time.

    What was shown in public, and so every figure, stays. The caller holds the event's row.
    """
    if event.erased_at is None:
        return
    db.session.flush()
    causes = {
        cause_of(kind, number)
        for kind in KINDS
        for number in db.session.scalars(sa.select(kind.id).where(kind.event_id == event.id))
    }
    for blank in (
        sa.update(StandApplication).where(StandApplication.event_id == event.id).values(note=""),
        sa.update(StageApplication)
        .where(StageApplication.event_id == event.id)
        .values(equipment=""),
        *(
            sa.update(kind)
            .where(kind.event_id == event.id, kind.state == ApplicationState.WITHDRAWN)
            .values(reason="")
            for kind in KINDS
        ),
    ):
        db.session.execute(blank, execution_options={"synchronize_session": False})
    mail.forget_causes(causes)
    record(FORGOTTEN, event, by=None, at=at, applications=len(causes))
    db.session.expire_all()
