"""Taking notes at a meeting, and making remarks of them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.events.queries import locked
from app.journal.actions import record
from app.minutes.ground import Place, place_of
from app.minutes.models import Note, NoteKind
from app.minutes.permissions import (
    can_change_note,
    can_enter_note,
    can_restore_note,
    can_take_notes,
)
from app.minutes.queries import held, note_by_submission
from app.minutes.said import Said, day_of_receipt, mistakes
from app.platform.clock import local
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.platform.keys import hash_of
from app.platform.language import moment, site_language
from app.remarks.actions import submit
from app.remarks.content import LONGEST_REASON, Author, Content, Origin
from app.remarks.models import AmendmentKind, Channel, Remark, RemarkKind


class ChangedMeanwhile(DomainError):
    """Somebody else has corrected the note since its form was opened."""

    def __init__(self, note: Note) -> None:
        super().__init__(
            _l("Somebody else has corrected this note. Their words are shown beside yours.")
        )
        self.note = note


NOTERS = _l(
    "Notes are taken by the coordinator and by the facilitators of this event, from an hour before "
    "it begins. The coordinator can name you among those who run it."
)


def note_down(place: Place, said: Said, *, submission_key: str, by: User, at: datetime) -> Note:
    """Keep what was said at a meeting; the same form sent again gives the same note."""
    event = locked(place.event.id)
    require(can_take_notes(by, event, at), NOTERS)
    said = _checked(said, place)
    made = note_by_submission(submission_key)
    if made is not None:
        return _same(made, said, place)
    note = Note(
        event=event,
        document_id=place.document.id if place.document else None,
        edition_id=place.edition.id if place.edition else None,
        provision_id=place.provision.id if place.provision else None,
        author_id=by.id,
        submission_key=submission_key,
        created_at=at,
        revision=0,
    )
    _write(note, said, at)
    db.session.add(note)
    record("noted", note, by=by, at=at, scope=event)
    return note


def _checked(said: Said, place: Place) -> Said:
    for _field, problem in mistakes(said, place.current):
        raise DomainError(problem)
    return said.tidy()


def _same(made: Note, said: Said, place: Place) -> Note:
    """The note made before, unless somebody went back to its form and wrote something else."""
    require(made.event_id == place.event.id)
    if said_of(made) != said:
        raise DomainError(
            _l(
                "This form was sent before. What you wrote now was not added: copy it, and note it "
                "down anew."
            )
        )
    return made


def said_of(note: Note) -> Said:
    """What a note says."""
    return Said(note.kind, note.body, note.proposed_text, note.table)


def _write(note: Note, said: Said, at: datetime) -> None:
    note.kind, note.body, note.table = said.kind, said.body, said.table
    note.proposed_text = said.proposed
    note.changed_at = at
    note.revision += 1


def correct(note: Note, said: Said, *, revision: int, by: User, at: datetime) -> Note:
    """Say a note otherwise. ``revision`` is the one that was before the writer's eyes."""
    note = held(note)
    require(
        can_change_note(by, note, at),
        _l("This note has become a remark, or was dropped. It is no longer changed here."),
    )
    said = _checked(said, place_of(note))
    if said == said_of(note):
        return note
    if revision != note.revision:
        raise ChangedMeanwhile(note)
    _write(note, said, at)
    record("note_corrected", note, by=by, at=at, scope=note.event, revision=note.revision)
    return note


def drop(note: Note, reason: str, *, by: User, at: datetime) -> Note:
    """Put a note aside, with a reason that stays; dropping twice is the same as once."""
    note = held(note)
    if note.dropped_at is not None:
        return note
    require(can_change_note(by, note, at), _l("This note has become a remark, so it stays."))
    if not reason.strip():
        raise DomainError(_l("Say why the note is dropped."))
    note.dropped_at, note.dropped_reason = at, reason.strip()[:LONGEST_REASON]
    note.revision += 1
    record("note_dropped", note, by=by, at=at, scope=note.event, reason=note.dropped_reason)
    return note


def restore(note: Note, *, by: User, at: datetime) -> Note:
    """Take a note back that was dropped."""
    note = held(note)
    if note.dropped_at is None:
        return note
    require(can_restore_note(by, note, at), NOTERS)
    note.dropped_at, note.dropped_reason = None, ""
    note.revision += 1
    record("note_restored", note, by=by, at=at, scope=note.event)
    return note


def make_remark(note: Note, *, by: User, at: datetime) -> Remark:
    """Hand a note in as a remark of the meeting, once: it gets a number and is answered.

    Another wording becomes an amendment of the provision as it was read; everything else a
    comment. Raises ``DomainError`` that says what to do when remarks are not taken.
    """
    note = held(note)
    if note.remark is not None:
        return note.remark
    require(can_take_notes(by, note.event, at), NOTERS)
    if note.dropped_at is not None:
        raise DomainError(_l("This note was dropped. Restore it first."))
    document = note.document
    if document is None:
        raise DomainError(
            _l(
                "This note is about no document, so it cannot become a remark. Note it down at the "
                "document or the provision that it is about."
            )
        )
    origin = _origin(note, at)
    require(
        can_enter_note(by, note, at),
        _l("Remarks of this consultation are taken no more. The note stays in the minutes."),
    )
    remark = submit(
        document,
        _content(note),
        author=Author(name=speakers_of(note), named_in_public=True),
        submission_key=f"note-{hash_of(note.submission_key)[:48]}",
        by=by,
        at=at,
        origin=origin,
        edition=note.edition,
    )
    note.remark = remark
    record("note_entered", note, by=by, at=at, scope=note.event, remark=remark.number)
    return remark


def _origin(note: Note, at: datetime) -> Origin:
    """The meeting as the source, on its day or, if remarks were not taken then, today."""
    assert note.document is not None
    rounds = note.document.consultation.rounds
    day = day_of_receipt(rounds, local(note.event.starts_at).date(), local(at).date())
    if day is not None:
        return Origin(Channel.WORKSHOP, day, note.event)
    ahead = [window.opens_at for window in rounds if window.opens_at > at]
    if ahead:
        raise DomainError(
            _l(
                "Remarks are not taken yet. Come back when the round opens: %(moment)s.",
                moment=moment(min(ahead)),
            )
        )
    raise DomainError(
        _l(
            "Remarks were not taken on the day of the meeting, nor are they now. Set a round on "
            "the page of the consultation, or leave the note in the minutes."
        )
    )


def _content(note: Note) -> Content:
    proposes = note.kind is NoteKind.PROPOSAL
    return Content(
        kind=RemarkKind.AMENDMENT if proposes else RemarkKind.COMMENT,
        body=words_of(note),
        provision=note.provision,
        amendment_kind=AmendmentKind.REWORD if proposes else None,
        proposed_text=note.proposed_text,
    )


def words_of(note: Note) -> str:
    """What a remark made of a note says, in the town's language."""
    with force_locale(site_language()):
        leads = {
            NoteKind.AGREED: _("Agreed at the meeting:"),
            NoteKind.DISPUTED: _("No agreement was reached at the meeting:"),
        }
    lead = leads.get(note.kind)
    return f"{lead} {note.body}" if lead else note.body


def speakers_of(note: Note) -> str:
    """In whose name a remark made of a note stands: those who took part, and at which table."""
    with force_locale(site_language()):
        people = _("Participants of the meeting")
    return f"{people}, {note.table}" if note.table else people
