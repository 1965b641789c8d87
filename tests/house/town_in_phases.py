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
from app.documents.actions import correct, drop_import, start_import
from app.documents.drafts import understand, upload_from
from app.documents.fixes import Fix, Verb
from app.documents.models import Document, DraftImport
from app.documents.queries import latest_edition
from app.drafting.actions import Why, Wish, start_draft, write
from app.drafting.models import ChangeKind
from app.drafting.putting_aside import put_aside
from app.drafting.queries import last_deed
from app.events.models import Facilitator
from app.legaltext.units import Kind
from app.minutes import noting, writing
from app.minutes.content import Draft, Point
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from app.remarks import positions
from app.remarks.content import Content
from app.remarks.conversation import hide_reply, reply
from app.remarks.fate import Fate, Whose
from app.remarks.keys import secret_of
from app.remarks.models import AmendmentKind, CarriedWording, Outcome, RemarkKind
from app.remarks.office_wording import Own
from app.reports.actions import make_report
from tests import town
from tests.door import scene as door
from tests.house.programme import programme
from tests.minutes import scene as minutes
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
    values = _of_document(document, clerk) | _of_talk(document, people)
    values |= _of_authors(document, author, clerk)
    values |= {
        "slug": consultation.slug,
        "key": key,
        "confirm": token_for(town.person(confirmed_at=None), Purpose.CONFIRM),
        "reset": token_for(author, Purpose.RESET),
        "remark": remark.number,
        **programme(consultation, author, people["facilitator"]),
        **_meeting(document, people["facilitator"]),
        "membership": _membership(author),
        "mail": db.session.scalars(sa.select(OutboxMail.id).limit(1)).one(),
        "report": make_report(consultation, by=clerk, at=now()).number,
        **_of_quiet_consultation(phase, clerk),
    }
    _move_to(consultation, phase)
    return Place({name: person.get_id() for name, person in people.items()}, values)


def _of_document(document: Document, clerk: User) -> dict[str, object]:
    waiting, dropped, corrected = (_import(document, text, clerk) for text in "abc")
    drop_import(dropped, by=clerk, at=now())
    edit = Fix(
        Verb.EDIT, corrected.rows[-1]["id"], Kind(corrected.rows[-1]["kind"]), "2", "Inaczej."
    )
    correct(corrected, edit, corrected.revision, by=clerk, at=now())
    second = town.edition(document, town.SMALL_ACT, source_file=waiting.source_file)
    aside = start_draft(document, by=clerk, at=now())
    put_aside(aside, "Rada przysłała nowy tekst.", by=clerk, at=now())
    draft = start_draft(document, by=clerk, at=now())
    wish = Wish(str(second.wordings[2].provision.number), ChangeKind.REPEAL)
    change = write(draft, wish, Why(reason="Zbędne."), by=clerk, at=now())
    deed = last_deed(draft)
    assert deed is not None
    untouched = town.document(document.consultation, slug="plik")
    unpublished, _ = editions.store_edition(
        untouched, town.SMALL_ACT, title=untouched.title, at=now()
    )
    db.session.flush()
    return {
        "document": document.slug,
        "import": waiting.id,
        "import_revision": waiting.revision,
        "row": waiting.rows[-1]["id"],
        "dropped": dropped.id,
        "corrected": corrected.id,
        "corrected_revision": corrected.revision,
        "aside": aside.id,
        "change": change.id,
        "deed": deed.id,
        "unpublished": unpublished.id,
        "provision": second.wordings[1].provision.number,
    }


def _import(document: Document, text: str, clerk: User) -> DraftImport:
    data, name = f"§ 1. Tekst {text}.\n§ 2. Drugi.\n".encode(), "projekt.txt"
    uploaded, understood = upload_from(data, name), understand(data, name)
    made = start_import(document.consultation, uploaded, understood, by=clerk, at=now())
    db.session.flush()
    return made


