"""Laws of the waiting list, tried on invented histories."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.waiting_list import (
    Crowd,
    Party,
    Reason,
    Rules,
    arriving,
    free,
    line,
    moved_to,
    only_the_line_can_tell,
    promoted,
    seen_from_the_door,
    standing,
    taken,
)

PEOPLE = st.integers(1, 4)
ORGANISATION = st.one_of(st.none(), st.integers(1, 3))

ACTS = st.one_of(
    st.tuples(st.just("arrive"), PEOPLE, ORGANISATION),
    st.tuples(st.just("leave"), st.integers(0, 30), st.none()),
    st.tuples(st.just("capacity"), st.integers(0, 15), st.none()),
    st.tuples(st.just("reserve"), st.integers(0, 4), st.none()),
    st.tuples(st.just("shrink"), st.integers(0, 30), st.none()),
    st.tuples(st.just("reorder"), st.integers(0, 30), st.integers(1, 9)),
    st.tuples(st.just("offers"), st.booleans(), st.none()),
    st.tuples(st.just("lapse"), st.none(), st.none()),
)


class House:
    """An event kept as the actions keep it: after each act, whoever fits is promoted."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.parties: dict[int, Party] = {}
        self.last = 0
        self.by_offer = False

    @property
    def all(self) -> list[Party]:
        return list(self.parties.values())

    def act(self, name: str, first: object, second: object) -> None:
        getattr(self, name)(first, second)
        for party in promoted(self.rules, self.all):
            offered = self.by_offer and party.id != (self.last if name == "arrive" else None)
            self.parties[party.id] = replace(party, holds=True, offered=offered)

    def arrive(self, people: int, organisation: int | None) -> None:
        self.last += 1
        self.parties[self.last] = Party(self.last, people, self.last, organisation=organisation)

    def leave(self, n: int, _: None) -> None:
        if self.parties:
            del self.parties[sorted(self.parties)[n % len(self.parties)]]

    def capacity(self, wanted: int, _: None) -> None:
        if wanted >= taken(self.all) + self.rules.reserved:
            self.rules = replace(self.rules, capacity=wanted)

    def reserve(self, wanted: int, _: None) -> None:
        if self.rules.capacity is None or taken(self.all) + wanted <= self.rules.capacity:
            self.rules = replace(self.rules, reserved=wanted)

    def shrink(self, n: int, _: None) -> None:
        if self.parties:
            key = sorted(self.parties)[n % len(self.parties)]
            party = self.parties[key]
            self.parties[key] = replace(party, people=max(1, party.people - 1))

    def reorder(self, n: int, number: int) -> None:
        waiting = line(self.all)
        if waiting:
            for key, rank in moved_to(self.all, waiting[n % len(waiting)].id, number).items():
                self.parties[key] = replace(self.parties[key], rank=rank)

    def offers(self, wanted: bool, _: None) -> None:
        self.by_offer = wanted

    def lapse(self, _a: None, _b: None) -> None:
        self.parties = {key: p for key, p in self.parties.items() if not p.offered}


def fits(rules: Rules, parties: list[Party], party: Party) -> bool:
    """Whether a place is free for a party, said in another way than the code says it."""
    with_it = [*[p for p in parties if p.holds], replace(party, holds=True)]
    if rules.capacity is not None and sum(p.people for p in with_it) > (
        rules.capacity - rules.reserved
    ):
        return False
    of_its_own = [p.people for p in with_it if p.organisation == party.organisation]
    if rules.per_organisation is None or party.organisation is None:
        return True
    return sum(of_its_own) <= rules.per_organisation


RULES = st.builds(
    Rules,
    capacity=st.one_of(st.none(), st.integers(0, 10)),
    reserved=st.just(0),
    per_organisation=st.one_of(st.none(), st.integers(1, 5)),
)


@given(RULES, st.lists(ACTS, max_size=40))
def test_never_oversold_and_never_empty_while_somebody_fits(
    rules: Rules, acts: list[tuple[str, object, object]]
) -> None:
    house = House(rules)
    for act in acts:
        house.act(*act)
        if house.rules.capacity is not None:
            assert taken(house.all) + house.rules.reserved <= house.rules.capacity
        for party in line(house.all):
            assert not fits(house.rules, house.all, party)


@given(RULES, st.lists(ACTS, max_size=40), PEOPLE, ORGANISATION)
def test_the_sums_say_to_who_arrives_what_the_whole_line_says(
    rules: Rules, acts: list[tuple[str, object, object]], people: int, organisation: int | None
) -> None:
    house = House(rules)
    for act in acts:
        house.act(*act)
    fresh = Party(house.last + 1, people, house.last + 1, organisation=organisation)
    parties = [*house.all, fresh]
    place = promoted(house.rules, parties)
    where = arriving(house.rules, seen_from_the_door(house.all, organisation), fresh)
    if where is None:
        assert place == [fresh]
    else:
        assert place == []
        assert where == standing(house.rules, parties, fresh.id)


