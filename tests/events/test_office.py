"""What the office does: prepare, change, copy, move, cancel, thank; enter, reorder, release."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.accounts.models import Membership, Role
from app.events import actions, hosting, inviting, signing_up, steering
from app.events.content import Applicant
from app.events.models import Audience, Event, EventKind, EventStatus, QuestionKind
from app.events.planning import Asked, Host, occasion_of
from app.events.queries import questions_of
from app.events.queries_invited import without_speakers
from app.events.queries_signups import reorderings_of, standing_of
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR

pytestmark = pytest.mark.usefixtures("context")


def prepared(**fields: object) -> Event:
    return actions.prepare(scene.plan(**fields), by=scene.coordinator(), at=now())[0]


def test_an_event_is_prepared_and_published_once() -> None:
    clerk = scene.coordinator()
    document = town.document()
    event = prepared(
        title="Jak pisać uwagi",
        document_ids=(document.id,),
        questions=(Asked(QuestionKind.YES_NO, "Czy masz laptop?"),),
        hosts=(Host("Michał Wrona", "fundacja"),),
    )
    assert (event.slug, event.status) == ("jak-pisac-uwagi", EventStatus.DRAFT)
    assert [d.id for d in event.documents] == [document.id]
    assert [q.text for q in event.questions] == ["Czy masz laptop?"]
    assert [f.name for f in event.facilitators] == ["Michał Wrona"]
    actions.publish(event, by=clerk, at=now())
    with pytest.raises(NotAllowed):
        actions.publish(event, by=clerk, at=now())
    assert [e.action for e in history_of(event)] == ["prepared", "published"]


def test_a_series_is_several_events_with_addresses_of_their_own() -> None:
    plan = scene.plan()
    later = [replace(plan.occasion, starts_at=plan.occasion.starts_at + n * 7 * DAY,
                     ends_at=plan.occasion.ends_at + n * 7 * DAY) for n in (2, 1)]  # fmt: skip
    made = actions.prepare(plan, later, by=scene.coordinator(), at=now())
    assert [e.slug for e in made] == ["jak-pisac-uwagi", "jak-pisac-uwagi-2", "jak-pisac-uwagi-3"]
    assert len({e.series_id for e in made}) == 1
    assert [e.starts_at for e in made] == sorted(e.starts_at for e in made)


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": now() + 9 * DAY},
        {"signup_closes_at": now() + 11 * DAY},
        {"signup_closes_at": now() + 10 * DAY + HOUR},
        {"signup_opens_at": now() + 10 * DAY + HOUR},
        {"signup_opens_at": now() + 3 * DAY, "signup_closes_at": now() + 2 * DAY},
        {"capacity": 5, "reserved": 6},
        {"capacity": None, "reserved": 1},
        {"capacity": 5, "per_organisation": 6},
        {"questions": (Asked(QuestionKind.CHOICE, "Kiedy?", ("rano",)),)},
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        prepared(**fields)
    assert db.session.scalars(sa.select(Event)).all() == []


def test_nobody_else_steers() -> None:
    event, plan = scene.event(), scene.plan()
    for role in set(Role) - {Role.COORDINATOR}:
        person = town.person(role)
        with pytest.raises(NotAllowed):
            actions.prepare(plan, by=person, at=now())
        with pytest.raises(NotAllowed):
            steering.cancel(event, "powódź", by=person, at=now())
        with pytest.raises(NotAllowed):
            hosting.release(event, 1, by=person, at=now())
    assert event.status is EventStatus.PUBLISHED


def test_the_capacity_cannot_fall_below_those_who_have_a_place() -> None:
    event = scene.event(capacity=3)
    for _ in range(3):
        scene.come(event)
    plan = actions.plan_of(event)
    small = replace(plan, particulars=replace(plan.particulars, capacity=2))
    with pytest.raises(DomainError, match="3"):
        actions.change(event, small, by=scene.coordinator(), at=now())


def test_a_larger_room_takes_in_those_who_wait() -> None:
    event = scene.event(capacity=1)
    signups = [scene.come(event) for _ in range(4)]
    plan = actions.plan_of(event)
    large = replace(plan, particulars=replace(plan.particulars, capacity=3))
    actions.change(event, large, by=scene.coordinator(), at=now())
    assert [s.state for s in signups] == ["placed", "placed", "placed", "waiting"]
    scene.holds_true(event)


def test_kept_places_are_kept_until_they_are_released() -> None:
    event = scene.event(capacity=3, reserved=2)
    first, second, third = (scene.come(event) for _ in range(3))
    assert (second.state, standing_of(second).reason) == ("waiting", "reserved")
    hosting.release(event, 1, by=scene.coordinator(), at=now())
    assert (second.state, third.state, event.reserved) == ("placed", "waiting", 1)
    with pytest.raises(DomainError):
        hosting.release(event, 2, by=scene.coordinator(), at=now())
    assert first.state == "placed"
    scene.holds_true(event)


def test_the_office_seats_people_on_kept_places() -> None:
    clerk, event = scene.coordinator(), scene.event(capacity=2, reserved=1)
    scene.come(event)
    scene.come(event)
    guest = Applicant(name="Radna Nawrot")
    seated = hosting.enter(
        event, scene.wish("Zofia Nawrot"), guest, submission_key="wpis-1-wpis-1-wp",
        on_reserved=True, by=clerk, at=now(),
    )  # fmt: skip
    assert (seated.state, event.reserved, seated.entered_by_id) == ("placed", 0, clerk.id)
    waits = hosting.enter(
        event, scene.wish("Jan Kos"), guest, submission_key="wpis-2-wpis-2-wp",
        on_reserved=False, by=clerk, at=now(),
    )  # fmt: skip
    assert waits.state == "waiting"
    with pytest.raises(DomainError):
        hosting.enter(
            event, scene.wish("Jan Kos"), guest, submission_key="wpis-3-wpis-3-wp",
            on_reserved=True, by=clerk, at=now(),
        )  # fmt: skip
    scene.holds_true(event)


def test_an_event_that_moves_tells_everybody_once() -> None:
    event, clerk = scene.event(capacity=1), scene.coordinator()
    people = [scene.come(event), scene.come(event)]
    gone = scene.come(event)
    signing_up.cancel(gone, by=gone.user, at=now())
    later = replace(occasion_of(event), starts_at=event.starts_at + DAY,
                    ends_at=event.ends_at + DAY)  # fmt: skip
    assert steering.move(event, later, by=clerk, at=now()) == 2
    assert steering.move(event, later, by=clerk, at=now()) == 0
    assert event.sequence == 1
    assert [scene.letters(p)[-1] for p in people] == ["moved:1", "moved:1"]
    assert scene.letters(gone)[-1].startswith("cancelled")
    assert "Poprzedni termin" in scene.text_to(people[0].email)


def test_a_new_link_is_in_the_letter_to_those_who_have_a_place_and_to_nobody_else() -> None:
    old, new, newest = (f"https://rozmowa.example/{n}" for n in range(3))
    event, clerk = scene.event(capacity=1, online_url=old), scene.coordinator()
    placed, waits = scene.come(event), scene.come(event)
    there = replace(occasion_of(event), place="Ratusz", online_url=new)
    assert steering.move(event, there, by=clerk, at=now()) == 2
    assert new in scene.text_to(placed.email)
    assert "rozmowa" not in scene.text_to(waits.email)
    assert steering.move(event, replace(there, online_url=newest), by=clerk, at=now()) == 1
    said = scene.text_to(placed.email)
    assert (newest in said, "Zmienił się link" in said, "Poprzedni" in said) == (True, True, False)
    assert scene.letters(waits)[-1] == "moved:1"
    assert steering.move(event, replace(there, online_url=""), by=clerk, at=now()) == 1
    assert "nie można już wziąć udziału" in scene.text_to(placed.email)


def test_a_move_into_the_past_or_of_what_has_begun_is_refused() -> None:
    event, clerk = scene.event(), scene.coordinator()
    past = replace(occasion_of(event), starts_at=now() - HOUR, ends_at=now() + HOUR)
    with pytest.raises(DomainError):
        steering.move(event, past, by=clerk, at=now())
    begun = scene.event(starts_at=now() - HOUR)
    with pytest.raises(NotAllowed):
        steering.move(begun, occasion_of(event), by=clerk, at=now())


def test_a_published_date_is_not_changed_in_silence() -> None:
    event = scene.event()
    plan = actions.plan_of(event)
    other = replace(plan, occasion=replace(plan.occasion, place="Gdzie indziej"))
    with pytest.raises(DomainError, match=r"Przenieś|Move"):
        actions.change(event, other, by=scene.coordinator(), at=now())


@pytest.mark.parametrize(
    ("was", "wanted", "may"),
    [
        (EventKind.FESTIVAL, EventKind.MEETING, False),
        (EventKind.WORKSHOP, EventKind.FESTIVAL, False),
        (EventKind.WORKSHOP, EventKind.MEETING, True),
        (EventKind.FESTIVAL, EventKind.FESTIVAL, True),
    ],
)
def test_an_ngo_day_stays_one_once_it_is_published(
    was: EventKind, wanted: EventKind, may: bool
) -> None:
    clerk, event = scene.coordinator(), prepared(kind=was)
    plan = actions.plan_of(event)
    other = replace(plan, particulars=replace(plan.particulars, kind=wanted, title="Inaczej"))
    actions.change(event, other, by=clerk, at=now())
    assert event.kind is wanted
    actions.change(event, plan, by=clerk, at=now())
    actions.publish(event, by=clerk, at=now())
    with nullcontext() if may else pytest.raises(DomainError, match="Skopiuj"):
        actions.change(event, other, by=clerk, at=now())
    assert (event.kind, event.title == "Inaczej") == ((wanted, True) if may else (was, False))


def test_an_event_called_off_tells_everybody_why_and_nobody_moves_up() -> None:
    event, clerk = scene.event(capacity=1), scene.coordinator()
    first, second = scene.come(event), scene.come(event)
    with pytest.raises(DomainError):
        steering.cancel(event, "  ", by=clerk, at=now())
    for told in (2, 0):
        assert steering.cancel(event, "Zalało salę.", by=clerk, at=now()) == told
    assert "Zalało salę." in scene.text_to(first.email)
    assert (second.state, event.sequence) == ("waiting", 1)
    with pytest.raises(NotAllowed):
        scene.come(event)


def test_a_copy_has_the_questions_and_no_people() -> None:
    event, clerk = (
        prepared(questions=(Asked(QuestionKind.NUMBER, "Ile lat?"),)),
        scene.coordinator(),
    )
    made = actions.copy(event, event.starts_at + 7 * DAY, by=clerk, at=now())
    assert (made.slug, made.status, made.taken) == ("jak-pisac-uwagi-2", EventStatus.DRAFT, 0)
    assert [q.text for q in questions_of(made)] == ["Ile lat?"]
    assert made.ends_at - made.starts_at == event.ends_at - event.starts_at


def test_a_copy_over_the_change_of_the_clocks_keeps_the_hours_of_its_sign_ups() -> None:
    event = prepared(
        starts_at=town.moment("2036-03-20 16:00"),  # 17:00 in winter
        signup_opens_at=town.moment("2036-03-01 07:00"),  # 8:00
        signup_closes_at=town.moment("2036-03-19 11:00"),  # noon
    )
    made = actions.copy(event, town.moment("2036-04-03 15:00"), by=scene.coordinator(), at=now())
    assert made.ends_at == town.moment("2036-04-03 17:00")
    assert made.signup_opens_at == town.moment("2036-03-15 07:00")
    assert made.signup_closes_at == town.moment("2036-04-02 10:00")


def test_an_answered_question_is_retired_and_not_reworded() -> None:
    clerk = scene.coordinator()
    event = prepared(questions=(Asked(QuestionKind.TEXT, "Dieta?"), Asked(QuestionKind.TEXT, "B?")))
    actions.publish(event, by=clerk, at=now())
    diet, other = questions_of(event)
    scene.come(event, answers={diet.id: "wegańska"})
    plan = actions.plan_of(event)
    changed = tuple(replace(asked, text=asked.text + "!") for asked in plan.questions)
    actions.change(event, replace(plan, questions=changed), by=clerk, at=now())
    assert diet.retired_at is not None
    assert [q.text for q in questions_of(event)] == ["Dieta?!", "B?!"]
    assert questions_of(event)[1].id == other.id


def test_a_new_order_has_a_reason_that_all_can_read() -> None:
    clerk, event = scene.coordinator(), scene.event(capacity=1)
    _, second, third, fourth = (scene.come(event) for _ in range(4))
    with pytest.raises(DomainError):
        hosting.reorder(fourth, 1, " ", by=clerk, at=now())
    hosting.reorder(fourth, 1, "Prowadzi stolik.", by=clerk, at=now())
    assert [standing_of(s).number for s in (fourth, second, third)] == [1, 2, 3]
    assert [e.reason for e in reorderings_of(event)] == ["Prowadzi stolik."]
    with pytest.raises(NotAllowed):
        hosting.reorder(second, 1, "bo tak", by=town.person(), at=now())


def test_the_office_cancels_a_sign_up_with_a_reason() -> None:
    clerk, event = scene.coordinator(), scene.event(capacity=1)
    first, second = scene.come(event), scene.come(event)
    with pytest.raises(DomainError):
        hosting.remove(first, "", by=clerk, at=now())
    hosting.remove(first, "Zgłoszenie na prośbę telefoniczną.", by=clerk, at=now())
    hosting.remove(first, "jeszcze raz", by=clerk, at=now())
    assert (first.state, second.state) == ("cancelled", "placed")
    assert scene.letters(first) == ["placed:1", "removed:2"]


def test_invitations_go_out_once_when_the_event_is_published() -> None:
    clerk = scene.coordinator()
    event, (speaks, body) = prepared(audience=Audience.INVITED), scene.group(1)
    assert inviting.invite(event, ["Ala@ngo.example", "ala@NGO.example"], [body], by=clerk,
                          at=now()) == 2  # fmt: skip
    assert db.session.scalars(sa.select(OutboxMail)).all() == []
    actions.publish(event, by=clerk, at=now())
    assert inviting.invite(event, ["ala@ngo.example"], [body], by=clerk, at=now()) == 0
    letters = db.session.scalars(sa.select(OutboxMail)).all()
    assert [letter.recipient for letter in letters] == ["ala@ngo.example", speaks.email]


def test_everybody_who_speaks_for_an_invited_organisation_gets_one_letter() -> None:
    clerk, at = scene.coordinator(), now()
    event = prepared(audience=Audience.INVITED)
    speaks, body = scene.group(1)
    other = town.organisation(speaks)
    waits = town.person()
    db.session.add(Membership(user_id=waits.id, organisation_id=body.id))  # not confirmed
    silent = town.organisation()
    inviting.invite(event, ["ala@ngo.example"], [body, other, silent], by=clerk, at=at)
    assert without_speakers(event) == [silent.name]
    assert actions.publish(event, by=clerk, at=at) == 2
    assert len(scene.letters(speaks.email)) == 1
    assert body.name in scene.text_to(speaks.email)
    assert "Zaloguj się" in scene.text_to(speaks.email)
    assert scene.letters(waits.email) == []
    there = replace(occasion_of(event), place="Ratusz")
    assert steering.move(event, there, by=clerk, at=at) == 2
    assert "Ratusz" in scene.text_to(speaks.email)


def test_who_knows_the_date_from_an_invitation_learns_that_it_changes() -> None:
    clerk, at = scene.coordinator(), now()
    event = prepared(audience=Audience.INVITED)
    comes = town.person()
    inviting.invite(event, ["ala@ngo.example", comes.email], [], by=clerk, at=at)
    actions.publish(event, by=clerk, at=at)
    scene.come(event, comes)
    there = replace(occasion_of(event), place="Ratusz")
    assert steering.move(event, there, by=clerk, at=at) == 2
    said = scene.text_to("ala@ngo.example")
    assert ("Ratusz" in said, "Zapisz się" in said, "/zapisy/" in said) == (True, True, False)
    assert "/zapisy/" in scene.text_to(comes.email)
    link = replace(there, online_url="https://rozmowa.example")
    assert steering.move(event, link, by=clerk, at=at) == 1
    assert steering.cancel(event, "Zalało salę.", by=clerk, at=at) == 2
    assert "Zalało salę." in scene.text_to("ala@ngo.example")
    assert len(scene.letters("ala@ngo.example")) == 3


def test_thanks_go_to_those_who_had_a_place_once() -> None:
    clerk = scene.coordinator()
    event = scene.event(capacity=1, questionnaire_url="https://ankieta.example/1")
    first, _ = scene.come(event), scene.come(event)
    after = event.ends_at + HOUR
    with pytest.raises(NotAllowed):
        steering.thank(event, "Dziękujemy!", by=clerk, at=now())
    assert steering.thank(event, "Dziękujemy!", by=clerk, at=after) == 1
    with pytest.raises(NotAllowed):
        steering.thank(event, "Dziękujemy!", by=clerk, at=after + HOUR)
    assert "https://ankieta.example/1" in scene.text_to(first.email)
