"""What changes a consultation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.consultations.models import Consultation, Round
from app.consultations.permissions import can_publish_consultation, can_steer
from app.consultations.preparation import Dates, Particulars, differing, overlapping, version_of
from app.consultations.queries import consultation_by_slug, consultation_by_submission, locked
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require

_TAKEN = _l("Another consultation already has this address. Choose a different one.")

#: Particulars that are columns under the same name.
_TEXTS = tuple(field.name for field in fields(Particulars) if field.name != "rounds")

_consultation = cast(sa.Table, Consultation.__table__)

#: Part of every change, so it is put together once.
_TOUCH = (
    sa.update(_consultation)
    .where(_consultation.c.id == sa.bindparam("touched"))
    .values(revision=_consultation.c.revision + 1)
)
_TAKE_NUMBER = _TOUCH.values(last_remark_number=sa.bindparam("number"))


class ChangedMeanwhile(DomainError):
    """Somebody else has saved the consultation while its form was open; nothing was overwritten."""


def touch(consultation_id: int) -> None:
    """Tell every cached page of a consultation that something a reader sees has changed."""
    db.session.execute(_TOUCH, {"touched": consultation_id})
    _out_of_date(consultation_id)


def take_number(consultation: Consultation) -> int:
    """The next number for a remark of a locked consultation; tells kept pages as ``touch`` does."""
    number = consultation.last_remark_number + 1
    db.session.execute(_TAKE_NUMBER, {"touched": consultation.id, "number": number})
    _out_of_date(consultation.id)
    return number


def _out_of_date(consultation_id: int) -> None:
    key = Consultation.__mapper__.identity_key_from_primary_key((consultation_id,))
    held = db.session.identity_map.get(key)
    if held is not None:
        db.session.expire(held, ["revision", "last_remark_number"])


def prepare(
    particulars: Particulars, *, submission_key: str, by: User, at: datetime
) -> Consultation:
    """Begin a consultation that only the office sees until it is published.

    The same ``submission_key`` with the same words again gives the same consultation.
    """
    require(can_steer(by, None, at))
    made = consultation_by_submission(submission_key)
    if made is not None:
        return _same(made, particulars)
    _refuse_taken(particulars.slug, None)
    consultation = Consultation(created_at=at, submission_key=submission_key)
    _set(consultation, particulars)
    _set_rounds(consultation, particulars.rounds, at)
    try:
        with db.session.begin_nested():
            db.session.add(consultation)
    except IntegrityError:  # two requests came at once
        made = consultation_by_submission(submission_key)
        if made is None:
            raise DomainError(_TAKEN) from None
        return _same(made, particulars)
    record("prepared", consultation, by=by, at=at, scope=consultation)
    return consultation


def _same(made: Consultation, particulars: Particulars) -> Consultation:
    if differing(particulars_of(made), replace(particulars, slug=made.slug)):
        raise DomainError(
            _l(
                "This form was sent before: the consultation “%(title)s” is prepared. What you "
                "wrote now was not saved. Copy it, open that consultation and correct it there.",
                title=made.title,
            )
        )
    return made


def particulars_of(consultation: Consultation) -> Particulars:
    """What is said about a consultation now."""
    texts = {name: getattr(consultation, name) for name in _TEXTS}
    rounds = [Dates(r.opens_at, r.closes_at, r.title, r.number) for r in consultation.rounds]
    return Particulars(**texts, rounds=tuple(rounds))


def change(
    consultation: Consultation, particulars: Particulars, *, version: str, by: User, at: datetime
) -> None:
    """Change what is said about a consultation, and its dates.

    ``version`` is the one that the person had before their eyes; raises ``ChangedMeanwhile`` when
    it is not the one that stands. Saying the same again changes nothing. A round that has begun
    keeps its opening and cannot be removed; the address of a published consultation stays, for it
    has been printed on posters.
    """
    require(can_steer(by, locked(consultation.id), at))
    if consultation.published_at and particulars.slug != consultation.slug:
        raise DomainError(
            _l("This consultation is published, so its address can no longer change.")
        )
    _refuse_taken(particulars.slug, consultation)
    stands = particulars_of(consultation)
    if not differing(stands, particulars):
        return
    if version != version_of(stands):
        raise ChangedMeanwhile(_l("Somebody has changed this consultation in another window."))
    before = _dates(consultation)
    changed = [n for n in _TEXTS if getattr(consultation, n) != getattr(particulars, n)]
    _set(consultation, particulars)
    _set_rounds(consultation, particulars.rounds, at)
    db.session.flush()
    dates = {"before": before, "after": _dates(consultation)}
    record("changed", consultation, by=by, at=at, scope=consultation, fields=changed, rounds=dates)
    touch(consultation.id)


def publish(consultation: Consultation, *, by: User, at: datetime) -> None:
    """Show a consultation to everybody; it opens by itself when its first round begins."""
    require(can_steer(by, consultation, at))
    if not consultation.rounds:
        raise DomainError(
            _l("Give the consultation at least one round with dates, and then publish it.")
        )
    if not can_publish_consultation(by, consultation, at):
        raise DomainError(_l("This consultation is already published."))
    consultation.published_at = at
    record("published", consultation, by=by, at=at, scope=consultation)
    touch(consultation.id)


def _refuse_taken(slug: str, own: Consultation | None) -> None:
    found = consultation_by_slug(slug)
    if found is not None and found is not own:
        raise DomainError(_TAKEN)


def _set(consultation: Consultation, particulars: Particulars) -> None:
    for name in _TEXTS:
        setattr(consultation, name, getattr(particulars, name))


def _dates(consultation: Consultation) -> list[list[str]]:
    ordered = sorted(consultation.rounds, key=lambda r: r.opens_at)
    return [[r.opens_at.isoformat(), r.closes_at.isoformat()] for r in ordered]


def _set_rounds(consultation: Consultation, planned: Sequence[Dates], at: datetime) -> None:
    _refuse_dates(planned)
    known = {found.number: found for found in consultation.rounds}
    kept = {dates.number for dates in planned}
    for number, found in known.items():
        if number not in kept:
            _refuse_begun(found, at)
            consultation.rounds.remove(found)
            db.session.delete(found)
    free = max(known, default=0)
    for dates in sorted(planned, key=lambda d: d.opens_at):
        known_round = known.get(dates.number)
        if known_round is None:
            free += 1
            known_round = Round(number=free)
            consultation.rounds.append(known_round)
        elif known_round.opens_at != dates.opens_at:
            _refuse_begun(known_round, at)
        known_round.title = dates.title
        known_round.opens_at, known_round.closes_at = dates.opens_at, dates.closes_at


def _refuse_dates(planned: Sequence[Dates]) -> None:
    if any(dates.opens_at >= dates.closes_at for dates in planned):
        raise DomainError(_l("A round must close after it opens. Correct its dates."))
    if overlapping(planned):
        raise DomainError(
            _l("Two rounds overlap. Let the later one open when the earlier has closed.")
        )


def _refuse_begun(begun: Round, at: datetime) -> None:
    if begun.opens_at <= at:
        raise DomainError(
            _l("This round has begun, so its opening stays. You can still change its end.")
        )