@given(RULES, st.lists(ACTS, max_size=40))
def test_where_the_sums_are_enough_nobody_who_waits_could_have_a_place(
    rules: Rules, acts: list[tuple[str, object, object]]
) -> None:
    """Whoever waits in a house that nobody has settled: only a full one is taken at its word."""
    house = House(rules)
    for act in acts:
        getattr(house, act[0])(*act[1:])
        if not only_the_line_can_tell(house.rules, seen_from_the_door(house.all, None)):
            assert promoted(house.rules, house.all) == []


def test_who_waits_for_its_organisation_is_not_told_that_its_size_is_the_reason() -> None:
    others = [replace(HOLDER, organisation=5), Party(3, 1, 3, holds=True)]
    waits = Party(2, 2, 2, organisation=5)
    told = standing(Rules(4, per_organisation=4), [*others, waits], 2)
    assert (told.reason, told.passed) == (Reason.ORGANISATION, False)
    assert standing(Rules(4), [*others, waits], 2).passed


def test_an_offer_sends_who_arrives_to_the_whole_line() -> None:
    assert only_the_line_can_tell(Rules(3), Crowd(held=3, offered=1))
    assert not only_the_line_can_tell(Rules(3), Crowd(held=3, waiting=2, queued=2))


@given(RULES, st.lists(ACTS, max_size=40))
def test_of_two_alike_the_earlier_has_a_place_first(
    rules: Rules, acts: list[tuple[str, object, object]]
) -> None:
    """Unless the office reorders or somebody changes, nobody is passed by an equal."""
    house = House(replace(rules, per_organisation=None))
    for act in acts:
        if act[0] in {"reorder", "shrink"}:
            continue
        house.act(*act)
        for waits in line(house.all):
            assert all(p.rank < waits.rank or p.people < waits.people
                       for p in house.all if p.holds)  # fmt: skip


@given(RULES, st.lists(ACTS, max_size=40))
def test_the_same_history_ends_the_same(
    rules: Rules, acts: list[tuple[str, object, object]]
) -> None:
    one, other = House(rules), House(rules)
    for act in acts:
        one.act(*act)
    for act in acts:
        other.act(*act)
        assert promoted(other.rules, other.all) == []  # nothing is left for a second look
    assert one.parties == other.parties


@given(st.lists(st.integers(1, 100), unique=True, min_size=1, max_size=12), st.data())
def test_moving_one_keeps_the_order_of_the_others(ranks: list[int], data: st.DataObject) -> None:
    parties = [Party(n, 1, rank) for n, rank in enumerate(ranks, 1)]
    own = data.draw(st.sampled_from(parties)).id
    number = data.draw(st.integers(-2, 15))
    changed = moved_to(parties, own, number)
    after = [replace(p, rank=changed.get(p.id, p.rank)) for p in parties]
    order = [p.id for p in line(after)]
    assert [i for i in order if i != own] == [p.id for p in line(parties) if p.id != own]
    assert order.index(own) == max(0, min(number - 1, len(parties) - 1))
    assert sorted(p.rank for p in after) == sorted(ranks)


HOLDER = Party(1, 3, 1, holds=True)


@pytest.mark.parametrize(
    ("rules", "others", "own", "reason", "left"),
    [
        (Rules(3), [HOLDER], Party(9, 1, 9), Reason.FULL, 0),
        (Rules(4), [HOLDER], Party(9, 2, 9), Reason.PARTY, 1),
        (Rules(4, reserved=1), [HOLDER], Party(9, 1, 9), Reason.RESERVED, 0),
        (Rules(3), [replace(HOLDER, offered=True)], Party(9, 1, 9), Reason.OFFERED, 0),
        (
            Rules(9, per_organisation=3),
            [replace(HOLDER, organisation=5)],
            Party(9, 1, 9, organisation=5),
            Reason.ORGANISATION,
            6,
        ),
    ],
)
def test_why_one_has_not_moved(
    rules: Rules, others: list[Party], own: Party, reason: Reason, left: int
) -> None:
    parties = [*others, Party(8, 5, 8), own]
    found = standing(rules, parties, own.id)
    assert (found.reason, found.free, found.number) == (reason, left, 2)


def test_a_party_that_does_not_fit_holds_up_nobody() -> None:
    parties = [replace(HOLDER, people=8), Party(2, 4, 2), Party(3, 2, 3), Party(4, 1, 4)]
    assert [p.id for p in promoted(Rules(10), parties)] == [3]
    assert [p.id for p in promoted(Rules(12), parties)] == [2]
    assert free(Rules(10), parties) == 2
    assert free(Rules(None), parties) is None


def test_a_group_that_was_passed_is_told() -> None:
    parties = [Party(1, 3, 1), Party(2, 1, 2, holds=True), Party(3, 2, 3)]
    assert standing(Rules(1), parties, 1).passed
    assert not standing(Rules(1), parties, 3).passed
