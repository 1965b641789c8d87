"""Minutes as values: what is being written, and the frozen whole that is published. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

LONGEST_TITLE = 300  # characters
LONGEST_TEXT = 20_000
MOST_POINTS = 60

#: More people than a town has.
MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agenda."""

    title: str = ""
    discussion: str = ""
    agreed: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been written in it."""
        return not (self.title or self.discussion or self.agreed)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed: texts, points in order, and who was there in figures (``None``: unknown)."""

    introduction: str = ""
    points: tuple[Point, ...] = ()
    closing: str = ""
    people: int | None = None
    organisations: int | None = None
    women: int | None = None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as minutes show it; ``note`` is its id, ``remark`` the number of what it became.

    ``pieces`` are pairs of "keep", "insert" or "delete" and the words, where another wording is
    proposed. ``silence`` is why its words are not shown, and empty while they are.
    """

    note: int
    kind: str
    table: str
    body: str
    pieces: tuple[tuple[str, str], ...] = ()
    remark: int | None = None
    silence: str = ""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """The notes on one place. ``slug`` is the document's, ``number`` the provision's (0: whole).

    A place without a document is the meeting itself.
    """

    document: str
    citation: str
    slug: str
    number: int
    notes: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """The minutes of an event as they are published; moments are ISO with offset."""

    number: int
    made_at: str
    made_by: str
    town: str
    title: str
    kind: str
    starts_at: str
    ends_at: str
    place: str
    address: str
    consultation: str = ""
    consultation_slug: str = ""
    hosts: tuple[str, ...] = ()
    people: int | None = None
    organisations: int | None = None
    women: int | None = None
    introduction: str = ""
    points: tuple[Point, ...] = ()
    closing: str = ""
    places: tuple[PlaceLine, ...] = ()

    @property
    def begins(self) -> datetime:
        """When the event began, in the town's zone."""
        return datetime.fromisoformat(self.starts_at)

    @property
    def finishes(self) -> datetime:
        """When it ended, in the town's zone."""
        return datetime.fromisoformat(self.ends_at)

    @property
    def published(self) -> datetime:
        """When this version was made and shown to everybody."""
        return datetime.fromisoformat(self.made_at)

    @property
    def agreed(self) -> tuple[str, ...]:
        """What was agreed, point by point."""
        return tuple(point.agreed for point in self.points if point.agreed)

    @property
    def figures(self) -> list[tuple[str, int]]:
        """Who was there, as pairs of a name ("people") and a figure; only what is known."""
        names = ("people", "organisations", "women")
        return [(name, value) for name in names if (value := getattr(self, name)) is not None]


def mistakes(draft: Draft) -> Iterator[tuple[str, object]]:
    """What cannot be kept, as pairs (field, sentence); a draft may be as unfinished as it likes."""
    for name in ("introduction", "closing"):
        if len(getattr(draft, name)) > LONGEST_TEXT:
            yield name, too_long(LONGEST_TEXT)
    for n, point in enumerate(draft.points):
        if len(point.title) > LONGEST_TITLE:
            yield f"points-{n}-title", too_long(LONGEST_TITLE)
        for name in ("discussion", "agreed"):
            if len(getattr(point, name)) > LONGEST_TEXT:
                yield f"points-{n}-{name}", too_long(LONGEST_TEXT)
    if len(draft.points) > MOST_POINTS:
        yield "", _l("The agenda may have at most %(n)s points.", n=MOST_POINTS)
    for name in ("people", "organisations", "women"):
        figure = getattr(draft, name)
        if figure is not None and not 0 <= figure <= MOST_PEOPLE:
            yield name, _l("Write a number with digits only, for example 12.")
    if draft.people is not None and draft.women is not None and draft.women > draft.people:
        yield "women", _l("There cannot be more women than people in all.")


def too_long(most: int) -> object:
    """What is said of a text with too many characters."""
    return _l("This is too long: at most %(n)s characters fit.", n=most)


def lacking(draft: Draft) -> Iterator[object]:
    """What is missing before a draft may be published."""
    written = [point for point in draft.points if not point.is_blank]
    if not written:
        yield _l("Write at least one point of the agenda.")
    if any(not point.title for point in written):
        yield _l("Give every point of the agenda a title.")


def arranged(points: tuple[Point, ...], act: str) -> tuple[Point, ...]:
    """The agenda after a button was pressed: „add”, or „up:2”, „down:2”, „remove:2” (from 0).

    Only a blank point is removed; „discard:2” removes one with all that is written in it. Anything
    else leaves the agenda as it is.
    """
    verb, _, place = act.partition(":")
    if verb == "add":
        return (*points, Point()) if len(points) < MOST_POINTS else points
    if not (place.isascii() and place.isdecimal() and int(place) < len(points)):
        return points
    at, changed = int(place), list(points)
    if verb == "discard" or (verb == "remove" and points[at].is_blank):
        del changed[at]
    elif verb == "up" and at > 0:
        changed[at - 1], changed[at] = changed[at], changed[at - 1]
    elif verb == "down" and at + 1 < len(points):
        changed[at + 1], changed[at] = changed[at], changed[at + 1]
    return tuple(changed)


def silenced(protocol: Protocol, reasons: Mapping[int, str]) -> Protocol:
    """The minutes without the words of the notes under these ids; each reason stands instead."""
    places = tuple(
        replace(place, notes=tuple(_silent(note, reasons) for note in place.notes))
        for place in protocol.places
    )
    return replace(protocol, places=places)


def _silent(note: NoteLine, reasons: Mapping[int, str]) -> NoteLine:
    reason = reasons.get(note.note)
    return note if reason is None else replace(note, body="", pieces=(), silence=reason or "–")


def to_json(protocol: Protocol) -> dict[str, Any]:
    """The minutes as JSON values, to be kept."""
    return asdict(protocol)


def from_json(kept: dict[str, Any]) -> Protocol:
    """The minutes as they were kept; fields that a later version added take their defaults."""
    values = {f.name: kept[f.name] for f in fields(Protocol) if f.name in kept}
    values["hosts"] = tuple(values.get("hosts", ()))
    values["points"] = tuple(Point(**row) for row in values.get("points", ()))
    values["places"] = tuple(_place(row) for row in values.get("places", ()))
    return Protocol(**values)


def _place(row: dict[str, Any]) -> PlaceLine:
    notes = tuple(
        NoteLine(**{**note, "pieces": tuple(tuple(piece) for piece in note.get("pieces", ()))})
        for note in row["notes"]
    )
    return PlaceLine(**{**row, "notes": notes})
