"""What the addresses of this room share: the blueprint, and limits against guessing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

blueprint = Blueprint("events", __name__)

#: One address in the internet may be a whole village hall signing up.
A_ROOM = "200 per 10 minutes"
A_MAILBOX = "10 per hour"


def mailbox() -> str:
    """What a limit for one mailbox counts by: the address that was typed, or nobody's."""
    return "mailbox:" + request.form.get("email", "").strip().lower()[:254]


def private(page: Any) -> Response:
    """A page whose address is a secret: kept by nobody, told to nobody."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
