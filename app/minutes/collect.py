"""Gathering minutes from what was written and noted, in a number of queries that does not grow."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from app.events.models import Event
from app.legaltext import diff
from app.minutes.content import Draft, NoteLine, PlaceLine, Point, Protocol
from app.minutes.ground import place_of
from app.minutes.models import Minutes, Note
from app.minutes.queries import Group, notes_by_place
from app.platform.clock import local
from app.platform.links import absolute


def draft_of(minutes: Minutes | None) -> Draft:
    """What has been written so far; nothing, if nobody has begun."""
    if minutes is None:
        return Draft()
    return Draft(
        minutes.introduction,
        tuple(Point(item.title, item.discussion, item.agreed) for item in minutes.items),
        minutes.closing,
        minutes.people_present,
        minutes.organisations_present,
        minutes.women,
    )


def collect(event: Event, minutes: Minutes, number: int, at: datetime, made_by: str) -> Protocol:
    """The minutes as they would be published now; notes that were dropped are left out."""
    draft, of = draft_of(minutes), event.consultation
    return Protocol(
        number=number,
        made_at=local(at).isoformat(),
        made_by=made_by,
        town=str(current_app.config["SITE_NAME"]),
        title=event.title,
        kind=str(event.kind),
        starts_at=local(event.starts_at).isoformat(),
        ends_at=local(event.ends_at).isoformat(),
        place=event.place,
        address=absolute("minutes.version", slug=event.slug, number=number),
        consultation=of.title if of else "",
        consultation_slug=of.slug if of else "",
        hosts=tuple(_host(host.name, host.about) for host in event.facilitators),
        people=draft.people,
        organisations=draft.organisations,
        women=draft.women,
        introduction=draft.introduction,
        points=tuple(point for point in draft.points if not point.is_blank),
        closing=draft.closing,
        places=tuple(line for group in notes_by_place(event) if (line := _place(group)).notes),
    )


def _host(name: str, about: str) -> str:
    return f"{name} – {about}" if about else name


def _place(group: Group) -> PlaceLine:
    document, provision = group.document, group.provision
    return PlaceLine(
        document=document.title if document else "",
        citation=group.citation,
        slug=document.slug if document else "",
        number=provision.number if provision else 0,
        notes=tuple(_note(note) for note in group.notes if note.dropped_at is None),
    )


def _note(note: Note) -> NoteLine:
    pieces: tuple[tuple[str, str], ...] = ()
    if note.proposed_text:
        current = place_of(note).current or ""
        pieces = tuple(
            (str(piece.op), piece.text) for piece in diff.compare(current, note.proposed_text)
        )
    return NoteLine(
        note=note.id,
        kind=str(note.kind),
        table=note.table,
        body=note.body,
        pieces=pieces,
        remark=note.remark.number if note.remark else None,
    )
