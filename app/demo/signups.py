"""Who signs up for the demo's events, from ``signups.toml``, through the actions people use."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from app.accounts.models import Visitor
from app.demo.programme import FOLDER
from app.demo.story import Deed, Story, when
from app.demo.town import STORY_BEGINS, Moment, town, values
from app.documents.queries import units_of, wordings_of
from app.events import actions, signing_up
from app.events.content import Applicant, Wish
from app.events.erasure import erase_people
from app.events.models_signups import Need, SignUp
from app.events.permissions import KeyHolder
from app.events.queries import questions_of
from app.legaltext.citation import resolve


@dataclass(frozen=True, slots=True)
class SignUpRow:
    """A sign-up; ``answers`` stand in the order of the event's questions, the last may be left."""

    event: str
    made_at: Moment
    names: tuple[str, ...]
    person: str = ""
    name: str = ""
    email: str = ""
    answers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_note: str = ""
    named_in_public: bool = False
    cancelled_at: Moment | None = None


@cache
def signups() -> tuple[SignUpRow, ...]:
    """Everybody who signs up, in the order of the file."""
    data = tomllib.loads((FOLDER / "signups.toml").read_text(encoding="utf-8"))
    return tuple(SignUpRow(**_row(row)) for row in data["signup"])


def _row(row: dict[str, Any]) -> dict[str, Any]:
    read = values(row)
    return {key: tuple(v) if isinstance(v, list) else v for key, v in read.items()}


def meetings(story: Story) -> Iterator[Deed]:
    """The events are published, people sign up, some cannot come after all; in time, all are
    erased."""
    for key, event in town().events.items():
        yield when(event.published_at), 7, partial(_publish, story, key, event.published_at)
    for n, row in enumerate(signups()):
        yield when(row.made_at), 8, partial(_sign_up, story, row, n)
        if row.cancelled_at:
            yield when(row.cancelled_at), 8, partial(_cancel, story, row, n)

    for key, event in town().events.items():
        erased_at = when(event.ends_at) + timedelta(days=event.retention_days)
        if erased_at <= STORY_BEGINS:
            yield erased_at, 9, partial(_erase, story, key, erased_at)


def _erase(story: Story, key: str, at: datetime) -> None:
    erase_people(story.events[key], at=at)


def _publish(story: Story, key: str, at: Moment) -> None:
    event = story.events[key]
    event.documents = [story.document]
    wordings = wordings_of(story.editions[1])
    for cited in town().events[key].provisions:
        unit = resolve(units_of(wordings), cited)
        assert unit is not None, f"{key}: no {cited} in the first edition"
        found = next(w.provision for w in wordings if str(w.provision.number) == unit.id)
        event.provisions.append(found)
    actions.publish(event, by=story.clerk, at=when(at))


def _sign_up(story: Story, row: SignUpRow, n: int) -> None:
    event, person = story.events[row.event], story.people.get(row.person)
    membership = person.memberships[0] if person and person.memberships else None
    asked = questions_of(event)
    wish = Wish(
        names=row.names,
        answers={q.id: said for q, said in zip(asked, row.answers, strict=False)},
        needs=frozenset(Need(need) for need in row.needs),
        needs_note=row.needs_note,
        named_in_public=row.named_in_public,
        sequence=event.sequence,
    )
    organisation = membership.organisation if membership else None
    signup = signing_up.sign_up(
        event,
        wish,
        Applicant(person, organisation, row.name, row.email),
        submission_key=f"pokaz-{row.event}-{n:03}-zapis",
        by=person or Visitor(),
        at=when(row.made_at),
    )
    assert signup is not None, row
    story.signups[n] = signup
    if person is None:
        _confirm(signup, row)


def _confirm(signup: SignUp, row: SignUpRow) -> None:
    at = when(row.made_at) + timedelta(minutes=4)
    signing_up.confirm_address(signup, by=KeyHolder(signup.id), at=at)


def _cancel(story: Story, row: SignUpRow, n: int) -> None:
    assert row.cancelled_at is not None
    signup = story.signups[n]
    signing_up.cancel(signup, by=story.people[row.person], at=when(row.cancelled_at))
