"""flask --app wsgi appoint EMAIL ROLE."""

from __future__ import annotations

import re

import click
from click.testing import CliRunner
from flask import Flask

from app.accounts import queries
from app.accounts.cli import appoint
from app.accounts.models import Role
from app.journal.queries import history_of
from tests import town
from tests.proofreading import ProofreadingClient

ADDRESS = "anna@urzad.example"


def run(*words: str) -> click.testing.Result:
    return CliRunner().invoke(appoint, list(words))


def test_an_empty_town_gets_its_first_coordinator(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        result = run("Anna@urzad.example", "coordinator", "--name", "Anna Kowalik")
        assert result.exit_code == 0, result.output
        person = queries.person_by_email(ADDRESS)
        assert person is not None
        assert (person.role, person.name, person.is_active) == (
            Role.COORDINATOR,
            "Anna Kowalik",
            True,
        )
    link = re.search(r"http://localhost(/\S+)", result.output)
    assert link is not None
    chosen = {"password": "niebieski rower pod lipą"}
    assert client.post(link[1], data=chosen).location == "/zaloguj"
    client.post("/zaloguj", data={"email": ADDRESS, **chosen})
    assert client.get("/biurko").status_code == 200
    assert client.get(link[1]).status_code == 404


def test_somebody_with_an_account_gets_a_task(context: Flask) -> None:
    person = town.person(email=ADDRESS)
    result = run(ADDRESS, "facilitator")
    assert result.exit_code == 0, result.output
    assert person.role is Role.FACILITATOR
    (deed,) = history_of(person)
    assert (deed.action, deed.by_id) == ("appointed", None)
    assert deed.details == {"before": "participant", "role": "facilitator"}


def test_the_only_coordinator_gets_no_other_task(context: Flask) -> None:
    person = town.person(Role.COORDINATOR, email=ADDRESS)
    result = run(ADDRESS, "participant")
    assert result.exit_code != 0
    assert person.role is Role.COORDINATOR


def test_what_cannot_be_done_is_said(context: Flask) -> None:
    for words, advice in (
        ((ADDRESS, "coordinator"), "--name"),
        (("anna", "coordinator", "--name", "Anna"), "not an e-mail address"),
        ((ADDRESS, "king"), "king"),
    ):
        result = run(*words)
        assert result.exit_code != 0
        assert advice in result.output
    assert queries.person_by_email(ADDRESS) is None
