"""Dates of a series that are moved and called off together: one act, one letter for each person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.events import actions, hosting, inviting, signing_up, steering
from app.events.actions import ChangedMeanwhile
from app.events.calendars import Line, calendar
from app.events.content import Applicant
from app.events.local_times import TOWN_ZONE
from app.events.models import Audience, Event, EventStatus
from app.events.planning import Occasion, occasion_of
from app.events.series import Reach, moved_likewise
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.language import moment
from app.platform.mail import OutboxMail
from tests import town
from tests.events import scene
from tests.events.scene import DAY, HOUR
from tests.events.test_signup_pages import fields_of
from tests.proofreading import ProofreadingClient as Client

WEEK = 7 * DAY
DESK = "/biurko/wydarzenia"


def series(number: int = 3, first: datetime | None = None, **fields: object) -> list[Event]:
    """So many published dates, a week apart."""
    starts_at, clerk = first or now() + 10 * DAY, scene.coordinator()
    plan = scene.plan(starts_at=starts_at, **fields)
    others = [
        replace(plan.occasion, starts_at=starts_at + n * WEEK, ends_at=starts_at + n * WEEK + HOUR)
        for n in range(1, number)
    ]
    made = actions.prepare(plan, others, by=clerk, at=now())
    for event in made:
        actions.publish(event, by=clerk, at=now())
    return made


def letters(*dates: Event) -> Sequence[OutboxMail]:
    """What was written about moves and calling off, in order."""
    return db.session.scalars(
        sa.select(OutboxMail)
        .where(OutboxMail.key.contains("moved") | OutboxMail.key.contains("event-cancelled"))
        .order_by(OutboxMail.id)
    ).all()


@pytest.mark.usefixtures("context")
class TestCallingOff:
    """Dates that will not take place."""

    def test_whoever_signed_up_for_several_dates_gets_one_letter(self) -> None:
        first, second, third = series()
        ala, ola = town.person(), town.person()
        for event in (first, second, third):
            scene.come(event, ala)
        scene.come(third, ola)
        told = steering.cancel(
            second, "Remont.", reach=Reach.FOLLOWING, by=scene.coordinator(), at=now()
        )
        assert told == 2
        assert [e.status for e in (first, second, third)] == ["published", "cancelled", "cancelled"]
        hers, theirs = letters()
        assert (hers.recipient, theirs.recipient) == (ala.email, ola.email)
        assert "2 terminy się nie odbędą" in hers.text
        assert "to wydarzenie się nie odbędzie" in theirs.text
        assert hers.text.count(second.title) == 2
        again = steering.cancel(
            second, "Remont.", reach=Reach.ALL, by=scene.coordinator(), at=now()
        )
        assert again == 1  # the first date, which was left
        assert steering.cancel(first, "x", reach=Reach.ALL, by=scene.coordinator(), at=now()) == 0

    def test_invited_and_signed_up_is_one_person(self) -> None:
        clerk = scene.coordinator()
        first, second = series(2, audience=Audience.INVITED)
        ala = town.person()
        for event in (first, second):
            inviting.invite(event, [ala.email, "jan@ngo.example"], [], by=clerk, at=now())
        scene.come(second, ala)
        assert steering.cancel(first, "Remont.", reach=Reach.ALL, by=clerk, at=now()) == 2
        assert sorted(m.recipient for m in letters()) == sorted([ala.email, "jan@ngo.example"])

    def test_what_is_over_or_not_published_is_left_alone(self) -> None:
        clerk = scene.coordinator()
        over, second, draft = series()
        over.starts_at, over.ends_at = now() - 2 * HOUR, now() - HOUR
        draft.status = EventStatus.DRAFT
        steering.cancel(second, "Remont.", reach=Reach.ALL, by=clerk, at=now())
        assert [e.status for e in (over, second, draft)] == ["published", "cancelled", "draft"]

    def test_nobody_else_does_it_and_not_without_a_reason(self) -> None:
        dates = series(2)
        with pytest.raises(NotAllowed):
            steering.cancel(dates[0], "x", reach=Reach.ALL, by=town.person(), at=now())
        with pytest.raises(DomainError):
            steering.cancel(dates[0], " ", reach=Reach.ALL, by=scene.coordinator(), at=now())
        assert {e.status for e in dates} == {"published"}

    def test_what_the_preview_did_not_show_is_not_called_off(self) -> None:
        clerk = scene.coordinator()
        dates = series(3)
        seen = steering.seen_of(dates)
        steering.cancel(dates[2], "Choroba.", by=clerk, at=now())
        with pytest.raises(ChangedMeanwhile):
            steering.cancel(dates[0], "x", reach=Reach.ALL, seen=seen, by=clerk, at=now())
        assert dates[0].status == "published"

    def test_calendars_learn_it_of_every_date(self) -> None:
        dates = series(3)
        steering.cancel(
            dates[1], "Remont.", reach=Reach.FOLLOWING, by=scene.coordinator(), at=now()
        )
        file = Calendar.from_ical(calendar(map(Line, dates)))
        said = [(str(one["status"]), int(one["sequence"])) for one in file.walk("VEVENT")]
        assert said == [("CONFIRMED", 0), ("CANCELLED", 1), ("CANCELLED", 1)]


@pytest.mark.usefixtures("context")
class TestMoving:
    """Dates that are put off by the same days and hours."""

    def test_the_hour_on_the_clock_stays_over_the_change_of_the_clocks(self) -> None:
        """The clocks go back on 26 October 2036: 17:00 is 15:00 in UTC before it, 16:00 after."""
        dates = series(3, town.moment("2036-10-14 15:00"))
        for event, utc in zip(dates, ("10-14 15", "10-21 15", "10-28 16"), strict=True):
            event.starts_at = town.moment(f"2036-{utc}:00")
            event.ends_at = event.starts_at + HOUR
        occasion = occasion_of(dates[0])
        later = replace(
            occasion,
            starts_at=town.moment("2036-10-21 16:00"),
            ends_at=town.moment("2036-10-21 17:00"),
        )
        steering.move(dates[0], later, reach=Reach.ALL, by=scene.coordinator(), at=now())
        shown = [f"{e.starts_at.astimezone(TOWN_ZONE):%d.%m %H:%M}" for e in dates]
        assert shown == ["21.10 18:00", "28.10 18:00", "04.11 18:00"]
        assert {e.ends_at - e.starts_at for e in dates} == {HOUR}

    def test_one_letter_says_every_date_and_each_link(self) -> None:
        first, second, third = series(3)
        ala = town.person()
        hers = [scene.come(event, ala) for event in (first, second)]
        scene.come(third)
        later = replace(occasion_of(first), starts_at=first.starts_at + DAY,
                        ends_at=first.ends_at + DAY)  # fmt: skip
        clerk = scene.coordinator()
        assert steering.move(first, later, reach=Reach.FOLLOWING, by=clerk, at=now()) == 2
        assert [e.sequence for e in (first, second, third)] == [1, 1, 1]
        to_ala, other = letters()
        assert "Zmieniły się 2 terminy" in to_ala.text
        assert to_ala.text.count("Poprzedni termin") == 2
        assert len({line for line in to_ala.text.split() if "/zapisy/" in line}) == len(hers)
        assert "Zmienił się termin lub miejsce" in other.text
        assert steering.move(first, later, reach=Reach.FOLLOWING, by=clerk, at=now()) == 0
        assert second.starts_at - first.starts_at == WEEK

    def test_an_offer_ends_when_the_earlier_date_begins_and_the_letter_says_so(self) -> None:
        clerk = scene.coordinator()
        event = scene.event(capacity=1, freed_place="offered", offer_hours=240)
        first, second = scene.come(event), scene.come(event)
        signing_up.cancel(first, by=first.user, at=now())
        assert second.offered_until is not None
        assert second.offered_until == event.starts_at
        begins = now().replace(second=0, microsecond=0) + 2 * DAY
        earlier = replace(occasion_of(event), starts_at=begins, ends_at=begins + HOUR)
        steering.move(event, earlier, by=clerk, at=now())
        assert second.offered_until == begins
        said = scene.text_to(second.email)
        assert f"Trzymamy dla Ciebie miejsce do {moment(begins, weekday=True)}" in said
        assert "Twoje zgłoszenie pozostaje ważne" not in said
        later = replace(earlier, starts_at=begins + DAY, ends_at=begins + DAY + HOUR)
        steering.move(event, later, by=clerk, at=now())
        assert second.offered_until == begins
        scene.holds_true(event)

    def test_a_place_that_stays_stays_in_each_date(self) -> None:
        first, second = series(2)
        second.place = "Ratusz"
        at_night = replace(occasion_of(first), starts_at=first.starts_at + HOUR,
                           ends_at=first.ends_at + HOUR)  # fmt: skip
        clerk = scene.coordinator()
        steering.move(first, at_night, reach=Reach.ALL, by=clerk, at=now())
        assert (first.place, second.place) == ("Dom Kultury", "Ratusz")
        steering.move(first, replace(at_night, place="Rynek"), reach=Reach.ALL, by=clerk, at=now())
        assert (first.place, second.place) == ("Rynek", "Rynek")

    def test_a_date_that_would_lie_in_the_past_moves_nothing(self) -> None:
        first, second = series(2, now() + 2 * DAY)
        earlier = replace(occasion_of(second), starts_at=second.starts_at - 3 * DAY,
                          ends_at=second.ends_at - 3 * DAY)  # fmt: skip
        was = occasion_of(first), occasion_of(second)
        with pytest.raises(DomainError, match="już minął"):
            steering.move(second, earlier, reach=Reach.ALL, by=scene.coordinator(), at=now())
        assert (occasion_of(first), occasion_of(second)) == was


MINUTES = st.datetimes(datetime(2036, 1, 1), datetime(2036, 12, 31)).map(  # noqa: DTZ001 – bounds bear no zone
    lambda shown: shown.replace(second=0, microsecond=0, hour=shown.hour % 18 + 4, tzinfo=TOWN_ZONE)
)


@given(MINUTES, MINUTES, MINUTES)
def test_every_date_goes_by_as_much_on_the_clock(
    own: datetime, before: datetime, after: datetime
) -> None:
    def occasion(moment: datetime) -> Occasion:
        return Occasion(moment, moment + HOUR, signup_closes_at=moment - DAY)

    made = moved_likewise(occasion(own), occasion(before), occasion(after))
    shown = made.starts_at.astimezone(TOWN_ZONE).replace(tzinfo=None)
    span = after.replace(tzinfo=None) - before.replace(tzinfo=None)
    assert shown == own.replace(tzinfo=None) + span
    assert made.starts_at < made.ends_at
    assert made.signup_closes_at is not None
    assert made.signup_closes_at < made.starts_at


def test_which_dates_is_asked_only_where_there_are_several(app: Flask, desk: Client) -> None:
    with app.app_context():
        first, _second, last = (event.slug for event in series(3))
        alone = scene.event().slug
        db.session.commit()
    for page in ("przenies", "odwolaj"):
        assert 'name="reach"' not in desk.get(f"{DESK}/{alone}/{page}").text
        shown = desk.get(f"{DESK}/{first}/{page}").text
        assert ("2 następne terminy" in shown, 'value="all"' in shown) == (True, False)
        shown = desk.get(f"{DESK}/{last}/{page}").text
        assert ('value="following"' in shown, "Wszystkie 3 terminy" in shown) == (False, True)


def test_several_dates_are_called_off_with_one_preview(app: Flask, desk: Client) -> None:
    with app.app_context():
        dates = series(3)
        ala = town.person()
        for event in dates:
            scene.come(event, ala)
        hosting.enter(dates[1], scene.wish("Jan Kos"), Applicant(name="Jan Kos"),
                      submission_key="wpis-1-wpis-1-wp", on_reserved=False,
                      by=scene.coordinator(), at=now())  # fmt: skip
        address = f"{DESK}/{dates[0].slug}/odwolaj"
        db.session.commit()
    asked = {"reason": "Remont.", "reach": "following"}
    page = desk.post(address, data=asked).text
    for words in ("3 terminy zostaną odwołane", "Do 1 osoby", "jedną wiadomość", "Jan Kos"):
        assert words in page
    sent = {**asked, **fields_of(page), "send": "1"}
    for _ in range(2):  # a double click
        assert desk.post(address, data=sent).status_code == 303
    with app.app_context():
        assert len(letters()) == 1
        assert set(db.session.scalars(sa.select(Event.status))) == {EventStatus.CANCELLED}


def test_several_dates_are_moved_with_one_preview(app: Flask, desk: Client) -> None:
    with app.app_context():
        dates = series(3, now().replace(second=0, microsecond=0) + 10 * DAY)
        for event in dates:
            scene.come(event)
        address, begins = f"{DESK}/{dates[0].slug}/przenies", dates[0].starts_at
        db.session.commit()
    fields = {**fields_of(desk.get(address).text), "reach": "following"}
    day = f"{(begins + 2 * DAY).astimezone(TOWN_ZONE):%Y-%m-%d}"
    fields |= {"starts_at": f"{day}T10:00", "ends_at": f"{day}T12:00"}
    page = desk.post(address, data=fields).text
    for words in ("Przenosisz 3 terminy", "Do 3 osób", "10:00"):
        assert words in page
    unseen = desk.post(address, data={**fields, "send": "1"})
    assert (unseen.status_code, "Tymczasem coś się zmieniło" in unseen.text) == (409, True)
    sent = {**fields, **fields_of(page), "send": "1"}
    for _ in range(2):
        assert desk.post(address, data=sent).status_code == 303
    with app.app_context():
        assert len(letters()) == 3
        starts = db.session.scalars(sa.select(Event.starts_at).order_by(Event.starts_at)).all()
        assert {f"{one.astimezone(TOWN_ZONE):%H:%M}" for one in starts} == {"10:00"}
