"""Let many people ask for few places at once, on the real server, and check what came of it.

Starts gunicorn with several worker processes on a fresh SQLite file and, where a server is at hand
(``TEST_POSTGRESQL_URL``), on a fresh schema of PostgreSQL. People who have a place cancel while
others still ask. Meanwhile the database is looked at again and again, and afterwards the journal
is replayed. Prints figures; exits with 1 if a place was sold twice, stayed empty, went to the
wrong person, or if a letter was missing or written twice.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.race_judge import Race, judge, watched

ROOT = Path(__file__).resolve().parent.parent

SLUG = "wyscig"

#: Seconds to wait for a server or an answer: a machine that tests everything at once is slow.
PATIENCE = 150


@dataclass(frozen=True)
class Person:
    """A browser with the form open: its cookie and what the form sends."""

    cookie: str
    form: dict[str, str]
    leaves: bool


class Browser:
    """One connection to the server."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(
        self, method: str, path: str, cookie: str, form: dict[str, str] | None = None
    ) -> Answer:
        """Send a request and read the whole answer."""
        headers = {"Cookie": cookie, "Connection": "close"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        return Answer(response.status, response.headers.get("Location", ""), text,
                      response.headers.get_all("Set-Cookie") or [])  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    location: str
    text: str
    cookies: list[str]


def fill(app: Flask, race: Race) -> list[str]:
    """Make the tables, an event and the people; the session cookie of each person."""
    from app.accounts.models import Role, User
    from app.events.models import Event, EventKind
    from app.platform.clock import now
    from app.platform.db import Base, db, transaction
    from tests.town import session_cookie

    with app.app_context():
        Base.metadata.create_all(db.engine)
        at = now()
        with transaction() as session:
            people = [
                User(email=f"osoba{n}@wyscig.example", name=f"Osoba {n}", password_hash="!",
                     role=Role.PARTICIPANT, created_at=at, confirmed_at=at, stamp=f"s{n}")
                for n in range(race.people)
            ]  # fmt: skip
            from datetime import timedelta

            session.add_all(people)
            session.add(
                Event(slug=SLUG, title="Wyścig", kind=EventKind.WORKSHOP, takes_signups=True,
                      starts_at=at + timedelta(days=9), ends_at=at + timedelta(days=9, hours=2),
                      capacity=race.places)
            )  # fmt: skip
        remembered = [person.get_id() for person in people]
    name = app.config["SESSION_COOKIE_NAME"]
    return [f"{name}={session_cookie(app, one)}" for one in remembered]


def open_forms(port: int, cookies: list[str], race: Race) -> list[Person]:
    """Everybody opens the form, as a browser does."""
    leaving = set(random.Random(5).sample(range(len(cookies)), race.leave))

    def open_one(n: int) -> Person:
        page = Browser(port).ask("GET", f"/wydarzenia/{SLUG}/zapisy", cookies[n])
        hidden = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
        given = next((c.partition(";")[0] for c in page.cookies), cookies[n])
        return Person(given, hidden | {"names": f"Osoba {n}"}, n in leaving)

    with ThreadPoolExecutor(8) as crowd:
        return list(crowd.map(open_one, range(len(cookies))))


def run(port: int, people: list[Person], race: Race) -> None:
    """Everybody presses at the same moment; some of those who get a place give it back."""
    together = threading.Barrier(len(people))

    def press(person: Person) -> None:
        browser = Browser(port)
        browser.connection.connect()
        together.wait()
        began = time.perf_counter()
        answer = browser.ask("POST", f"/wydarzenia/{SLUG}/zapisy", person.cookie, person.form)
        race.times.append(time.perf_counter() - began)
        race.answers[answer.status] += 1
        if person.leaves and answer.status == 303:
            token = {"csrf_token": person.form["csrf_token"]}
            for _ in range(2):  # a double click
                gone = Browser(port).ask(
                    "POST", f"{answer.location}/rezygnuje", person.cookie, token
                )
                race.answers[gone.status] += 1

    began = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as crowd:
        list(crowd.map(press, people))
    race.seconds = time.perf_counter() - began


@contextmanager
def server(environment: dict[str, str], workers: int) -> Iterator[int]:
    """The real server with several worker processes; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", f"--bind=127.0.0.1:{port}",
               f"--workers={workers}", "--threads=4", "--log-level=error",
               "--backlog=1024"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if Browser(port).ask("GET", "/zdrowie", "").status == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def settings(folder: str, url: str) -> dict[str, str]:
    """The environment of the town: no demo, no mail server, no limits of rate."""
    return {"DATABASE_URL": url, "INSTANCE_PATH": folder, "DEMO": "0", "RATELIMIT": "0",
            "WSPOLPIS_ENV": "", "SMTP_URL": "", "REDIS_URL": "", "LOG_REQUESTS": "0",
            "SECRET_KEY": "only-for-the-race-only-for-the-race"}  # fmt: skip


def hold(url: str, race: Race) -> Race:
    """Run a race on an empty database and judge it."""
    from app import create_app
    from app.config import settings as configured
    from app.platform.db import db

    with tempfile.TemporaryDirectory() as folder:
        environment = settings(folder, url)
        app = create_app(configured({**os.environ, **environment}))
        cookies = fill(app, race)
        with app.app_context():
            engine = db.engine
        try:
            with server(environment, race.workers) as port:
                people = open_forms(port, cookies, race)
                with watched(engine, race):
                    run(port, people, race)
            judge(app, race)
        finally:
            engine.dispose()
    return race


@contextmanager
def schema_of(url: str) -> Iterator[str]:
    """A schema of PostgreSQL that is there for the race alone; the address that leads to it."""
    name = f"race_{os.getpid()}_{random.randrange(10**6)}"
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    try:
        yield f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
        engine.dispose()


def report(name: str, race: Race) -> None:
    """Print what was seen."""
    cuts = quantiles(race.times, n=100)
    print(
        f"{name}: {race.people} people, {race.places} places, {race.workers} workers: "
        f"{race.seconds:.2f} s, {race.people / race.seconds:.0f} sign-ups/s, "
        f"p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms; "
        f"{len(race.samples)} looks, at most {max(race.samples)} had a place; "
        f"answers {dict(race.answers)}",
        flush=True,
    )
    for mistake in race.mistakes[:10]:
        print(f"  WRONG: {mistake}", flush=True)


def main() -> int:
    """Hold the race on every database at hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--places", type=int, default=30)
    parser.add_argument("--leave", type=int, default=40)
    parser.add_argument("--workers", type=int, default=4)
    given = vars(parser.parse_args())
    races = []
    with tempfile.TemporaryDirectory() as folder:
        races.append(hold(f"sqlite:///{folder}/race.sqlite3", Race(**given)))
    report("SQLite", races[-1])
    url = os.environ.get("TEST_POSTGRESQL_URL", "")
    if url:
        with schema_of(url) as address:
            races.append(hold(address, Race(**given)))
        report("PostgreSQL", races[-1])
    else:
        print("PostgreSQL: none at hand (set TEST_POSTGRESQL_URL)")
    return 1 if any(race.mistakes for race in races) else 0


if __name__ == "__main__":
    sys.exit(main())
