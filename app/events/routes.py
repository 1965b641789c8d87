"""Addresses of events."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.events import (
    programme,
    queries,
    queries_materials,
    routes_materials,
    routes_office,
    routes_own,
    routes_people,
    routes_signups,
    routes_steering,
    routes_tickets,
)
from app.events.blueprint import blueprint
from app.events.finding import visible_event
from app.events.forms_programme import ProgrammeForm
from app.events.moves import last_move
from app.events.permissions import is_open_for_signups
from app.events.post import key_of
from app.events.programme import PER_PAGE
from app.events.queries_signups import live_signup_of, named_in_public
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.clock import now, today
from app.platform.links import absolute

__all__ = [
    "blueprint",
    "routes_materials",
    "routes_office",
    "routes_own",
    "routes_people",
    "routes_signups",
    "routes_steering",
    "routes_tickets",
]


#: How many events that are over stand beneath those to come.
LATEST = 5

#: What the programme can be looked at as, besides the list of what is to come.
OVER, MONTH = "minione", "miesiac"


@blueprint.get("/wydarzenia")
@public
@kept_for_visitors(lambda: queries.fingerprint(now()))
def index() -> ResponseReturnValue:
    """The programme: what is to come, what is over and what came of it, or one month."""
    at, office = now(), current_user.is_office
    form = ProgrammeForm(request.args)
    form.offer(programme.consultations_with_events(office, at))
    sought = form.sought(office=office)
    asked = request.args.get("widok", "")
    view = asked if asked in {OVER, MONTH} else ""
    shown: dict[str, Any] = {
        "form": form,
        "sought": sought,
        "view": view,
        "address": _same_programme(form),
    }
    shown["here"], shown["calendar"] = absolute("events.index"), absolute("events.all_calendar")
    if view == MONTH:
        first = programme.month_named(request.args.get("miesiac", ""), today())
        month = programme.month(first, sought, at)
        return render_template("events/month.html", month=month, today=today(), **shown)
    number = request.args.get("strona", 1, type=int)
    past = programme.over(sought, at, number if view else 1, PER_PAGE if view else LATEST)
    coming = None if view else programme.coming(sought, at, number)
    events = [*past.items, *(coming.items if coming else ())]
    shown["dates"] = programme.other_dates(events, sought, at)
    shown["open"] = {event.id for event in events if is_open_for_signups(event, at)}
    return render_template("events/index.html", coming=coming, past=past, **shown)


def _same_programme(form: ProgrammeForm) -> dict[str, str]:
    """The filters of this address, for links to other pages and views of it."""
    return {name: request.args[name] for name in form._fields if request.args.get(name)}


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
        moved=last_move(event),
        speaks=bool(current_user.memberships),
        dates=queries.dates_of_series(event),
        provisions=queries.provisions_about(event),
        materials=queries_materials.materials_of(event),
        participants=named_in_public(event),
    )
