"""The demo town's texts agree with one another and are typed as Polish is printed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, is_dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import OrganisationKind, RegisterKind, Role
from app.demo import loader, programme
from app.demo.remarks import kinds_at, remarks, second_edition, text_of
from app.demo.town import SHOWN_ON, Moment, town
from app.events.models import Event, EventKind
from app.events.models_signups import SignUp
from app.events.queries_signups import named_in_public
from app.legaltext.units import Kind, walk
from app.platform.db import db

NOW = Moment.read("0 08:00")


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
    *strings(list(remarks())),
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
    assert odd == []


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


def test_the_people_of_the_workshop_are_erased_and_its_figures_stay(context: Flask) -> None:
    """What the demo shows of erasure: of the one event that is over, in time, and of no other."""
    loader.load()
    events = {event.slug: event for event in db.session.scalars(sa.select(Event))}
    erased = [event for event in events.values() if event.erased_at]
    assert [event.people_present for event in erased] == [43]
    assert erased[0].erased_at == erased[0].erased_from
    names = sa.select(SignUp.name).where(SignUp.event_id == erased[0].id, SignUp.name != "")
    assert db.session.scalars(names).all() == []
    assert erased[0].last_signup_number > 5
    with_list = [event for event in events.values() if event.shows_participants]
    assert any(named_in_public(event) for event in with_list)
