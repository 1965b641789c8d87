"""What becomes of somebody's data when they ask for it."""

from __future__ import annotations

from datetime import datetime

from app.accounts import actions as accounts
from app.accounts.models import User
from app.accounts.permissions import can_close_account
from app.events import own_calendar
from app.events.erasure import forget_invited
from app.events.queries_signups import signups_to_forget
from app.events.signing_up import erase as erase_signup
from app.festival.forgetting import forget_applicant
from app.platform.errors import require
from app.remarks.forgetting import forget_author


def close_account(person: User, *, by: User, at: datetime) -> None:
    """Close an account: whose it was is forgotten everywhere, what was signed in public stays."""
    require(can_close_account(by, person, at))
    for signup in signups_to_forget(person):
        erase_signup(signup, by=by, at=at)
    forget_invited(person.email)
    own_calendar.drop(person, by=by)
    forget_applicant(person, by=by, at=at)
    forget_author(person, by=by, at=at)
    accounts.close(person, by=by, at=at)
