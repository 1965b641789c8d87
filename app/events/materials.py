"""Materials of an event: files and links, put up, ordered, and removed with a trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.events.file_kinds import LARGEST, called, kind_of_bytes
from app.events.models import Event, Material
from app.events.permissions import can_add_materials
from app.events.queries import locked
from app.events.queries_materials import content_of, materials_of
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require

LONGEST_TITLE = 200
LONGEST_ADDRESS = 500
LONGEST_REASON = 2_000
MOST_MATERIALS = 50

RUNNERS = _l(
    "Materials are put up by the coordinator and by the facilitators of this event. The "
    "coordinator can name you among those who run it."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be put up: a file with its name, or an address."""

    title: str
    url: str = ""
    filename: str = ""
    content: bytes = b""


def mistakes(offer: Offer) -> Iterator[tuple[str, object]]:
    """What must be corrected, as pairs (field, sentence)."""
    if not offer.title.strip():
        yield "title", _l("Give it a title by which people will know what it is.")
    if len(offer.title) > LONGEST_TITLE:
        yield "title", _l("This is too long: at most %(n)s characters fit.", n=LONGEST_TITLE)
    if bool(offer.url) == bool(offer.content or offer.filename):
        yield "file", _l("Choose a file, or write an address: one of the two.")
    elif offer.url and not _is_address(offer.url):
        yield "url", _l("Write a whole address that begins with https://.")
    elif not offer.url:
        yield from _about_file(offer.content)


def _about_file(content: bytes) -> Iterator[tuple[str, object]]:
    if len(content) > LARGEST:
        yield "file", _l("The file is too large: at most 10 MB fit.")
    elif kind_of_bytes(content) is None:
        yield (
            "file",
            _l("This is not a PDF, Word (.docx), OpenDocument (.odt), PNG or JPEG file."),
        )


def _is_address(url: str) -> bool:
    if len(url) > LONGEST_ADDRESS or any(ord(letter) < 33 for letter in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def put_up(event: Event, offer: Offer, *, by: User, at: datetime) -> Material:
    """Show a file or a link on the page of an event; the same thing twice is there once."""
    event = locked(event.id)
    require(can_add_materials(by, event, at), RUNNERS)
    for _field, problem in mistakes(offer):
        raise DomainError(problem)
    there = materials_of(event)
    made = _made(event, offer, at)
    for each in there:
        if (each.title, each.url, each.filename, each.size) == (
            made.title,
            made.url,
            made.filename,
            made.size,
        ) and (content_of(each) or b"") == (made.content or b""):
            return each
    if len(there) >= MOST_MATERIALS:
        raise DomainError(
            _l("There are %(n)s materials already. Remove one first.", n=MOST_MATERIALS)
        )
    made.position = max((each.position for each in there), default=0) + 1
    made.added_by_id = by.id
    db.session.add(made)
    event.revision += 1
    record("material_put_up", made, by=by, at=at, scope=event)
    return made


def _made(event: Event, offer: Offer, at: datetime) -> Material:
    kind = None if offer.url else kind_of_bytes(offer.content)
    return Material(
        event_id=event.id,
        title=" ".join(offer.title.split()),
        url=offer.url,
        filename=called(offer.filename, kind) if kind else "",
        content_type=kind.content_type if kind else "",
        size=len(offer.content),
        content=offer.content if kind else None,
        added_at=at,
    )


def move(event: Event, number: int, *, up: bool, by: User, at: datetime) -> None:
    """Put one of the materials a place up or down; at the end it stays."""
    event = locked(event.id)
    require(can_add_materials(by, event, at), RUNNERS)
    there = list(materials_of(event))
    at_place = next((n for n, each in enumerate(there) if each.id == number), None)
    if at_place is None:
        raise DomainError(_l("This material was removed meanwhile. Reload the page."))
    other = at_place + (-1 if up else 1)
    if not 0 <= other < len(there):
        return
    there[at_place], there[other] = there[other], there[at_place]
    for position, each in enumerate(there, 1):
        each.position = position
    event.revision += 1
    record("material_moved", there[other], by=by, at=at, scope=event)


def remove(event: Event, material: Material, reason: str, *, by: User, at: datetime) -> None:
    """Take something down: its title and the reason stay for the office, its content goes."""
    event = locked(event.id)
    require(can_add_materials(by, event, at), RUNNERS)
    if material.removed_at is not None:
        return
    if not reason.strip():
        raise DomainError(_l("Say why it is removed."))
    material.removed_at, material.removed_reason = at, reason.strip()[:LONGEST_REASON]
    material.content = None
    event.revision += 1
    record("material_removed", material, by=by, at=at, scope=event, reason=material.removed_reason)
