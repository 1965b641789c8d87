"""The demo town's clock, which a visitor may turn, so that nobody has to wait for a deadline.

How far it was turned stands in a file beside the database, which every process of the demo reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.consultations.models import Consultation
from app.consultations.queries import all_consultations
from app.demo.town import STORY_BEGINS
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db

#: How long after a moment one stands when the clock was turned to it.
JUST_AFTER = timedelta(minutes=1)

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment to which the clock can be turned; ``key`` is what the button sends."""

    key: str
    label: str
    at: datetime


def _file() -> Path:
    return Path(current_app.config["INSTANCE_PATH"]) / "demo_clock.json"


def turned_offset() -> float | None:
    """Seconds from real time to the town's since somebody turned the clock; ``None`` if nobody."""
    if not current_app.config["DEMO"]:
        return None
    with suppress(FileNotFoundError, ValueError, KeyError):
        return float(json.loads(_file().read_text(encoding="ascii"))["offset"])
    return None


def turn(to: datetime) -> None:
    """Let it be another moment, from now on and for everybody who is in the town."""
    offset = (to - datetime.now(UTC)).total_seconds()
    written = _file().with_suffix(".new")
    written.write_text(json.dumps({"offset": offset, "to": to.isoformat()}), encoding="ascii")
    written.replace(_file())  # whoever reads it meanwhile finds the one or the other, whole


def forget() -> datetime | None:
    """Let the clock go as if nobody had turned it; gives the moment it was turned to last."""
    with suppress(FileNotFoundError, ValueError, KeyError):
        to = json.loads(_file().read_text(encoding="ascii"))["to"]
        _file().unlink()
        return datetime.fromisoformat(to)
    return None


def earliest() -> datetime:
    """The earliest moment at which nothing that was done lies in the future."""
    last = db.session.scalar(sa.select(sa.func.max(Entry.at)))
    return max(STORY_BEGINS, last + JUST_AFTER) if last else STORY_BEGINS


def offset_at_start() -> float:
    """Seconds from real time to the town's when it starts: it stands still while nobody runs it.

    The clock goes on from the last deed, or from where somebody has turned it since.
    """
    start = max(earliest(), forget() or STORY_BEGINS)
    return (start - datetime.now(UTC)).total_seconds()


def stops() -> list[Stop]:
    """Where the clock can be turned to: a day on, what the dates bring, and back."""
    at = now()
    ahead = [
        stop
        for consultation in all_consultations()
        if consultation.published_at and not consultation.concluded_at
        for stop in _of_rounds(consultation)
        if stop.at > at
    ]
    back = earliest()
    found = [Stop("day", _("One day on"), at + DAY), *sorted(ahead, key=lambda stop: stop.at)]
    if back < at - JUST_AFTER:
        found.append(Stop("back", _("Back to the last thing that was done"), back))
    return found


def _of_rounds(consultation: Consultation) -> Iterator[Stop]:
    for number, each in enumerate(consultation.rounds, 1):
        words = {"round": _("Round %(number)s", number=number), "title": consultation.title}
        opens = _("%(round)s opens: %(title)s", **words)
        last = _("%(round)s, one day before it closes: %(title)s", **words)
        closed = _("%(round)s has closed: %(title)s", **words)
        yield Stop(f"opens-{each.id}", opens, each.opens_at + JUST_AFTER)
        yield Stop(f"last-{each.id}", last, each.closes_at - DAY)
        yield Stop(f"closed-{each.id}", closed, each.closes_at + JUST_AFTER)
