"""Addresses of events."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.events import queries, routes_own
from app.events.blueprint import blueprint
from app.events.permissions import can_see_event
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.platform.errors import NotFound

__all__ = ["blueprint", "routes_own"]


@blueprint.get("/wydarzenia")
@public
@kept_for_visitors(lambda: queries.fingerprint(now()))
def index() -> ResponseReturnValue:
    """Events to come, and those that are over with what came of them."""
    at = now()
    return render_template(
        "events/index.html",
        upcoming=[e for e in queries.upcoming(at) if can_see_event(current_user, e, at)],
        past=[e for e in queries.past(at) if can_see_event(current_user, e, at)],
    )


@blueprint.get("/wydarzenia/<slug>")
@public
@kept_for_visitors(lambda slug: (slug, queries.fingerprint(now())))
def show(slug: str) -> ResponseReturnValue:
    """One event: when, where, for how many, what about, and what came of it."""
    at = now()
    event = queries.event_by_slug(slug)
    if event is None or not can_see_event(current_user, event, at):
        raise NotFound
    return render_template("events/show.html", event=event, over=event.ends_at <= at)
