"""What follows once an NGO Day was moved, called off, or its people were erased.

Events know nothing of stands, so the worker looks once a minute for what has changed. Each event
is seen to in a transaction of its own with its row locked, and letters have keys.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from app.events.models import Event, EventStatus
from app.events.queries import locked
from app.festival import messages, queries
from app.festival.addresses import own_address
from app.festival.announcing import settings_of, whereabouts
from app.festival.forgetting import forget_applicants
from app.festival.models import LIVE, Application, StandApplication
from app.festival.post import tell
from app.platform.db import transaction


def see_to(at: datetime) -> None:
    """Tell the organisations of events that were moved or called off since; forget in time."""
    with transaction():
        behind = queries.events_to_follow()
        erased = queries.events_to_forget()
    for event_id in behind:
        with transaction():
            follow_event(locked(event_id), at=at)
    for event_id in erased:
        with transaction():
            forget_applicants(locked(event_id), at=at)


def follow_event(event: Event, *, at: datetime) -> int:
    """Write once to everybody who means to come; how many. Times on the stage have moved along.

    While the programme is hidden no letter names an hour: whoever has another one is told when it
    is published again. Places of stands are not in these letters at all.
    """
    festival = settings_of(event)
    if festival.sequence >= event.sequence:
        return 0
    festival.sequence = event.sequence
    festival.revision += 1
    called_off = event.status is EventStatus.CANCELLED
    told: list[Application] = [
        *queries.stands(event, *LIVE),
        *(turn for turn in queries.turns(event, *LIVE) if turn.organisation_id is not None),
    ]
    for application in told:
        if called_off:
            letter = partial(messages.event_cancelled, application)
        else:
            on_stage = _told_anew(application) if festival.published_at is not None else None
            letter = partial(messages.event_moved, application, own_address(application), on_stage)
        tell(application, letter, about=f"event:{event.sequence}", at=at)
    return len(told)


def _told_anew(application: Application) -> datetime | None:
    """When somebody begins who was told an earlier hour; now they count as told this one."""
    if isinstance(application, StandApplication) or not application.announced:
        return None
    application.announced = whereabouts(application)
    return application.starts_at
