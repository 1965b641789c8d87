"""What changes accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import actions, queries
from app.accounts.actions import Affiliation
from app.accounts.models import Membership, Organisation, OrganisationKind, Role, User
from app.accounts.tokens import Purpose, token_for
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.mail import OutboxMail
from tests import town

NOBODY = Affiliation()


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(sa.select(OutboxMail).order_by(OutboxMail.id)))


def registered(email: str = "ewa@ngo.example", **fields: object) -> User:
    actions.register(
        email,
        str(fields.get("name", "Ewa Lis")),
        str(fields.get("hash", "!1")),
        fields.get("affiliation", NOBODY),  # type: ignore[arg-type]
        at=now(),
    )
    person = queries.person_by_email(email)
    assert person is not None
    return person


def test_a_new_account_does_not_work_until_confirmed(context: Flask) -> None:
    person = registered(" Ewa@NGO.example ")
    assert person.email == "ewa@ngo.example"
    assert not person.is_active
    (mail,) = mails()
    assert mail.recipient == "ewa@ngo.example"
    assert "/potwierdz/" in mail.text
    actions.confirm(person, by=person, at=now())
    assert person.is_active


def test_nobody_has_the_town_write_their_words_to_a_stranger(context: Flask) -> None:
    """The confirmation goes to any address that was typed, so nothing else that was is in it."""
    words = "Wygrana czeka na wygrana.example"
    registered("obcy@poczta.example", name=words, affiliation=Affiliation(name=words))
    (mail,) = mails()
    assert "wygrana" not in (mail.subject + mail.text + mail.html).lower()


def test_registering_a_known_address_writes_to_its_owner_and_changes_nothing(
    context: Flask,
) -> None:
    owner = town.person(email="ewa@ngo.example", name="Ewa Lis", password_hash="!kept")
    stamp = owner.stamp
    registered(name="Ktoś Inny", hash="!other")
    assert (owner.name, owner.password_hash, owner.stamp) == ("Ewa Lis", "!kept", stamp)
    (mail,) = mails()
    assert mail.recipient == "ewa@ngo.example"
    assert "/potwierdz/" not in mail.text
    assert "/haslo" in mail.text


def test_the_latest_registration_of_an_unconfirmed_address_wins(context: Flask) -> None:
    first = registered(name="Napastnik", hash="!attacker")
    old = token_for(first, Purpose.CONFIRM)
    second = registered(name="Ewa Lis", hash="!own")
    assert first.id == second.id
    assert (second.name, second.password_hash) == ("Ewa Lis", "!own")
    assert queries.person_of_token(old, Purpose.CONFIRM) is None
    assert len(mails()) == 2


def test_registering_for_an_organisation(context: Flask) -> None:
    known = town.organisation(name="Stowarzyszenie „Podwórko”")
    person = registered(affiliation=Affiliation(known.id))
    (membership,) = person.memberships
    assert membership.organisation is known
    assert membership.confirmed_at is None


def test_a_typed_name_finds_the_organisation_or_makes_an_unverified_one(context: Flask) -> None:
    known = town.organisation(name="Stowarzyszenie „Podwórko”")
    person = registered(affiliation=Affiliation(name='stowarzyszenie  "podwórko"'))
    assert [m.organisation for m in person.memberships] == [known]
    new = registered("jan@ngo.example", affiliation=Affiliation(name="Klub Łączka"))
    assert new.memberships[0].organisation.verified_at is None
    assert "Klub Łączka" not in [o.name for o in queries.directory()]


def test_an_organisation_that_is_not_there_is_refused(context: Flask) -> None:
    with pytest.raises(DomainError):
        registered(affiliation=Affiliation(987654))


def test_joining_twice_is_refused(context: Flask) -> None:
    person = town.person()
    organisation = town.organisation(person)
    with pytest.raises(DomainError):
        actions.join(Affiliation(organisation.id), by=person, at=now())


def test_leaving_is_for_oneself(context: Flask) -> None:
    person, other = town.person(), town.person()
    town.organisation(person)
    membership = db.session.scalars(sa.select(Membership)).one()
    with pytest.raises(NotAllowed):
        actions.leave(membership, by=other, at=now())
    actions.leave(membership, by=person, at=now())
    db.session.flush()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Membership)) == 0


def test_the_office_confirms_a_membership_once(context: Flask) -> None:
    person, clerk = town.person(), town.person(Role.COORDINATOR)
    membership = actions.join(Affiliation(name="Klub Łączka"), by=person, at=now())
    assert queries.memberships_to_confirm() == [membership]
    with pytest.raises(NotAllowed):
        actions.confirm_membership(membership, by=person, at=now())
    actions.confirm_membership(membership, by=clerk, at=now())
    actions.confirm_membership(membership, by=clerk, at=now() + timedelta(days=1))
    assert membership.confirmed_by_id == clerk.id
    assert membership.organisation.verified_at == membership.confirmed_at
    assert [mail.recipient for mail in mails()] == [person.email]
    assert queries.memberships_to_confirm() == []
    assert [o.name for o in queries.directory()] == ["Klub Łączka"]


def test_the_directory_is_in_polish_order(context: Flask) -> None:
    for name in ("Zorza", "Łąka", "Luty", "Ćma", "Cyklon", "Żubr"):
        actions.enter_organisation(name, OrganisationKind.OTHER, at=now())
    assert [o.name for o in queries.directory()] == [
        "Cyklon",
        "Ćma",
        "Luty",
        "Łąka",
        "Zorza",
        "Żubr",
    ]


def test_a_new_password_ends_sessions_and_links(context: Flask) -> None:
    person = town.person()
    session, link = person.get_id(), token_for(person, Purpose.RESET)
    assert queries.person_of_session(session) is person
    actions.set_password(person, "!new", by=person, at=now())
    db.session.flush()
    assert queries.person_of_session(session) is None
    assert queries.person_of_token(link, Purpose.RESET) is None
    assert queries.person_of_session(person.get_id()) is person


def test_a_link_works_for_its_purpose_only(context: Flask) -> None:
    person = town.person()
    link = token_for(person, Purpose.CONFIRM)
    assert queries.person_of_token(link, Purpose.CONFIRM) is person
    assert queries.person_of_token(link, Purpose.RESET) is None
    assert queries.person_of_token("nonsense", Purpose.CONFIRM) is None
    assert queries.person_of_token(link[:-2] + "xx", Purpose.CONFIRM) is None


def test_choosing_a_password_by_mail_confirms_the_address(context: Flask) -> None:
    person = town.person(confirmed_at=None)
    actions.set_password(person, "!new", by=person, at=now())
    assert person.is_active


def test_asking_for_a_password_says_nothing_about_unknown_or_closed_accounts(
    context: Flask,
) -> None:
    town.person(email="closed@ngo.example", closed_at=now())
    actions.ask_for_new_password("closed@ngo.example", at=now())
    actions.ask_for_new_password("nobody@ngo.example", at=now())
    assert mails() == []


def test_accounts_of_the_office_work_at_once(context: Flask) -> None:
    at = now() - timedelta(days=30)
    clerk = actions.open_account("Anna@urzad.example", "Anna Kowalik", "!", Role.COORDINATOR, at=at)
    assert clerk.is_active
    assert clerk.created_at == at
    with pytest.raises(DomainError):
        actions.open_account("anna@urzad.example", "Inna", "!", Role.PARTICIPANT, at=at)


def test_what_nobody_remembers_is_nobody(context: Flask) -> None:
    person = town.person()
    for remembered in ("", "x", ":", f"{person.id}", f"{person.id}:other", f"{'9' * 30}:x"):
        assert queries.person_of_session(remembered) is None


def test_organisations_are_found_by_their_speaker(context: Flask) -> None:
    person = town.person()
    mine = town.organisation(person)
    town.organisation()
    assert queries.organisations_of(person) == [mine]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 2


def test_deeds_with_accounts_are_in_the_journal_without_personal_data(context: Flask) -> None:
    person, clerk = registered(), town.person(Role.COORDINATOR)
    actions.confirm(person, by=person, at=now())
    actions.confirm(person, by=person, at=now())
    actions.rename(person, "Ewa Lis-Kos", by=person, at=now())
    actions.set_password(person, "!2", by=person, at=now())
    organisation = town.organisation()
    seat = actions.join(Affiliation(organisation.id), by=person, at=now())
    actions.confirm_membership(seat, by=clerk, at=now())
    actions.leave(seat, by=person, at=now())
    own, seats = history_of(person), history_of(organisation)
    assert [deed.action for deed in own] == ["account_confirmed", "renamed", "password_changed"]
    assert [deed.action for deed in seats] == ["joined", "membership_confirmed", "left"]
    assert [deed.by_id for deed in seats] == [person.id, clerk.id, person.id]
    kept = repr([deed.details for deed in (*own, *seats)])
    assert "Ewa" not in kept
    assert "ngo.example" not in kept
