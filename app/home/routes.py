"""Addresses of the front door."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.consultations.phases import Phase
from app.events.queries import upcoming
from app.home import queries
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.platform.errors import NotFound
from app.platform.language import COOKIE, LANGUAGES
from app.platform.links import local_path
from app.platform.mail import oldest_unsent

blueprint = Blueprint("home", __name__)

EVENTS_SHOWN = 3

#: When the first version of this site was published and its accessibility assessed.
PUBLISHED_ON = date(2026, 11, 23)

YEAR = 365 * 24 * 3600


@blueprint.get("/")
@public
@kept_for_visitors(queries.version)
def index() -> ResponseReturnValue:
    """What is going on: running consultations first, then the next events."""
    at = now()
    phases = queries.by_phase(at)
    running = phases[Phase.OPEN]
    others = [
        (phase, consultation)
        for phase in (Phase.UPCOMING, Phase.BETWEEN, Phase.CONSIDERED)
        for consultation in phases[phase]
    ]
    return render_template(
        "home/index.html",
        running=running,
        others=others,
        concluded=phases[Phase.CONCLUDED],
        drafts=queries.drafts_to_read(running),
        events=upcoming(at, EVENTS_SHOWN),
    )


@blueprint.get("/o-stronie")
@public
@kept_for_visitors(queries.version)
def about() -> ResponseReturnValue:
    """What Współpis is, and how a consultation goes."""
    return render_template("home/about.html", contact=queries.contact(now()))


@blueprint.get("/dostepnosc")
@public
@kept_for_visitors(queries.version)
def accessibility() -> ResponseReturnValue:
    """The accessibility declaration (Act of 4 April 2019, art. 10)."""
    return render_template(
        "home/accessibility.html", contact=queries.contact(now()), published=PUBLISHED_ON
    )


@blueprint.get("/prywatnosc")
@public
@kept_for_visitors(queries.version)
def privacy() -> ResponseReturnValue:
    """What is kept about people, why and for how long."""
    return render_template("home/privacy.html", contact=queries.contact(now()))


@blueprint.get("/jezyk")
@public
def language() -> ResponseReturnValue:
    """Remember the chosen language and go back to the page from which it was chosen."""
    chosen = request.args.get("lang", "")
    if chosen not in LANGUAGES:
        raise NotFound
    response = redirect(_where_from(), 303)
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def _where_from() -> str:
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host:
        return url_for(".index")
    path = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return local_path(path) or url_for(".index")


@blueprint.get("/zdrowie")
@public
def health() -> ResponseReturnValue:
    """For monitoring: whether the database answers, and how long the oldest mail has waited."""
    if not queries.database_answers():
        return jsonify(status="failing", database="unreachable"), 503
    at = now()
    waiting_since = oldest_unsent() if current_app.config["SMTP_URL"] else None
    age = round((at - waiting_since).total_seconds()) if waiting_since else None
    return jsonify(status="ok", database="ok", oldest_unsent_mail_seconds=age)
