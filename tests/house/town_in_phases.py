"""A consultation with one of everything, in any phase, and people in every role around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import Membership, Role, User
from app.accounts.tokens import Purpose, token_for
from app.consultations.models import Consultation, Round
from app.consultations.phases import Phase
from app.documents import editions
from app.documents.actions import start_import
from app.documents.drafts import understand, upload_from
from app.documents.models import Document
from app.drafting.actions import start_draft
from app.events.post import key_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from app.reports.actions import make_report
from tests import town
from tests.events import scene as events
from tests.remarks import scene


@dataclass(frozen=True)
class Place:
    """Who asks, and the values for every part of an address."""

    people: dict[str, str]  # what the session remembers of each
    values: dict[str, object]


def place(phase: Phase) -> Place:
    """Everything made while the consultation was open; then its dates are those of the phase."""
    consultation = town.consultation(Phase.OPEN)
    document = town.document(consultation)
    people: dict[str, User] = {role.value: town.person(role) for role in Role}
    clerk = people["coordinator"]
    author = people["author"] = town.person()
    town.organisation(author)
    key, remark = _key_of_a_guest(document), scene.sent(document, by=author)
    values = _of_document(document, clerk)
    values |= {
        "slug": consultation.slug,
        "key": key,
        "confirm": token_for(town.person(confirmed_at=None), Purpose.CONFIRM),
        "reset": token_for(author, Purpose.RESET),
        "remark": remark.number,
        **_event(consultation),
        "membership": _membership(author),
        "mail": db.session.scalars(sa.select(OutboxMail.id).limit(1)).one(),
        "report": make_report(consultation, by=clerk, at=now()).number,
    }
    _move_to(consultation, phase)
    return Place({name: person.get_id() for name, person in people.items()}, values)


def _of_document(document: Document, clerk: User) -> dict[str, object]:
    consultation = document.consultation
    data, name = "§ 1. Tekst projektu.\n§ 2. Drugi.\n".encode(), "projekt.txt"
    uploaded, understood = upload_from(data, name), understand(data, name)
    waiting = start_import(consultation, uploaded, understood, by=clerk, at=now())
    db.session.flush()
    second = town.edition(document, town.SMALL_ACT, source_file=waiting.source_file)
    start_draft(document, by=clerk, at=now())
    unpublished, _ = editions.store_edition(
        document, town.SMALL_ACT, title=document.title, at=now()
    )
    db.session.flush()
    return {
        "document": document.slug,
        "import": waiting.id,
        "unpublished": unpublished.id,
        "provision": second.wordings[1].provision.number,
    }


def _key_of_a_guest(document: Document) -> str:
    scene.sent_by_guest(document, name="Jan Kos", email="jan@poczta.example")
    text = db.session.scalars(
        sa.select(OutboxMail.text)
        .where(OutboxMail.recipient == "jan@poczta.example")
        .order_by(OutboxMail.id.desc())
        .limit(1)
    ).one()
    found = re.search(r"/uwaga/(\S+)", text)
    assert found is not None
    return found[1]


def _membership(person: User) -> int:
    return db.session.scalars(sa.select(Membership.id).where(Membership.user_id == person.id)).one()


def _event(consultation: Consultation) -> dict[str, object]:
    """An event to come, and the sign-up of somebody who has a place."""
    made = events.event(consultation_id=consultation.id)
    signup = events.come(made)
    return {"event": made.slug, "signup_key": key_of(signup), "signup": signup.id}


def _move_to(consultation: Consultation, phase: Phase) -> None:
    model = town.consultation(phase)
    consultation.published_at = model.published_at
    consultation.concluded_at = model.concluded_at
    db.session.execute(sa.delete(Round).where(Round.consultation_id == consultation.id))
    db.session.execute(
        sa.update(Round)
        .where(Round.consultation_id == model.id)
        .values(consultation_id=consultation.id)
    )
    db.session.flush()
    db.session.expire_all()
