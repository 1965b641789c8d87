"""The remarks of the demo, the answers to them and the second edition that they caused."""

from __future__ import annotations

from collections import defaultdict

import pytest

from app.demo import programme
from app.demo.remarks import Remark, kinds_at, remarks, second_edition, text_of
from app.demo.town import SHOWN_ON, Moment, town
from app.drafting.models import ChangeKind, How
from app.legaltext.changes import Insert, Repeal, Reword, apply
from app.legaltext.numbering import renumber
from app.legaltext.units import Kind, Unit, walk
from app.remarks.models import AmendmentKind, Channel, Outcome, RemarkKind

ALL = remarks()
NOW = Moment.read("0 08:00")


def by_key(key: str) -> Remark:
    return next(remark for remark in ALL if remark.key == key)


def test_there_are_remarks_of_every_kind_and_state() -> None:
    assert len(ALL) >= 44
    assert {RemarkKind(remark.kind) for remark in ALL} == set(RemarkKind)
    assert {Channel(remark.channel) for remark in ALL} == set(Channel)
    amendments = {AmendmentKind(remark.amendment_kind) for remark in ALL if remark.amendment_kind}
    assert amendments == set(AmendmentKind)
    outcomes = {Outcome(remark.position.outcome) for remark in ALL if remark.position}
    assert outcomes == set(Outcome)
    assert sum(remark.withdrawn is not None for remark in ALL) == 2
    assert sum(remark.hidden is not None for remark in ALL) == 2
    assert sum(remark.position is None for remark in ALL) >= 15
    assert sum(bool(remark.quote) for remark in ALL) >= 6
    assert {len(remark.versions) for remark in ALL} == {1, 2, 3}


def test_remarks_are_on_units_of_every_level() -> None:
    kinds = {kinds_at(remark.edition)[remark.at] for remark in ALL if remark.at}
    wanted = {Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.POINT, Kind.LETTER, Kind.INDENT}
    assert kinds == wanted
    assert any(not remark.at for remark in ALL)


def test_keys_are_not_shared() -> None:
    assert len({remark.key for remark in ALL}) == len(ALL)


@pytest.mark.parametrize("remark", ALL, ids=lambda remark: remark.key)
def test_a_remark_fits_the_edition_it_is_about(remark: Remark) -> None:
    text = text_of(remark.edition)
    if remark.quote:
        assert remark.quote in programme.provision(text, remark.at).text
    assert bool(remark.amendment_kind) == (remark.kind == "amendment")
    for version in remark.versions:
        assert version.body
        assert bool(version.proposed) == (remark.amendment_kind in ("reword", "insert"))
        if remark.amendment_kind == "reword":
            unit = programme.provision(text, remark.at)
            assert version.proposed != unit.text
            assert not unit.children  # whose words a new wording would have to repeat


@pytest.mark.parametrize("remark", ALL, ids=lambda remark: remark.key)
def test_the_people_of_a_remark_exist(remark: Remark) -> None:
    people = town().people
    assert {*remark.supporters, *(reply.author for reply in remark.replies)} <= set(people)
    assert remark.author not in remark.supporters
    assert len(set(remark.supporters)) == len(remark.supporters)
    if remark.author:
        assert people[remark.author].organisation == remark.organisation
        assert not remark.name
    else:
        assert not remark.organisation
        assert not remark.named_in_public or remark.name
    assert not remark.event or remark.event in town().events
    assert (remark.channel == "workshop") == bool(remark.event)


@pytest.mark.parametrize("remark", ALL, ids=lambda remark: remark.key)
def test_things_happen_to_a_remark_in_a_possible_order(remark: Remark) -> None:
    window = town().rounds[remark.edition - 1]
    moments = [version.at for version in remark.versions]
    assert moments == sorted(set(moments))
    assert window.opens_at <= moments[0] <= moments[-1] < min(window.closes_at, NOW)
    assert remark.received_on.days <= remark.submitted_at.days
    replies = [reply.at for reply in remark.replies]
    assert replies == sorted(set(replies))
    after = [*replies, *(removal.at for removal in (remark.withdrawn, remark.hidden) if removal)]
    if remark.position:
        after.append(remark.position.decided_at)
        assert not remark.withdrawn
    assert all(remark.submitted_at < moment < NOW for moment in after)


def test_the_office_works_on_weekdays() -> None:
    office = {"koordynatorka"}
    moments = [reply.at for remark in ALL for reply in remark.replies if reply.author in office]
    moments += [remark.position.decided_at for remark in ALL if remark.position]
    moments += [remark.submitted_at for remark in ALL if remark.channel in ("paper", "email")]
    moments += [event.starts_at for event in town().events.values()]
    moments += [second_edition().published_at]
    assert [moment for moment in moments if moment.on(SHOWN_ON).weekday() >= 5] == []


