"""The demo town's texts agree with one another and are typed as Polish is printed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import asdict, is_dataclass
from datetime import timedelta

import pytest

from app.accounts.models import OrganisationKind, RegisterKind, Role
from app.demo import programme
from app.demo.remarks import Remark, kinds_at, remarks, second_edition, text_of
from app.demo.town import SHOWN_ON, Moment, town
from app.drafting.models import ChangeKind, How
from app.events.models import EventKind
from app.legaltext.units import Kind, walk
from app.remarks.models import AmendmentKind, Channel, Outcome, RemarkKind

ALL = remarks()
NOW = Moment.read("0 08:00")


def by_key(key: str) -> Remark:
    return next(remark for remark in ALL if remark.key == key)


def strings(value: object) -> list[str]:
    """Every text inside plain data."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


TEXTS = [
    *strings(town()),
    *strings(list(ALL)),
    *strings(second_edition()),
    *(unit.text for unit in walk(programme.first_edition())),
]


# ---------------------------------------------------------------------- how it is typed


@pytest.mark.parametrize(
    ("mistake", "pattern"),
    [
        ("two spaces", r"  "),
        ("a space before punctuation", r" [,.;:!?](?!\d)"),
        ("a straight quotation mark", r'"'),
        ("a hyphen for a dash", r" - "),
        ("three full stops for an ellipsis", r"\.\.\."),
        ("a no-break space outside the Word file", "\u00a0"),
        ("a space before a closing quotation mark", r"\s”"),
    ],
)
def test_no_text_has(mistake: str, pattern: str) -> None:
    assert [text for text in TEXTS if re.search(pattern, text)] == [], mistake


def test_quotation_marks_come_in_pairs() -> None:
    assert [text for text in TEXTS if text.count("„") != text.count("”")] == []


def test_addresses_of_people_cannot_reach_anybody() -> None:
    found = [match for text in TEXTS for match in re.findall(r"\S+@\S+?(?=[\s,;)]|\.?$)", text)]
    assert len(found) > len(town().people)
    assert [address for address in found if not address.rstrip(".").endswith(".example")] == []


# ---------------------------------------------------------------------- the programme


def test_the_programme_is_as_long_as_promised() -> None:
    count = Counter(unit.kind for unit in walk(programme.first_edition()))
    assert (count[Kind.CHAPTER], count[Kind.SECTION]) == (12, 32)
    assert count[Kind.TABLE] == 1
    assert min(count[kind] for kind in (Kind.SUBSECTION, Kind.POINT, Kind.LETTER)) >= 12
    assert count[Kind.INDENT] == 3