def _of_talk(document: Document, people: dict[str, User]) -> dict[str, object]:
    """A remark taken in, one hidden, and two replies, one of them hidden."""
    clerk = people["coordinator"]
    edition = latest_edition(document)
    assert edition is not None
    section = edition.wordings[1].provision
    strike = Content(RemarkKind.AMENDMENT, "Zbędne.", section, AmendmentKind.STRIKE)
    accepted = scene.sent(document, strike)
    positions.decide(accepted, Outcome.ACCEPTED, by=clerk, at=now())
    hidden = scene.sent(document, scene.comment(document))
    positions.hide(hidden, reason="Dane osobowe.", by=clerk, at=now())
    replies = [
        reply(accepted, text, submission_key=f"{text:-<20}", by=people["councillor"], at=now())
        for text in ("Popieram", "Obrażam")
    ]
    db.session.flush()
    hide_reply(replies[1], reason="Obraża.", by=clerk, at=now())
    return {
        "accepted": accepted.number,
        "hidden": hidden.number,
        "wording": edition.wordings[1].text,
        "reply": replies[0].id,
        "hidden_reply": replies[1].id,
    }


def _of_authors(document: Document, author: User, clerk: User) -> dict[str, object]:
    """Amendments, one of the author and one of a guest, that their authors are asked about.

    A pair was changed beneath, to another the office has given a wording of its own.
    """
    edition = latest_edition(document)
    assert edition is not None
    section = edition.wordings[1].provision
    content = Content(RemarkKind.AMENDMENT, "Bo tak.", section, AmendmentKind.REWORD, "Inaczej.")
    mine, guests = (
        [scene.sent(document, content, by=author) for _ in range(2)],
        [scene.sent_by_guest(document, content) for _ in range(2)],
    )
    for remark in (mine[0], guests[0]):
        remark.carried.append(
            CarriedWording(
                whose=Whose.AUTHOR,
                edition=edition,
                fate=Fate.CHANGED_BENEATH,
                provision=section,
                seen="Dawne słowa.",
                text="Inaczej.",
            )
        )
    answers = [
        positions.decide(
            remark, Outcome.ACCEPTED, own=Own("Po swojemu.", edition.number), by=clerk, at=now()
        )
        for remark in (mine[1], guests[1])
    ]
    db.session.flush()
    return {
        "collided": mine[0].number,
        "reworded": mine[1].number,
        "collided_key": secret_of(guests[0].submission_key),
        "reworded_key": secret_of(guests[1].submission_key),
        "position": answers[0].id,
        "position_of_guest": answers[1].id,
    }


def _of_quiet_consultation(phase: Phase, clerk: User) -> dict[str, object]:
    """Nobody has said anything: on one document nobody works, on another a change is ready."""
    quiet = town.consultation(Phase.OPEN)
    document, drafted = town.document(quiet), town.document(quiet, slug="drugi")
    draft = start_draft(drafted, by=clerk, at=now())
    db.session.flush()
    wish = Wish(str(drafted.editions[0].wordings[2].provision.number), ChangeKind.REPEAL)
    write(draft, wish, Why(reason="Zbędne."), by=clerk, at=now())
    db.session.flush()
    known = {
        "quiet": quiet.slug,
        "quiet_document": document.slug,
        "drafted_document": drafted.slug,
        "draft_revision": draft.revision,
    }
    _move_to(quiet, phase)
    if phase is Phase.DRAFT:  # no report is made of what is in preparation
        return {**known, "quiet_report": 1}
    return {**known, "quiet_report": make_report(quiet, by=clerk, at=now()).number}


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


def _meeting(document: Document, host: User) -> dict[str, object]:
    """A meeting that has begun, somebody who has a place in it, and notes, one of them dropped."""
    held, guests = door.meeting(consultation_id=document.consultation_id)
    held.documents = [document]
    held.facilitators = [Facilitator(name=host.name, user_id=host.id)]
    db.session.flush()
    note, dropped = (minutes.noted(minutes.place(held, document), host) for _ in range(2))
    noting.drop(dropped, "Pomyłka.", by=host, at=now())
    draft = Draft(points=(Point("Otwarcie"),))
    writing.save(held, draft, revision=0, by=host, at=now())
    version = writing.publish(held, "", revision=1, by=host, at=now())
    return {
        "meeting": held.slug,
        "guest": guests[0].id,
        "note": note.id,
        "dropped_note": dropped.id,
        "minutes": version.number,
    }


def _move_to(consultation: Consultation, phase: Phase) -> None:
    model = town.consultation(phase)
    for each in model.rounds:  # as a form gives them
        each.opens_at = each.opens_at.replace(second=0, microsecond=0)
        each.closes_at = each.closes_at.replace(second=0, microsecond=0)
    db.session.flush()
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
