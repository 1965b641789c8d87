"""Telling organisations where and when they are: once, and again only when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from app.events.models import Event
from app.festival import messages
from app.festival.addresses import own_address
from app.festival.models import (
    Application,
    ApplicationState,
    Festival,
    StandApplication,
)
from app.festival.post import letter_to
from app.festival.queries import festival_of
from app.platform import mail
from app.platform.db import db
from app.platform.links import absolute
from app.platform.mail import Letter


def settings_of(event: Event) -> Festival:
    """What is set for an NGO Day, to be changed; the event's row must be locked."""
    festival = festival_of(event)
    if festival.revision == 0:
        festival.revision = 1
        db.session.add(festival)
        db.session.flush()
    return festival


def touch(event: Event) -> Festival:
    """The programme has changed: pages that are kept of it are no longer true."""
    festival = settings_of(event)
    festival.revision += 1
    return festival


def whereabouts(application: Application) -> str:
    """Where and when somebody is, in a form that is the same as long as that is; or nothing."""
    if application.state is not ApplicationState.ACCEPTED:
        return ""
    if isinstance(application, StandApplication):
        return application.place.label if application.place else ""
    if application.starts_at is None:
        return ""
    return f"{application.starts_at.isoformat()} {application.minutes} {application.stage}"


def announcement(application: Application) -> Letter | None:
    """The letter to an organisation that was last told something else, which it now counts as told.

    The letters are counted, so that a place that is changed and changed back is told again.
    """
    now_so = whereabouts(application)
    if now_so == application.announced or application.organisation_id is None:
        return None
    application.announced = now_so
    application.letters += 1
    link = own_address(application)
    programme = absolute("festival.programme", slug=application.event.slug)
    if not now_so:
        letter = partial(messages.unplaced, application, link)
    elif isinstance(application, StandApplication):
        letter = partial(messages.placed, application, link, programme)
    else:
        letter = partial(messages.scheduled, application, link, programme)
    return letter_to(application, letter, about=f"whereabouts:{application.letters}")


def announce(applications: Iterable[Application], *, at: datetime) -> int:
    """Write to those who were last told something else; how many letters."""
    letters = [letter for a in applications if (letter := announcement(a)) is not None]
    mail.put_all(letters, at=at)
    return len(letters)


def follow(application: Application, *, at: datetime) -> None:
    """After somebody's place or time has changed: the pages, and a letter if it was published."""
    if touch(application.event).published_at is not None:
        announce([application], at=at)


def leave(application: Application) -> None:
    """Free the place or the time of somebody who does not come; no letter about that."""
    touch(application.event)
    application.announced = ""
    if isinstance(application, StandApplication):
        application.place = None
    else:
        application.starts_at = None
