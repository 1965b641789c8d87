"""Who is written to about dates that change: each person once, however many of them they know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import force_locale

from app.events.models import Event
from app.events.models_signups import SignUp
from app.events.post import link_of
from app.events.queries_invited import Invited
from app.platform import mail
from app.platform.language import site_language
from app.platform.mail import Letter, Message


@dataclass(slots=True)
class Reader:
    """Somebody who is written to about dates, in order; ``None``: invited, and not signed up.

    ``cause`` is that of the earliest, with which the letter is erased. ``name`` is that of
    whoever signed up.
    """

    email: str
    cause: str
    name: str = ""
    dates: list[tuple[Event, SignUp | None]] = field(default_factory=list)


#: A date, the sign-ups that learn of it, and those who know it from an invitation.
Concerned = tuple[Event, Sequence[SignUp], Sequence[Invited]]


def readers_of(dates: Iterable[Concerned]) -> list[Reader]:
    """Everybody concerned, by their address."""
    found: dict[str, Reader] = {}
    for event, signups, invited in dates:
        for signup in signups:
            reader = found.setdefault(signup.email, Reader(signup.email, f"signup:{signup.id}"))
            reader.name = reader.name or signup.name
            reader.dates.append((event, signup))
        for one in invited:
            found.setdefault(one.email, Reader(one.email, one.cause)).dates.append((event, None))
    return list(found.values())


def write_to(
    readers: Sequence[Reader], message: Callable[[Reader], Message], *, about: str, at: datetime
) -> int:
    """Write to each about one cause, in one statement; to how many."""
    with force_locale(site_language()):
        letters = [Letter(r.email, message(r), f"{r.cause}:{about}") for r in readers]
    mail.put_all(letters, at=at)
    return len(letters)


def own_link(signup: SignUp | None) -> str:
    """The secret link of a sign-up; who has none yet has no link."""
    return link_of(signup) if signup is not None else ""
