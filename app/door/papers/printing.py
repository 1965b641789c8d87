"""The papers of the door as PDF: the list that people sign, and badges with their codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from app.door.queries import Guest
from app.events.messages import hours
from app.events.models import Event
from app.events.tickets import Ticket
from app.platform.language import day, moment
from app.platform.links import absolute
from app.platform.typesetting import UNKNOWN, line, typeset
from app.platform.typography import bind

FOLDER = Path(__file__).parent

#: Badges on a sheet of A4.
ON_A_SHEET = 10


def attendance_list(event: Event, guests: Sequence[Guest], *, blank: int, made: datetime) -> bytes:
    """The list to sign: those with a place by surname, ``blank`` rows, then the waiting list."""
    waiting = sorted((g for g in guests if g.waits), key=_rank)
    coming = [guest for guest in guests if not guest.waits]
    before, between, after = (
        part.strip() for part in _("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0")
    )
    data = {
        **_frame(event, _("Attendance list")),
        "made": bind(_("As of %(moment)s", moment=moment(made))),
        "when": bind(hours(event.starts_at, event.ends_at)),
        "place": line(event.place),
        "heads": [_("No."), _("First and last name"), _("Organisation"), _("Signature")],
        "rows": [_row(number, guest) for number, guest in enumerate(coming, 1)],
        "blank": blank,
        "nobody": _("Nobody has signed up."),
        "waiting_title": _("Waiting list, in order: they come in if a place is free"),
        "waiting": [_row(number, guest) for number, guest in enumerate(waiting, 1)],
        "clause": bind(_clause(event)),
        "page": [before, between, after],
    }
    note = _("Signs that the typefaces of this file lack stand as %(sign)s.", sign=UNKNOWN)
    return typeset(FOLDER / "attendance_list.typ", data, made=made, note=note)


def badges(event: Event, guests: Sequence[Guest], *, made: datetime) -> bytes:
    """Badges of those with a place, by surname; the last sheet is filled with empty ones."""
    coming = [_badge(guest) for guest in guests if not guest.waits]
    missing = -len(coming) % ON_A_SHEET if coming else ON_A_SHEET
    empty = {"name": "", "organisation": "", "picture": "", "spoken": ""}
    data = {
        **_frame(event, _("Badges")),
        "code": _("Code of the ticket:"),
        "people": [*coming, *(empty for _n in range(missing))],
    }
    return typeset(FOLDER / "badges.typ", data, made=made)


def _frame(event: Event, title: str) -> dict[str, Any]:
    return {
        "language": str(get_locale() or "pl"),
        "title": title,
        "event": line(event.title),
        "town": line(current_app.config["SITE_NAME"]),
    }


def _clause(event: Event) -> str:
    """Who keeps the list, what for, and until when the service knows these people."""
    return _(
        "Personal data is controlled by: %(town)s. The list confirms who attended. The data in the "
        "service is erased on %(day)s. More: %(url)s",
        town=current_app.config["SITE_NAME"],
        day=day(event.ends_at + timedelta(days=event.retention_days)),
        url=absolute("home.privacy"),
    )


def _rank(guest: Guest) -> tuple[int, int]:
    return guest.rank, guest.position


def _row(number: int, guest: Guest) -> dict[str, Any]:
    *given, surname = guest.name.split() or [""]
    return {
        "number": number,
        "given": line(" ".join(given)),
        "surname": line(surname),
        "organisation": line(guest.organisation),
        "mark": _("without a sign-up") if guest.walked_in else "",
    }


def _badge(guest: Guest) -> dict[str, str]:
    ticket = Ticket(guest.name, guest.code)
    return {
        "name": line(ticket.name),
        "organisation": line(guest.organisation),
        "picture": ticket.drawing,
        "spoken": ticket.spoken,
    }
