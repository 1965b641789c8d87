"""A person closes their account: who they were is forgotten, what they said in public stays."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import queries
from app.accounts.actions import appoint
from app.accounts.models import Membership, Role, User
from app.accounts.passwords import fingerprint
from app.events import hosting, inviting, signing_up, steering
from app.events.content import Applicant
from app.events.models import Event
from app.events.models_signups import SignUp, SignUpState
from app.events.permissions import KeyHolder
from app.events.queries import invitations_to
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.mail import OutboxMail
from app.privacy.actions import close_account
from app.remarks import conversation
from app.remarks.content import Author
from app.remarks.models import Remark, Reply
from tests import town
from tests.events import scene as events
from tests.proofreading import ProofreadingClient as Client
from tests.remarks import scene

ADDRESS = "/konto/zamknij"
PASSWORD = "niebieski rower pod lipą"


@dataclass
class Place:
    """Somebody who has taken part, and what they said."""

    person: User
    remark: Remark
    reply: Reply


@pytest.fixture
def place(context: Flask) -> Place:
    person = town.person(name="Ewa Lis", email="ewa@ngo.example")
    organisation = town.organisation(person)
    document = town.document()
    author = Author(person=person, organisation=organisation)
    remark = scene.sent(document, by=person, author=author)
    own = scene.sent(document, by=town.person())
    reply = conversation.reply(own, "Zgadzam się.", submission_key="k" * 20, by=person, at=now())
    db.session.flush()
    return Place(person, remark, reply)


def test_personal_data_go_and_what_was_signed_stays(place: Place) -> None:
    signed = place.remark.signature, place.reply.signature
    close_account(place.person, by=place.person, at=now())
    db.session.expire_all()
    person = place.person
    assert (person.name, person.role, person.is_active) == ("", Role.PARTICIPANT, False)
    assert person.email.endswith(".invalid")
    assert queries.person_by_email("ewa@ngo.example") is None
    assert db.session.scalars(sa.select(Membership)).all() == []
    assert (place.remark.author_name, place.remark.author_email) == ("", "")
    assert (place.remark.signature, place.reply.signature) == signed
    assert place.remark.author_id == person.id
    to_her = db.session.scalars(
        sa.select(OutboxMail.text).where(OutboxMail.recipient == "ewa@ngo.example")
    ).all()
    assert len(to_her) == 1
    assert "Ewa" not in to_her[0]
    last = db.session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert last is not None
    assert (last.action, last.subject, last.by_id) == (
        "account_closed",
        f"user_account:{person.id}",
        person.id,
    )
    assert "Ewa" not in repr(last.details)


def test_one_last_letter_and_no_more(place: Place) -> None:
    close_account(place.person, by=place.person, at=now())
    conversation.reply(
        place.remark, "A my inaczej.", submission_key="r" * 20, by=town.person(), at=now()
    )
    found = db.session.scalars(
        sa.select(OutboxMail.key).where(
            OutboxMail.recipient != "", OutboxMail.next_attempt_at.is_not(None)
        )
    ).all()
    assert [key for key in found if key.startswith(f"user:{place.person.id}")] == [
        f"user:{place.person.id}:closed"
    ]
    assert not any(":reply:" in key and f"remark:{place.remark.id}:" in key for key in found)


def test_the_address_can_have_a_new_account(place: Place) -> None:
    close_account(place.person, by=place.person, at=now())
    again = town.person(email="ewa@ngo.example")
    assert queries.person_by_email("ewa@ngo.example") is again


@pytest.mark.parametrize("role", Role)
def test_only_the_person_closes_and_only_once(context: Flask, role: Role) -> None:
    town.person(Role.COORDINATOR)
    person, other = town.person(role), town.person(Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        close_account(person, by=other, at=now())
    close_account(person, by=person, at=now())
    with pytest.raises(NotAllowed):
        close_account(person, by=person, at=now())


def test_a_town_keeps_a_coordinator(context: Flask) -> None:
    only = town.person(Role.COORDINATOR)
    town.person(Role.COORDINATOR, confirmed_at=None)  # has never signed in
    for leave in (
        lambda: close_account(only, by=only, at=now()),
        lambda: appoint(only, Role.PARTICIPANT, at=now()),
    ):
        with pytest.raises(DomainError, match="jedyn"):
            leave()
    next_one = town.person()
    appoint(next_one, Role.COORDINATOR, at=now())
    close_account(only, by=only, at=now())
    assert only.closed_at is not None


def test_the_page_asks_for_the_password_and_for_a_yes(app: Flask, client: Client) -> None:
    with app.app_context():
        person = town.person(password_hash=fingerprint(PASSWORD))
        number = person.id
        db.session.commit()
        client.sign_in(person)
    assert ADDRESS in client.get("/konto").text
    assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS, data={"current": PASSWORD}).status_code == 422
    wrong = client.post(ADDRESS, data={"current": "nie to", "sure": "y"})
    assert wrong.status_code == 422
    answer = client.post(ADDRESS, data={"current": PASSWORD, "sure": "y"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/konto").status_code == 303
    with app.app_context():
        assert db.session.get_one(User, number).closed_at is not None


def test_sign_ups_are_given_up_and_erased(context: Flask) -> None:
    person = town.person(name="Ewa Lis")
    signup = events.come(events.event(), person)
    close_account(person, by=person, at=now())
    assert signup.erased_at is not None
    assert signup.state is SignUpState.CANCELLED
    assert (signup.name, signup.email) == ("", "")


def test_what_was_signed_up_by_the_address_of_the_account_is_erased_too(context: Flask) -> None:
    event, office = events.event(capacity=9), events.coordinator()
    guest, other = events.guest(event, "ewa@ngo.example"), events.guest(event, "jan@ngo.example")
    assert guest is not None
    assert other is not None
    signing_up.confirm_address(guest, by=KeyHolder(guest.id), at=now())
    unconfirmed = events.guest(events.event(), "ewa@ngo.example")
    assert unconfirmed is not None
    person = town.person(name="Ewa Lis", email="ewa@ngo.example")
    rang = _rang(events.event(), "Ewa@ngo.example", office)
    assert (guest.user_id, unconfirmed.user_id, rang.user_id) == (None, None, person.id)
    close_account(person, by=person, at=now())
    for signup in (guest, unconfirmed, rang):
        assert (signup.name, signup.email) == ("", "")
        assert signup.participants[0].name == ""
    assert other.email == "jan@ngo.example"
    assert event.taken == 0


def test_an_invited_address_is_forgotten_and_hears_of_no_change(context: Flask) -> None:
    event, office = events.event(), events.coordinator()
    inviting.invite(event, ["jan@ngo.example", "Ewa@ngo.example"], [], by=office, at=now())
    person = town.person(name="Ewa Lis", email="ewa@ngo.example")
    close_account(person, by=person, at=now())
    inviting.invite(event, ["ola@ngo.example"], [], by=office, at=now())
    steering.cancel(event, "Awaria prądu.", by=office, at=now())
    db.session.expire_all()
    assert [i.email for i in invitations_to(event)] == ["jan@ngo.example", "ola@ngo.example"]
    for about in ("invited", "event-cancelled"):
        key = OutboxMail.key.like(f"event:{event.id}:%:{about}")
        told = db.session.scalars(sa.select(OutboxMail.recipient).where(key))
        assert {email for email in told if email} == {"jan@ngo.example", "ola@ngo.example"}


def test_an_address_that_nobody_has_confirmed_erases_nothing(context: Flask) -> None:
    guest = events.guest(events.event(), "ewa@ngo.example")
    claims = town.person(email="ewa@ngo.example", confirmed_at=None)
    assert guest is not None
    with pytest.raises(NotAllowed):
        signing_up.erase(guest, by=claims, at=now())
    assert _rang(events.event(), "ewa@ngo.example", events.coordinator()).user_id is None


def _rang(event: Event, email: str, office: User) -> SignUp:
    return hosting.enter(
        event,
        events.wish("Ewa Lis"),
        Applicant(name="Ewa Lis", email=email),
        submission_key=f"zadzwonila-{event.id}",
        on_reserved=False,
        by=office,
        at=now(),
    )
