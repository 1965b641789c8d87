"""How many statements a deed takes, whoever has signed up before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from app.events import chores, steering
from app.events.local_times import days_before
from app.events.models import Event, Question, QuestionKind
from app.events.models_signups import SignUp, SignUpState
from app.events.planning import occasion_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene
from tests.proofreading import ProofreadingClient
from tests.queries import counted

Deed = Callable[[Event], object]

LOOKS = ["SELECT"] * 4
WRITES = ["UPDATE", *["INSERT"] * 4]


def sign_up(app: Flask, slug: str, n: int, **typed: object) -> list[str]:
    """The statements of one sign-up by somebody with an account."""
    with app.app_context():
        client = ProofreadingClient(app)
        person = town.person()
        of = town.organisation(person)
        typed = {k: of.id if v is town.organisation else v for k, v in typed.items()}
        db.session.commit()
        client.sign_in(person)
    sent = {"names": "Anna Nowak", "behalf": "0", "sequence": "0"}
    key = f"klucz-formularza-zapisu-{n}"
    with app.app_context(), counted() as statements:
        answer = client.post(
            f"/wydarzenia/{slug}/zapisy", data=sent | typed | {"submission_key": key}
        )
    assert answer.status_code == 303
    return [statement.split()[0] for statement in statements]


@pytest.mark.parametrize("capacity", [None, 5, 50])
def test_signing_up_looks_four_times_and_writes_each_table_once(
    app: Flask, capacity: int | None
) -> None:
    with app.app_context():
        of = town.consultation()
        db.session.commit()
        workshop = scene.event(capacity=capacity, consultation_id=of.id)
        db.session.commit()
        slug, number = workshop.slug, workshop.id
    for n in range(12):
        waits = capacity is not None and n >= capacity
        assert sign_up(app, slug, n) == [*LOOKS, *WRITES, *["SELECT"] * waits]
    with app.app_context():
        scene.holds_true(db.session.get_one(Event, number))


def test_a_group_and_its_answers_take_a_statement_for_each_table(app: Flask) -> None:
    with app.app_context():
        workshop = scene.event(capacity=20)
        asked = [
            Question(event_id=workshop.id, position=n, kind=QuestionKind.TEXT, text=f"Pytanie {n}")
            for n in range(1, 5)
        ]
        db.session.add_all(asked)
        db.session.commit()
        slug, answers = workshop.slug, {f"question_{q.id}": "Tak." for q in asked}
    group = {"behalf": town.organisation, "names": "Ewa Kos\nJan Kos\nOla Kos"}
    took = sign_up(app, slug, 1, need_interpreter="y", **group, **answers)
    assert took == [*LOOKS, *WRITES, "INSERT", "INSERT"]


def deeds() -> dict[str, Deed]:
    """What the office does to everybody who has signed up."""
    office, at = scene.coordinator(), now()
    return {
        "move": lambda event: steering.move(
            event,
            replace(occasion_of(event), starts_at=event.starts_at - scene.HOUR),
            by=office,
            at=at,
        ),
        "cancel": lambda event: steering.cancel(event, "Choroba.", by=office, at=at),
        "thank": lambda event: steering.thank(event, "Dziękujemy.", by=office, at=event.ends_at),
        "remind": lambda event: chores.remind(event, at=days_before(event.starts_at, 1)),
    }


@pytest.mark.parametrize("deed", ["move", "cancel", "thank", "remind"])
def test_three_hundred_people_are_told_with_as_many_statements_as_two(
    app: Flask, deed: str
) -> None:
    took = []
    for people in (2, 300):
        with app.app_context():
            event = scene.event(capacity=None)
            at = now() - scene.DAY
            guests = [
                SignUp(
                    event_id=event.id, state=SignUpState.PLACED, number=n, rank=n, name="Jan Kos",
                    email=f"{deed}{n}@poczta.example", key_hash="", created_at=at, state_at=at,
                    submission_key=f"{deed}-{people}-{n}",
                )
                for n in range(people)
            ]  # fmt: skip
            db.session.add_all(guests)
            do = deeds()[deed]
            db.session.commit()
            with counted() as statements:
                do(event)
            took.append(len(statements))
            letters = sa.select(sa.func.count()).select_from(OutboxMail)
            of = OutboxMail.key.startswith("signup:") & OutboxMail.recipient.startswith(deed)
            assert db.session.scalar(letters.where(of)) == people
            db.session.rollback()
    assert took[0] == took[1]
