"""Standing on the public list of participants: by consent alone, taken back at any time."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.events.models_signups import SignUp
from app.events.permissions import Person, can_stand_on_list, is_own_signup
from app.events.queries_signups import held
from app.journal.actions import record
from app.platform.errors import require


def agree(signup: SignUp, *, by: Person, at: datetime) -> None:
    """Let one's name stand on the public list."""
    signup = held(signup)
    require(can_stand_on_list(by, signup, at), _l("This event has no public list of participants."))
    _note(signup, True, by=by, at=at)


def withdraw(signup: SignUp, *, by: Person, at: datetime) -> None:
    """Take one's name off the public list, whatever has become of the event or the sign-up."""
    signup = held(signup)
    require(is_own_signup(by, signup))
    _note(signup, False, by=by, at=at)


def _note(signup: SignUp, agreed: bool, *, by: Person, at: datetime) -> None:
    if signup.named_in_public is agreed:
        return
    signup.named_in_public = agreed
    signup.event.revision += 1
    person = by if isinstance(by, User) else None
    deed = "agreed_to_list" if agreed else "left_list"
    record(deed, signup, by=person, at=at, scope=signup.event)
