"""The field in which those who run an event are chosen from accounts, each with what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, ValidationError

from app.accounts.models import User
from app.events.planning import Host


class HostsField(Field):
    """Whoever is chosen, by the id of the account, with a word on what they are.

    ``people`` are the accounts that can be chosen. A form sends a box for each that is ticked, and
    the word beside it under ``about_of`` the account.
    """

    data: dict[int, str]
    people: Sequence[User] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the boxes and the words beside them."""
        super().process(formdata, data or {}, extra_filters)
        if formdata is not None:
            self.data = {
                int(own): formdata.get(self.about_of(own), "").strip()
                for own in self.raw_data or ()
                if own.isascii() and own.isdecimal()
            }

    def about_of(self, own: object) -> str:
        """The name of the field beside somebody's box."""
        return f"{self.name}_about_{own}"

    def pre_validate(self, form: Any) -> None:
        """Only accounts that were offered. Raises ``ValidationError`` with a sentence."""
        if not set(self.data) <= {person.id for person in self.people}:
            raise ValidationError(_("Choose from the accounts below: somebody’s task has changed."))

    def hosts(self) -> tuple[Host, ...]:
        """Those chosen, in the order in which they were offered."""
        chosen = (person for person in self.people if person.id in self.data)
        return tuple(Host(person.name, self.data[person.id], person.id) for person in chosen)

    def in_words(self, chosen: Mapping[int, str]) -> str:
        """Who is chosen, for somebody to read."""
        return in_lines(
            Host(person.name, chosen[person.id]) for person in self.people if person.id in chosen
        ).replace("\n", ", ")


def in_lines(hosts: Iterable[Host]) -> str:
    """A line for each, with what they are after a dash."""
    return "\n".join(f"{h.name} – {h.about}" if h.about else h.name for h in hosts)


def guests_in(text: str) -> tuple[Host, ...]:
    """People without an account: a line for each, with what they are after a dash."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parted = (line.replace(" - ", " – ").partition(" – ") for line in lines)
    return tuple(Host(name.strip(), about.strip()) for name, _dash, about in parted)
