"""Without an account: several people of an organisation, within the same limits."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.events import signing_up
from app.events.models import Audience
from app.events.models_signups import SignUp
from app.events.permissions import KeyHolder
from app.events.post import key_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import NotAllowed
from tests import town
from tests.events import scene
from tests.events.test_signup_pages import form_at, prepared
from tests.proofreading import ProofreadingClient as Client

GUEST = {"name": "Ewa Kos", "email": "ewa@poczta.example"}


def organisation(app: Flask, **fields: Any) -> int:
    with app.app_context():
        number = town.organisation(name="Fundacja Żuraw", verified_at=now(), **fields).id
        db.session.commit()
        return number


def confirmed(app: Flask) -> SignUp:
    """The only sign-up, once its address is confirmed."""
    signup = db.session.scalars(sa.select(SignUp)).one()
    signing_up.confirm_address(signup, by=KeyHolder(signup.id), at=now())
    db.session.commit()
    return signup


def test_a_guest_signs_up_several_people_and_confirms_once(app: Flask, client: Client) -> None:
    slug, of = prepared(app, capacity=5), organisation(app)
    sent = form_at(client, slug, **GUEST, organisation=of, names="Ewa Kos\nJan Kos\n\nOla Kos")
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=sent).status_code == 303
    with app.app_context():
        signup = confirmed(app)
        assert (str(signup.state), signup.people, signup.organisation_id) == ("placed", 3, of)
        assert [p.name for p in signup.participants] == ["Ewa Kos", "Jan Kos", "Ola Kos"]
        letter = scene.text_to("ewa@poczta.example")
        assert all(person.name in letter for person in signup.participants)
        scene.holds_true(signup.event)
        own = f"/zapisy/{key_of(signup)}"
    assert "Fundacja Żuraw" in client.get(own).text
    assert "Ola Kos" in client.get(f"{own}/zmien").text


def test_a_group_of_a_guest_waits_together(app: Flask, client: Client) -> None:
    slug, of = prepared(app, capacity=2), organisation(app)
    sent = form_at(client, slug, **GUEST, organisation=of, names="Ewa Kos\nJan Kos\nOla Kos")
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    assert page.status_code == 422  # more than there are places at all
    sent["names"] = "Ewa Kos\nJan Kos"
    with app.app_context():
        scene.come(db.session.scalars(sa.select(scene.Event)).one())
        db.session.commit()
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=sent).status_code == 303
    with app.app_context():
        guest = db.session.scalars(sa.select(SignUp).where(SignUp.user_id.is_(None))).one()
        signing_up.confirm_address(guest, by=KeyHolder(guest.id), at=now())
        assert (str(guest.state), guest.people) == ("waiting", 2)
        assert scene.letters("ewa@poczta.example")[-1] == "waiting:1"


def test_the_limit_of_an_organisation_holds_with_and_without_accounts(
    app: Flask, client: Client
) -> None:
    slug, of = prepared(app, capacity=9, per_organisation=2), organisation(app)
    three = form_at(client, slug, **GUEST, organisation=of, names="Ewa Kos\nJan Kos\nOla Kos")
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=three)
    assert page.status_code == 422
    assert "Ola Kos" in page.text
    assert '<details class="disclosure form__more" open>' in page.text
    with app.app_context():
        speaker = town.person()
        body = db.session.get_one(town.Organisation, of)
        db.session.add(town.Membership(user_id=speaker.id, organisation_id=of))
        db.session.flush()
        scene.come(db.session.scalars(sa.select(scene.Event)).one(), speaker, 1, body)
        db.session.commit()
    two = form_at(client, slug, **GUEST, organisation=of, names="Ewa Kos\nJan Kos")
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=two).status_code == 303
    with app.app_context():
        guest = db.session.scalars(sa.select(SignUp).where(SignUp.user_id.is_(None))).one()
        signing_up.confirm_address(guest, by=KeyHolder(guest.id), at=now())
        assert str(guest.state) == "waiting"


@pytest.mark.parametrize("names", ["Ewa Kos\nJan Kos", "Ewa Kos\n" * 30])
def test_for_oneself_one_comes_alone(app: Flask, client: Client, names: str) -> None:
    slug = prepared(app, capacity=50)
    organisation(app)
    sent = form_at(client, slug, **GUEST, organisation="0", names=names)
    page = client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    assert page.status_code == 422
    assert "Jan Kos" in page.text or names.count("\n") > 5


@pytest.mark.parametrize("number", ["999999", "x", "-1"])
def test_an_organisation_that_is_not_in_the_directory(
    app: Flask, client: Client, number: str
) -> None:
    slug = prepared(app)
    sent = form_at(client, slug, **GUEST, organisation=number, names="Ewa Kos\nJan Kos")
    assert client.post(f"/wydarzenia/{slug}/zapisy", data=sent).status_code == 422


def test_the_word_of_a_guest_opens_no_closed_door(app: Flask, client: Client) -> None:
    """Neither an event for organisations only nor an invitation of an organisation."""
    slug, of = prepared(app, audience=Audience.ORGANISATIONS), organisation(app)
    with app.app_context():
        event = db.session.scalars(sa.select(scene.Event)).one()
        body = db.session.get_one(town.Organisation, of)
        with pytest.raises(signing_up.NotAllowed):
            signing_up.sign_up(
                event,
                scene.wish("Ewa Kos"),
                scene.Applicant(None, body, "Ewa Kos", "ewa@poczta.example"),
                submission_key="klucz-goscia-000001",
                by=scene.GUEST,
                at=now(),
            )
    page = client.get(f"/wydarzenia/{slug}/zapisy", follow_redirects=True)
    assert "To wydarzenie jest dla organizacji" in page.text


def test_what_a_guest_says_of_an_organisation_is_not_repeated_in_public(
    app: Flask, client: Client
) -> None:
    slug, of = prepared(app, shows_participants=True), organisation(app)
    sent = form_at(client, slug, **GUEST, organisation=of, names="Ewa Kos", named_in_public="y")
    client.post(f"/wydarzenia/{slug}/zapisy", data=sent)
    with app.app_context():
        confirmed(app)
        office = scene.coordinator()
        db.session.commit()
        client.sign_in(office)
    assert "podane przez gościa" in client.get(f"/biurko/wydarzenia/{slug}/uczestnicy").text
    page = app.test_client().get(f"/wydarzenia/{slug}").text
    assert "Ewa Kos" in page
    assert "Fundacja Żuraw" not in page


@pytest.mark.parametrize("audience", ["organisations", "invited"])
def test_who_confirms_after_the_event_was_closed_to_guests_gets_no_place(
    context: Flask, audience: str
) -> None:
    event = scene.event()
    guest = scene.guest(event, "ewa@poczta.example")
    assert guest is not None
    event.audience = Audience(audience)
    with pytest.raises(NotAllowed):
        signing_up.confirm_address(guest, by=KeyHolder(guest.id), at=now())
    assert (str(guest.state), event.taken) == ("unconfirmed", 0)
