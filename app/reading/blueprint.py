"""The blueprint on which the routes of reading hang."""

from __future__ import annotations

from flask import Blueprint

from app.reading import changes

blueprint = Blueprint("reading", __name__)
blueprint.add_app_template_filter(changes.sides, "sides_of_change")
blueprint.add_app_template_filter(changes.result, "result_of_change")
