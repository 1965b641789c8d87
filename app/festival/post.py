"""Putting letters about NGO Day into the outbox, in the town's language, each exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import force_locale

from app.festival.models import Application, StandApplication
from app.platform import mail
from app.platform.language import site_language
from app.platform.mail import Message


def tell(
    application: Application, message: Callable[[], Message], *, about: str, at: datetime
) -> None:
    """Write to whoever has applied; ``about`` names the cause, and one cause writes once."""
    if application.user is None:
        return
    with force_locale(site_language()):
        letter = message()
    mail.put(application.user.email, letter, key=key_for(application, about), at=at)


def key_for(application: Application, about: str) -> str:
    """The key of a letter in the outbox."""
    sort = "stand" if isinstance(application, StandApplication) else "stage"
    return f"{sort}:{application.id}:{about}"
