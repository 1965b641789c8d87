"""Addresses of this package: importing a draft, and publishing an edition."""

from __future__ import annotations

from app.documents import routes_import, routes_publish
from app.documents.blueprint import blueprint

__all__ = ["blueprint", "routes_import", "routes_publish"]
