"""Pages of a remark for its author: at their public address, or behind the secret link."""

from __future__ import annotations

from typing import Any

from flask import make_response, url_for
from werkzeug.wrappers import Response

ONE = "/konsultacje/<slug>/uwagi/<int:number>"
KEY = "/uwaga/<key>"


def public_page(slug: str, number: int) -> str:
    """The address that everybody may know."""
    return url_for("remarks.show", slug=slug, number=number)


def secret_page(key: str) -> str:
    """The address that only the author knows."""
    return url_for("remarks.by_key", key=key)


def private(page: Any) -> Response:
    """A page whose address is a secret: kept by nobody, told to nobody."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
