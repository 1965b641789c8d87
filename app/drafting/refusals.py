"""What a working draft refuses, and what to do then. Pure on loaded objects."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.drafting.composition import same_wording
from app.drafting.models import WorkingDraft
from app.drafting.queries import TAKEN, active
from app.legaltext.units import Unit
from app.platform.errors import DomainError
from app.remarks.models import Remark


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
    """An amendment is taken in once; after it is taken back it may be taken in again."""
    if any(remark.id == cause.id for change in active(draft) for cause in change.causes):
        raise DomainError(
            _l("Remark no. %(number)s has been taken in already.", number=remark.number)
        )


def overwriting(current: Unit | None, seen: str) -> None:
    """A wording is replaced only by somebody who has read it."""
    if current is None or not same_wording(current, seen):
        raise DomainError(
            _l("This provision has changed meanwhile. Compare your text with the present wording.")
        )
