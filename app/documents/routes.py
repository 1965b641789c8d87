"""Addresses of this package: importing a draft, and publishing an edition."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("documents", __name__)

# Each of these hangs its views on the blueprint above.
from app.documents import routes_import, routes_publish  # noqa: E402, F401
