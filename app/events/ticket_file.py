"""Tickets as a file: to print, or to keep on a phone that has no network at the door."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.events.messages import hours
from app.events.models_signups import SignUp
from app.events.tickets import tickets_of
from app.platform.typesetting import UNKNOWN, line, typeset

TEMPLATE = Path(__file__).with_name("ticket.typ")


def ticket_file(signup: SignUp) -> bytes:
    """The tickets of a sign-up as a PDF; the same tickets give the same bytes."""
    event, tickets = signup.event, tickets_of(signup)
    organisation = signup.organisation.name if signup.organisation else ""
    lines = (hours(event.starts_at, event.ends_at), event.place, organisation)
    data = {
        "language": str(get_locale() or "pl"),
        "title": ngettext("Ticket", "Tickets", len(tickets)),
        "kind": ngettext("Ticket", "Tickets", 1),
        "event": line(event.title),
        "town": line(current_app.config["SITE_NAME"]),
        "lines": [line(part) for part in lines if part],
        "code": _("Code of the ticket:"),
        "hint": _("If you cannot come, please cancel: somebody else will get the place."),
        "tickets": [
            {"name": line(t.name), "picture": t.drawing, "spoken": t.spoken} for t in tickets
        ],
    }
    note = _("Signs that the typefaces of this file lack stand as %(sign)s.", sign=UNKNOWN)
    return typeset(TEMPLATE, data, made=signup.state_at, note=note)
