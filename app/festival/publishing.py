"""The office publishes the programme, and everybody in it learns their place or time."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.events.models import Event
from app.events.queries import locked
from app.festival import queries
from app.festival.announcing import announce, settings_of, touch, whereabouts
from app.festival.models import Application, ApplicationState
from app.festival.permissions import can_arrange_festival, can_publish_programme
from app.festival.programme import programme_of
from app.festival.square import OVER
from app.festival.stage_programme import running
from app.journal.actions import record
from app.platform.errors import DomainError, require


def accepted(event: Event) -> list[Application]:
    """All organisations that come, stands first."""
    turns = queries.turns(event, ApplicationState.ACCEPTED)
    return [
        *queries.stands(event, ApplicationState.ACCEPTED),
        *(turn for turn in turns if turn.organisation_id is not None),
    ]


def to_be_told(event: Event) -> list[Application]:
    """Who would get a letter if the programme were published now."""
    return [a for a in accepted(event) if whereabouts(a) != a.announced]


def publish(event: Event, *, by: User, at: datetime) -> int:
    """Show the programme to everybody and write to those who do not know their place or time yet.

    How many letters; publishing twice is the same as once.
    """
    event = locked(event.id)
    require(
        can_publish_programme(by, event, at),
        _l("Publish the event itself first; one that is over has no programme any more."),
    )
    festival = settings_of(event)
    if festival.published_at is not None:
        return 0
    if programme_of(event).empty:
        raise DomainError(
            _l("The programme is empty. First give a stand its place or choose a time.")
        )
    if running(queries.turns_on(event), queries.day_of(event)):
        raise DomainError(_l("Something on the stage clashes. Move it first."))
    festival.published_at = at
    _touch(event)
    record("programme_published", event, by=by, at=at)
    return announce(accepted(event), at=at)


def take_back(event: Event, *, by: User, at: datetime) -> None:
    """Hide the programme again, to change much of it; nobody is written to.

    When it is published again, only those are told whose place or time is another one.
    """
    event = locked(event.id)
    require(can_arrange_festival(by, event, at), OVER)
    festival = settings_of(event)
    if festival.published_at is None:
        return
    festival.published_at = None
    _touch(event)
    record("programme_taken_back", event, by=by, at=at)


def _touch(event: Event) -> None:
    """The pages of the programme and of the event itself are no longer true."""
    touch(event)
    event.revision += 1
