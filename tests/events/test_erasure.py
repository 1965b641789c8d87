"""People of an event are forgotten in time, once, and every figure stays what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from app.events import chores, erasure, inviting, places, signing_up, steering
from app.events.models import Event, EventStatus, Invitation, Question, QuestionKind
from app.events.models_signups import AccessNeeds, Answer, Need, Participant, SignUp
from app.events.post import key_of
from app.events.records import forget
from app.journal.models import Entry
from app.platform import jobs
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted

NAME, NOTE, SAID = "Genowefa Niezapomniana", "Poruszam się na wózku", "Interesuje mnie paragraf 4"


def told_everything(email: str = "genowefa@ngo.example", **fields: Any) -> tuple[Event, SignUp]:
    """An event of which one sign-up has told us everything that can be told."""
    event = scene.event(capacity=5, shows_participants=True, **fields)
    asked = Question(event_id=event.id, kind=QuestionKind.TEXT, text="Co Cię interesuje?")
    db.session.add(asked)
    db.session.flush()
    signup = scene.come(
        event,
        town.person(name=NAME, email=email),
        answers={asked.id: SAID},
        needs=frozenset({Need.STEP_FREE}),
        needs_note=NOTE,
        named_in_public=True,
    )
    return event, signup


def over(event: Event, days: float = 91) -> datetime:
    """A moment so many days after the event."""
    return event.ends_at + days * DAY


def everything_kept() -> str:
    """All that the rooms of events and of mail hold, as one text."""
    tables = (SignUp, Participant, Answer, AccessNeeds, Invitation, OutboxMail, Entry)
    db.session.flush()
    rows = [db.session.execute(sa.select(table.__table__)).all() for table in tables]
    return repr(rows)


def states(event: Event) -> list[Any]:
    """What the figures are made of."""
    db.session.expire_all()
    found = db.session.scalars(
        sa.select(SignUp).where(SignUp.event_id == event.id).order_by(SignUp.id)
    )
    columns = ("number", "state", "channel", "people", "organisation_id", "version", "created_at")
    figures = [tuple(getattr(signup, column) for column in columns) for signup in found]
    return [*figures, event.taken, event.waiting, event.people_present, event.last_signup_number]


def test_when_the_time_has_come_nothing_says_who_it_was(context: Flask) -> None:
    event, signup = told_everything(retention_days=30)
    scene.guest(event, "jan.kos@poczta.example")
    inviting.invite(event, ["halina@poczta.example"], [], by=scene.coordinator(), at=now())
    kept = everything_kept()
    for trace in (NAME, NOTE, SAID, "genowefa@", "jan.kos@", "Jan Kos", "halina@", key_of(signup)):
        assert trace in kept
    chores.see_to(over(event, 29.9))
    before = states(event)
    assert NAME in everything_kept()
    chores.see_to(over(event, 30.1))
    kept = everything_kept()
    for trace in (NAME, NOTE, SAID, "genowefa@", "jan.kos@", "Jan Kos", "halina@", key_of(signup)):
        assert trace not in kept
    assert states(event) == before
    assert (signup.user_id, signup.named_in_public) == (None, False)
    assert event.erased_at == over(event, 30.1)


def test_it_happens_once_and_the_journal_says_so_in_figures(context: Flask) -> None:
    event, _signup = told_everything()
    person, of = scene.group(2)
    scene.come(event, person, 2, of)
    for days in (91, 92, 200):
        chores.see_to(over(event, days))
    entries = db.session.scalars(sa.select(Entry).where(Entry.action == "people_erased")).all()
    assert [(e.details, e.by_id) for e in entries] == [
        ({"signups": 2, "people": 3, "days": 90}, None)
    ]
    assert event.erased_at == over(event, 91)


def test_erasing_all_blanks_what_erasing_one_does(context: Flask) -> None:
    """Two ways to forget must agree on what says who it was."""
    (one, alone), (all_, among) = told_everything(), told_everything("druga@ngo.example")
    places.leave(alone, by=alone.user, at=now(), reason="Choroba Genowefy")
    places.leave(among, by=among.user, at=now(), reason="Choroba Genowefy")
    at = over(all_)
    forget(alone, at=at)
    erasure.erase_people(all_, at=at)
    db.session.expire_all()
    differ = {"id", "event_id", "submission_key", "key_hash", "created_at", "state_at"}
    for column in sa.inspect(SignUp).columns.keys():  # noqa: SIM118 - no mapping
        if column not in differ:
            assert getattr(alone, column) == getattr(among, column), column
    assert [p.name for p in alone.participants] == [p.name for p in among.participants] == [""]
    assert one.erased_at is None


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({}, True),
        ({"retention_days": 200}, False),
        ({"status": EventStatus.DRAFT}, False),
        ({"erased_at": now()}, False),
    ],
)
def test_which_events_are_due(context: Flask, change: dict[str, object], due: bool) -> None:
    event = scene.event()
    for name, value in change.items():
        setattr(event, name, value)
    db.session.flush()
    assert (event.id in erasure.events_to_erase(over(event))) is due


def test_an_event_to_come_is_left_alone_with_its_waiting_list(context: Flask) -> None:
    done, _signup = told_everything()
    ahead = scene.event(capacity=1, starts_at=now() + 200 * DAY)
    first, waiting = scene.come(ahead), scene.come(ahead)
    chores.see_to(over(done))
    assert (first.name, waiting.name) != ("", "")
    assert (str(waiting.state), ahead.waiting, ahead.erased_at) == ("waiting", 1, None)
    signing_up.cancel(first, by=first.user, at=now())
    assert str(waiting.state) == "placed"


def test_one_that_was_moved_waits_for_its_new_end_and_one_called_off_does_not(
    context: Flask,
) -> None:
    event, _signup = told_everything(retention_days=10)
    old_end = event.ends_at
    event.starts_at, event.ends_at = event.starts_at + 60 * DAY, event.ends_at + 60 * DAY
    db.session.flush()
    assert erasure.events_to_erase(old_end + 11 * DAY) == []
    steering.cancel(event, "Choroba.", by=scene.coordinator(), at=now())
    assert event.erased_from < event.starts_at
    assert erasure.events_to_erase(now() + 11 * DAY) == [event.id]


def test_letters_of_other_events_stay_and_erased_ones_are_not_sent(context: Flask) -> None:
    event, signup = told_everything()
    other = scene.event(starts_at=now() + 150 * DAY)
    kept = scene.come(other, signup.user)
    chores.see_to(over(event))
    rows = db.session.scalars(sa.select(OutboxMail)).all()
    mine = [mail for mail in rows if mail.key.startswith(f"signup:{signup.id}:")]
    assert mine
    assert {(m.recipient, m.text, m.html, m.next_attempt_at) for m in mine} == {("", "", "", None)}
    others = [mail for mail in rows if mail.key.startswith(f"signup:{kept.id}:")]
    assert {mail.recipient for mail in others} == {"genowefa@ngo.example"}


def test_one_that_cannot_be_done_does_not_hold_up_the_others(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, _), (second, _) = told_everything(), told_everything("druga@ngo.example")
    deed = chores.CHORES["erasure"][1]
    broken = first.id
    db.session.commit()

    def breaks(event: Event, /, *, at: datetime) -> None:
        number = event.id
        deed(event, at=at)
        if number == broken:
            raise RuntimeError("this one is broken")

    monkeypatch.setitem(chores.CHORES, "erasure", (erasure.events_to_erase, breaks))
    monkeypatch.setitem(chores.CHORES, "offers", (_broken, places.settle))
    with capture_logs() as logged:
        chores.see_to(over(second) + HOUR)
    db.session.expire_all()
    assert (first.erased_at, second.erased_at) == (None, over(second) + HOUR)
    assert [(line["chore"], line["of"]) for line in logged] == [("offers", 0), ("erasure", broken)]
    monkeypatch.undo()
    chores.see_to(over(second) + 2 * HOUR)
    db.session.expire_all()
    assert first.erased_at == over(second) + 2 * HOUR


def _broken(at: datetime) -> list[int]:
    raise RuntimeError("offers cannot be found")


def test_a_room_that_fails_does_not_hold_up_the_other_rooms(
    monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    done: list[datetime] = []
    chores_of_rooms: list[Callable[[datetime], Any]] = [_broken, done.append]
    monkeypatch.setitem(app.extensions, "chores", chores_of_rooms)
    monkeypatch.setattr(jobs, "_application", lambda: app)
    jobs.do_chores.call_local()
    assert len(done) == 1


def test_as_many_statements_for_many_as_for_few(app: Flask) -> None:
    asked = []
    for number in (1, 25):
        with app.app_context():
            event = scene.event(capacity=100)
            for _n in range(number):
                scene.come(event)
            db.session.flush()
            with counted() as statements:
                erasure.erase_people(event, at=over(event))
            asked.append(len(statements))
            db.session.commit()
    assert asked[0] == asked[1]
    assert asked[0] < 14


def test_pages_say_when_and_that_it_was_done(app: Flask, client: Client) -> None:
    with app.app_context():
        event, signup = told_everything()
        person, coordinator = signup.user, scene.coordinator()
        assert person is not None
        slug, key = event.slug, key_of(signup)
        db.session.commit()
        client.sign_in(person)
    own, public, mine = f"/zapisy/{key}", f"/wydarzenia/{slug}", "/konto/zapisy"
    assert "Twoje dane usuniemy" in client.get(own).text
    assert NAME in app.test_client().get(public).text
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        event.starts_at, event.ends_at = now() - 101 * DAY, now() - 100 * DAY
        db.session.commit()
        chores.see_to(now())
        db.session.commit()
    assert NAME not in app.test_client().get(public).text
    assert "Twoje dane zostały usunięte" in client.get(own).text
    assert "Warsztat" not in client.get(mine).text
    assert client.get(f"{own}/bilet").status_code == 303
    for deed in ("rezygnuje", "biore", "potwierdz", "zapomnij"):
        assert client.post(f"{own}/{deed}").status_code in {303, 403}, deed
    assert client.post(f"{own}/lista", data={"agreed": "yes"}).status_code == 403
    with app.app_context():
        client.sign_in(db.session.merge(coordinator))
    office = client.get(f"/biurko/wydarzenia/{slug}/uczestnicy").text
    assert "Dane osobowe zostały usunięte" in office
    assert "90 dni po wydarzeniu" in office


def test_a_name_is_taken_off_the_list_also_after_the_event(app: Flask, client: Client) -> None:
    with app.app_context():
        event, signup = told_everything()
        event.starts_at, event.ends_at = now() - 2 * HOUR, now() - HOUR
        slug, key = event.slug, key_of(signup)
        db.session.commit()
    own, public = f"/zapisy/{key}", f"/wydarzenia/{slug}"
    assert NAME in app.test_client().get(public).text
    assert client.post(f"{own}/lista").status_code == 303
    assert NAME not in app.test_client().get(public).text
    revision = _revision(app)
    assert client.post(f"{own}/lista").status_code == 303
    assert _revision(app) == revision
    assert "Pokaż moje imię i nazwisko" in client.get(own).text
    assert client.post(f"{own}/lista", data={"agreed": "yes"}).status_code == 303
    assert NAME in app.test_client().get(public).text
    assert client.post(f"{own}/zapomnij").status_code == 303
    assert NAME not in app.test_client().get(public).text


def _revision(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(sa.select(Event)).one().revision


def test_a_list_that_the_event_no_longer_shows_names_nobody(app: Flask, client: Client) -> None:
    with app.app_context():
        event, signup = told_everything()
        event.shows_participants = False
        event.revision += 1
        slug, key = event.slug, key_of(signup)
        db.session.commit()
    assert NAME not in client.get(f"/wydarzenia/{slug}").text
    assert client.post(f"/zapisy/{key}/lista").status_code == 303
    assert client.post(f"/zapisy/{key}/lista", data={"agreed": "yes"}).status_code == 403
