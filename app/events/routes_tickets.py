"""Addresses of tickets and of calendar files."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.events import own_calendar as calendars_own
from app.events import queries
from app.events.blueprint import blueprint, private
from app.events.calendars import Line, calendar
from app.events.finding import signup_of_key, visible_event
from app.events.permissions import has_ticket
from app.events.routes_own import KEY
from app.events.ticket_file import ticket_file
from app.events.tickets import tickets_of
from app.platform.access import public, signed_in
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotFound
from app.platform.security import limiter
from app.platform.typesetting import MIMETYPE

CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"

#: How long an event that is over stays in a calendar that is subscribed to, which is read hourly.
REMEMBERED = timedelta(days=366)


@blueprint.get(f"{KEY}/bilet")
@public
@limiter.limit("600 per hour")
def ticket(key: str) -> ResponseReturnValue:
    """The tickets of a sign-up, to show at the door or to print; without a place, the sign-up."""
    signup, _holder = signup_of_key(key)
    if not has_ticket(signup):
        return redirect(url_for(".own", key=key), 303)
    return private(
        render_template(
            "events/ticket.html",
            signup=signup,
            event=signup.event,
            key=key,
            tickets=tickets_of(signup),
        )
    )


@blueprint.get(f"{KEY}/bilet.pdf")
@public
@limiter.limit("60 per hour")
def ticket_pdf(key: str) -> ResponseReturnValue:
    """The same tickets as a file; without a place, the sign-up."""
    signup, _holder = signup_of_key(key)
    if not has_ticket(signup):
        return redirect(url_for(".own", key=key), 303)
    answer = private(ticket_file(signup))
    answer.mimetype = MIMETYPE
    answer.headers["Content-Disposition"] = f'inline; filename="bilet-{signup.event.slug}.pdf"'
    return answer


@blueprint.get("/wydarzenia.ics")
@public
@kept_for_visitors(lambda: queries.fingerprint(now()))
def all_calendar() -> ResponseReturnValue:
    """What the public may see, to subscribe to: all that is to come, and the last year."""
    at = now()
    seen = [Line(event) for event in queries.announced(at - REMEMBERED, at)]
    return Response(calendar(seen, _("Events on Współpis")), content_type=CALENDAR)


@blueprint.get("/wydarzenia/<slug>.ics")
@public
@kept_for_visitors(lambda slug: queries.version_of(slug, now()))
def event_calendar(slug: str) -> ResponseReturnValue:
    """One event, to add to a calendar; opened again after a move, it moves there too."""
    return Response(calendar([Line(visible_event(slug))]), content_type=CALENDAR)


@blueprint.get("/kalendarz/<key>.ics")
@public
@limiter.limit("600 per hour")
def own_calendar(key: str) -> ResponseReturnValue:
    """Somebody's own sign-ups, for the calendar that knows the secret address."""
    person = calendars_own.person_of_key(key)
    if person is None:
        raise NotFound
    answer = Response(
        calendar(calendars_own.lines_of(person), _("My sign-ups on Współpis")),
        content_type=CALENDAR,
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.post("/konto/zapisy/kalendarz")
@signed_in
def renew_calendar() -> ResponseReturnValue:
    """Make the address of one's calendar, or a new one in its place."""
    with transaction():
        calendars_own.renew(current_user, by=current_user, at=now())
    flash(_("The address of your calendar is ready."), "success")
    return redirect(url_for(".mine", _anchor="calendar"), 303)


@blueprint.post("/konto/zapisy/kalendarz/wylacz")
@signed_in
def drop_calendar() -> ResponseReturnValue:
    """Take the address of one's calendar back."""
    with transaction():
        calendars_own.drop(current_user, by=current_user)
    flash(_("The address works no more. Calendars that used it stay as they are."), "success")
    return redirect(url_for(".mine", _anchor="calendar"), 303)
