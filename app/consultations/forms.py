"""Shape of what the coordinator types when preparing a consultation."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from app.consultations.addresses import address_from, is_address
from app.consultations.models import Consultation
from app.consultations.preparation import (
    Dates,
    Particulars,
    adoption_day,
    overlapping,
    version_of,
)
from app.platform.clock import TOWN_ZONE
from app.platform.security import new_submission_key

#: How many rounds the form has places for; an empty place is no round.
PLACES = (1, 2, 3, 4)

_LONG = Length(max=20_000, message=_l("This is too long: at most 20,000 characters."))

_COPIED = (
    "title",
    "slug",
    "year",
    "summary",
    "who_may",
    "how_to",
    "publicity",
    "legal_basis",
    "information_clause",
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_address",
    "adoption_due_on",
)


def _at_most(length: int) -> Length:
    return Length(max=length, message=_l("This is too long: at most %(max)d characters."))


class ConsultationForm(FlaskForm):
    """Everything that is said about a consultation, with its rounds in the town's time."""

    submission_key = HiddenField(validators=[Length(max=64)])
    version = HiddenField()  # of what stood when the form was opened
    title = StringField(
        _l("Title"), [InputRequired(_l("Give the consultation a title.")), _at_most(300)]
    )
    slug = StringField(_l("Address of the page"))
    year = IntegerField(
        _l("Year of the programme"),
        [
            InputRequired(_l("Enter the year that the programme is for, for example 2016.")),
            NumberRange(1990, 2200, _l("Enter a year in four digits, for example 2016.")),
        ],
    )
    summary = TextAreaField(_l("What the consultation is about"), [Optional(), _LONG])
    who_may = TextAreaField(_l("Who may take part"), [Optional(), _LONG])
    how_to = TextAreaField(_l("How to take part"), [Optional(), _LONG])
    publicity = TextAreaField(_l("Where it was announced"), [Optional(), _LONG])
    legal_basis = TextAreaField(_l("Legal basis"), [Optional(), _LONG])
    information_clause = TextAreaField(_l("Information on personal data"), [Optional(), _LONG])
    contact_name = StringField(_l("Person to ask"), [Optional(), _at_most(200)])
    contact_email = StringField(
        _l("E-mail"),
        [
            Optional(),
            _at_most(254),
            Email(_l("Enter an e-mail address like name@example.com.")),
        ],
    )
    contact_phone = StringField(_l("Telephone"), [Optional(), _at_most(40)])
    contact_address = StringField(_l("Address of the office"), [Optional(), _at_most(300)])
    adoption_due_on = DateField(_l("The council adopts by"), [Optional()])

    def __init__(
        self,
        consultation: Consultation | None = None,
        *,
        taken: Container[str] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(data=_typed(consultation), **kwargs)
        self.taken = taken
        if not self.submission_key.data:
            self.submission_key.data = new_submission_key()

    def validate_slug(self, field: StringField) -> None:
        """Fill in an address from the title when none was typed; refuse a bad or taken one."""
        field.data = (field.data or "").strip().strip("/").lower()
        if not field.data:
            field.data = address_from(self.title.data or "", self.taken)
        if not is_address(field.data):
            raise ValidationError(
                _l(
                    "Use small letters without Polish signs, digits and hyphens, for example "
                    "program-wspolpracy-2016."
                )
            )
        if field.data in self.taken:
            raise ValidationError(
                _l("Another consultation already has this address. Choose a different one.")
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, and then the dates of the rounds against each other."""
        sound = bool(super().validate(extra_validators))
        for place in PLACES:
            sound = self._whole(place) and sound
        if sound and overlapping(self.rounds()):
            self._field("opens", PLACES[0]).errors = [
                _l("Two rounds overlap. Let the later one open when the earlier has closed.")
            ]
            return False
        return sound

    def _field(self, name: str, place: int) -> Any:
        return self[f"{name}_{place}"]

    def _whole(self, place: int) -> bool:
        opens, closes = self._field("opens", place), self._field("closes", place)
        if opens.errors or closes.errors:
            return False
        if bool(opens.data) != bool(closes.data):
            lacking = closes if opens.data else opens
            lacking.errors = [_l("Give both the opening and the closing of this round.")]
            return False
        if opens.data and opens.data >= closes.data:
            closes.errors = [_l("A round must close after it opens. Correct its dates.")]
            return False
        return True

    def rounds(self) -> tuple[Dates, ...]:
        """The rounds that have both dates."""
        return tuple(
            Dates(
                self._field("opens", place).data,
                self._field("closes", place).data,
                (self._field("name", place).data or "").strip(),
                _number(self._field("number", place).data),
            )
            for place in PLACES
            if self._field("opens", place).data and self._field("closes", place).data
        )

    def stand_upon(self, stands: Particulars) -> None:
        """Keep what was typed, as a change of what has come to stand meanwhile."""
        self.version.data = version_of(stands)
        for place, dates in zip(PLACES, stands.rounds, strict=False):
            self._field("number", place).data = str(dates.number)

    def particulars(self) -> Particulars:
        """What was typed, once it is valid; an empty adoption day is the statutory one."""
        cleaned: dict[str, Any] = {name: (self[name].data or "") for name in _COPIED}
        texts = {name: text.strip() for name, text in cleaned.items() if isinstance(text, str)}
        cleaned.update(texts)
        cleaned["adoption_due_on"] = cleaned["adoption_due_on"] or adoption_day(cleaned["year"])
        return Particulars(**cleaned, rounds=self.rounds())


for _place in PLACES:
    _time = {
        "validators": [Optional()],
        "format": ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        "tz": TOWN_ZONE,
        "invalid_value_message": _l("Enter a day and an hour, for example 2015-09-24 10:00."),
    }
    setattr(ConsultationForm, f"number_{_place}", HiddenField(default="0"))
    setattr(
        ConsultationForm,
        f"name_{_place}",
        StringField(_l("Name of the round"), [Optional(), _at_most(200)]),
    )
    setattr(ConsultationForm, f"opens_{_place}", DateTimeLocalField(_l("Opens"), **_time))
    setattr(ConsultationForm, f"closes_{_place}", DateTimeLocalField(_l("Closes"), **_time))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _typed(consultation: Consultation | None) -> dict[str, Any]:
    """A consultation as the form shows it."""
    if consultation is None:
        return {}
    typed = {name: getattr(consultation, name) for name in _COPIED}
    ordered = sorted(consultation.rounds, key=lambda r: r.opens_at)
    for place, known in zip(PLACES, ordered, strict=False):
        typed[f"number_{place}"] = str(known.number)
        typed[f"name_{place}"] = known.title
        typed[f"opens_{place}"], typed[f"closes_{place}"] = known.opens_at, known.closes_at
    return typed
