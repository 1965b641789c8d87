"""NGO Day of the demo, from ``festival.toml``, through the actions that people use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import cache, partial
from typing import Any

from app.accounts.models import Organisation, User
from app.demo.programme import FOLDER
from app.demo.story import Deed, Story, when
from app.demo.town import values
from app.events import actions as events
from app.events.models import Event, EventKind
from app.events.planning import Occasion, Particulars, Plan
from app.festival import applying, deciding, publishing, queries, square, staging
from app.festival.content import StageWish, StandWish
from app.festival.hours import hour_of_day
from app.festival.models import Application, StageApplication, StandApplication
from app.festival.square import Layout
from app.festival.staging import Slot

_WISH = ("shows", "metres", "watts", "tables", "chairs", "note")
_TURN = ("title", "description", "minutes", "changeover", "performers", "equipment")


@cache
def told() -> dict[str, Any]:
    """The file, with its moments read."""
    data = tomllib.loads((FOLDER / "festival.toml").read_text(encoding="utf-8"))
    read: dict[str, Any] = {"event": values(data["event"]), "programme": values(data["programme"])}
    for key in ("rows", "stand", "point", "turn"):
        read[key] = [values(row) for row in data[key]]
    return read


class Square:
    """What has been told of the festival so far."""

    event: Event

    def __init__(self, story: Story) -> None:
        self.story = story
        self.applications: dict[int, Application] = {}

    def announce(self) -> None:
        """The office prepares the event and publishes it."""
        row = told()["event"]
        at, by = when(row["published_at"]), self.story.clerk
        particulars = Particulars(
            title=row["title"],
            kind=EventKind.FESTIVAL,
            summary=row["summary"],
            accessibility=row["accessibility"],
            contact=row["contact"],
            takes_signups=False,
        )
        occasion = Occasion(
            starts_at=when(row["starts_at"]),
            ends_at=when(row["ends_at"]),
            place=row["place"],
            signup_closes_at=when(row["signup_closes_at"]),
        )
        self.event = events.prepare(Plan(particulars, occasion), by=by, at=at)[0]
        events.publish(self.event, by=by, at=at)

    def _applicant(self, row: dict[str, Any]) -> tuple[User, Organisation]:
        person = self.story.people[row["person"]]
        return person, person.memberships[0].organisation

    def ask_for_stand(self, n: int, row: dict[str, Any]) -> None:
        """An organisation asks for a stand."""
        person, of = self._applicant(row)
        self.applications[n] = applying.apply_for_stand(
            self.event,
            StandWish(**{name: row[name] for name in _WISH if name in row}),
            of,
            submission_key=f"pokaz-swieta-{n:03}",
            by=person,
            at=when(row["made_at"]),
        )

    def ask_for_stage(self, n: int, row: dict[str, Any]) -> None:
        """An organisation asks for time on a stage."""
        person, of = self._applicant(row)
        self.applications[n] = applying.apply_for_stage(
            self.event,
            StageWish(
                **{name: row[name] for name in _TURN if name in row},
                not_before=self._hour(row.get("not_before")),
                not_after=self._hour(row.get("not_after")),
            ),
            of,
            submission_key=f"pokaz-swieta-{n:03}",
            by=person,
            at=when(row["made_at"]),
        )

    def _hour(self, clock: str | None) -> datetime | None:
        if not clock:
            return None
        return hour_of_day(self.event.starts_at, self.event.ends_at, time.fromisoformat(clock))

    def decide(self, n: int, row: dict[str, Any]) -> None:
        """The office says yes, or no and why."""
        application, by, at = self.applications[n], self.story.clerk, when(row["decided_at"])
        version = application.version
        if "refusal" in row:
            deciding.refuse(application, row["refusal"], version=version, by=by, at=at)
        else:
            deciding.accept(application, version=version, by=by, at=at)

    def withdraw(self, n: int, row: dict[str, Any]) -> None:
        """An organisation cannot come after all."""
        person, at = self.story.people[row["person"]], when(row["withdrawn_at"])
        applying.withdraw(self.applications[n], row["reason"], by=person, at=at)

    def arrange(self) -> None:
        """The office lays out the square, gives places, and makes the programme of the stages."""
        programme, by = told()["programme"], self.story.clerk
        at = when(programme["made_at"])
        for row in told()["rows"]:
            square.lay_out(self.event, Layout(**row), by=by, at=at)
        staging.name_stages(self.event, programme["stages"], by=by, at=at)
        spots = {place.label: place.id for place in queries.places(self.event)}
        for n, row in _rows():
            application = self.applications.get(n)
            if isinstance(application, StandApplication) and "place" in row:
                number, version = spots[row["place"]], application.version
                square.give_place(application, number, version=version, by=by, at=at)
            if isinstance(application, StageApplication) and "begins" in row:
                self._put_on(application, row, at)
        for n, row in enumerate(told()["point"]):
            wish = StageWish(**{name: row[name] for name in _TURN if name in row})
            key = f"pokaz-punktu-{n:03}"
            point = staging.add_point(self.event, wish, submission_key=key, by=by, at=at)
            self._put_on(point, row, at)

    def _put_on(self, turn: StageApplication, row: dict[str, Any], at: datetime) -> None:
        begins = self.event.starts_at + timedelta(minutes=row["begins"])
        slot = Slot(row["stage"], begins, turn.minutes, turn.changeover)
        staging.put_on(turn, slot, version=turn.version, by=self.story.clerk, at=at)

    def publish(self) -> None:
        """Everybody sees the programme, and the organisations learn their places and times."""
        at = when(told()["programme"]["published_at"])
        publishing.publish(self.event, by=self.story.clerk, at=at)


def _rows() -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate([*told()["stand"], *told()["turn"]]))


def festival(story: Story) -> Iterator[Deed]:
    """The festival is announced, organisations apply, the office decides and arranges."""
    day, stands = Square(story), len(told()["stand"])
    yield when(told()["event"]["published_at"]), 10, day.announce
    for n, row in _rows():
        ask: Callable[..., None] = day.ask_for_stand if n < stands else day.ask_for_stage
        yield when(row["made_at"]), 11, partial(ask, n, row)
        if "decided_at" in row:
            yield when(row["decided_at"]), 12, partial(day.decide, n, row)
        if "withdrawn_at" in row:
            yield when(row["withdrawn_at"]), 13, partial(day.withdraw, n, row)
    yield when(told()["programme"]["made_at"]), 14, day.arrange
    yield when(told()["programme"]["published_at"]), 15, day.publish
