"""A form field for a day and an hour of the town, kept as a moment in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.widgets import DateTimeLocalInput

from app.events.local_times import MissingTime, RepeatedTime, moment_of
from app.platform.clock import local

#: What browsers send, and what people type where the browser has no such field.
FORMATS = (
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M",
    "%d.%m.%Y %H.%M",
)


class TownMomentField(Field):
    """A moment by the town's clocks; hours that do not exist or come twice are refused."""

    widget = DateTimeLocalInput()

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        if self.data:  # a browser's own field shows it in this shape alone
            return f"{local(self.data):%Y-%m-%dT%H:%M}"
        return " ".join(self.raw_data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ``ValueError`` with a sentence that says what to do."""
        text = " ".join(valuelist).strip()
        self.data = None
        self.data = moment_from(text) if text else None


def moment_from(text: str) -> datetime:
    """The moment that a text means. Raises ``ValueError`` with a sentence for its author."""
    shown = _shown(text)
    if shown is None:
        raise ValueError(_("Enter a day and an hour, for example 2015-09-24 10:00."))
    try:
        return moment_of(shown)
    except MissingTime:
        raise ValueError(
            _(
                "On that night the clocks are put forward, so this hour does not exist. Choose "
                "an hour before 2:00 or from 3:00 on."
            )
        ) from None
    except RepeatedTime:
        raise ValueError(
            _(
                "On that night the clocks are put back, so this hour comes twice. Choose an hour "
                "before 2:00 or from 3:00 on."
            )
        ) from None


def _shown(text: str) -> datetime | None:
    for form in FORMATS:
        try:
            read = datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
        return read.replace(tzinfo=None) if 2000 <= read.year <= 2200 else None
    return None
