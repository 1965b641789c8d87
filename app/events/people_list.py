"""How the office's list of an event's people is parted and looked through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.events.models_signups import HOLDING, SignUpState
from app.platform import polish
from app.platform.pages import Page

#: The lists, in the order in which they stand.
PARTS = {
    "coming": HOLDING,
    "waiting": {SignUpState.WAITING},
    "gone": {SignUpState.CANCELLED, SignUpState.LAPSED},
}


class InLine(NamedTuple):
    """A sign-up as far as the whole list must know it, on whatever page it stands."""

    id: int
    state: SignUpState
    people: int
    words: str  # its names, its address and its organisation


class Part(NamedTuple):
    """One list: what of it stands on this page, its people on all pages, and where it begins."""

    name: str
    shown: Sequence[InLine]
    people: int
    begins_on: int


def parts_of(found: Sequence[InLine], page: Page[InLine]) -> list[Part]:
    """The lists that have anybody."""
    parts = []
    for name, states in PARTS.items():
        of_it = [signup for signup in found if signup.state in states]
        if of_it:
            shown = [signup for signup in page.items if signup.state in states]
            begins_on = found.index(of_it[0]) // page.per_page + 1
            parts.append(Part(name, shown, sum(s.people for s in of_it), begins_on))
    return parts


def matching(everybody: Sequence[InLine], sought: str) -> Sequence[InLine]:
    """Those in whose names, address or organisation every word occurs."""
    return [each for each in everybody if not sought or polish.fits(each.words, sought)]


def numbers_in_line(everybody: Sequence[InLine]) -> dict[int, int]:
    """The number of each that waits, from 1."""
    waiting = (signup for signup in everybody if signup.state is SignUpState.WAITING)
    return {signup.id: number for number, signup in enumerate(waiting, 1)}
