"""Addresses of this package."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("drafting", __name__)
