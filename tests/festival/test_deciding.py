"""The office says yes or no, and whoever has applied is told once."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts.actions import confirm_membership
from app.accounts.models import Membership, Organisation, User
from app.festival import applying, deciding, square
from app.festival.models import ApplicationState
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.privacy.actions import close_account
from tests import town
from tests.festival import scene


def test_accepting_twice_is_once(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    stand = scene.stand(event)
    for _ in range(2):
        deciding.accept(stand, version=0, by=clerk, at=now())
    assert (stand.state, stand.version) == ("accepted", 1)
    assert stand.decided_at is not None
    assert scene.letters(stand.user) == ["received", "accepted:1"]
    assert "Cieszymy się" in scene.text_to(stand.user)
    assert [e.action for e in history_of(stand)] == ["applied", "accepted"]


def test_refusing_needs_a_reason_and_frees_the_place(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    scene.places(event)
    stand = scene.accepted_stand(event)
    square.give_place(stand, scene.spots(event)["A1"], version=1, by=clerk, at=now())
    with pytest.raises(DomainError, match="dlaczego"):
        deciding.refuse(stand, "  ", version=stand.version, by=clerk, at=now())
    deciding.refuse(stand, "Brak miejsca.", version=stand.version, by=clerk, at=now())
    deciding.refuse(stand, "Brak miejsca.", version=0, by=clerk, at=now())
    assert (stand.state, stand.place, stand.reason) == ("refused", None, "Brak miejsca.")
    assert "Brak miejsca." in scene.text_to(stand.user)
    deciding.accept(stand, version=stand.version, by=clerk, at=now())
    assert (stand.state, stand.reason) == ("accepted", "")
    causes = [key.partition(":")[0] for key in scene.letters(stand.user)]
    assert causes == ["received", "accepted", "refused", "accepted"]


def test_two_coordinators_do_not_overrule_each_other_unseen(context: Flask) -> None:
    event = scene.festival()
    turn, clerk = scene.turn(event), scene.coordinator()
    deciding.refuse(turn, "Za głośno.", version=0, by=clerk, at=now())
    with pytest.raises(DomainError, match="w międzyczasie"):
        deciding.accept(turn, version=0, by=scene.coordinator(), at=now())
    assert turn.state is ApplicationState.REFUSED


def test_who_decides_and_about_what(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    person, of = scene.group()
    stand = scene.stand(event, (person, of))
    for who in (person, town.person(town.Role.FACILITATOR), town.person(town.Role.EXECUTIVE)):
        with pytest.raises(NotAllowed):
            deciding.accept(stand, version=0, by=who, at=now())
    with pytest.raises(NotAllowed):
        deciding.accept(stand, version=0, by=clerk, at=event.ends_at)
    applying.withdraw(stand, "", by=person, at=now())
    with pytest.raises(NotAllowed, match="wycofane"):
        deciding.accept(stand, version=1, by=clerk, at=now())


def test_an_organisation_that_nobody_has_confirmed_waits(context: Flask) -> None:
    event, clerk, (person, of) = scene.festival(), scene.coordinator(), scene.group()
    of.verified_at = None
    stand = scene.stand(event, (person, of))
    with pytest.raises(DomainError, match="liście organizacji"):
        deciding.accept(stand, version=0, by=clerk, at=now())
    of.verified_at = now()
    deciding.accept(stand, version=0, by=clerk, at=now())
    assert stand.state is ApplicationState.ACCEPTED


def joined(of: Organisation) -> tuple[User, Organisation]:
    """Somebody who has pressed "join" on an organisation that the office knows."""
    stranger = town.person()
    db.session.add(Membership(user_id=stranger.id, organisation_id=of.id))
    db.session.flush()
    db.session.refresh(stranger, ["memberships"])
    return stranger, of


def test_a_stranger_in_the_name_of_a_known_organisation_waits(context: Flask) -> None:
    event, clerk, (_person, of) = scene.festival(), scene.coordinator(), scene.group()
    stranger, _of = joined(of)
    for application in (scene.stand(event, (stranger, of)), scene.turn(event, (stranger, of))):
        with pytest.raises(DomainError, match="liście organizacji"):
            deciding.accept(application, version=0, by=clerk, at=now())
        assert application.state is ApplicationState.SUBMITTED
    confirm_membership(stranger.memberships[0], by=clerk, at=now())
    deciding.accept(application, version=0, by=clerk, at=now())
    assert application.state is ApplicationState.ACCEPTED


def test_of_a_closed_account_a_confirmed_colleague_is_left(context: Flask) -> None:
    event, clerk, (person, of) = scene.festival(), scene.coordinator(), scene.group()
    stand = scene.stand(event, (person, of))
    joined(of)
    close_account(person, by=person, at=now())
    with pytest.raises(DomainError, match="liście organizacji"):
        deciding.accept(stand, version=0, by=clerk, at=now())
    colleague, _of = joined(of)
    confirm_membership(colleague.memberships[0], by=clerk, at=now())
    deciding.accept(stand, version=0, by=clerk, at=now())
    assert stand.state is ApplicationState.ACCEPTED


def test_a_refused_stand_does_not_come_back_beside_a_new_one(context: Flask) -> None:
    event, clerk, by = scene.festival(), scene.coordinator(), scene.group()
    first = scene.stand(event, by)
    deciding.refuse(first, "Nie tym razem.", version=0, by=clerk, at=now())
    scene.stand(event, by)
    with pytest.raises(DomainError, match="inne zgłoszenie"):
        deciding.accept(first, version=1, by=clerk, at=now())
