"""Tickets: the code of each participant, for people to read and for a camera at the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import segno
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.events.models_signups import SignUp
from app.events.post import key_of
from app.platform.links import absolute


@dataclass(frozen=True, slots=True)
class Ticket:
    """What one participant shows at the door."""

    name: str
    code: str

    @property
    def spoken(self) -> str:
        """The code in groups of four, as it is read aloud: „ABCD 2345”."""
        return " ".join(self.code[n : n + 4] for n in range(0, len(self.code), 4))

    @property
    def picture(self) -> Markup:
        """The code as a QR picture, black on white with its quiet margin, whatever the theme."""
        drawn = segno.make(self.code, error="m", micro=False).svg_inline(
            border=4, dark="#000", light="#fff", omitsize=True, svgclass="ticket__picture"
        )
        return Markup(drawn)  # noqa: S704 - drawn by segno from a code of our own

    @property
    def drawing(self) -> str:
        """The same picture as an SVG file of its own, for paper."""
        out = BytesIO()
        segno.make(self.code, error="m", micro=False).save(
            out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False
        )
        return out.getvalue().decode()


def tickets_of(signup: SignUp) -> Sequence[Ticket]:
    """A ticket for each person of a sign-up, in order."""
    return [Ticket(person.name, person.code) for person in signup.participants]


def in_words(signup: SignUp) -> str:
    """The tickets of a sign-up and the ways to calendar and paper, for a letter."""
    tickets = tickets_of(signup)
    heading = ngettext("Your ticket:", "Your tickets:", len(tickets))
    return "\n\n".join(
        (
            "\n".join((heading, *(f"{ticket.spoken} – {ticket.name}" for ticket in tickets))),
            _(
                "At the door, show the code from this page, on the phone or printed:\n%(url)s",
                url=absolute("events.ticket", key=key_of(signup)),
            ),
            _(
                "Add it to your calendar:\n%(url)s",
                url=absolute("events.event_calendar", slug=signup.event.slug),
            ),
        )
    )
