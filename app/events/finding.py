"""Finding what an address names, for the person who asks."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.events.models import Event, Question
from app.events.models_signups import SignUp
from app.events.permissions import KeyHolder, can_see_event, can_see_participants
from app.events.queries import event_by_slug, event_with_questions
from app.events.queries_signups import signup_by_key, signup_of_event
from app.platform.clock import now
from app.platform.errors import NotFound, require

FOR_THOSE_WHO_RUN_IT = _l(
    "This page is for the coordinator and the facilitators of this event. The coordinator "
    "can name you among those who run it."
)

BROKEN_LINK = _l(
    "This link leads to no sign-up. Perhaps it was not copied whole: open it once more from our "
    "letter. Without the letter, sign up on the page of the event: if you are on the list already, "
    "we send the link to your address."
)


def visible_event(slug: str) -> Event:
    """The event of an address, or ``NotFound`` both when there is none and when it is hidden."""
    event = event_by_slug(slug)
    if event is None or not can_see_event(current_user, event, now()):
        raise NotFound
    return event


def event_with_people(slug: str) -> Event:
    """The event of an address, for those who meet its people; others are told whom to ask."""
    event = visible_event(slug)
    require(can_see_participants(current_user, event, now()), FOR_THOSE_WHO_RUN_IT)
    return event


def event_to_sign_up(slug: str) -> tuple[Event, Sequence[Question]]:
    """The event of an address and what it asks, or ``NotFound`` as ``visible_event`` says it."""
    event, questions = event_with_questions(slug)
    if event is None or not can_see_event(current_user, event, now()):
        raise NotFound
    return event, questions


def signup_of_key(key: str) -> tuple[SignUp, KeyHolder]:
    """The sign-up of a secret link and whoever holds it, or ``NotFound`` with what to do."""
    signup = signup_by_key(key)
    if signup is None:
        raise NotFound(BROKEN_LINK)
    return signup, KeyHolder(signup.id)


def signup_of(slug: str, number: int) -> SignUp:
    """A sign-up of an event by its id, for the office, or ``NotFound``."""
    signup = signup_of_event(visible_event(slug), number)
    if signup is None:
        raise NotFound
    return signup
