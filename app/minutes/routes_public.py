"""Addresses at which everybody reads published minutes."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.events.finding import visible_event
from app.events.models import Event
from app.minutes import queries
from app.minutes.blueprint import blueprint
from app.minutes.content import from_json
from app.minutes.models import MinutesVersion
from app.platform.access import public
from app.platform.errors import NotFound

PUBLIC = "/wydarzenia/<slug>/protokol"


@blueprint.get(PUBLIC)
@public
def protocol(slug: str) -> ResponseReturnValue:
    """The newest version of the minutes."""
    event = visible_event(slug)
    return _page(event, queries.newest_version(event))


@blueprint.get(f"{PUBLIC}/<int:number>")
@public
def version(slug: str, number: int) -> ResponseReturnValue:
    """One version; its address always shows the same."""
    event = visible_event(slug)
    return _page(event, queries.version_by_number(event, number))


def _page(event: Event, found: MinutesVersion | None) -> str:
    if found is None:
        raise NotFound
    return render_template(
        "minutes/show.html",
        event=event,
        version=found,
        versions=queries.versions_of(event),
        protocol=from_json(found.content),
        remarks=queries.numbers_of_remarks(event),
    )
