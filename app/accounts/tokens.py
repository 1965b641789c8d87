"""Secret links in mails: whom they are for, what for, and until when they work."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.accounts.models import User


class Purpose(StrEnum):
    """What a link lets its holder do."""

    CONFIRM = "confirm"  # the address belongs to whoever reads its mail
    RESET = "reset"  # choose a new password


LIFETIME = {Purpose.CONFIRM: timedelta(days=7), Purpose.RESET: timedelta(hours=2)}


def token_for(person: User, purpose: Purpose) -> str:
    """A token that works until it is too old or the person's stamp has changed."""
    return _signer(purpose).dumps([person.id, person.stamp])


def holder_of(token: str, purpose: Purpose) -> tuple[int, str] | None:
    """The person's id and stamp at the time of writing; ``None`` for a false or old token."""
    try:
        number, stamp = _signer(purpose).loads(
            token, max_age=int(LIFETIME[purpose].total_seconds())
        )
    except (BadData, ValueError, TypeError):
        return None
    return int(number), str(stamp)


def _signer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"accounts.{purpose}")
