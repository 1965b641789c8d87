"""The small forms with which the office steers an event and helps its people."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from app.events.content import LARGEST_PARTY, mistakes
from app.events.forms_asking import AskingForm
from app.events.town_moment import TownMomentField
from app.platform.fields import WholeNumberField
from app.platform.keys import new_submission_key

WRONG_ADDRESS = _l("Check the e-mail address: it should look like name@example.pl.")
_TOO_LONG = _l("This is too long: at most %(max)d characters.")
_LONG = Length(max=20_000, message=_l("This is too long: at most 20,000 characters."))


class CopyForm(FlaskForm):
    """The date of a copy."""

    starts_at = TownMomentField(_l("Begins"), [InputRequired(_l("Say when the event begins."))])


class ReasonForm(FlaskForm):
    """Why something is done that people will be told of."""

    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Say why: people will be told.")),
            Length(max=2000, message=_TOO_LONG),
        ],
    )


class ThanksForm(FlaskForm):
    """A word of thanks."""

    words = TextAreaField(
        _l("What you want to say"),
        [DataRequired(_l("Write a word of thanks.")), Length(max=5000, message=_TOO_LONG)],
    )


class ReorderForm(ReasonForm):
    """Another number on the waiting list."""

    number = WholeNumberField(
        _l("New number on the list"), [InputRequired(_l("Enter a number."))], least=1, most=100_000
    )


class ReleaseForm(FlaskForm):
    """How many of the kept places to let go of."""

    places = WholeNumberField(
        _l("Places to release"), [InputRequired(_l("Enter a number."))], least=1, most=100_000
    )


class EnterForm(AskingForm):
    """Somebody who rang or came to the office; what they did not say may be left out."""

    names = TextAreaField(_l("Who comes"), [DataRequired(_l("Write who comes.")), _LONG])
    email = StringField(
        _l("E-mail address"),
        [Optional(), Length(max=254, message=_TOO_LONG), Email(WRONG_ADDRESS)],
        filters=[lambda typed: typed.strip() if typed else typed],
    )
    organisation = SelectField(_l("Organisation"), coerce=int, default=0)
    on_reserved = BooleanField(_l("On places kept by the office"))
    submission_key = HiddenField(default=new_submission_key)

    def people(self) -> tuple[str, ...]:
        """A name from each line."""
        lines = (self.names.data or "").splitlines()
        return tuple(" ".join(line.split()) for line in lines if line.strip())

    def is_right(self) -> bool:
        """Whether they can be signed up; if not, the fields say what to do."""
        if not self.validate():
            return False
        told = self.told(self.people())
        answered = [question for question in self.asked if told.answers[question.id]]
        self.say(list(mistakes(told, answered, largest=LARGEST_PARTY)))
        return not self.errors


class InvitationForm(FlaskForm):
    """Whom to invite."""

    emails = TextAreaField(_l("E-mail addresses, one on a line"), [_LONG])
    organisations = SelectMultipleField(
        _l("Organisations"), coerce=int, option_widget=CheckboxInput()
    )

    def addresses(self) -> list[str]:
        """What was typed, as it comes from a letter too: commas, names before the address."""
        parts = (part.strip() for part in re.split(r"[\n,;]", self.emails.data or ""))
        return [re.sub(r"^.*<([^<>]+)>$", r"\1", part).strip() for part in parts if part]

    def validate_emails(self, field: TextAreaField) -> None:
        """Each is an address, and somebody is invited."""
        for each in self.addresses():
            try:
                validate_email(each, check_deliverability=False)
            except EmailNotValidError:
                raise ValidationError(
                    _("This does not look like an address: %(line)s", line=each[:80])
                ) from None
        if not self.addresses() and not self.organisations.data:
            raise ValidationError(_("Write an address or choose an organisation."))
