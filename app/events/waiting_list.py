"""Who has a place and who waits: first come, first served, decided from values alone.

A party is people who signed up together and want to come together. One that does not fit into
the free places does not hold up those behind it who do: otherwise a place would stay empty while
somebody waits for it. It keeps its own place in the order and has the first claim as soon as it
fits. An organisation that has all the places it may have waits in the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Rules:
    """Of one event: places in all (``None``: no limit), kept by the office, and for one
    organisation."""

    capacity: int | None
    reserved: int = 0
    per_organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """People who come together; ``holds`` says that they have a place or are offered one."""

    id: int
    people: int
    rank: int
    holds: bool = False
    organisation: int | None = None
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """An event as it is seen from the door: sums instead of parties.

    ``held`` are the people who have or are offered a place, ``own`` those of them who belong to
    the organisation that arrives. ``waiting`` and ``offered`` are parties.
    """

    held: int = 0
    own: int = 0
    queued: int = 0  # people who wait
    waiting: int = 0
    offered: int = 0


class Reason(StrEnum):
    """Why a party has not moved."""

    FULL = "full"  # every place is taken
    OFFERED = "offered"  # free ones are offered to others, who have not answered yet
    RESERVED = "reserved"  # those left are kept by the office
    PARTY = "party"  # fewer places are free than the party has people
    ORGANISATION = "organisation"  # the organisation has all the places it may have


@dataclass(frozen=True, slots=True)
class Standing:
    """A party's number on the list (from 1), why it waits, and how many places are free.

    ``passed`` says that smaller parties behind it were given places into which it did not fit, and
    that its size alone is why.
    """

    number: int
    reason: Reason
    free: int
    passed: bool = False


def taken(parties: Iterable[Party]) -> int:
    """People who have a place or are offered one."""
    return sum(party.people for party in parties if party.holds)


def free(rules: Rules, parties: Iterable[Party]) -> int | None:
    """Places that anybody may have; ``None`` without a limit, never less than nothing."""
    return _left(rules, taken(parties))


def _left(rules: Rules, held: int) -> int | None:
    if rules.capacity is None:
        return None
    return max(0, rules.capacity - rules.reserved - held)


def line(parties: Iterable[Party]) -> list[Party]:
    """Those who wait, in order."""
    return sorted((p for p in parties if not p.holds), key=lambda p: (p.rank, p.id))


def promoted(rules: Rules, parties: Sequence[Party]) -> list[Party]:
    """Those who wait and have a place now, in order; afterwards nobody who waits fits."""
    left = free(rules, parties)
    of = _by_organisation(parties)
    found = []
    for party in line(parties):
        if _fits(party, rules, left, of):
            found.append(party)
            left = None if left is None else left - party.people
            of[party.organisation] += party.people
    return found


def _by_organisation(parties: Iterable[Party]) -> Counter[int | None]:
    of: Counter[int | None] = Counter()
    for party in parties:
        if party.holds:
            of[party.organisation] += party.people
    return of


def _fits(party: Party, rules: Rules, left: int | None, of: Counter[int | None]) -> bool:
    within = left is None or party.people <= left
    return within and _allowed(party, rules, of)


def _allowed(party: Party, rules: Rules, of: Counter[int | None]) -> bool:
    if rules.per_organisation is None or party.organisation is None:
        return True
    return of[party.organisation] + party.people <= rules.per_organisation


def seen_from_the_door(parties: Sequence[Party], organisation: int | None) -> Crowd:
    """The sums that somebody of an organisation meets."""
    queue = line(parties)
    return Crowd(
        held=taken(parties),
        own=_by_organisation(parties)[organisation],
        queued=sum(party.people for party in queue),
        waiting=len(queue),
        offered=sum(party.offered for party in parties),
    )


def only_the_line_can_tell(rules: Rules, crowd: Crowd) -> bool:
    """Whether the sums do not say who is next: an offer may be over, or somebody may fit."""
    return bool(crowd.offered) or (bool(crowd.waiting) and _left(rules, crowd.held) != 0)


def arriving(rules: Rules, crowd: Crowd, party: Party) -> Standing | None:
    """Where a party stands that comes to the end of the line; ``None``: it has a place.

    True only after whoever waits has been given what is free.
    """
    left = _left(rules, crowd.held)
    allowed = _allowed(party, rules, Counter({party.organisation: crowd.own}))
    if allowed and (left is None or party.people <= left):
        return None
    reason = _reason(allowed, left or 0, bool(crowd.offered), rules)
    return Standing(crowd.waiting + 1, reason, left or 0)


def standing(rules: Rules, parties: Sequence[Party], own: int) -> Standing:
    """Where the waiting party with the id ``own`` stands, and why it has not moved."""
    waiting = line(parties)
    number = next(n for n, party in enumerate(waiting, 1) if party.id == own)
    party = waiting[number - 1]
    left = free(rules, parties) or 0
    allowed = _allowed(party, rules, _by_organisation(parties))
    reason = _reason(allowed, left, any(p.offered for p in parties), rules)
    passed = any(p.holds and p.rank > party.rank and p.people < party.people for p in parties)
    return Standing(number, reason, left, passed and allowed)


def _reason(allowed: bool, left: int, offered: bool, rules: Rules) -> Reason:
    if not allowed:
        return Reason.ORGANISATION
    if left:
        return Reason.PARTY
    if offered:
        return Reason.OFFERED
    return Reason.RESERVED if rules.reserved else Reason.FULL


def moved_to(parties: Sequence[Party], own: int, number: int) -> dict[int, int]:
    """The ranks that change when a waiting party is moved to a number on the list (from 1).

    Those who wait share the ranks they have between them, so nobody else's order changes. A
    number beyond the list means its nearest end.
    """
    waiting = line(parties)
    ranks = sorted(party.rank for party in waiting)
    order = [party for party in waiting if party.id != own]
    moved = next(party for party in waiting if party.id == own)
    order.insert(max(0, min(number - 1, len(order))), moved)
    return {party.id: rank for party, rank in zip(order, ranks, strict=True) if party.rank != rank}
