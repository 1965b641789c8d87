"""The blueprint on which the views of this package hang."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("documents", __name__)
