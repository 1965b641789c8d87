"""Signing up, confirming, changing and cancelling, with everything that can go wrong."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.models import Membership, Organisation, User, Visitor
from app.events import signing_up, steering
from app.events.content import Applicant, Wish
from app.events.models import (
    Audience,
    EventStatus,
    FreedPlace,
    Invitation,
    Question,
    QuestionKind,
)
from app.events.models_signups import AccessNeeds, Need, SignUp, SignUpState
from app.events.permissions import KeyHolder
from app.events.planning import occasion_of
from app.events.post import key_of
from app.events.queries_signups import signup_by_key, standing_of
from app.events.waiting_list import Reason
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR

pytestmark = pytest.mark.usefixtures("context")


def test_a_place_or_a_number_at_once() -> None:
    event = scene.event(capacity=2)
    signups = [scene.come(event) for _ in range(4)]
    assert scene.states(event) == ["placed", "placed", "waiting", "waiting"]
    assert [s.number for s in signups] == [1, 2, 3, 4]
    standing = standing_of(signups[3])
    assert standing is not None
    assert (standing.number, standing.reason) == (2, Reason.FULL)
    assert scene.letters(signups[0]) == ["placed:1"]
    assert scene.letters(signups[3]) == ["waiting:1"]
    assert "numer 2" in scene.text_to(signups[3].email)
    scene.holds_true(event)


def test_a_cancelled_place_goes_to_the_first_in_line() -> None:
    event = scene.event(capacity=1)
    first, second, third = (scene.come(event) for _ in range(3))
    signing_up.cancel(first, by=first.user, at=now())
    assert scene.states(event) == ["cancelled", "placed", "waiting"]
    assert scene.letters(second) == ["waiting:1", "promoted:2"]
    assert scene.letters(first)[-1] == "cancelled:2"
    assert standing_of(third).number == 1
    scene.holds_true(event)


def test_cancelling_twice_is_the_same_as_once() -> None:
    event = scene.event()
    signup = scene.come(event)
    for _ in range(2):
        signing_up.cancel(signup, by=signup.user, at=now())
    assert scene.letters(signup) == ["placed:1", "cancelled:2"]
    assert event.taken == 0


def test_the_same_form_twice_makes_one_sign_up() -> None:
    event, person = scene.event(), town.person()
    made = [
        signing_up.sign_up(
            event,
            scene.wish(),
            Applicant(person),
            submission_key="ten-sam-formularz-1",
            by=person,
            at=now(),
        )
        for _ in range(2)
    ]
    assert made[0] is made[1]
    assert scene.letters(person.email) == ["placed:1"]


def test_one_person_signs_up_once() -> None:
    event, person = scene.event(), town.person(email="anna@ngo.example")
    first = scene.come(event, person)
    with pytest.raises(signing_up.SignedUpAlready) as again:
        scene.come(event, person)
    assert again.value.signup is first
    signing_up.cancel(first, by=person, at=now())
    assert scene.come(event, person).number == 2


def test_a_guest_counts_from_the_moment_of_confirming() -> None:
    event = scene.event(capacity=1)
    signup = scene.guest(event, "Jan@Poczta.Example")
    assert signup is not None
    assert (signup.state, signup.email, event.taken) == ("unconfirmed", "jan@poczta.example", 0)
    other = scene.come(event)
    holder = KeyHolder(signup.id)
    for _ in range(2):
        signing_up.confirm_address(signup, by=holder, at=now())
    assert (other.state, signup.state, signup.number) == ("placed", "waiting", 2)
    assert scene.letters("jan@poczta.example") == ["confirm", "waiting:1"]
    assert f"/zapisy/{key_of(signup)}" in scene.text_to("jan@poczta.example")
    assert signup_by_key(key_of(signup)) is signup
    assert signup.key_hash != key_of(signup)


def test_one_address_in_two_spellings_is_one_person() -> None:
    event = scene.event()
    signup = scene.guest(event, "jan@poczta.example")
    assert signup is not None
    signing_up.confirm_address(signup, by=KeyHolder(signup.id), at=now())
    assert scene.guest(event, "  JAN@poczta.EXAMPLE ") is None
    assert scene.letters("jan@poczta.example")[-1].startswith("again:")
    assert event.taken == 1


def test_an_address_asked_twice_before_confirming_keeps_the_later_form() -> None:
    event = scene.event()
    first, second = scene.guest(event), scene.guest(event)
    assert first is not None
    assert second is not None
    assert (first.state, first.email, second.state) == ("lapsed", "", "unconfirmed")
    with pytest.raises(DomainError, match=r"confirm|potwierdz"):
        signing_up.confirm_address(first, by=KeyHolder(first.id), at=now())


def test_a_guest_whose_address_has_an_account_finds_the_sign_up_there() -> None:
    event, person = scene.event(), town.person(email="ewa@ngo.example")
    signup = scene.guest(event, "Ewa@ngo.example")
    assert signup is not None
    signing_up.confirm_address(signup, by=KeyHolder(signup.id), at=now())
    assert signup.user_id == person.id
    with pytest.raises(signing_up.SignedUpAlready):
        scene.come(event, person)


def test_two_forms_of_one_address_confirmed_by_account_meanwhile() -> None:
    event, person = scene.event(), town.person(email="ewa@ngo.example")
    signup = scene.guest(event, "ewa@ngo.example")
    own = scene.come(event, person)
    assert signup is not None
    with pytest.raises(signing_up.SignedUpAlready) as already:
        signing_up.confirm_address(signup, by=KeyHolder(signup.id), at=now())
    assert already.value.signup is own


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({"signup_closes_at": 60}, 60),
        ({"signup_opens_at": 30}, 29),
        ({"starts_at": 60}, 60),
        ({"takes_signups": False}, 0),
        ({"status": EventStatus.DRAFT}, 0),
        ({"status": EventStatus.CANCELLED}, 0),
    ],
)
def test_nobody_signs_up_when_sign_ups_are_not_taken(
    fields: dict[str, object], minutes: int
) -> None:
    at = now()
    moments = {
        name: at + timedelta(minutes=value)
        for name, value in fields.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    event = scene.event(**{**fields, **moments})
    with pytest.raises(NotAllowed):
        scene.come(event, at=at + timedelta(minutes=minutes))


def test_a_second_before_closing_is_in_time_and_a_second_after_is_refused_kindly() -> None:
    closes = now() + HOUR
    event = scene.event(signup_closes_at=closes)
    assert scene.come(event, at=closes - timedelta(seconds=1)).state == "placed"
    with pytest.raises(NotAllowed) as late:
        scene.come(event, at=closes)
    assert "biur" in str(late.value.message)


def test_who_fills_in_a_form_while_the_event_moves_is_asked_again() -> None:
    event, person = scene.event(), town.person()
    old = scene.wish(sequence=event.sequence)
    occasion = occasion_of(event)
    moved = type(occasion)(occasion.starts_at + DAY, occasion.ends_at + DAY, occasion.place)
    steering.move(event, moved, by=scene.coordinator(), at=now())
    with pytest.raises(signing_up.EventMoved):
        signing_up.sign_up(
            event, old, Applicant(person), submission_key="otwarty-formularz", by=person, at=now()
        )
    assert scene.states(event) == []


def test_people_of_an_organisation_come_together() -> None:
    event = scene.event(capacity=5)
    person, of = scene.group(3)
    signup = scene.come(event, person, 3, of)
    assert (signup.people, event.taken) == (3, 3)
    assert len({p.code for p in signup.participants}) == 3
    other = scene.group(3)
    large = scene.come(event, other[0], 3, other[1])
    small = scene.come(event)
    assert (large.state, small.state) == ("waiting", "placed")
    standing = standing_of(large)
    assert (standing.reason, standing.free) == (Reason.PARTY, 1)
    scene.holds_true(event)


def test_only_of_an_organisation_one_belongs_to() -> None:
    _, of = scene.group(1)
    with pytest.raises(NotAllowed):
        scene.come(scene.event(), town.person(), 1, of)


def test_alone_one_signs_up_oneself() -> None:
    with pytest.raises(DomainError):
        scene.come(scene.event(), town.person(), 2)


def test_an_organisation_has_no_more_places_than_it_may() -> None:
    event = scene.event(capacity=9, per_organisation=2)
    person, of = scene.group(1)
    with pytest.raises(DomainError):
        scene.come(event, person, 3, of)
    first = scene.come(event, person, 2, of)
    second = _colleague(of)
    waits = scene.come(event, second, 1, of)
    assert waits.state == "waiting"
    assert standing_of(waits).reason is Reason.ORGANISATION
    assert scene.come(event).state == "placed"
    signing_up.cancel(first, by=person, at=now())
    assert waits.state == "placed"


def _colleague(of: Organisation) -> User:
    person = town.person()
    db.session.add(Membership(user_id=person.id, organisation_id=of.id, confirmed_at=now()))
    db.session.flush()
    db.session.refresh(person, ["memberships"])
    return person


def test_some_events_are_for_organisations_only() -> None:
    event = scene.event(audience=Audience.ORGANISATIONS)
    with pytest.raises(NotAllowed):
        scene.come(event)
    with pytest.raises(NotAllowed):
        scene.guest(event)
    person, of = scene.group(1)
    assert scene.come(event, person, 1, of).state == "placed"


def test_some_events_are_by_invitation() -> None:
    event = scene.event(audience=Audience.INVITED)
    invited, body = town.person(), scene.group(1)
    db.session.add_all(
        [
            Invitation(event_id=event.id, email=invited.email, created_at=now()),
            Invitation(event_id=event.id, organisation_id=body[1].id, created_at=now()),
        ]
    )
    with pytest.raises(NotAllowed):
        scene.come(event)
    assert scene.come(event, invited).state == "placed"
    assert scene.come(event, body[0], 1, body[1]).state == "placed"


def test_who_only_says_to_speak_for_an_invited_organisation_is_not_invited() -> None:
    event, (person, body) = scene.event(audience=Audience.INVITED), scene.group(1)
    db.session.add(Invitation(event_id=event.id, organisation_id=body.id, created_at=now()))
    person.memberships[0].confirmed_at = None
    db.session.flush()
    with pytest.raises(NotAllowed, match="potwierdzenie"):
        scene.come(event, person)
    person.memberships[0].confirmed_at = now()
    assert scene.come(event, person).state == "placed"


def test_a_guest_who_is_not_invited_learns_it_by_mail_alone() -> None:
    event = scene.event(audience=Audience.INVITED)
    assert scene.guest(event) is None
    assert scene.letters("jan@poczta.example")[0].startswith("uninvited:")


QUESTIONS = [
    (QuestionKind.TEXT, [], "wegetariańskie", True, True),
    (QuestionKind.TEXT, [], "", True, False),
    (QuestionKind.TEXT, [], "", False, True),
    (QuestionKind.CHOICE, ["rano", "wieczorem"], "rano", True, True),
    (QuestionKind.CHOICE, ["rano", "wieczorem"], "w południe", True, False),
    (QuestionKind.YES_NO, [], "yes", True, True),
    (QuestionKind.YES_NO, [], "może", True, False),
    (QuestionKind.NUMBER, [], "12", True, True),
    (QuestionKind.NUMBER, [], "dwanaście", True, False),
    (QuestionKind.NUMBER, [], "-1", False, False),
]


@pytest.mark.parametrize(("kind", "choices", "value", "required", "right"), QUESTIONS)
def test_answers_to_the_questions_of_an_event(
    kind: QuestionKind, choices: list[str], value: str, required: bool, right: bool
) -> None:
    event = scene.event()
    asked = Question(event_id=event.id, kind=kind, text="?", choices=choices, required=required)
    db.session.add(asked)
    db.session.flush()
    if not right:
        with pytest.raises(DomainError):
            scene.come(event, answers={asked.id: value})
        return
    signup = scene.come(event, answers={asked.id: value})
    assert [a.value for a in signup.answers] == ([value] if value else [])


def test_needs_are_kept_apart_and_erased_with_the_person() -> None:
    event = scene.event()
    signup = scene.come(event, needs=frozenset({Need.INTERPRETER}), needs_note="PJM")
    assert signup.needs.needs == ["interpreter"]
    signing_up.erase(signup, by=signup.user, at=now())
    db.session.flush()
    assert db.session.scalars(sa.select(AccessNeeds)).all() == []
    assert (signup.name, signup.email, signup.people) == ("", "", 1)
    assert [p.name for p in signup.participants] == [""]
    assert signup.state is SignUpState.CANCELLED


def test_an_erased_place_goes_to_the_next() -> None:
    event = scene.event(capacity=1)
    first, second = scene.come(event), scene.come(event)
    signing_up.erase(first, by=first.user, at=now())
    assert second.state == "placed"
    scene.holds_true(event)


def test_a_smaller_group_frees_places_and_a_larger_one_asks_for_room() -> None:
    event = scene.event(capacity=4)
    person, of = scene.group(3)
    signup = scene.come(event, person, 3, of)
    codes = [p.code for p in signup.participants]
    pair = scene.group(2)
    waits = scene.come(event, pair[0], 2, pair[1])
    assert waits.state == "waiting"
    signing_up.change(signup, scene.wish("Ala", "Ola"), by=person, at=now())
    assert waits.state == "placed"
    assert [p.code for p in signup.participants] == codes[:2]
    with pytest.raises(DomainError, match="0"):
        signing_up.change(signup, scene.wish("Ala", "Ola", "Ela"), by=person, at=now())
    scene.holds_true(event)


def test_a_group_that_waits_and_becomes_smaller_may_fit_at_once() -> None:
    event = scene.event(capacity=2)
    scene.come(event)
    person, of = scene.group(2)
    signup = scene.come(event, person, 2, of)
    assert signup.state == "waiting"
    signing_up.change(signup, scene.wish("Ala"), by=person, at=now())
    assert signup.state == "placed"


def test_an_offer_is_held_answered_or_goes_on() -> None:
    event = scene.event(capacity=1, freed_place=FreedPlace.OFFERED, offer_hours=24)
    first, second, third, fourth = (scene.come(event) for _ in range(4))
    at = now()
    signing_up.cancel(first, by=first.user, at=at)
    assert scene.states(event) == ["cancelled", "offered", "waiting", "waiting"]
    assert standing_of(third).reason is Reason.OFFERED
    assert event.free == 0
    late = at + 25 * HOUR
    with pytest.raises(NotAllowed):
        signing_up.accept_offer(second, by=second.user, at=late)
    assert scene.states(event)[1:] == ["lapsed", "offered", "waiting"]
    for _ in range(2):
        signing_up.accept_offer(third, by=third.user, at=late + HOUR)
    assert scene.states(event)[1:] == ["lapsed", "placed", "waiting"]
    assert scene.letters(third) == ["waiting:1", "offered:2", "placed:3"]
    assert scene.letters(second) == ["waiting:1", "offered:2", "lapsed:3"]
    assert fourth.state == "waiting"
    scene.holds_true(event)


def test_an_offer_declined_goes_on_at_once() -> None:
    event = scene.event(capacity=1, freed_place=FreedPlace.OFFERED)
    first, second, third = (scene.come(event) for _ in range(3))
    signing_up.cancel(first, by=first.user, at=now())
    signing_up.cancel(second, by=second.user, at=now())
    assert scene.states(event) == ["cancelled", "cancelled", "offered"]
    assert third.offered_until is not None


def test_an_offer_never_outlasts_the_beginning() -> None:
    event = scene.event(capacity=1, freed_place=FreedPlace.OFFERED, starts_at=now() + 2 * HOUR)
    first, second = scene.come(event), scene.come(event)
    signing_up.cancel(first, by=first.user, at=now())
    assert second.offered_until == event.starts_at


def test_once_it_has_begun_nobody_cancels_and_nobody_moves_up() -> None:
    event = scene.event(capacity=1, starts_at=now() + HOUR)
    first, second = scene.come(event), scene.come(event)
    with pytest.raises(NotAllowed):
        signing_up.cancel(first, by=first.user, at=event.starts_at)
    assert second.state == "waiting"


def test_only_ones_own() -> None:
    signup, stranger = scene.come(scene.event()), town.person()
    for by in (stranger, Visitor(), KeyHolder(signup.id + 1)):
        with pytest.raises(NotAllowed):
            signing_up.cancel(signup, by=by, at=now())
        with pytest.raises(NotAllowed):
            signing_up.change(signup, scene.wish(), by=by, at=now())
    assert signup.state == "placed"


def test_names_are_asked_for_and_bounded() -> None:
    event, person = scene.event(), town.person()
    for names in ((), ("",), ("a" * 121,)):
        with pytest.raises(DomainError):
            signing_up.sign_up(
                event,
                Wish(names),
                Applicant(person),
                submission_key="bez-nazwiska-nic-z-tego",
                by=person,
                at=now(),
            )
    assert db.session.scalars(sa.select(SignUp)).all() == []


def test_the_journal_tells_the_story_without_names() -> None:
    event = scene.event(capacity=1)
    first, _ = scene.come(event), scene.come(event)
    signing_up.cancel(first, by=first.user, at=now())
    entries = db.session.scalars(
        sa.select(Entry).where(Entry.scope == f"event:{event.id}").order_by(Entry.id)
    ).all()
    assert [e.action for e in entries] == ["placed", "waiting", "cancelled", "placed"]
    assert all(set(e.details) <= {"people", "number", "promoted", "held"} for e in entries)


def test_letters_are_in_polish(app: Flask) -> None:
    scene.come(scene.event(capacity=1))
    text = db.session.scalars(sa.select(OutboxMail.text)).one()
    assert "Masz miejsce" in text


NAMES = st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=6)


@given(before=NAMES, after=NAMES)
def test_who_stays_keeps_their_ticket_and_no_ticket_is_lost_without_need(
    before: list[str], after: list[str]
) -> None:
    event = scene.event(capacity=20)
    person, of = scene.group(6)
    signup = scene.come(event, person, len(before), of)
    signing_up.change(signup, scene.wish(*before), by=person, at=now())
    old = [(p.name, p.code) for p in signup.participants]
    signing_up.change(signup, scene.wish(*after), by=person, at=now())
    db.session.flush()
    db.session.expire(signup)
    new = [(p.name, p.code) for p in signup.participants]
    assert [name for name, _code in new] == after
    stay = sum((Counter(before) & Counter(after)).values())
    assert len(set(old) & set(new)) == stay
    codes = {code for _name, code in old} & {code for _name, code in new}
    assert len(codes) == min(len(before), len(after))
    scene.holds_true(event)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("ABC", "BC", [1, 2]),  # the first of three does not come
        ("ABC", "AXC", [0, 1, 2]),  # a name is corrected
        ("ABA", "BA", [1, 0]),  # one of two of the same name
        ("ABC", "CXA", [2, 1, 0]),  # another order
    ],
)
def test_a_changed_party_passes_no_ticket_to_somebody_else(
    before: str, after: str, kept: list[int]
) -> None:
    event = scene.event(capacity=20)
    person, of = scene.group(3)
    signup = scene.come(event, person, len(before), of)
    signing_up.change(signup, scene.wish(*before), by=person, at=now())
    codes = [p.code for p in signup.participants]
    signing_up.change(signup, scene.wish(*after), by=person, at=now())
    assert [p.name for p in signup.participants] == list(after)
    assert [p.code for p in signup.participants] == [codes[n] for n in kept]
