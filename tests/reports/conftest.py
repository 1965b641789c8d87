"""The formats need no town: only the templates and the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.config import ROOT
from app.platform import language
from app.platform.typography import bind


@pytest.fixture
def printing() -> Iterator[Flask]:
    """A context in which reports can be set, in the town's language, without a database."""
    flask = Flask("printing", template_folder=str(ROOT / "templates"))
    flask.config["TRANSLATIONS"] = ROOT / "app" / "translations"
    language.init_app(flask)
    flask.jinja_env.filters["bound"] = bind
    with flask.app_context():
        yield flask
