"""A workshop on a draft that has just begun, and somebody who runs it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from app.accounts.models import Role, User
from app.consultations.phases import Phase
from app.documents.models import Document
from app.events.models import Event, Facilitator
from app.minutes import noting
from app.minutes.ground import Place, place_at
from app.minutes.models import Note, NoteKind
from app.minutes.said import Said
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.events import scene
from tests.remarks.scene import provision

_serial = itertools.count(1)

#: Another wording of § 1.
BETTER = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami."


def workshop(phase: Phase = Phase.OPEN, **fields: Any) -> tuple[Event, Document, User]:
    """A workshop on § 1 that began an hour ago; its document, and its facilitator."""
    consultation = town.consultation(phase)
    document = town.document(consultation)
    host = town.person(Role.FACILITATOR)
    event = scene.event(
        consultation_id=consultation.id,
        starts_at=fields.pop("starts_at", now() - timedelta(hours=1)),
        **fields,
    )
    event.documents = [document]
    event.provisions = [provision(document, "§ 1"), provision(document, "§ 2")]
    event.facilitators = [Facilitator(name=host.name, user_id=host.id)]
    db.session.flush()
    return event, document, host


def place(event: Event, document: Document | None, citation: str = "") -> Place:
    """A provision by its citation, the whole document, or the meeting."""
    if document is None:
        return Place(event)
    number = provision(document, citation).number if citation else 0
    return place_at(event, f"{document.id}:{number}")


def proposal(body: str = "Mieszkańcy też współpracują.", proposed: str = BETTER) -> Said:
    return Said(NoteKind.PROPOSAL, body, proposed, "stolik 2")


def comment(body: str = "Dlaczego tak mało?", kind: NoteKind = NoteKind.COMMENT) -> Said:
    return Said(kind, body)


def noted(on: Place, by: User, said: Said | None = None, **fields: Any) -> Note:
    """A note that somebody has taken."""
    note = noting.note_down(
        on,
        said or comment(),
        submission_key=fields.get("key", f"notatka-nr-{next(_serial):012}"),
        by=by,
        at=fields.get("at", now()),
    )
    db.session.flush()
    return note
