"""Addresses of this package: importing a draft, and publishing an edition."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

blueprint = Blueprint("documents", __name__)


@blueprint.record_once
def with_preparation(state: BlueprintSetupState) -> None:
    """Consultations have no public pages of their own; their desk comes with the documents'."""
    from app.consultations.routes import blueprint as consultations

    if consultations.name not in state.app.blueprints:
        state.app.register_blueprint(consultations)


# Each of these hangs its views on the blueprint above.
from app.documents import routes_import, routes_publish  # noqa: E402, F401
