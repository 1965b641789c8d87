"""Secret links for people without an account, and numbers for filled-in forms."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from flask import current_app

#: Letters and digits that cannot be taken for one another, read aloud or on paper.
_PLAIN = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_submission_key() -> str:
    """A number for one filled-in form, so that a double click makes one thing."""
    return secrets.token_urlsafe(24)


def secret_of(what: str, submission_key: str) -> str:
    """The secret of a link to a ``what`` (``"remark"``), told to its author alone.

    It follows from the form's key and the site's own secret, so that sending the same form twice
    gives the same link, and the database alone does not give it away.
    """
    site = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.digest(site, f"{what}:{submission_key}".encode(), "sha256")
    return urlsafe_b64encode(digest[:18]).decode("ascii")


def hash_of(secret: str) -> str:
    """What the database keeps of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def plain_code(length: int = 8) -> str:
    """A random code to be read aloud or typed from paper."""
    return "".join(secrets.choice(_PLAIN) for _ in range(length))
