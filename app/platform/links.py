"""Public addresses for mails and documents, which are made where there is no request."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app


def absolute(endpoint: str, **values: object) -> str:
    """The full public address of a page, from ``SITE_URL``."""
    site = str(current_app.config["SITE_URL"])
    adapter = current_app.url_map.bind(urlsplit(site).netloc)
    return site + adapter.build(endpoint, values)