def test_written_marks_are_those_that_counting_gives() -> None:
    typed = re.findall(
        r"^(Rozdział \d+|§ \d+|\d+\.|\d+\)|[a-z]\)|–)",
        (programme.FOLDER / "programme.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    forms = {Kind.CHAPTER: "Rozdział {}", Kind.SECTION: "§ {}", Kind.SUBSECTION: "{}."}
    forms |= {Kind.POINT: "{})", Kind.LETTER: "{})", Kind.INDENT: "{}"}
    counted = [
        forms[unit.kind].format(unit.mark)
        for unit in walk(programme.first_edition())
        if unit.kind in forms
    ]
    assert typed == counted


@pytest.mark.parametrize("number", range(1, 12))
def test_each_mandatory_content_of_the_act_has_its_sections(number: int) -> None:
    addresses = {f"§ {mark}" for mark in programme.MANDATORY_CONTENTS[number]}
    assert addresses
    assert addresses <= set(kinds_at(1))
    assert addresses <= set(kinds_at(2))


def test_no_section_serves_two_mandatory_contents() -> None:
    used = [mark for marks in programme.MANDATORY_CONTENTS.values() for mark in marks]
    assert len(used) == len(set(used))


def test_planned_amounts_add_up_to_the_amount_in_the_text() -> None:
    amounts, total = programme.planned_amounts(programme.first_edition())
    assert len(amounts) == 9
    assert sum(amounts) == total
    printed = f"{total:,}".replace(",", " ").replace(".", ",")
    text = programme.provision(programme.first_edition(), "§ 21 ust. 1").text
    assert f"kwotę {printed} zł" in text


def test_internal_references_lead_somewhere() -> None:
    for edition in (1, 2):
        sections = {address for address in kinds_at(edition) if re.fullmatch(r"§ \d+", address)}
        cited = {
            f"§ {number}"
            for unit in walk(text_of(edition))
            for number in re.findall(r"§ (\d+)", unit.text)
        }
        assert cited
        assert cited <= sections


@pytest.mark.parametrize("edition", [1, 2])
def test_each_unit_ends_as_the_rules_of_legislation_want(edition: int) -> None:
    ends = {
        Kind.SECTION: (".", ":", ""),
        Kind.SUBSECTION: (".", ":"),
        Kind.POINT: (";", ".", ":", ","),
        Kind.LETTER: (",", ";", ".", ":"),
        Kind.INDENT: (",", ";", "."),
    }
    odd = [
        unit.id
        for unit in walk(text_of(edition))
        if unit.kind in ends and not unit.text.endswith(ends[unit.kind])
    ]
    assert odd == ["§ 22 ust. 2 pkt 3"]  # a common ending follows it


# ---------------------------------------------------------------------- the town


def test_organisations_and_people_use_the_words_of_the_product() -> None:
    assert len(town().organisations) >= 12
    for organisation in town().organisations.values():
        assert OrganisationKind(organisation.kind)
        register = RegisterKind(organisation.register_kind)
        assert bool(organisation.register_number) == (register is not RegisterKind.NONE)
        if register is RegisterKind.KRS:
            assert re.fullmatch(r"00009\d{5}", organisation.register_number)
    assert {Role(person.role) for person in town().people.values()} == set(Role)


def test_names_and_addresses_are_not_shared() -> None:
    people, organisations = town().people.values(), town().organisations.values()
    assert len({person.email for person in people}) == len(town().people)
    assert len({person.name for person in people}) == len(town().people)
    assert len({organisation.name for organisation in organisations}) == len(organisations)
    assert all(person.email == person.email.lower() for person in people)
    speaking = {person.organisation for person in people} - {""}
    assert speaking == set(town().organisations)


def test_two_rounds_lie_around_the_day_of_the_demo() -> None:
    first, second = town().rounds
    assert first.opens_at < first.closes_at < second_edition().published_at < second.opens_at
    assert second.opens_at < NOW < second.closes_at
    assert (NOW.days - second.opens_at.days, second.closes_at.days - NOW.days) == (12, 9)
    assert SHOWN_ON.weekday() == 0
    due_on = SHOWN_ON + timedelta(town().consultation.adoption_due_on.days)
    assert (due_on.month, due_on.day) == (11, 30)


def test_only_a_past_event_has_figures() -> None:
    assert len(town().events) == 3
    for event in town().events.values():
        assert EventKind(event.kind)
        assert event.starts_at < event.ends_at
        is_over = event.ends_at < NOW
        assert bool(event.outcome) == is_over
        assert (event.people_present is not None) == is_over
        assert (event.people_present or 0) <= event.capacity


# ---------------------------------------------------------------------- the remarks


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
    below = walk([programme.provision(text, remark.at)]) if remark.at else walk(text)
    assert remark.quote in "\n".join(unit.text for unit in below)
    assert bool(remark.amendment_kind) == (remark.kind == "amendment")
    for version in remark.versions:
        assert version.body
        assert bool(version.proposed) == (remark.amendment_kind in ("reword", "insert"))
        if remark.amendment_kind == "reword":
            assert version.proposed != programme.provision(text, remark.at).text


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
    assert {ChangeKind(change.kind) for change in changes} == set(ChangeKind)
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


def test_every_accepted_amendment_of_the_first_round_is_in_the_second_edition() -> None:
    caused = {cause for change in second_edition().changes for cause in change.causes}
    accepted = {
        remark.key
        for remark in ALL
        if remark.edition == 1
        and remark.kind == "amendment"
        and remark.position
        and remark.position.outcome in ("accepted", "partially_accepted")
    }
    assert accepted <= caused


def test_the_second_edition_renumbers_what_follows_a_new_point() -> None:
    assert programme.provision(text_of(2), "§ 14 pkt 8").text.startswith("ratownictwa")
    assert programme.provision(text_of(2), "§ 14 pkt 9").text.startswith("ekologii")
    assert "§ 23 pkt 5" not in kinds_at(2)
