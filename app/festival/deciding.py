"""The office decides about applications, and tells whoever has applied."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.festival import messages
from app.festival.addresses import own_address
from app.festival.announcing import leave
from app.festival.applying import refuse_stale
from app.festival.models import LIVE, Application, ApplicationState, StandApplication
from app.festival.permissions import can_decide_application
from app.festival.post import tell
from app.festival.queries import held, is_vouched_for, stand_of
from app.journal.actions import record
from app.platform.errors import DomainError, require

_GONE = _l("This application was withdrawn, or the event is over or called off.")


def accept(application: Application, *, version: int, by: User, at: datetime) -> None:
    """Say yes; where and when is decided apart. Accepting twice is the same as once.

    Not before the office has confirmed that the applicant speaks for the organisation.
    """
    application = held(application)
    require(can_decide_application(by, application, at), _GONE)
    if application.state is ApplicationState.ACCEPTED:
        return
    refuse_stale(application, version)
    organisation = application.organisation
    if organisation is not None and not is_vouched_for(application):
        raise DomainError(
            _l(
                "Nobody has confirmed yet that this person speaks for %(name)s. Confirm it first, "
                "on the list of organisations.",
                name=organisation.name,
            )
        )
    _refuse_second_stand(application)
    application.reason = ""
    _turn(application, ApplicationState.ACCEPTED, by=by, at=at)
    letter = partial(messages.accepted, application, own_address(application))
    tell(application, letter, about=f"accepted:{application.version}", at=at)


def _refuse_second_stand(application: Application) -> None:
    if not isinstance(application, StandApplication) or application.state in LIVE:
        return
    if stand_of(application.event, application.organisation_id) is not None:
        raise DomainError(_l("This organisation has another application for a stand by now."))


def refuse(application: Application, reason: str, *, version: int, by: User, at: datetime) -> None:
    """Say no, with the reason that the applicant is told; a place or a time is free again."""
    application = held(application)
    require(can_decide_application(by, application, at), _GONE)
    why = reason.strip()
    if not why:
        raise DomainError(_l("Say why: the organisation will be told."))
    if application.state is ApplicationState.REFUSED and application.reason == why:
        return
    refuse_stale(application, version)
    leave(application)
    application.reason = why
    _turn(application, ApplicationState.REFUSED, by=by, at=at, reason=why)
    letter = partial(messages.refused, application, why)
    tell(application, letter, about=f"refused:{application.version}", at=at)


def _turn(
    application: Application, state: ApplicationState, *, by: User, at: datetime, reason: str = ""
) -> None:
    was = str(application.state)
    application.state, application.decided_at = state, at
    application.version += 1
    record(str(state), application, by=by, at=at, scope=application.event, reason=reason, was=was)
