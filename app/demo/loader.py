"""Bringing the demo town to life: its story told in order, through the actions people use."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher

from app.accounts.models import (
    Membership,
    Organisation,
    OrganisationKind,
    RegisterKind,
    Role,
    User,
)
from app.consultations.models import Consultation, Round
from app.demo import clock
from app.demo import town as demo
from app.demo.deeds import deeds
from app.demo.programme import DOCX
from app.demo.story import Story, when
from app.demo.town import PASSWORD, STORY_BEGINS, town
from app.documents.imports import import_and_publish
from app.events.models import (
    Event,
    EventKind,
    EventStatus,
    Facilitator,
    FreedPlace,
    QuestionKind,
)
from app.events.planning import Asked
from app.events.questioning import set_questions
from app.platform.db import db, transaction


def load_if_empty() -> bool:
    """Load the demo into a database that has no people yet; whether it was loaded."""
    if db.session.scalar(sa.select(sa.func.count()).select_from(User)):
        return False
    clock.forget()
    with transaction():
        load()
    return True


def load() -> Story:
    """Tell the whole story in the order in which it happened; the caller commits."""
    story = Story()
    _settle(story)
    _announce(story)
    for _at, _order, deed in sorted(deeds(story), key=itemgetter(0, 1)):
        deed()
    db.session.flush()
    return story


def _settle(story: Story) -> None:
    """People and the organisations they speak for."""
    since = STORY_BEGINS - timedelta(days=190)
    hashed = PasswordHasher().hash(PASSWORD)
    for key, row in town().organisations.items():
        story.organisations[key] = Organisation(
            name=row.name,
            kind=OrganisationKind(row.kind),
            register_kind=RegisterKind(row.register_kind),
            register_number=row.register_number,
            town=row.town,
            aim=row.aim,
            verified_at=since,
        )
    for key, person in town().people.items():
        story.people[key] = user = User(
            email=person.email,
            name=person.name,
            password_hash=hashed,
            role=Role(person.role),
            created_at=since,
            confirmed_at=since,
            stamp=hashlib.sha256(person.email.encode()).hexdigest()[:16],
        )
        if person.organisation:
            organisation = story.organisations[person.organisation]
            user.memberships.append(Membership(organisation=organisation, confirmed_at=since))
    db.session.add_all([*story.organisations.values(), *story.people.values()])
    db.session.flush()


def _announce(story: Story) -> None:
    """The consultation with its rounds and meetings, and the draft from its Word file."""
    row = town().consultation
    texts = {
        name: getattr(row, name)
        for name in (
            "slug", "title", "year", "summary", "who_may", "how_to", "publicity", "legal_basis",
            "information_clause", "contact_name", "contact_email", "contact_phone",
            "contact_address",
        )
    }  # fmt: skip
    story.consultation = consultation = Consultation(
        **texts,
        adoption_due_on=when(row.adoption_due_on).date(),
        created_at=when(row.published_at) - timedelta(days=7),
        published_at=when(row.published_at),
        rounds=[_round(row) for row in town().rounds],
    )
    db.session.add(consultation)
    db.session.flush()
    for key, event in town().events.items():
        story.events[key] = _event(event, consultation, story)
    db.session.add_all(story.events.values())
    db.session.flush()
    for key, event in town().events.items():
        asked = tuple(_asked(question) for question in event.questions)
        set_questions(story.events[key], asked, at=when(event.published_at))
    _import_first_edition(story, consultation, when(row.published_at))


def _event(row: demo.Event, consultation: Consultation, story: Story) -> Event:
    hosts = [host.partition(" – ") for host in row.hosts]
    accounts = {person.name: person.id for person in story.people.values()}
    return Event(
        consultation_id=consultation.id,
        slug=row.slug,
        kind=EventKind(row.kind),
        status=EventStatus.DRAFT,
        title=row.title,
        summary=row.summary,
        place=row.place,
        accessibility=row.accessibility,
        contact=consultation.contact_email,
        starts_at=when(row.starts_at),
        ends_at=when(row.ends_at),
        takes_signups=True,
        capacity=row.capacity,
        reserved=0,
        per_organisation=row.per_organisation,
        freed_place=FreedPlace(row.freed_place),
        shows_participants=row.shows_participants,
        retention_days=row.retention_days,
        taken=0,
        waiting=0,
        last_signup_number=0,
        sequence=0,
        revision=1,
        people_present=row.people_present,
        organisations_present=row.organisations_present,
        outcome=row.outcome,
        facilitators=[
            Facilitator(position=n, name=name, about=about, user_id=accounts.get(name))
            for n, (name, _dash, about) in enumerate(hosts, 1)
        ],
    )


def _asked(question: dict[str, Any]) -> Asked:
    return Asked(
        QuestionKind(question["kind"]),
        question["text"],
        tuple(question.get("choices", ())),
        question.get("required", False),
    )


def _round(row: demo.Round) -> Round:
    return Round(
        number=row.number,
        title=row.title,
        opens_at=when(row.opens_at),
        closes_at=when(row.closes_at),
    )


def _import_first_edition(story: Story, consultation: Consultation, at: datetime) -> None:
    """The Word file goes the way of every draft: read, checked, confirmed, published."""
    data = DOCX.read_bytes()
    story.editions[1] = import_and_publish(consultation, data, DOCX.name, by=story.clerk, at=at)


def introduction() -> str:
    """The accounts of the demo, one of each role, for the terminal."""
    roles = {
        Role.COORDINATOR: "coordinator",
        Role.FACILITATOR: "facilitator",
        Role.EXECUTIVE: "mayor",
        Role.COUNCILLOR: "councillor",
        Role.PARTICIPANT: "organisation",
    }
    shown = []
    for role, word in roles.items():
        person = next(p for p in town().people.values() if p.role == role)
        shown.append(f"  {word + ':':13} {person.email}")
    return "\n".join([*shown, f"  {'password:':13} {PASSWORD}  (the same for all)"])
