"""Secret links for people without an account."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flask import current_app


def secret_of(submission_key: str) -> str:
    """The secret of a remark's link, told to its author alone.

    It follows from the form's key and the site's own secret, so that sending the same form twice
    gives the same link, and the database alone does not give it away.
    """
    site = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.digest(site, b"remark:" + submission_key.encode(), "sha256")
    return urlsafe_b64encode(digest[:18]).decode("ascii")


def hash_of(secret: str) -> str:
    """What the database keeps of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()
