"""What a working draft refuses, and what to do then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.drafting.meeting import Meeting
from app.drafting.models import DraftChange, NoChange, WorkingDraft
from app.drafting.queries import is_caused_by
from app.drafting.steps import Said
from app.platform.errors import DomainError
from app.remarks.models import Outcome, Remark

TAKEN = (Outcome.ACCEPTED, Outcome.PARTIALLY_ACCEPTED)


@dataclass(frozen=True, slots=True)
class Clashing:
    """Two sides that exclude each other: what was to be done, and the changes in its way.

    ``target`` is the provision that it was to be done to.
    """

    target: str
    mine: Said
    clash: str
    others: Sequence[DraftChange]


class Collides(DomainError):
    """A change would collide with what stands in the working text; ``clashing`` shows both."""

    def __init__(self, clashing: Clashing) -> None:
        super().__init__(
            _l(
                "This change and one that is in the draft exclude each other. Read both and write "
                "the wording by hand, or switch the other one out first."
            )
            if clashing.others
            else _l("This does not fit into the text as it stands now. Choose otherwise.")
        )
        self.clashing = clashing


class ChangedMeanwhile(DomainError):
    """Somebody else has saved the same provision first; ``meeting`` shows both and the merge."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            _l(
                "Somebody has changed this provision since you opened it. Your text is here, "
                "beside theirs. Check the proposal and save it again."
            )
        )
        self.meeting = meeting


class ExplainedMeanwhile(DomainError):
    """Somebody else has given a change other causes since its author opened the form."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Somebody has changed the causes since you opened this page. Read theirs below; "
                "what you typed is still in the form, and replaces them when you save it again."
            )
        )


class ReasonStands(DomainError):
    """Somebody else has said already why these remarks need no change, and said it otherwise."""

    def __init__(self, standing: Sequence[NoChange]) -> None:
        first = standing[0]
        super().__init__(
            _l(
                "Somebody has already said why remark no. %(number)s needs no change: "
                "“%(reason)s” If your reason should stand, take that one back first.",
                number=first.remark.number,
                reason=first.reason,
            )
        )


def unfit_causes(draft: WorkingDraft, remarks: Sequence[Remark]) -> None:
    """Only remarks on the same document that the office decided in favour of change its text."""
    for remark in remarks:
        if remark.document_id != draft.document_id:
            raise DomainError(
                _l("Remark no. %(number)s is on another document.", number=remark.number)
            )
        if remark.withdrawn_at is not None:
            raise DomainError(
                _l(
                    "Remark no. %(number)s was withdrawn, so it cannot be the cause of a change.",
                    number=remark.number,
                )
            )
        if remark.outcome not in TAKEN:
            raise DomainError(_l("A remark that was not accepted cannot be the cause of a change."))


def taken_in_already(draft: WorkingDraft, remark: Remark) -> None:
    """An amendment is taken in once; after it is switched out it may be taken in again."""
    if is_caused_by(draft, remark):
        raise DomainError(
            _l("Remark no. %(number)s has been taken in already.", number=remark.number)
        )
