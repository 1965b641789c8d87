"""An author says anew, on the newest edition, what an amendment of an earlier one asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.documents.models import Edition, Provision, Wording
from app.documents.queries import latest_edition
from app.journal.actions import record
from app.legaltext.quotations import stands_in
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed, require
from app.remarks import wording
from app.remarks.actions import keep_version
from app.remarks.content import Content, mistakes
from app.remarks.fate import Fate
from app.remarks.models import AmendmentKind, CarriedWording, Remark
from app.remarks.permissions import Author, can_restate_remark, is_author
from app.remarks.queries import held
from app.remarks.tallies import count

TOO_LATE = _l("This remark does not have to be written anew, or it is too late for that.")

STALE = _l(
    "A new edition of the draft, or another version of this remark, came while you were writing. "
    "What you typed is still here: check it against the present wording and save it again."
)


@dataclass(frozen=True, slots=True)
class NewPlace:
    """Where an amendment is written anew, what stands there now, and the words to begin with."""

    moved: CarriedWording
    edition: Edition
    provision: Provision
    row: Wording
    current: str
    begin_with: str


@dataclass(frozen=True, slots=True)
class Restated:
    """What an author writes anew.

    ``edition`` is the number of the one that they had before their eyes, ``version`` that of
    their remark's latest version.
    """

    body: str
    proposed_text: str
    edition: int
    version: int


def new_place(remark: Remark) -> NewPlace:
    """The place of a remark that may be written anew.

    Words that were carried are offered to be corrected; in place of lost ones, those of the new
    edition are, as when a change is proposed for the first time.
    """
    moved, newest = remark.moved_along, latest_edition(remark.document)
    provision = moved.provision if moved is not None else None
    row = wording.wording_in(newest, provision) if newest is not None else None
    if moved is None or newest is None or provision is None or row is None:
        raise NotAllowed(TOO_LATE)
    current = wording.text_of(wording.unit_of(newest, provision))
    lost = moved.fate in {Fate.CHANGED_BENEATH, Fate.SATISFIED}
    afresh = lost and remark.amendment_kind is AmendmentKind.REWORD
    return NewPlace(moved, newest, provision, row, current, current if afresh else moved.text)


def content_at(place: NewPlace, remark: Remark, said: Restated) -> Content:
    """What a remark written anew says, and of what."""
    return Content(
        remark.kind, said.body, place.provision, remark.amendment_kind, said.proposed_text
    )


def restate(remark: Remark, said: Restated, *, by: Author, at: datetime) -> Remark:
    """Put a remark on the newest edition in new words; its number and all its versions stay.

    Sending the same form twice makes one version.
    """
    remark = held(remark)
    if _is_done(remark, said, by):
        return remark
    require(can_restate_remark(by, remark, at), TOO_LATE)
    place = new_place(remark)
    if is_stale(place, remark, said):
        raise DomainError(STALE)
    for _field, problem in mistakes(content_at(place, remark, said), place.current):
        raise DomainError(problem)
    _put(remark, place, said, at)
    keep_version(remark, by, at)
    person = by if isinstance(by, User) else None
    record("restated", remark, by=person, at=at, scope=remark.consultation)
    touch(remark.consultation_id)
    return remark


def is_stale(place: NewPlace, remark: Remark, said: Restated) -> bool:
    """Whether its author wrote before another text or another version of the remark."""
    return (said.edition, said.version) != (place.edition.number, remark.versions_count)


def _is_done(remark: Remark, said: Restated, by: Author) -> bool:
    proposed = wording.proposed(remark.amendment_kind, said.proposed_text)
    same = (said.body.strip(), proposed) == (remark.body, remark.proposed_text)
    return same and is_author(by, remark) and remark.moved_along is None


def _put(remark: Remark, place: NewPlace, said: Restated, at: datetime) -> None:
    kind, proposed = remark.amendment_kind, said.proposed_text
    count(remark, -1)
    remark.edition, remark.citation = place.edition, place.row.citation
    remark.provision = remark.home = place.provision
    if remark.quote and not stands_in(place.current, remark.quote):
        remark.quote = remark.quote_prefix = remark.quote_suffix = ""
    remark.body, remark.changed_at = said.body.strip(), at
    remark.proposed_text = wording.proposed(kind, proposed)
    remark.html = wording.rendered(kind, place.current, remark.proposed_text, remark.body)
    remark.versions_count += 1
    remark.carried.clear()
    if remark.place is not None:
        db.session.delete(remark.place)
    db.session.flush()
    db.session.expire(remark, ["place"])
    count(remark, 1)
