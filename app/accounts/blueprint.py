"""What the addresses of this package share: the blueprint, and limits against guessing."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, request

blueprint = Blueprint("accounts", __name__)

REMEMBERED_FOR = timedelta(days=30)

#: One address in the internet may be a whole workshop room: limits for it are generous, those
#: for one mailbox are strict.
A_ROOM = "30 per minute"
A_ROOM_AN_HOUR = "60 per hour"
A_MAILBOX = "10 per minute"
A_MAILBOX_AN_HOUR = "5 per hour"


def mailbox() -> str:
    """What a limit for one mailbox counts by: the address that was typed."""
    return "mailbox:" + request.form.get("email", "").strip().lower()[:254]
