"""What the addresses of this room share."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.platform.caching import zipped

blueprint = Blueprint("door", __name__)

#: What the office does with one event.
EVENT = "/biurko/wydarzenia/<slug>"


def private(page: str) -> Response:
    """A page with people's names on it: kept by nobody, and small on its way to a crowded hall."""
    response = Response(page)
    response.headers["Cache-Control"] = "no-store"
    return response if request.args else zipped(response)


def paper(content: bytes, name: str, mimetype: str, *, attached: bool = False) -> Response:
    """A file with people's names in it: kept by nobody, saved under ``name``."""
    response = Response(content, content_type=mimetype)
    response.headers["Cache-Control"] = "no-store"
    how = "attachment" if attached else "inline"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return response
