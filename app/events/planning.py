"""What the office decides about an event, as values, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from app.events.models import Audience, Event, EventKind, FreedPlace, QuestionKind
from app.platform.keys import hash_of


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where: what those who have signed up relied on."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    online_url: str = ""
    signup_opens_at: datetime | None = None
    signup_closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an event; ``id`` is that of the question it changes, 0 for a new one."""

    kind: QuestionKind
    text: str
    choices: tuple[str, ...] = ()
    required: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Host:
    """Who runs the event; ``user_id`` is that of their account, ``None`` for a guest."""

    name: str
    about: str = ""
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Particulars:
    """All the rest that the office says about an event. Texts may be empty, the title may not."""

    title: str
    kind: EventKind
    summary: str = ""
    accessibility: str = ""
    contact: str = ""
    consultation_id: int | None = None
    takes_signups: bool = True
    audience: Audience = Audience.EVERYBODY
    capacity: int | None = None
    reserved: int = 0
    per_organisation: int | None = None
    freed_place: FreedPlace = FreedPlace.GIVEN
    offer_hours: int = 24
    remind_days: tuple[int, ...] = (7, 1)
    asks_needs: bool = True
    shows_participants: bool = False
    retention_days: int = 90
    questionnaire_url: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole event as a form says it."""

    particulars: Particulars
    occasion: Occasion
    questions: tuple[Asked, ...] = ()
    hosts: tuple[Host, ...] = ()
    document_ids: tuple[int, ...] = ()
    provision_ids: tuple[int, ...] = field(default=())


#: Once an event is published, organisations apply to it or people sign up: never one for the other.
KIND_STAYS = _l(
    "A published NGO Day stays one, and no other event can become one. Copy the event to choose "
    "another kind."
)


def may_become(kind: EventKind, other: EventKind) -> bool:
    """Whether a published event of a kind can still be called another."""
    return kind is other or EventKind.FESTIVAL not in (kind, other)


def version_of(plan: Plan) -> str:
    """What a form carries to notice that somebody else has saved meanwhile: a digest of what it
    shows. The rows in which questions are kept do not count, their words do.
    """
    shown = replace(
        plan,
        questions=tuple(replace(asked, id=0) for asked in plan.questions),
        document_ids=tuple(sorted(plan.document_ids)),
        provision_ids=tuple(sorted(plan.provision_ids)),
    )
    return hash_of(json.dumps(asdict(shown), default=str))[:24]


#: Nothing lasts longer: whoever says so has mistyped the year or the month.
LONGEST = timedelta(days=31)

LONGEST_CHOICE, LONGEST_HOST, LONGEST_ABOUT = 300, 120, 200

#: What readers and calendars call the time and the place.
OCCASION = ("starts_at", "ends_at", "place", "online_url")


def occasion_of(event: Event) -> Occasion:
    """When and where an event is, as it stands."""
    return Occasion(
        event.starts_at,
        event.ends_at,
        event.place,
        event.online_url,
        event.signup_opens_at,
        event.signup_closes_at,
    )


def wrong_dates(occasion: Occasion) -> Iterator[tuple[str, Any]]:
    """What is wrong with the dates, as pairs (field, sentence that says what to do)."""
    if occasion.ends_at <= occasion.starts_at:
        yield "ends_at", _l("The event must end after it begins. Correct one of the two.")
        return
    if occasion.ends_at - occasion.starts_at > LONGEST:
        yield "ends_at", _l("This would last longer than a month. Check the day of the end.")
    opens, closes = occasion.signup_opens_at, occasion.signup_closes_at
    if closes is not None and closes > occasion.ends_at:
        yield (
            "signup_closes_at",
            _l("Sign-ups cannot close after the event is over. Choose an earlier moment."),
        )
    elif closes is not None and closes > occasion.starts_at:
        yield (
            "signup_closes_at",
            _l(
                "Sign-ups close when the event begins at the latest. Choose an earlier moment or "
                "leave the field empty."
            ),
        )
    if opens is not None and opens >= (closes or occasion.starts_at):
        yield (
            "signup_opens_at",
            _l("Sign-ups must open before they close. Choose an earlier moment."),
        )


def passed(occasion: Occasion, at: datetime) -> Iterator[tuple[str, Any]]:
    """What is wrong with an occasion that is to be published yet."""
    if occasion.ends_at <= at:
        yield (
            "starts_at",
            _l("This date has passed, so the event could not be published. Choose a later one."),
        )


def wrong_numbers(particulars: Particulars, held: int) -> Iterator[tuple[str, Any]]:
    """What is wrong with the places; ``held`` people have or are offered one."""
    capacity, reserved = particulars.capacity, particulars.reserved
    if capacity is None:
        if reserved:
            yield (
                "reserved",
                _l("Places can be kept only where their number is limited. Give the number."),
            )
        return
    if capacity < held:
        yield (
            "capacity",
            _l(
                "%(held)d people already have a place. Enter at least %(held)d, or cancel some "
                "sign-ups first, saying why.",
                held=held,
            ),
        )
    elif capacity < held + reserved:
        yield (
            "reserved",
            _l(
                "Of %(capacity)d places %(held)d are taken, so you can keep at most %(left)d.",
                capacity=capacity,
                held=held,
                left=capacity - held,
            ),
        )
    limit = particulars.per_organisation
    if limit is not None and limit > capacity:
        yield (
            "per_organisation",
            _l("This is more than there are places. Enter a smaller number."),
        )


def wrong_questions(questions: Sequence[Asked]) -> Iterator[tuple[str, Any]]:
    """What is wrong with the questions, counted from 1."""
    for place, asked in enumerate(questions, 1):
        if asked.kind is not QuestionKind.CHOICE:
            continue
        name = f"question_choices_{place}"
        if len(set(asked.choices)) < 2:
            yield (
                name,
                _l("Give at least two answers to choose from, each on a line of its own."),
            )
        elif len(set(asked.choices)) < len(asked.choices):
            yield name, _l("One of the answers stands here twice. Leave it once.")
        elif max(map(len, asked.choices)) > LONGEST_CHOICE:
            yield name, _l("An answer may have at most %(max)d characters.", max=LONGEST_CHOICE)


def wrong_hosts(hosts: Sequence[Host]) -> Iterator[tuple[str, Any]]:
    """What is wrong with those who run it: nobody's name is cut short."""
    for host in hosts:
        if len(host.name) > LONGEST_HOST or len(host.about) > LONGEST_ABOUT:
            yield (
                "facilitators" if host.user_id else "guests",
                _l(
                    "A name may have %(name)d characters, and what somebody is %(about)d. "
                    "Shorten: %(line)s",
                    name=LONGEST_HOST,
                    about=LONGEST_ABOUT,
                    line=f"{host.name[:40]}…",
                ),
            )


def mistakes(plan: Plan, held: int = 0) -> Iterator[tuple[str, Any]]:
    """Everything that must be corrected before the plan can be kept."""
    yield from wrong_dates(plan.occasion)
    yield from wrong_numbers(plan.particulars, held)
    yield from wrong_questions(plan.questions)
    yield from wrong_hosts(plan.hosts)
