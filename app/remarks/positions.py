"""What the office does with a remark: hide its words, show them again, answer it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.journal.actions import record
from app.legaltext import sanitize
from app.legaltext.diff import normalise
from app.platform.errors import DomainError, require
from app.remarks import messages
from app.remarks.content import LONGEST_BODY, LONGEST_REASON
from app.remarks.models import Outcome, Position, Remark
from app.remarks.office_wording import Own, ground_of, is_own, put_into
from app.remarks.permissions import can_answer_remark, can_hide_remark, can_restore_remark
from app.remarks.post import tell_author
from app.remarks.queries import held


def hide(remark: Remark, *, reason: str, by: User, at: datetime) -> Remark:
    """Put a reason in place of a remark's words; it keeps its number and is still answered."""
    require(can_hide_remark(by, held(remark), at))
    if not reason.strip():
        raise DomainError(_l("Give the reason: it will stand in place of the text."))
    remark.hidden_at, remark.hidden_by_id = at, by.id
    remark.hidden_reason = reason.strip()[:LONGEST_REASON]
    number = record(
        "hidden", remark, by=by, at=at, scope=remark.consultation, reason=remark.hidden_reason
    )
    touch(remark.consultation_id)
    tell_author(remark, lambda: messages.hidden(remark), about=f"hidden:{number}", at=at)
    return remark


def restore(remark: Remark, *, by: User, at: datetime) -> Remark:
    """Show hidden words again; the journal keeps that they were hidden, and why."""
    require(can_restore_remark(by, held(remark), at))
    remark.hidden_at, remark.hidden_by_id, remark.hidden_reason = None, None, ""
    record("restored", remark, by=by, at=at, scope=remark.consultation)
    touch(remark.consultation_id)
    return remark


def decide(
    remark: Remark,
    outcome: Outcome,
    justification: str = "",
    *,
    own: Own | None = None,
    by: User,
    at: datetime,
) -> Position:
    """Take a position; a later one stands over the earlier, which stays.

    All but full acceptance must be justified. Taking the same position again adds nothing. With
    ``own`` the office puts a wording of its own in place of the author's.
    """
    require(can_answer_remark(by, held(remark), at), _l("This remark cannot be answered now."))
    justification = justification.strip()
    if outcome is not Outcome.ACCEPTED and not justification:
        raise DomainError(_l("Say why: a justification is needed unless you accept in full."))
    if len(justification) > LONGEST_BODY:
        raise DomainError(_l("This is too long: at most %(n)s characters fit.", n=LONGEST_BODY))
    latest = remark.positions[-1] if remark.positions else None
    if latest and _is_the_same(latest, outcome, justification, own):
        return latest
    position = Position(
        outcome=outcome,
        justification=justification,
        html=sanitize.paragraphs(justification),
        decided_at=at,
        decided_by_id=by.id,
    )
    put_into(position, remark, own)
    remark.positions.append(position)
    remark.outcome = outcome
    record("decided", remark, by=by, at=at, scope=remark.consultation, outcome=str(outcome))
    touch(remark.consultation_id)
    tell_author(
        remark, lambda: messages.answered(remark, position), about=f"answered:{position.id}", at=at
    )
    return position


def _is_the_same(latest: Position, outcome: Outcome, justification: str, own: Own | None) -> bool:
    typed = own.text if is_own(latest.remark, ground_of(latest.remark), own) and own else ""
    wordings = normalise(latest.wording) == normalise(typed)
    return wordings and (latest.outcome, latest.justification) == (outcome, justification)
