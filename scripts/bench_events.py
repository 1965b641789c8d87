"""What ``make bench`` asks of events: their page, and signing up with an account."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from app.accounts.models import Role, User
from app.events.models import Event, EventKind
from app.platform.clock import now
from app.platform.db import db, transaction
from tests.town import session_cookie

#: More people than can sign up while one line of the table is measured.
PEOPLE = 4000

PAGE = "/wydarzenia/warsztat"


def fill(app: Flask) -> list[str]:
    """An event with room for all, and people; what the session of each remembers."""
    at = now()
    with app.app_context(), transaction():
        people = [
            User(
                email=f"bench{n}@ngo.example",
                name=f"Osoba {n}",
                password_hash="!",
                role=Role.PARTICIPANT,
                created_at=at,
                confirmed_at=at,
                stamp=f"s{n}",
            )
            for n in range(PEOPLE)
        ]
        event = Event(
            slug="warsztat",
            title="Warsztat",
            kind=EventKind.WORKSHOP,
            summary="Przeczytamy projekt zdanie po zdaniu.",
            place="Dom Kultury",
            starts_at=at + timedelta(days=9),
            ends_at=at + timedelta(days=9, hours=2),
            takes_signups=True,
            capacity=PEOPLE,
        )
        db.session.add_all([event, *people])
        db.session.flush()
        return [person.get_id() for person in people]


def signing_up(app: Flask) -> Callable[[int], bytes]:
    """The n-th person's request to sign up."""
    remembered = fill(app)
    name = app.config["SESSION_COOKIE_NAME"]
    with app.test_request_context():
        token = generate_csrf()
        secret = session["csrf_token"]

    def make(n: int) -> bytes:
        cookie = session_cookie(app, remembered[n], csrf_token=secret)
        form = {
            "csrf_token": token,
            "sequence": "0",
            "submission_key": uuid.uuid4().hex,
            "names": f"Osoba {n}",
        }
        body = urlencode(form).encode()
        head = (
            f"POST {PAGE}/zapisy HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: {name}={cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    counter = iter(range(PEOPLE))
    return lambda _n: make(next(counter))
