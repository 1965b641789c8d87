"""The small forms with which the office steers an event and helps its people."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput

from app.events.town_moment import TownMomentField
from app.platform.keys import new_submission_key

_LONG = Length(max=20_000, message=_l("This is too long: at most 20,000 characters."))


class CopyForm(FlaskForm):
    """The date of a copy."""

    starts_at = TownMomentField(_l("Begins"), [InputRequired(_l("Say when the event begins."))])


class ReasonForm(FlaskForm):
    """Why something is done that people will be told of."""

    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("Say why: people will be told.")), Length(max=2000)],
    )


class ThanksForm(FlaskForm):
    """A word of thanks."""

    words = TextAreaField(
        _l("What you want to say"), [InputRequired(_l("Write a word of thanks.")), Length(max=5000)]
    )


class ReorderForm(ReasonForm):
    """Another number on the waiting list."""

    number = IntegerField(
        _l("New number on the list"),
        [InputRequired(_l("Enter a number.")), NumberRange(1, 100_000)],
    )


class ReleaseForm(FlaskForm):
    """How many of the kept places to let go of."""

    places = IntegerField(
        _l("Places to release"), [InputRequired(_l("Enter a number.")), NumberRange(1, 100_000)]
    )


class EnterForm(FlaskForm):
    """Somebody who rang or came to the office."""

    names = TextAreaField(_l("Who comes"), [InputRequired(_l("Write who comes.")), _LONG])
    email = StringField(_l("E-mail address"), [Optional(), Length(max=254)])
    organisation = SelectField(_l("Organisation"), coerce=int, default=0)
    on_reserved = BooleanField(_l("On places kept by the office"))
    submission_key = HiddenField(default=new_submission_key)

    def people(self) -> tuple[str, ...]:
        """A name from each line."""
        lines = (self.names.data or "").splitlines()
        return tuple(" ".join(line.split()) for line in lines if line.strip())


class InvitationForm(FlaskForm):
    """Whom to invite."""

    emails = TextAreaField(_l("E-mail addresses, one on a line"), [Optional(), _LONG])
    organisations = SelectMultipleField(
        _l("Organisations"), coerce=int, option_widget=CheckboxInput()
    )

    def validate_emails(self, field: TextAreaField) -> None:
        """Each line is an address."""
        for line in filter(str.strip, (field.data or "").splitlines()):
            name, at, host = line.strip().partition("@")
            if not (name and at and "." in host and " " not in line.strip()) or len(line) > 254:
                raise ValidationError(
                    _("This does not look like an address: %(line)s", line=line.strip()[:80])
                )
