"""What to look for in the programme; the names of the fields are those of the address."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectChoice, SelectField

from app.events.forms_office import KINDS
from app.events.models import EventKind
from app.events.programme import Sought

ONLINE, IN_ROOM = "online", "na-miejscu"


class ProgrammeForm(Form):
    """Filters of the programme; what is not among the choices narrows nothing."""

    rodzaj = SelectField(
        _l("Kind"),
        choices=[
            SelectChoice("", _l("all")),
            *(SelectChoice(kind.value, name) for kind, name in KINDS.items()),
        ],
    )
    konsultacja = SelectField(_l("Consultation"))
    gdzie = SelectField(
        _l("Where"),
        choices=[
            SelectChoice("", _l("anywhere")),
            SelectChoice(IN_ROOM, _l("in a room")),
            SelectChoice(ONLINE, _l("online")),
        ],
    )
    zapisy = BooleanField(_l("Only where I can sign up now"))

    def offer(self, consultations: Sequence[tuple[str, str]]) -> None:
        """Offer these consultations, as pairs of address and title."""
        self.konsultacja.choices = [
            SelectChoice("", _l("all")),
            *(SelectChoice(slug, title) for slug, title in consultations),
        ]

    def sought(self, *, office: bool) -> Sought:
        """What the address asks for."""
        for field in (self.rodzaj, self.konsultacja, self.gdzie):
            if field.data not in {choice.value for choice in field.choices}:
                field.data = ""
        return Sought(
            kind=EventKind(self.rodzaj.data) if self.rodzaj.data else None,
            consultation=self.konsultacja.data,
            online={ONLINE: True, IN_ROOM: False}.get(self.gdzie.data),
            open_only=bool(self.zapisy.data),
            office=office,
        )
