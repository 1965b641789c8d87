"""Addresses of NGO Day."""

from __future__ import annotations

from app.festival import (
    routes_applying,
    routes_desk,
    routes_programme,
    routes_square,
    routes_stage,
)
from app.festival.blueprint import blueprint

__all__ = [
    "blueprint",
    "routes_applying",
    "routes_desk",
    "routes_programme",
    "routes_square",
    "routes_stage",
]
