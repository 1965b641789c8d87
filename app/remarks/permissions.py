"""Who may make, change, support, answer, hide and restore remarks, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.accounts.models import OFFICE, Role, User, Visitor
from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.remarks import lifecycle
from app.remarks.fate import Fate
from app.remarks.models import Remark, Reply

#: Phases in which what came in on time may still be entered by the office.
ENTERED_IN = frozenset({Phase.OPEN, Phase.BETWEEN, Phase.CONSIDERED})

MODERATORS = frozenset({Role.FACILITATOR, Role.COORDINATOR})
ANSWERING = frozenset({Role.COORDINATOR, Role.EXECUTIVE})


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Somebody without an account who has opened the secret link of a remark: its author."""

    remark_id: int
    id: None = None
    name: str = ""
    email: str = ""
    role: None = None
    is_authenticated: bool = False


Author = User | Visitor | KeyHolder


def is_author(user: Author, remark: Remark) -> bool:
    """Whether the remark is this person's own."""
    if isinstance(user, KeyHolder):
        return user.remark_id == remark.id
    return user.id is not None and user.id == remark.author_id


def _speaks_for_author(user: Author, remark: Remark, at: datetime) -> bool:
    """The author while remarks are taken; who typed in a paper, for as long as papers are."""
    phase = phase_of(remark.consultation, at)
    if is_author(user, remark) and phase is Phase.OPEN:
        return True
    typed = remark.entered_by_id is not None and user.id == remark.entered_by_id
    return typed and user.role in MODERATORS and phase in ENTERED_IN


def can_submit_remark(user: Author, consultation: Consultation, at: datetime) -> bool:
    """Anybody, with or without an account, while a round is open."""
    return phase_of(consultation, at) is Phase.OPEN


def can_enter_remark(user: Author, consultation: Consultation, at: datetime) -> bool:
    """Those who take paper, letters and notes in, until the report is published."""
    return user.role in MODERATORS and phase_of(consultation, at) in ENTERED_IN


def can_change_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """Its author, while remarks are taken and it waits for an answer.

    An amendment that moved along with the text is restated on the newest edition instead.
    """
    if not lifecycle.may_be_changed(remark) or _moved_on(remark):
        return False
    return _speaks_for_author(user, remark, at)


def can_restate_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """Its author, on the newest edition, while remarks are taken and it waits for an answer.

    Where an edition changed the same words, also later, until it is answered or the consultation
    is concluded: the author could not help it.
    """
    if not lifecycle.may_be_changed(remark) or not _moved_on(remark):
        return False
    assert remark.moved_along is not None
    collided = remark.moved_along.fate is Fate.CHANGED_BENEATH
    in_time = collided and phase_of(remark.consultation, at) in ENTERED_IN
    return (is_author(user, remark) and in_time) or _speaks_for_author(user, remark, at)


def _moved_on(remark: Remark) -> bool:
    """Whether an amendment has a place in an edition newer than the one it was written on."""
    return remark.moved_along is not None and remark.moved_along.provision_id is not None


def can_respond_to_wording(user: Author, remark: Remark, at: datetime) -> bool:
    """The author, and nobody for them, where the office gives a wording of its own."""
    if remark.response is None or remark.withdrawn_at is not None:
        return False
    return is_author(user, remark) and phase_of(remark.consultation, at) in ENTERED_IN


def can_withdraw_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """Its author, until it is answered or the consultation is concluded."""
    if not lifecycle.may_be_withdrawn(remark):
        return False
    in_time = phase_of(remark.consultation, at) in ENTERED_IN
    return (is_author(user, remark) and in_time) or _speaks_for_author(user, remark, at)


def can_read_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """Everybody; the words of a hidden remark only its author and the office."""
    if not lifecycle.words_are_hidden(remark):
        return True
    return user.role in OFFICE or is_author(user, remark)


def can_reply_to_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """Whoever has signed in, while remarks are taken; the office until the end."""
    if not user.is_authenticated or remark.withdrawn_at or remark.hidden_at:
        return False
    phase = phase_of(remark.consultation, at)
    return phase is Phase.OPEN or (user.role in OFFICE and phase in ENTERED_IN)


def can_support_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """Whoever has signed in, except its author, while remarks are taken."""
    if not user.is_authenticated or is_author(user, remark):
        return False
    visible = remark.withdrawn_at is None and remark.hidden_at is None
    return visible and phase_of(remark.consultation, at) is Phase.OPEN


def can_hide_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """A facilitator or the coordinator, at any time: what harms somebody cannot wait."""
    return user.role in MODERATORS and remark.hidden_at is None


def can_restore_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """A facilitator or the coordinator, at any time."""
    return user.role in MODERATORS and remark.hidden_at is not None


def can_hide_reply(user: Author, reply: Reply, at: datetime) -> bool:
    """A facilitator or the coordinator, at any time."""
    return user.role in MODERATORS and reply.hidden_at is None


def can_restore_reply(user: Author, reply: Reply, at: datetime) -> bool:
    """A facilitator or the coordinator, at any time."""
    return user.role in MODERATORS and reply.hidden_at is not None


def can_answer_remark(user: Author, remark: Remark, at: datetime) -> bool:
    """The coordinator or the executive, unless it was withdrawn, until the report is published."""
    if not lifecycle.may_be_answered(remark) or user.role not in ANSWERING:
        return False
    return phase_of(remark.consultation, at) in ENTERED_IN
