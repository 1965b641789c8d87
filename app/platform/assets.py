"""Addresses of static files that change with their content, so browsers may keep them forever.

A style sheet that imports others is sent with all of them in one answer; there is no build step.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

_IMPORT = re.compile(r'@import "([\w./-]+)";\n?')


@cache
def _content(folder: str, name: str) -> bytes:
    """A static file as it is sent: style sheets with their imports in place."""
    path = Path(folder, name)
    if path.suffix != ".css":
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    whole = _IMPORT.sub(lambda m: (path.parent / m.group(1)).read_text(encoding="utf-8"), text)
    return whole.encode()


@cache
def _fingerprint(folder: str, name: str) -> str:
    try:
        return hashlib.sha256(_content(folder, name)).hexdigest()[:10]
    except OSError:
        return "missing"


def asset(name: str) -> str:
    """The address of a file in ``static/`` with its fingerprint."""
    known: dict[tuple[str, str], str] = current_app.extensions["asset_addresses"]
    key = request.script_root, name
    if key not in known:
        print_of = _fingerprint(str(current_app.static_folder), name)
        known[key] = url_for("static", filename=name, v=print_of)
    return known[key]


@cache
def build(folder: str) -> str:
    """A fingerprint of all templates and static files: what a page looks like besides its data."""
    digest = hashlib.sha256()
    root = Path(folder)
    for path in sorted([*root.glob("templates/**/*.html"), *root.glob("static/**/*")]):
        if path.is_file():
            digest.update(path.read_bytes())
    for path in sorted(root.glob("app/**/*.po")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Let templates say ``asset("css/app.css")`` and browsers keep what they got."""
    app.jinja_env.globals["asset"] = asset
    app.extensions["asset_addresses"] = {}

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            name = str((request.view_args or {}).get("filename", ""))
            if name == "css/app.css":
                response.direct_passthrough = False
                response.close()  # the file that the whole sheet takes the place of
                response.set_data(_content(str(app.static_folder), name))
                response.set_etag(_fingerprint(str(app.static_folder), name))
            if request.args.get("v"):
                response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
