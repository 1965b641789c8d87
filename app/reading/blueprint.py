"""The blueprint on which the routes of reading hang."""

from __future__ import annotations

from flask import Blueprint

from app.reading import changes
from app.reading.endings import endings_of

blueprint = Blueprint("reading", __name__)
blueprint.add_app_template_filter(changes.sides, "sides_of_change")
blueprint.add_app_template_filter(changes.result, "result_of_change")
blueprint.add_app_template_global(endings_of, "endings_of")
