"""What becomes of applications when somebody closes their account."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import User
from app.festival.queries import held, sent_by
from app.journal.actions import record


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
        record("applicant_forgotten", application, by=by, at=at, scope=application.event)
