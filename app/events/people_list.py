"""How the office's list of an event's people is parted and looked through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.events.models_signups import HOLDING, SignUp, SignUpState
from app.platform import polish
from app.platform.pages import Page

#: The lists, in the order in which they stand.
PARTS = {
    "coming": HOLDING,
    "waiting": {SignUpState.WAITING},
    "gone": {SignUpState.CANCELLED, SignUpState.LAPSED},
}


class Part(NamedTuple):
    """One list: what of it stands on this page, its people on all pages, and where it begins."""

    name: str
    shown: Sequence[SignUp]
    people: int
    begins_on: int


def parts_of(found: Sequence[SignUp], page: Page[SignUp]) -> list[Part]:
    """The lists that have anybody."""
    parts = []
    for name, states in PARTS.items():
        of_it = [signup for signup in found if signup.state in states]
        if of_it:
            shown = [signup for signup in page.items if signup.state in states]
            begins_on = found.index(of_it[0]) // page.per_page + 1
            parts.append(Part(name, shown, sum(s.people for s in of_it), begins_on))
    return parts


def fits(signup: SignUp, sought: str) -> bool:
    """Whether every word is in a name, the address or the organisation of a sign-up."""
    names = (participant.name for participant in signup.participants)
    organisation = signup.organisation.name if signup.organisation else ""
    return polish.fits(" ".join((*names, signup.name, signup.email, organisation)), sought)


def numbers_in_line(signups: Sequence[SignUp]) -> dict[int, int]:
    """The number of each that waits, from 1."""
    waiting = (signup for signup in signups if signup.state is SignUpState.WAITING)
    return {signup.id: number for number, signup in enumerate(waiting, 1)}
