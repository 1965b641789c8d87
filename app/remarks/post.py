"""Putting letters to the authors of remarks into the outbox, in the town's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import force_locale

from app.platform import mail
from app.platform.language import site_language
from app.platform.mail import Message
from app.remarks.models import Remark


def address_of(remark: Remark) -> str:
    """The address of a remark's author, "" if we know none."""
    return remark.author.email if remark.author is not None else remark.author_email


def tell_author(
    remark: Remark, message: Callable[[], Message], *, about: str, at: datetime
) -> None:
    """Write to the author of a remark, if we know an address; ``about`` names the cause."""
    to = address_of(remark)
    if to:
        with force_locale(site_language()):
            letter = message()
        mail.put(to, letter, key=f"remark:{remark.id}:{about}", at=at)
