"""The office's own wording in answer to an amendment, and what the author says to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.documents.models import Edition, Provision
from app.documents.queries import latest_edition
from app.journal.actions import record
from app.legaltext import sanitize
from app.legaltext.diff import normalise
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.remarks import wording
from app.remarks.content import LONGEST_PROPOSED, LONGEST_REASON
from app.remarks.fate import Response, Whose
from app.remarks.models import (
    AmendmentKind,
    Outcome,
    Position,
    PositionResponse,
    Remark,
)
from app.remarks.permissions import Author, can_respond_to_wording
from app.remarks.queries import held

#: Outcomes with which the office may give a wording of its own.
FAVOURABLE = frozenset({Outcome.ACCEPTED, Outcome.PARTIALLY_ACCEPTED})

TOO_LATE = _l("There is no wording of the office to agree with, or it is too late for that.")
ANSWERED_ANEW = _l(
    "The office has answered anew meanwhile. What you typed is still here: read the new wording "
    "and send it again."
)
ANOTHER_EDITION = _l(
    "A new edition of the draft was published while you were writing. "
    "What you typed is still here: check it against the present wording and publish it again."
)


@dataclass(frozen=True, slots=True)
class Own:
    """A wording as the office typed it, for the edition with the number it had in sight."""

    text: str
    edition: int


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the office may write: the provision in the newest edition, and the two wordings.

    ``theirs`` is the author's proposal as it stands now.
    """

    edition: Edition
    provision: Provision
    current: str
    theirs: str


def ground_of(remark: Remark) -> Ground | None:
    """Where an own wording would belong; ``None`` where there can be none.

    That is so for comments and for striking out, which have no wording, and for an amendment
    whose provision is gone.
    """
    if remark.amendment_kind not in {AmendmentKind.REWORD, AmendmentKind.INSERT}:
        return None
    newest, moved = latest_edition(remark.document), remark.moved_along
    provision = moved.provision if moved is not None else remark.home
    unit = wording.unit_of(newest, provision) if newest and provision else None
    if newest is None or provision is None or unit is None:
        return None
    theirs = moved.text if moved is not None else remark.proposed_text
    return Ground(newest, provision, wording.text_of(unit), theirs)


def is_own(remark: Remark, ground: Ground | None, own: Own | None) -> bool:
    """Whether the office typed a wording that is not just the author's.

    The field begins with the author's words: left as it is, it says nothing of the office's.
    """
    typed = normalise(own.text) if own is not None else ""
    theirs = {normalise(remark.proposed_text)}
    if ground is not None:
        theirs.add(normalise(ground.theirs))
    return bool(typed) and typed not in theirs


def mistakes(
    remark: Remark, ground: Ground | None, outcome: Outcome | None, own: Own | None
) -> Iterator[object]:
    """What is wrong with an own wording, and what to do about it."""
    if not is_own(remark, ground, own):
        return
    assert own is not None
    if ground is None:
        yield _l("This remark proposes no wording, so there is none to put in its place.")
        return
    if outcome not in FAVOURABLE:
        yield _l(
            "A wording of the office goes with acceptance, in full or in part. "
            "Choose one of them, or put the author's wording back."
        )
    if len(own.text) > LONGEST_PROPOSED:
        yield _l("This is too long: at most %(n)s characters fit.", n=LONGEST_PROPOSED)
    if not wording.differs(remark.amendment_kind, ground.current, own.text):
        yield _l("This is the present wording. Write what should change, or do not accept.")
    if own.edition != ground.edition.number:
        yield ANOTHER_EDITION


def put_into(position: Position, remark: Remark, own: Own | None) -> None:
    """Write the office's own wording down with its position; the author is asked about it."""
    ground = ground_of(remark)
    for problem in mistakes(remark, ground, position.outcome, own):
        raise DomainError(problem)
    remark.carried = [row for row in remark.carried if row.whose is Whose.AUTHOR]
    if not is_own(remark, ground, own):
        remark.response = None
        return
    assert own is not None
    assert ground is not None
    position.wording = wording.proposed(remark.amendment_kind, own.text)
    position.wording_seen = ground.current
    position.edition, position.provision = ground.edition, ground.provision
    remark.response = Response.AWAITED


def respond(
    remark: Remark, position_id: int, *, agrees: bool, words: str, by: Author, at: datetime
) -> PositionResponse:
    """Say whether one agrees with the office's wording; a change of mind keeps what was said.

    ``position_id`` is the answer that the author had before their eyes. The same again adds
    nothing.
    """
    remark = held(remark)
    require(can_respond_to_wording(by, remark, at), TOO_LATE)
    latest = remark.positions[-1]
    if latest.id != position_id:
        raise DomainError(ANSWERED_ANEW)
    words = words.strip()[:LONGEST_REASON]
    before = latest.responses[-1] if latest.responses else None
    if before is not None and (before.agrees, before.words) == (agrees, words):
        return before
    person = by if isinstance(by, User) else None
    response = PositionResponse(
        agrees=agrees,
        words=words,
        html=sanitize.paragraphs(words),
        responded_at=at,
        responded_by_id=person.id if person is not None else None,
    )
    latest.responses.append(response)
    remark.response = Response.of(agrees=agrees)
    db.session.flush()
    record("responded", remark, by=person, at=at, scope=remark.consultation, agrees=agrees)
    touch(remark.consultation_id)
    return response
