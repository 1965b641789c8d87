"""The workshop of the demo has notes and published minutes, and one note is a remark."""

from __future__ import annotations

from flask import Flask

from app.demo import loader
from app.demo.meetings import written
from app.demo.remarks import remarks
from app.events.file_kinds import DOCX
from app.events.queries_materials import materials_of
from app.minutes.content import from_json
from app.minutes.queries import newest_version, notes_by_place, numbers_of_remarks


def test_a_note_that_became_a_remark_says_what_the_remark_says() -> None:
    said = {row["remark"]: row["body"] for row in written()["note"] if "remark" in row}
    assert len(said) == 1
    found = {row.key: row.versions[0].body for row in remarks() if row.key in said}
    assert found == said


def test_the_minutes_of_the_workshop_can_be_read(context: Flask) -> None:
    story = loader.load()
    event = story.events["warsztat"]
    version = newest_version(event)
    assert version is not None
    shown = from_json(version.content)
    assert len(shown.points) == 6
    assert (event.people_present, shown.women) == (43, 24)
    notes = [note for place in shown.places for note in place.notes]
    assert {note.kind for note in notes} == {"comment", "proposal", "agreed", "disputed"}
    remark = story.remarks["wolontariusze-miernik"]
    assert [note.remark for note in notes if note.remark] == [remark.number]
    assert remark.event_id == event.id
    assert remark.signature == "Uczestnicy spotkania, stolik 3"
    assert list(numbers_of_remarks(event).values()) == [remark.number]
    assert len(notes_by_place(event)) == 4
    assert [material.content_type for material in materials_of(event)] == [DOCX.content_type]
