"""The notes and the minutes of the demo's workshop, from ``minutes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from app.demo.programme import DOCX, FOLDER
from app.demo.story import Deed, Story, when
from app.demo.town import values
from app.events import materials
from app.events.materials import Offer
from app.minutes import noting, writing
from app.minutes.content import Draft, Point
from app.minutes.ground import named, place_at
from app.minutes.models import NoteKind
from app.minutes.said import Said


@cache
def written() -> dict[str, Any]:
    """All of the file, with its moments read."""
    data = tomllib.loads((FOLDER / "minutes.toml").read_text(encoding="utf-8"))
    read = values(data)
    read["note"] = [values(row) for row in data["note"]]
    read["point"] = [values(row) for row in data["point"]]
    return read


def afterwards(story: Story) -> Iterator[Deed]:
    """Notes are taken at the tables; the minutes are written and published some days later."""
    yield when(written()["handed_out_at"]), 10, partial(_hand_out, story)
    for n, row in enumerate(written()["note"]):
        yield when(row["noted_at"]), 10, partial(_note, story, row, n)
    yield when(written()["written_at"]), 10, partial(_write, story)
    yield when(written()["published_at"]), 10, partial(_publish, story)


def _hand_out(story: Story) -> None:
    """The draft that lay at the tables."""
    said = written()
    event, at = story.events[said["event"]], when(said["handed_out_at"])
    offer = Offer(said["handed_out"], filename=DOCX.name, content=DOCX.read_bytes())
    materials.put_up(event, offer, by=story.clerk, at=at)


def _note(story: Story, row: dict[str, Any], n: int) -> None:
    event = story.events[written()["event"]]
    place = named(event, row["at"])
    assert place is not None, row["at"]
    note = noting.note_down(
        place_at(event, place),
        Said(NoteKind(row["kind"]), row["body"], row.get("proposed", ""), row["table"]),
        submission_key=f"pokaz-notatka-{n:03}",
        by=story.facilitator,
        at=when(row["noted_at"]),
    )
    if "remark" in row:
        story.notes[row["remark"]] = note


def _write(story: Story) -> None:
    said = written()
    draft = Draft(
        introduction=said["introduction"],
        points=tuple(Point(**row) for row in said["point"]),
        closing=said["closing"],
        people=said["people"],
        organisations=said["organisations"],
        women=said["women"],
    )
    event, at = story.events[said["event"]], when(said["written_at"])
    writing.save(event, draft, revision=0, by=story.facilitator, at=at)


def _publish(story: Story) -> None:
    said = written()
    event, at = story.events[said["event"]], when(said["published_at"])
    writing.publish(event, "", revision=1, by=story.facilitator, at=at)
