"""The words for the two sorts of applications in addresses, and finding what they name."""

from __future__ import annotations

from flask_login import current_user

from app.events.finding import visible_event
from app.events.models import Event, EventKind
from app.festival import queries
from app.festival.models import Application, StageApplication, StandApplication
from app.festival.permissions import can_see_application
from app.platform.clock import now
from app.platform.errors import NotFound
from app.platform.links import absolute

STAND, STAGE = "stoisko", "scena"

_KINDS: dict[str, type[Application]] = {STAND: StandApplication, STAGE: StageApplication}


def word_for(application: Application) -> str:
    """How addresses call this sort of application."""
    return STAND if isinstance(application, StandApplication) else STAGE


def own_address(application: Application) -> str:
    """The full address of an application, for its applicant."""
    return absolute("festival.own", what=word_for(application), number=application.id)


def festival_event(slug: str) -> Event:
    """The NGO Day of an address, or ``NotFound``; other events have no stands."""
    event = visible_event(slug)
    if event.kind is not EventKind.FESTIVAL:
        raise NotFound
    return event


def own_application(what: str, number: int) -> Application:
    """An application for whoever may see it as their own, or ``NotFound``."""
    found = _application(what, number)
    if found is None or not can_see_application(current_user, found, now()):
        raise NotFound
    return found


def application_to(event: Event, what: str, number: int) -> Application:
    """An application for this event, for the office, or ``NotFound``."""
    found = _application(what, number)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def _application(what: str, number: int) -> Application | None:
    kind = _KINDS.get(what)
    return queries.application_by_id(kind, number) if kind else None
