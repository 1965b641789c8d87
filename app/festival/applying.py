"""What organisations do: apply for a stand or for the stage, change it, withdraw it.

Everything happens with the event's row locked, so that two windows of one organisation make one
stand.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from functools import partial

from flask_babel import lazy_gettext as _l

from app.accounts.models import Organisation, User
from app.events.models import Event
from app.events.queries import locked
from app.festival import messages
from app.festival.addresses import own_address
from app.festival.announcing import leave, settings_of
from app.festival.content import MOST_TURNS, StageWish, StandWish, Wish, mistakes
from app.festival.models import (
    Application,
    ApplicationState,
    StageApplication,
    StandApplication,
)
from app.festival.permissions import (
    can_apply_to_festival,
    can_change_application,
    can_withdraw_application,
    speaks_for,
)
from app.festival.post import tell
from app.festival.queries import (
    Asked,
    application_by_submission,
    held,
    stand_of,
    turns_asked_by,
)
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed, require

HAS_STAND = _l(
    "Your organisation has applied for a stand already. Change that application, or ask "
    "whoever sent it to do so."
)
SENT_BEFORE = _l(
    "This form was sent before, so what you wrote now is not kept yet. If it is meant as another "
    "one, send it once more; to correct the first, change the first."
)


class AppliedAlready(DomainError):
    """What is asked for has been asked for; ``application`` is it, and nothing typed is kept."""

    def __init__(self, message: object, application: Application) -> None:
        super().__init__(message)
        self.application = application


class ChangedMeanwhile(DomainError):
    """Somebody else has changed or decided it since it was shown."""

    def __init__(self) -> None:
        super().__init__(
            _l("Somebody has changed this in the meantime. Look at it anew, then send once more.")
        )


def apply_for_stand(
    event: Event,
    wish: StandWish,
    organisation: Organisation,
    *,
    submission_key: str,
    by: User,
    at: datetime,
) -> StandApplication:
    """Ask for a stand; one organisation has one. The same ``submission_key`` again is the same.

    Raises ``AppliedAlready``.
    """
    event = locked(event.id)
    made = application_by_submission(StandApplication, submission_key)
    if made is not None:
        return _same(made, event, wish, by)
    _refuse(event, wish, organisation, by, at)
    known = stand_of(event, organisation.id)
    if known is not None:
        raise AppliedAlready(HAS_STAND, known)
    application = StandApplication()
    _send(application, event, wish, organisation, submission_key, by=by, at=at)
    return application


def apply_for_stage(
    event: Event,
    wish: StageWish,
    organisation: Organisation,
    *,
    submission_key: str,
    by: User,
    at: datetime,
) -> StageApplication:
    """Ask for time on a stage; an organisation may ask several times. Raises ``AppliedAlready``."""
    event = locked(event.id)
    made = application_by_submission(StageApplication, submission_key)
    if made is not None:
        return _same(made, event, wish, by)
    _refuse(event, wish, organisation, by, at)
    if turns_asked_by(event, organisation.id) >= MOST_TURNS:
        raise DomainError(
            _l(
                "Your organisation has asked for the stage %(most)d times already. Withdraw one of "
                "the applications first.",
                most=MOST_TURNS,
            )
        )
    application = StageApplication()
    _send(application, event, wish, organisation, submission_key, by=by, at=at)
    return application


def _same(made: Asked, event: Event, wish: Wish, by: User) -> Asked:
    """The application made before, unless somebody went back and wrote something else."""
    require(made.event_id == event.id and made.user_id == by.id)
    if not says(made, wish):
        raise AppliedAlready(SENT_BEFORE, made)
    return made


def closed(event: Event, at: datetime) -> object:
    """Why applications are not taken at this moment, and what to do."""
    if event.cancelled_at is not None:
        return _l("This event has been cancelled. See the other events.")
    if event.signup_opens_at is not None and at < event.signup_opens_at:
        return _l("Applications are not taken yet. The page of the event says from when.")
    return _l("Applications are closed. Write to the office: perhaps there is still room.")


def _refuse(event: Event, wish: Wish, organisation: Organisation, by: User, at: datetime) -> None:
    require(can_apply_to_festival(by, event, at), closed(event, at))
    if not speaks_for(by, organisation.id):
        raise NotAllowed(_l("You can apply only for an organisation you belong to."))
    refuse_mistakes(wish, event)


def refuse_mistakes(wish: Wish, event: Event) -> None:
    """Raise ``DomainError`` with the first thing that must be corrected."""
    for _field, problem in mistakes(wish, event):
        raise DomainError(problem)


def _send(
    application: Application,
    event: Event,
    wish: Wish,
    organisation: Organisation,
    submission_key: str,
    *,
    by: User,
    at: datetime,
) -> None:
    settings_of(event)
    application.event, application.organisation, application.user = event, organisation, by
    application.submission_key, application.created_at = submission_key, at
    application.state = ApplicationState.SUBMITTED
    write(application, wish)
    db.session.add(application)
    record("applied", application, by=by, at=at, scope=event)
    letter = partial(messages.received, application, own_address(application))
    tell(application, letter, about="received", at=at)


def write(application: Application, wish: Wish) -> None:
    """Put what a form says into an application."""
    for name, value in _values(wish).items():
        setattr(application, name, value)


def says(application: Application, wish: Wish) -> bool:
    """Whether an application asks for exactly this."""
    return all(getattr(application, name) == value for name, value in _values(wish).items())


def _values(wish: Wish) -> dict[str, object]:
    values = {field.name: getattr(wish, field.name) for field in fields(wish)}
    return {name: v.strip() if isinstance(v, str) else v for name, v in values.items()}


def change(application: Application, wish: Wish, *, version: int, by: User, at: datetime) -> None:
    """Change what was asked for, until the office has decided.

    ``version`` is that of the application that was before the applicant's eyes.
    """
    application = held(application)
    require(
        can_change_application(by, application, at),
        _l("This application is decided or withdrawn. Write to the office if something changes."),
    )
    refuse_mistakes(wish, application.event)
    if says(application, wish):
        return
    refuse_stale(application, version)
    changed = [name for name, value in _values(wish).items() if value != getattr(application, name)]
    write(application, wish)
    application.version += 1
    record("changed", application, by=by, at=at, scope=application.event, fields=changed)
    letter = partial(messages.changed, application, own_address(application))
    tell(application, letter, about=f"changed:{application.version}", at=at)


def refuse_stale(application: Application, version: int) -> None:
    """Raise ``ChangedMeanwhile`` if somebody has changed it since it was shown."""
    if version != application.version:
        raise ChangedMeanwhile


def withdraw(application: Application, reason: str, *, by: User, at: datetime) -> None:
    """Not come after all; the place or the time is free again. Twice is the same as once."""
    application = held(application)
    if application.state is ApplicationState.WITHDRAWN:
        return
    require(
        can_withdraw_application(by, application, at),
        _l("The event has begun or is called off, or the application was refused."),
    )
    was = str(application.state)
    application.state, application.reason = ApplicationState.WITHDRAWN, reason.strip()
    application.version += 1
    leave(application)
    record("withdrawn", application, by=by, at=at, scope=application.event, was=was)
    tell(application, partial(messages.withdrawn, application), about="withdrawn", at=at)
