"""Who runs an event: chosen from the accounts that hold the task, and guests by their names."""

from __future__ import annotations

import re

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role, User
from app.events import actions
from app.events.models import Event, Facilitator
from app.events.permissions import HOSTS, is_run_by
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.events.scene import TYPED
from tests.events.test_signup_pages import fields_of
from tests.proofreading import ProofreadingClient as Client

DESK = "/biurko/wydarzenia"


def two_of_one_name(app: Flask) -> list[int]:
    with app.app_context():
        people = [town.person(Role.FACILITATOR, name="Jan Kos") for _ in range(2)]
        db.session.commit()
        return [person.id for person in people]


def rows(app: Flask) -> list[tuple[str, str, int | None]]:
    with app.app_context():
        found = db.session.scalars(sa.select(Facilitator).order_by(Facilitator.position))
        return [(row.name, row.about, row.user_id) for row in found]


def typed(**fields: object) -> dict[str, object]:
    return {**TYPED, "submission_key": "formularz-prowadzacych-1", **fields}


def test_of_two_people_of_one_name_the_one_who_was_chosen_runs_it(app: Flask, desk: Client) -> None:
    first, second = two_of_one_name(app)
    sent = typed(facilitators=[second], guests="Ewa Lis – ekspertka\nOla Kos")
    sent[f"facilitators_about_{second}"] = "trener"
    sent[f"facilitators_about_{first}"] = "nie wybrany"
    made = desk.post(f"{DESK}/nowe", data=sent)
    expected = [
        ("Jan Kos", "trener", second),
        ("Ewa Lis", "ekspertka", None),
        ("Ola Kos", "", None),
    ]
    assert (made.status_code, rows(app)) == (303, expected)
    with app.app_context():
        event = db.session.scalars(sa.select(Event)).one()
        runs = [is_run_by(db.session.get_one(User, who), event) for who in (first, second)]
    assert runs == [False, True]
    page = desk.get(made.location).text
    assert re.findall(r'name="facilitators" value="(\d+)" checked', page) == [str(second)]
    assert ('value="trener"' in page, "Ewa Lis – ekspertka\nOla Kos" in page) == (True, True)
    assert desk.post(made.location, data={**sent, **fields_of(page)}).status_code == 303
    assert rows(app) == expected


def test_only_who_holds_the_task_can_be_chosen(app: Flask, desk: Client) -> None:
    with app.app_context():
        others = [town.person(role).id for role in set(Role) - HOSTS]
        db.session.commit()
    page = desk.get(f"{DESK}/nowe").text
    assert not any(f'name="facilitators" value="{other}"' in page for other in others)
    for wrong in (others[0], 999_999, "x1"):
        refused = desk.post(f"{DESK}/nowe", data=typed(facilitators=[wrong]))
        assert refused.status_code == (303 if wrong == "x1" else 422)
    assert [user for *_rest, user in rows(app)] == [None]


def test_whoever_ran_it_before_stays_in_the_form_also_without_the_task(
    app: Flask, desk: Client
) -> None:
    """Rows from before keep their account; a name without one is a guest."""
    first, _second = two_of_one_name(app)
    with app.app_context():
        event = scene.event()
        event.facilitators = [
            Facilitator(position=1, name="Anna Zych", about="gość"),
            Facilitator(position=2, name="Jan Kos", about="trener", user_id=first),
        ]
        db.session.get_one(User, first).role = Role.PARTICIPANT
        db.session.commit()
        plan = actions.plan_of(event)
        actions.change(event, plan, by=scene.coordinator(), at=now())
        db.session.commit()
        address = f"{DESK}/{event.slug}"
    page = desk.get(address).text
    assert re.findall(r'name="facilitators" value="(\d+)" checked', page) == [str(first)]
    assert "Anna Zych – gość" in page
    assert rows(app) == [("Anna Zych", "gość", None), ("Jan Kos", "trener", first)]


def test_a_colleagues_choice_is_shown_in_words(app: Flask, desk: Client) -> None:
    first, second = two_of_one_name(app)
    made = desk.post(f"{DESK}/nowe", data=typed(facilitators=[first])).location
    window = {**typed(), **fields_of(desk.get(made).text)}
    assert desk.post(made, data={**window, "facilitators": [second]}).status_code == 303
    shown = desk.post(made, data={**window, "facilitators": [first], "contact": "Pokój 12"})
    assert shown.status_code == 409
    assert re.search(r'href="#facilitators">Kto prowadzi</a></dt><dd>Jan Kos</dd>', shown.text)
