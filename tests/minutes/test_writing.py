"""Minutes: written by several, published in versions that stay."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.models import Role
from app.door.acts import Deed
from app.events import messages
from app.journal.models import Entry
from app.minutes import noting, queries, writing
from app.minutes.content import (
    Draft,
    NoteLine,
    PlaceLine,
    Point,
    Protocol,
    arranged,
    from_json,
    lacking,
    mistakes,
    to_json,
)
from app.minutes.models import Minutes, NoteKind
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.door import scene as door
from tests.events.scene import DAY
from tests.minutes import scene
from tests.queries import counted

DRAFT = Draft(
    introduction="Rozmawialiśmy o § 1.",
    points=(
        Point("Otwarcie", "Powitanie."),
        Point("Przepisy ogólne", "Długa rozmowa.", "Dopisać mieszkańców."),
    ),
    closing="Spotkamy się znowu.",
    people=12,
    organisations=5,
    women=7,
)


def test_what_was_written_is_read_back(context: Flask) -> None:
    event, _document, host = scene.workshop()
    minutes = writing.save(event, DRAFT, revision=0, by=host, at=now())
    db.session.flush()
    db.session.expire_all()
    kept = queries.minutes_of(event)
    assert kept is not None
    assert writing.draft_of(kept) == DRAFT
    assert kept.id == minutes.id


def test_the_same_again_changes_nothing(context: Flask) -> None:
    event, _document, host = scene.workshop()
    for _again in range(2):
        minutes = writing.save(event, DRAFT, revision=0, by=host, at=now())
        db.session.flush()
    assert minutes.revision == 1
    assert db.session.scalar(sa.select(sa.func.count(Minutes.id))) == 1
    deeds = sa.select(sa.func.count(Entry.id)).where(Entry.action == "minutes_written")
    assert db.session.scalar(deeds) == 1


def test_the_second_of_two_who_write_overwrites_nothing(context: Flask) -> None:
    event, _document, host = scene.workshop()
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    other = dataclasses.replace(DRAFT, introduction="Co innego.")
    with pytest.raises(writing.WrittenMeanwhile):
        writing.save(event, other, revision=0, by=town.person(Role.COORDINATOR), at=now())
    assert writing.draft_of(queries.minutes_of(event)) == DRAFT
    writing.save(event, other, revision=1, by=host, at=now())
    assert writing.draft_of(queries.minutes_of(event)) == other


def test_only_those_who_run_the_event_write_and_publish(context: Flask) -> None:
    event, _document, host = scene.workshop()
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    for stranger in (town.person(Role.FACILITATOR), town.person(Role.EXECUTIVE), town.person()):
        with pytest.raises(NotAllowed):
            writing.save(event, Draft(), revision=1, by=stranger, at=now())
        with pytest.raises(NotAllowed):
            writing.publish(event, "", revision=1, by=stranger, at=now())


def test_publishing_shows_the_figures_and_keeps_a_version(context: Flask) -> None:
    event, document, host = scene.workshop()
    at = scene.place(event, document, "§ 1")
    kept = scene.noted(at, host, scene.proposal())
    noting.drop(scene.noted(at, host), "Pomyłka.", by=host, at=now())
    remark = noting.make_remark(kept, by=host, at=now())
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    before = event.revision
    version = writing.publish(event, "bez znaczenia", revision=1, by=host, at=now())
    assert (version.number, version.note) == (1, "")
    assert (event.people_present, event.organisations_present) == (12, 5)
    assert event.revision > before
    assert event.minutes_published_at is not None
    shown = from_json(version.content)
    assert shown.agreed == ("Dopisać mieszkańców.",)
    assert [(p.citation.replace("\u00a0", " "), len(p.notes)) for p in shown.places] == [("§ 1", 1)]
    note = shown.places[0].notes[0]
    assert (note.kind, note.remark) == ("proposal", remark.number)
    assert "".join(text for op, text in note.pieces if op != "delete") == scene.BETTER


def test_another_version_needs_a_note_and_the_first_stays(context: Flask) -> None:
    event, _document, host = scene.workshop()
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    first = writing.publish(event, "", revision=1, by=host, at=now())
    assert writing.publish(event, "", revision=1, by=host, at=now()).number == first.number
    writing.save(event, dataclasses.replace(DRAFT, people=13), revision=1, by=host, at=now())
    with pytest.raises(DomainError, match="czym"):
        writing.publish(event, " ", revision=2, by=host, at=now())
    second = writing.publish(event, "Poprawiona liczba osób.", revision=2, by=host, at=now())
    db.session.flush()
    db.session.expire_all()
    assert [v.number for v in queries.versions_of(event)] == [2, 1]
    kept = queries.version_by_number(event, 1)
    assert kept is not None
    assert from_json(kept.content).people == 12
    assert second.note == "Poprawiona liczba osób."
    assert event.people_present == 13


def test_who_is_let_in_afterwards_does_not_change_published_figures(context: Flask) -> None:
    event, _document, host = scene.workshop()
    door.tell(event, door.act(Deed.WALK_IN, name="Anna Lis"), host)
    assert (event.people_present, event.organisations_present) == (1, 0)
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    writing.publish(event, "", revision=1, by=host, at=now())
    door.tell(event, door.act(Deed.WALK_IN, name="Jan Cap"), host)
    assert door.present(event) == ["Anna Lis", "Jan Cap"]
    assert (event.people_present, event.organisations_present) == (12, 5)


def test_what_was_not_read_is_not_published(context: Flask) -> None:
    event, _document, host = scene.workshop()
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    writing.save(event, dataclasses.replace(DRAFT, closing="."), revision=1, by=host, at=now())
    with pytest.raises(DomainError, match="Przeczytaj"):
        writing.publish(event, "", revision=1, by=host, at=now())
    assert queries.versions_of(event) == []


@pytest.mark.parametrize(
    "draft",
    [Draft(), Draft("Wstęp.", (Point(),)), Draft(points=(Point("A"), Point("", "bez tytułu")))],
)
def test_unfinished_minutes_are_kept_and_not_published(context: Flask, draft: Draft) -> None:
    event, _document, host = scene.workshop()
    assert list(lacking(draft))
    writing.save(event, draft, revision=0, by=host, at=now())
    revision = 0 if draft == Draft() else 1
    with pytest.raises(DomainError):
        writing.publish(event, "", revision=revision, by=host, at=now())


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (Draft(introduction="x" * 20_001), {"introduction"}),
        (Draft(closing="x" * 20_001), {"closing"}),
        (Draft(points=(Point(), Point("x" * 301))), {"points-1-title"}),
        (Draft(points=(Point("", "x" * 20_001, "x" * 20_001),)),
         {"points-0-discussion", "points-0-agreed"}),
        (Draft(points=(Point("x"),) * 61), {""}),
        (Draft(people=-1), {"people"}),
        (Draft(people=5, women=6), {"women"}),
        (Draft(people=None, women=6), set()),
        (DRAFT, set()),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_draft(context: Flask, draft: Draft, fields: set[str]) -> None:
    assert {name for name, _problem in mistakes(draft)} == fields


POINTS = st.lists(st.sampled_from("abcdef"), max_size=6).map(
    lambda titles: tuple(Point(title) for title in titles)
)


@given(POINTS, st.sampled_from(["up", "down", "remove", "czary", ""]), st.integers(-2, 9))
def test_buttons_of_the_agenda_lose_no_words(
    points: tuple[Point, ...], verb: str, place: int
) -> None:
    changed = arranged(points, f"{verb}:{place}")
    assert sorted(p.title for p in changed) == sorted(p.title for p in points)


@given(POINTS, st.integers(0, 5))
def test_up_undoes_down(points: tuple[Point, ...], place: int) -> None:
    down = arranged(points, f"down:{place}")
    assert (arranged(down, f"up:{place + 1}") if down != points else points) == points


def test_points_are_added_and_removed() -> None:
    one = (Point("a"),)
    assert arranged(one, "add") == (Point("a"), Point())
    assert arranged(arranged(one, "add"), "remove:1") == one
    assert arranged(one, "discard:0") == ()
    full = (Point(),) * 60
    assert arranged(full, "add") == full


TEXTS = st.text(max_size=20)
NOTES = st.builds(
    NoteLine,
    st.integers(1, 9),
    st.sampled_from([str(kind) for kind in NoteKind]),
    TEXTS,
    TEXTS,
    st.lists(st.tuples(st.sampled_from(["keep", "insert", "delete"]), TEXTS), max_size=3).map(
        tuple
    ),
    st.none() | st.integers(1, 9),
)
PLACES = st.builds(
    PlaceLine, TEXTS, TEXTS, TEXTS, st.integers(0, 9), st.lists(NOTES, max_size=3).map(tuple)
)


@given(
    st.builds(
        Protocol,
        number=st.integers(1, 9),
        made_at=st.just("2015-06-22T16:00:00+02:00"),
        made_by=TEXTS,
        town=TEXTS,
        title=TEXTS,
        kind=TEXTS,
        starts_at=st.just("2015-06-22T16:00:00+02:00"),
        ends_at=st.just("2015-06-22T19:00:00+02:00"),
        place=TEXTS,
        address=TEXTS,
        hosts=st.lists(TEXTS, max_size=3).map(tuple),
        people=st.none() | st.integers(0, 99),
        points=st.lists(st.builds(Point, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
        places=st.lists(PLACES, max_size=2).map(tuple),
    )
)
def test_what_is_kept_is_what_was_published(protocol: Protocol) -> None:
    assert from_json(to_json(protocol)) == protocol


def test_the_desk_asks_those_who_run_a_meeting_for_its_minutes(context: Flask) -> None:
    event, _document, host = scene.workshop()
    other = town.person(Role.FACILITATOR)
    clerk, mayor = town.person(Role.COORDINATOR), town.person(Role.EXECUTIVE)

    def asked(at: datetime) -> list[bool]:
        people = (host, clerk, other, mayor)
        return [event in queries.meetings_without_minutes(person, at) for person in people]

    assert asked(now()) == [True, True, False, False]
    assert asked(event.starts_at - 2 * DAY) == [False] * 4
    assert asked(event.ends_at + 61 * DAY) == [False] * 4
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    writing.publish(event, "", revision=1, by=host, at=now())
    assert asked(now()) == [False] * 4


def test_the_letter_of_thanks_leads_to_published_minutes(context: Flask) -> None:
    event, _document, host = scene.workshop()
    address = f"/wydarzenia/{event.slug}/protokol"
    assert address not in messages.thanks(event, "Dziękujemy.").text
    writing.save(event, DRAFT, revision=0, by=host, at=now())
    writing.publish(event, "", revision=1, by=host, at=now())
    assert address in messages.thanks(event, "Dziękujemy.").text


def test_minutes_with_many_notes_take_few_queries(context: Flask) -> None:
    event, document, host = scene.workshop()
    minutes = writing.save(event, DRAFT, revision=0, by=host, at=now())
    for place in ("§ 1", "§ 2", "§ 2 ust. 1"):
        for _note in range(5):
            scene.noted(scene.place(event, document, place), host, scene.comment())
    db.session.flush()

    def asked() -> int:
        db.session.expire_all()
        assert event.title
        assert minutes.revision
        with counted() as statements:
            writing.made_now(event, minutes, None, by=host, at=now())
        return len(statements)

    before = asked()
    for _note in range(20):
        scene.noted(scene.place(event, document, "§ 1"), host, scene.comment())
    assert asked() == before
