"""Notes of a meeting become remarks: in time, once, with the meeting as their source."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.models import Role
from app.consultations.models import Round
from app.consultations.phases import Phase
from app.journal.models import Entry
from app.minutes import noting, queries
from app.minutes.models import Note, NoteKind
from app.minutes.said import Said, day_of_receipt, mistakes
from app.platform.clock import local, now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.remarks.content import was_open_on
from app.remarks.models import AmendmentKind, Channel, Remark, RemarkKind
from tests import town
from tests.minutes import scene
from tests.queries import counted
from tests.remarks import scene as remarks

DAY = timedelta(days=1)


def remarks_there() -> int:
    return db.session.scalar(sa.select(sa.func.count(Remark.id))) or 0


def test_a_proposal_becomes_an_amendment_with_the_meeting_as_its_source(context: Flask) -> None:
    event, document, host = scene.workshop()
    note = scene.noted(scene.place(event, document, "§ 1"), host, scene.proposal())
    remark = noting.make_remark(note, by=host, at=now())
    assert (remark.kind, remark.amendment_kind) == (RemarkKind.AMENDMENT, AmendmentKind.REWORD)
    assert (remark.channel, remark.event_id) == (Channel.WORKSHOP, event.id)
    assert remark.proposed_text == scene.BETTER
    assert remark.body == "Mieszkańcy też współpracują."
    assert remark.received_on == local(event.starts_at).date()
    assert remark.citation.replace("\u00a0", " ") == "§ 1"
    assert (remark.entered_by_id, remark.author_id, remark.signature) == (
        host.id,
        None,
        "Uczestnicy spotkania, stolik 2",
    )
    assert note.remark_id == remark.id
    assert db.session.scalars(
        sa.select(Entry.action).where(Entry.subject == f"event_note:{note.id}").order_by(Entry.id)
    ).all() == ["noted", "note_entered"]


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (NoteKind.COMMENT, "Dlaczego tak mało?"),
        (NoteKind.AGREED, "Uzgodniono na spotkaniu: Dlaczego tak mało?"),
        (NoteKind.DISPUTED, "Na spotkaniu nie uzgodniono: Dlaczego tak mało?"),
    ],
)
def test_everything_else_becomes_a_comment(context: Flask, kind: NoteKind, begins: str) -> None:
    event, document, host = scene.workshop()
    note = scene.noted(scene.place(event, document), host, scene.comment(kind=kind))
    remark = noting.make_remark(note, by=host, at=now())
    assert (remark.kind, remark.body) == (RemarkKind.COMMENT, begins)
    assert remark.provision_id is None


def test_two_clicks_make_one_remark(context: Flask) -> None:
    event, document, host = scene.workshop()
    note = scene.noted(scene.place(event, document, "§ 1"), host)
    first = noting.make_remark(note, by=host, at=now())
    db.session.expire_all()
    assert noting.make_remark(note, by=host, at=now()).id == first.id
    assert remarks_there() == 1


def test_even_without_the_link_the_same_note_is_one_remark(context: Flask) -> None:
    """The key of the remark follows from that of the note, whatever else goes wrong."""
    event, document, host = scene.workshop()
    note = scene.noted(scene.place(event, document, "§ 1"), host)
    first = noting.make_remark(note, by=host, at=now())
    note.remark_id = None
    db.session.flush()
    db.session.expire(note)
    assert noting.make_remark(note, by=host, at=now()).id == first.id
    assert remarks_there() == 1


def test_a_note_taken_before_the_rounds_is_handed_in_when_they_are_open(context: Flask) -> None:
    event, document, host = scene.workshop(starts_at=now() - 30 * DAY)
    note = scene.noted(scene.place(event, document, "§ 1"), host)
    assert noting.make_remark(note, by=host, at=now()).received_on == local(now()).date()


@pytest.mark.parametrize(
    ("phase", "says"),
    [
        (Phase.UPCOMING, "Wróć, gdy otworzy się runda"),
        (Phase.CONCLUDED, "już się nie przyjmuje"),
    ],
)
def test_when_remarks_are_not_taken_it_says_what_to_do(
    context: Flask, phase: Phase, says: str
) -> None:
    event, document, host = scene.workshop(phase, starts_at=now() - 25 * DAY)
    note = scene.noted(scene.place(event, document, "§ 1"), host)
    with pytest.raises(DomainError) as refused:
        noting.make_remark(note, by=host, at=now())
    assert says in str(refused.value.message)
    assert remarks_there() == 0


def test_after_the_rounds_what_was_said_in_time_is_still_entered(context: Flask) -> None:
    event, document, host = scene.workshop(Phase.CONSIDERED, starts_at=now() - 10 * DAY)
    note = scene.noted(scene.place(event, document, "§ 1"), host)
    assert noting.make_remark(note, by=host, at=now()).number == 1


def test_when_no_round_fits_the_note_stays(context: Flask) -> None:
    event, document, host = scene.workshop(Phase.CONSIDERED, starts_at=now() - 30 * DAY)
    note = scene.noted(scene.place(event, document, "§ 1"), host)
    with pytest.raises(DomainError, match="Ustaw rundę"):
        noting.make_remark(note, by=host, at=now())


def test_a_note_on_no_document_says_where_it_belongs(context: Flask) -> None:
    event, _document, host = scene.workshop()
    note = scene.noted(scene.place(event, None), host)
    with pytest.raises(DomainError, match="nie dotyczy żadnego dokumentu"):
        noting.make_remark(note, by=host, at=now())


def test_a_proposal_is_made_on_the_edition_that_was_read(context: Flask) -> None:
    event, document, host = scene.workshop()
    note = scene.noted(scene.place(event, document, "§ 1"), host, scene.proposal())
    remarks.next_edition(document)
    remark = noting.make_remark(note, by=host, at=now())
    assert remark.edition.number == 1
    assert remark.place is not None
    assert remark.place.edition.number == 2


def test_only_those_who_run_the_event_take_notes(context: Flask) -> None:
    event, document, host = scene.workshop()
    at = scene.place(event, document, "§ 1")
    scene.noted(at, town.person(Role.COORDINATOR))
    note = scene.noted(at, host)
    for stranger in (town.person(Role.FACILITATOR), town.person(Role.EXECUTIVE), town.person()):
        with pytest.raises(NotAllowed):
            scene.noted(at, stranger)
        with pytest.raises(NotAllowed):
            noting.make_remark(note, by=stranger, at=now())
        with pytest.raises(NotAllowed):
            noting.drop(note, "Bo tak.", by=stranger, at=now())


def test_notes_begin_an_hour_before_the_event(context: Flask) -> None:
    event, document, host = scene.workshop()
    at = scene.place(event, document, "§ 1")
    with pytest.raises(NotAllowed):
        scene.noted(at, host, at=event.starts_at - timedelta(minutes=61))
    scene.noted(at, host, at=event.starts_at - timedelta(minutes=59))


def test_the_same_form_makes_one_note_and_other_words_are_not_lost_in_silence(
    context: Flask,
) -> None:
    event, document, host = scene.workshop()
    at = scene.place(event, document, "§ 1")
    first = scene.noted(at, host, key="formularz-notatki-1")
    assert scene.noted(at, host, key="formularz-notatki-1").id == first.id
    with pytest.raises(DomainError, match="wysłano już wcześniej"):
        scene.noted(at, host, scene.comment("Coś innego."), key="formularz-notatki-1")


def test_the_second_of_two_who_correct_sees_both(context: Flask) -> None:
    event, document, host = scene.workshop()
    note = scene.noted(scene.place(event, document, "§ 1"), host)
    noting.correct(note, scene.comment("Moje."), revision=1, by=host, at=now())
    with pytest.raises(noting.ChangedMeanwhile) as both:
        noting.correct(note, scene.comment("Twoje."), revision=1, by=host, at=now())
    assert both.value.note.body == "Moje."
    noting.correct(note, scene.comment("Moje."), revision=1, by=host, at=now())  # the same words
    noting.correct(note, scene.comment("Twoje."), revision=2, by=host, at=now())
    assert note.body == "Twoje."


def test_what_became_a_remark_or_was_dropped_is_not_corrected(context: Flask) -> None:
    event, document, host = scene.workshop()
    at = scene.place(event, document, "§ 1")
    entered, dropped = scene.noted(at, host), scene.noted(at, host)
    noting.make_remark(entered, by=host, at=now())
    noting.drop(dropped, "Dwa razy to samo.", by=host, at=now())
    noting.drop(dropped, "Jeszcze raz.", by=host, at=now())
    assert dropped.dropped_reason == "Dwa razy to samo."
    for note in (entered, dropped):
        with pytest.raises(NotAllowed):
            noting.correct(note, scene.comment("Inaczej."), revision=9, by=host, at=now())
    with pytest.raises(NotAllowed):
        noting.drop(entered, "Za późno.", by=host, at=now())
    with pytest.raises(DomainError, match="Najpierw ją przywróć"):
        noting.make_remark(dropped, by=host, at=now())
    noting.restore(dropped, by=host, at=now())
    assert noting.make_remark(dropped, by=host, at=now()).number == 2


def test_a_note_is_dropped_with_a_reason_only(context: Flask) -> None:
    event, document, host = scene.workshop()
    note = scene.noted(scene.place(event, document), host)
    with pytest.raises(DomainError):
        noting.drop(note, "  ", by=host, at=now())
    assert note.dropped_at is None


def test_notes_stand_in_printed_order_in_one_query(context: Flask) -> None:
    event, document, host = scene.workshop()
    for citation in ("§ 2 ust. 1", "§ 1", "§ 2", "§ 1"):
        scene.noted(scene.place(event, document, citation), host)
    scene.noted(scene.place(event, document), host)
    scene.noted(scene.place(event, None), host)
    db.session.flush()
    db.session.expire_all()
    event_id = event.id
    with counted() as asked:
        groups = queries.notes_by_place(event)
        assert [len(group.notes) for group in groups] == [1, 2, 1, 1, 1]
        assert all(note.author and note.body for group in groups for note in group.notes)
    assert len(asked) == 1, event_id
    shown = [group.citation.replace("\u00a0", " ") for group in groups]
    assert shown == ["", "§ 1", "§ 2", "§ 2 ust. 1", ""]
    assert groups[-1].document is None


@pytest.mark.parametrize(
    ("said", "current", "fields"),
    [
        (Said(NoteKind.COMMENT, " "), None, {"body"}),
        (Said(NoteKind.COMMENT, "x" * 8001), None, {"body"}),
        (Said(NoteKind.COMMENT, "x", table="x" * 61), None, {"table"}),
        (Said(NoteKind.PROPOSAL, "x", "y"), None, {"kind"}),
        (Said(NoteKind.PROPOSAL, "x", " "), "jest", {"proposed"}),
        (Said(NoteKind.PROPOSAL, "x", "jest "), "jest", {"proposed"}),
        (Said(NoteKind.PROPOSAL, "", "będzie"), "jest", {"body"}),
        (Said(NoteKind.COMMENT, "x", "będzie"), "jest", {"kind"}),
        (Said(NoteKind.PROPOSAL, "x", "y" * 20_001), "jest", {"proposed"}),
        (Said(NoteKind.COMMENT, "x", "jest"), "jest", set()),
        (Said(NoteKind.PROPOSAL, "x", "będzie"), "jest", set()),
    ],
)
def test_what_is_wrong_with_a_note(
    context: Flask, said: Said, current: str | None, fields: set[str]
) -> None:
    assert {name for name, _problem in mistakes(said, current)} == fields


DAYS = st.dates(date(2015, 6, 1), date(2015, 7, 31))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=3), DAYS, DAYS)
def test_a_note_is_handed_in_on_a_day_on_which_remarks_were_taken(
    windows: list[tuple[date, date]], held_on: date, today: date
) -> None:
    rounds = [
        Round(
            opens_at=town.moment(f"{min(pair)} 08:00"), closes_at=town.moment(f"{max(pair)} 15:00")
        )
        for pair in windows
    ]
    day = day_of_receipt(rounds, held_on, today)
    assert (day is None) == (not was_open_on(rounds, held_on) and not was_open_on(rounds, today))
    assert day is None or was_open_on(rounds, day)
    assert day == held_on or not was_open_on(rounds, held_on)


def test_notes_are_counted(context: Flask) -> None:
    event, document, host = scene.workshop()
    at = scene.place(event, document, "§ 1")
    assert queries.count_of_notes(event) == (0, 0)
    noting.make_remark(scene.noted(at, host), by=host, at=now())
    scene.noted(at, host)
    noting.drop(scene.noted(at, host), "Pomyłka.", by=host, at=now())
    assert queries.count_of_notes(event) == (2, 1)
    assert db.session.scalar(sa.select(sa.func.count(Note.id))) == 3
