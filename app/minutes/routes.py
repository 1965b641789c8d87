"""Addresses of what follows from a meeting."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.models import Role
from app.events.queries_materials import materials_of
from app.minutes import queries, routes_minutes, routes_notes, routes_public
from app.minutes.blueprint import DESK, blueprint, own_event
from app.platform.access import staff

__all__ = ["blueprint", "routes_minutes", "routes_notes", "routes_public"]


@blueprint.get(f"{DESK}/po-spotkaniu")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def afterwards(slug: str) -> ResponseReturnValue:
    """What is left to do after a meeting."""
    event = own_event(slug)
    notes, remarks = queries.count_of_notes(event)
    return render_template(
        "minutes/afterwards.html",
        event=event,
        notes=notes,
        remarks=remarks,
        minutes=queries.minutes_of(event),
        versions=queries.versions_of(event),
        materials=materials_of(event),
        fresh=routes_minutes.unpublished(event),
    )
