"""What may become of the wording of an amendment, in one word each. Pure."""

from __future__ import annotations

from enum import StrEnum


class Whose(StrEnum):
    """Whose wording of an amendment it is; the office's is never told as its author's."""

    AUTHOR = "author"
    OFFICE = "office"


class Fate(StrEnum):
    """What a later edition did to a wording that was proposed for an earlier one."""

    STANDS = "stands"  # the provision reads as it did
    REBASED = "rebased"  # both changes fit into one text
    SATISFIED = "satisfied"  # the new edition says what was proposed
    CHANGED_BENEATH = "changed_beneath"  # the same words were changed otherwise
    ORPHANED = "orphaned"  # the provision is gone


class Response(StrEnum):
    """What the author says to the office's wording; silence is a state too, and stops nothing."""

    AWAITED = "awaited"
    AGREES = "agrees"
    DISAGREES = "disagrees"

    @classmethod
    def of(cls, *, agrees: bool) -> Response:
        """A yes or a no."""
        return cls.AGREES if agrees else cls.DISAGREES
