"""The blueprint of NGO Day, and the addresses under which it stands."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("festival", __name__)

#: Pages for everybody, for who has applied, and for the office.
PUBLIC = "/wydarzenia/<slug>"
OWN = "/konto/zgloszenia/<what>/<int:number>"
DESK = "/biurko/wydarzenia/<slug>/swieto"
