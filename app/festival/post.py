"""Putting letters about NGO Day into the outbox, in the town's language, each exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import force_locale

from app.festival.models import Application, StandApplication
from app.platform import mail
from app.platform.language import site_language
from app.platform.mail import Letter, Message


def tell(
    application: Application, message: Callable[[], Message], *, about: str, at: datetime
) -> None:
    """Write to whoever has applied; ``about`` names the cause, and one cause writes once."""
    letter = letter_to(application, message, about=about)
    if letter is not None:
        mail.put_all([letter], at=at)


def letter_to(
    application: Application, message: Callable[[], Message], *, about: str
) -> Letter | None:
    """The letter to whoever has applied, not written yet; nobody may be left to read it."""
    if application.user is None:
        return None
    with force_locale(site_language()):
        return Letter(application.user.email, message(), key_for(application, about))


def key_for(application: Application, about: str) -> str:
    """The key of a letter in the outbox."""
    return f"{cause_of(type(application), application.id)}:{about}"


def cause_of(kind: type[Application], number: int) -> str:
    """How the keys of all letters about one application begin."""
    sort = "stand" if issubclass(kind, StandApplication) else "stage"
    return f"{sort}:{number}"