def test_every_remark_of_the_first_round_has_an_outcome() -> None:
    first = [remark for remark in ALL if remark.edition == 1]
    assert [remark.key for remark in first if not (remark.position or remark.withdrawn)] == []


def test_every_position_is_reasoned() -> None:
    assert all(remark.position.justification for remark in ALL if remark.position)


def test_two_amendments_are_identical_and_others_clash() -> None:
    proposals = defaultdict(list)
    for remark in ALL:
        if remark.amendment_kind in ("reword", "strike"):
            proposals[remark.edition, remark.at].append(remark)
    twice = [pair for pair in proposals.values() if len(pair) > 1]
    texts = [{remark.versions[-1].proposed for remark in pair} for pair in twice]
    assert sum(len(found) == 1 for found in texts) == 1
    assert sum(len(found) > 1 for found in texts) >= 3
    identical = next(pair for pair in twice if len({r.versions[-1].proposed for r in pair}) == 1)
    assert len({remark.organisation for remark in identical}) == 2


# ---------------------------------------------------------------------- the second edition


def test_each_change_of_the_second_edition_has_its_cause() -> None:
    changes = second_edition().changes
    assert {ChangeKind(change.kind) for change in changes} == set(ChangeKind) - {ChangeKind.MOVE}
    assert {How(change.how) for change in changes} == set(How)
    assert len({change.at for change in changes}) == len(changes)
    assert {change.at for change in changes} <= set(kinds_at(1))
    for change in changes:
        assert bool(change.causes) != bool(change.reason)
        assert bool(change.text) == (change.kind != "repeal")
        for cause in change.causes:
            position = by_key(cause).position
            assert position
            assert position.outcome in ("accepted", "partially_accepted")
            assert position.decided_at < second_edition().published_at


def test_what_is_applied_as_proposed_is_what_was_proposed() -> None:
    kinds = {"reword": "reword", "insert": "insert", "strike": "repeal"}
    applied = [change for change in second_edition().changes if change.how == "as_proposed"]
    for change in applied:
        remark = by_key(change.causes[0])
        assert remark.at == change.at
        assert kinds[remark.amendment_kind] == change.kind
        assert remark.versions[-1].proposed == change.text
    assert {change.kind for change in applied} == {"reword", "insert", "repeal"}


def test_every_accepted_remark_of_the_first_round_left_a_trace_or_a_reason() -> None:
    caused = {cause for change in second_edition().changes for cause in change.causes}
    reasoned = {said.remark for said in second_edition().no_changes}
    accepted = {
        remark.key
        for remark in ALL
        if remark.edition == 1
        and remark.position
        and remark.position.outcome in ("accepted", "partially_accepted")
    }
    assert accepted == caused | reasoned
    assert not caused & reasoned
    assert all(by_key(key).kind == "comment" for key in reasoned)


def test_the_second_edition_renumbers_what_follows_a_new_point() -> None:
    assert programme.provision(text_of(2), "§ 14 pkt 8").text.startswith("ratownictwa")
    assert programme.provision(text_of(2), "§ 14 pkt 9").text.startswith("ekologii")
    assert "§ 23 pkt 5" not in kinds_at(2)


def test_the_change_engine_makes_the_same_second_edition() -> None:
    first = programme.first_edition()
    wanted: list[Reword | Insert | Repeal] = []
    for number, change in enumerate(second_edition().changes):
        unit = programme.provision(first, change.at)
        if change.kind == "insert":
            new = Unit(f"new {number}", unit.kind, "", change.text)
            wanted.append(Insert(new, parent_of(change.at), unit.id))
        elif change.kind == "reword":
            wanted.append(Reword(unit.id, change.text, expected=unit.text))
        else:
            wanted.append(Repeal(unit.id))
    made = renumber(apply(first, tuple(wanted)))
    assert [(unit.kind, unit.mark, unit.text) for unit in walk(made)] == [
        (unit.kind, unit.mark, unit.text) for unit in walk(text_of(2))
    ]


def parent_of(address: str) -> str:
    return address.rsplit(" ", 2)[0]


def test_private_people_are_named_only_if_they_agreed() -> None:
    private = [remark for remark in ALL if not remark.organisation]
    assert {remark.named_in_public for remark in private if remark.author} == {True, False}
    assert {remark.named_in_public for remark in private if not remark.author} == {True, False}
