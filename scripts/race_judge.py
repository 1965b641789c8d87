"""What must hold of a race for places, while it is run and in what it leaves behind."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import Flask


@dataclass
class Race:
    """How many ask for how many places, and what was seen."""

    people: int = 200
    places: int = 30
    leave: int = 40  # of those who get a place, so many cancel at once
    workers: int = 4
    seconds: float = 0.0
    answers: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    samples: list[int] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def check(self, holds: bool, otherwise: str) -> None:
        """Note a mistake unless something holds."""
        if not holds:
            self.mistakes.append(otherwise)


@contextmanager
def watched(engine: sa.Engine, race: Race) -> Iterator[None]:
    """Look at the database all the while: how many people have a place, in one statement."""
    over = threading.Event()
    held = sa.text(
        "SELECT COALESCE(SUM(people), 0), (SELECT taken FROM event) FROM event_signup "
        "WHERE state IN ('placed', 'offered')"
    )

    def look() -> None:
        with engine.connect() as connection:
            while not over.is_set():
                count, kept = connection.execute(held).one()
                connection.rollback()
                race.samples.append(int(count))
                race.check(count == kept, f"{count} have a place, the event says {kept}")
                time.sleep(0.002)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def judge(app: Flask, race: Race) -> None:
    """Hold what is in the database, the journal and the outbox against the promises."""
    from app.events.models_signups import SignUp
    from app.journal.models import Entry
    from app.platform.db import db
    from app.platform.mail import OutboxMail

    race.check(set(race.answers) == {303}, f"answers were {dict(race.answers)}")
    race.check(max(race.samples) <= race.places, f"{max(race.samples)} had a place at once")
    full = race.samples.index(race.places) if race.places in race.samples else len(race.samples)
    race.check(set(race.samples[full:]) <= {race.places}, "a place stayed empty after it was full")
    with app.app_context():
        signups = db.session.scalars(sa.select(SignUp).order_by(SignUp.number)).all()
        entries = db.session.scalars(sa.select(Entry).order_by(Entry.id)).all()
        letters = Counter(db.session.scalars(sa.select(OutboxMail.recipient)))
        causes = db.session.scalars(sa.select(OutboxMail.key)).all()
    replay([(e.action, int(e.subject.partition(":")[2])) for e in entries], race)
    race.check(len(signups) == race.people, f"{len(signups)} sign-ups of {race.people}")
    numbers = [signup.number for signup in signups]
    race.check(numbers == list(range(1, race.people + 1)), "numbers have gaps or come twice")
    states = [str(signup.state) for signup in signups if signup.state != "cancelled"]
    expected = ["placed"] * race.places + ["waiting"] * (len(states) - race.places)
    race.check(states == expected, "places are not in the order of arrival")
    race.check(len(set(causes)) == len(causes), "a letter was written twice")
    for signup in signups:
        told = [key.split(":")[2] for key in causes if key.startswith(f"signup:{signup.id}:")]
        wanted = {"placed": 1, "waiting": 1, "cancelled": 2}[str(signup.state)]
        promoted = "waiting" in told and "promoted" in told
        race.check(len(told) == wanted + promoted, f"{signup.email} was told {told}")
        race.check(letters[signup.email] == len(told), f"{signup.email} has other letters")


def replay(entries: list[tuple[str, int]], race: Race) -> None:
    """Live through the journal once more: never oversold, and never empty while somebody waits."""
    placed: set[int] = set()
    waiting: list[int] = []
    was_full = False
    for n, (action, who) in enumerate(entries):
        if action == "placed":
            first = waiting[0] if waiting else who
            race.check(first == who, f"{who} was placed before {first}")
            waiting = [w for w in waiting if w != who]
            placed.add(who)
        elif action == "waiting":
            waiting.append(who)
        elif action == "cancelled":
            placed.discard(who)
            waiting = [w for w in waiting if w != who]
        race.check(len(placed) <= race.places, f"{len(placed)} have a place at entry {n}")
        was_full = was_full or len(placed) == race.places
        empty = was_full and len(placed) < race.places and bool(waiting)
        following = entries[n + 1][0] if n + 1 < len(entries) else ""
        race.check(not empty or following == "placed", f"a place stays empty at entry {n}")
