"""Addresses of events."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.events import (
    queries,
    routes_office,
    routes_own,
    routes_people,
    routes_signups,
    routes_steering,
    routes_tickets,
)
from app.events.blueprint import blueprint
from app.events.finding import visible_event
from app.events.permissions import can_see_event, is_open_for_signups
from app.events.post import key_of
from app.events.queries_signups import live_signup_of, named_in_public
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.clock import now

__all__ = [
    "blueprint",
    "routes_office",
    "routes_own",
    "routes_people",
    "routes_signups",
    "routes_steering",
    "routes_tickets",
]


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
@kept_for_visitors(lambda slug: queries.version_of(slug, now()))
def show(slug: str) -> ResponseReturnValue:
    """One event: when, where, for how many, what about, how to sign up, what came of it."""
    at = now()
    event = visible_event(slug)
    own = live_signup_of(event, current_user.email) if current_user.is_authenticated else None
    return render_template(
        "events/show.html",
        event=event,
        over=event.ends_at <= at,
        own_key=key_of(own) if own else None,
        own=own,
        open=is_open_for_signups(event, at),
        dates=queries.dates_of_series(event),
        provisions=queries.provisions_about(event),
        participants=named_in_public(event),
    )
