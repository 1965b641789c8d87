"""Events as calendars understand them (RFC 5545): for a subscription, or to be added once.

What is written follows from the events alone, so the same events are the same bytes. The link of
an online meeting never leaves the site this way: calendars are shared and copied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from icalendar import Calendar
from icalendar import Event as Component

from app.events.models import Event, EventKind, EventStatus
from app.platform.links import absolute

#: How often calendars are asked to look again; many look less often than that.
LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """An event in somebody's calendar; ``note`` says how they stand with it."""

    event: Event
    note: str = ""
    sure: bool = True


def calendar(lines: Iterable[Line], name: str = "") -> bytes:
    """Events as a calendar file; one that is subscribed to has a name."""
    file = Calendar()
    file.add("prodid", "-//Wspolpis//Events//PL")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    if name:
        file.add("name", name)
        file.add("x-wr-calname", name)
        file.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        file.add("x-published-ttl", LOOK_AGAIN)
    for line in lines:
        file.add_component(_component(line))
    return bytes(file.to_ical())


def kind_name(kind: EventKind) -> str:
    """What a sort of meeting is called."""
    return {
        EventKind.SEMINAR: _("Seminar"),
        EventKind.WORKSHOP: _("Workshop"),
        EventKind.TRAINING: _("Training"),
        EventKind.MEETING: _("Consultation meeting"),
        EventKind.FESTIVAL: _("NGO Day"),
    }[kind]


def _component(line: Line) -> Component:
    event, address = line.event, absolute("events.show", slug=line.event.slug)
    cancelled = event.status is EventStatus.CANCELLED
    entry = Component()
    entry.add("uid", f"event-{event.id}@{urlsplit(current_app.config['SITE_URL']).hostname}")
    entry.add("dtstamp", _written_at(event))
    entry.add("last-modified", _written_at(event))
    if event.published_at is not None:
        entry.add("created", event.published_at.astimezone(UTC))
    entry.add("sequence", event.sequence)
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("location", event.place or (_("Online") if event.online_url else ""))
    entry.add("description", _description(line, address))
    entry.add("url", address)
    entry.add("categories", [kind_name(event.kind)])
    sure = "CONFIRMED" if line.sure else "TENTATIVE"
    entry.add("status", "CANCELLED" if cancelled else sure)
    entry.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return entry


def _written_at(event: Event) -> datetime:
    """Since when the event says what it says, so that the same event is the same bytes.

    Of two copies a calendar keeps the one with the higher ``sequence`` and, where that is the
    same, with the later stamp (RFC 5546, 2.1.5).
    """
    known = [at for at in (event.changed_at, event.cancelled_at, event.published_at) if at]
    return max(known, default=event.starts_at).astimezone(UTC)


def _description(line: Line, address: str) -> str:
    event = line.event
    cancelled = event.status is EventStatus.CANCELLED
    parts = (
        _("Cancelled. Reason: %(reason)s", reason=event.cancel_reason) if cancelled else line.note,
        event.summary,
        _("Online: the link is shown to those who have a place.") if event.online_url else "",
        address,
    )
    return "\n\n".join(str(part).strip() for part in parts if part)
