"""Putting letters about events into the outbox, in the town's language, each exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import sqlalchemy as sa
from flask_babel import force_locale

from app.events.models import Event
from app.events.models_signups import SignUp
from app.platform import mail
from app.platform.keys import secret_of
from app.platform.language import site_language
from app.platform.links import absolute
from app.platform.mail import Letter, Message


def link_of(signup: SignUp) -> str:
    """The secret address of a sign-up, for whoever signed up alone."""
    return absolute("events.own", key=key_of(signup))


def key_of(signup: SignUp) -> str:
    """The secret in that address."""
    return secret_of("signup", signup.submission_key)


def key_for(signup: SignUp, about: str) -> str:
    """The key of a letter in the outbox."""
    return f"signup:{signup.id}:{about}"


def not_told(about: str) -> sa.ColumnElement[bool]:
    """That a sign-up was not written to about this cause, as the database says it."""
    return mail.not_written(sa.literal("signup:") + sa.cast(SignUp.id, sa.String) + f":{about}")


def tell(signup: SignUp, message: Callable[[], Message], *, about: str, at: datetime) -> None:
    """Write to whoever signed up; ``about`` names the cause, and one cause writes once."""
    if not signup.email:
        return
    mail.put(signup.email, as_sent(message), key=key_for(signup, about), at=at)


def tell_all(
    signups: Iterable[SignUp], message: Callable[[SignUp], Message], *, about: str, at: datetime
) -> int:
    """Write to many about one cause, each as ``tell`` does, in one statement; to how many."""
    reached = [signup for signup in signups if signup.email]
    with force_locale(site_language()):
        letters = [Letter(s.email, message(s), key_for(s, about)) for s in reached]
    mail.put_all(letters, at=at)
    return len(letters)


def tell_address(
    event: Event, email: str, message: Callable[[], Message], *, about: str, at: datetime
) -> None:
    """Write to an address about an event; ``about`` names the cause."""
    mail.put(email, as_sent(message), key=f"event:{event.id}:{about}", at=at)


def as_sent(message: Callable[[], Message]) -> Message:
    """A letter in the town's language, whatever that of whoever sends or previews it."""
    with force_locale(site_language()):
        return message()
