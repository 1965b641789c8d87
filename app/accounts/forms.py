"""The shape of what people type about themselves."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, ValidationError

from app.accounts.actions import Affiliation
from app.accounts.models import Organisation
from app.accounts.passwords import LONGEST, SHORTEST, Weakness, weakness

#: In the list of organisations: none of these, its name is typed below.
OTHER = "other"

WEAKNESSES = {
    Weakness.SHORT: _l("Use at least %(count)s characters.", count=SHORTEST),
    Weakness.LONG: _l("Use at most %(count)s characters.", count=LONGEST),
    Weakness.COMMON: _l(
        "This password is easy to guess. Join three or four words that have nothing to do "
        "with each other."
    ),
    Weakness.PERSONAL: _l("The password must not be made of your address or name."),
}


def _trimmed(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


def _email(label: Any) -> StringField:
    return StringField(
        label,
        filters=[_trimmed],
        validators=[
            DataRequired(_l("Enter your e-mail address.")),
            Length(max=254, message=_l("This address is too long.")),
            Email(_l("Enter an address such as name@example.pl.")),
        ],
    )


def _name(label: Any) -> StringField:
    return StringField(
        label,
        filters=[_trimmed],
        validators=[
            DataRequired(_l("Enter your first name and surname.")),
            Length(max=120, message=_l("Use at most %(max)d characters.")),
        ],
    )


def _new_password(label: Any) -> PasswordField:
    return PasswordField(label, validators=[InputRequired(_l("Choose a password."))])


class SignInForm(FlaskForm):
    """Who, and the proof of it."""

    email = StringField(
        _l("E-mail address"),
        filters=[_trimmed],
        validators=[DataRequired(_l("Enter your e-mail address.")), Length(max=254)],
    )
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter your password."))])
    remember = BooleanField(_l("Stay signed in on this device for 30 days"))
    next = HiddenField()


class AffiliationFields(FlaskForm):
    """For whom somebody speaks: chosen from the directory or typed."""

    organisation = SelectField(_l("Organisation for which you speak"), validate_choice=False)
    organisation_name = StringField(
        _l("Name of the organisation, if it is not on the list"),
        filters=[_trimmed],
        validators=[Length(max=200, message=_l("Use at most %(max)d characters."))],
    )

    def offer(self, organisations: list[Organisation], nothing: Any) -> None:
        """Fill the list; done only when the form is shown, so that a POST needs no query."""
        self.organisation.choices = [
            SelectChoice("", nothing),
            *(SelectChoice(str(o.id), o.name) for o in organisations),
            SelectChoice(OTHER, _l("another one, not on the list")),
        ]

    def validate_organisation_name(self, field: Field) -> None:
        """A name is needed when no organisation of the list fits."""
        if self.organisation.data == OTHER and not field.data:
            raise ValidationError(_l("Type the full name of the organisation."))

    @property
    def affiliation(self) -> Affiliation:
        """What was chosen; a typed name wins."""
        chosen = self.organisation.data or ""
        if self.organisation_name.data:
            return Affiliation(name=self.organisation_name.data)
        return (
            Affiliation(int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else Affiliation()
        )


class RegistrationForm(AffiliationFields):
    """A new account."""

    name = _name(_l("First name and surname"))
    email = _email(_l("E-mail address"))
    password = _new_password(_l("Password"))

    def validate_password(self, field: Field) -> None:
        """Long enough, not among the common ones, and not made of the person's own words."""
        _refuse_weak(field, self.email.data, self.name.data)


class JoinForm(AffiliationFields):
    """One more organisation for which a person speaks."""

    def validate_organisation(self, field: Field) -> None:
        """Something must be chosen or typed."""
        if not field.data and not self.organisation_name.data:
            raise ValidationError(_l("Choose an organisation or type its name."))


class EmailForm(FlaskForm):
    """Where to send a link."""

    email = _email(_l("E-mail address"))


class NameForm(FlaskForm):
    """How a person is called."""

    name = _name(_l("First name and surname"))


class ResetForm(FlaskForm):
    """A new password; ``personal`` are the words it must not be made of."""

    password = _new_password(_l("New password"))
    personal: tuple[str, ...] = ()

    def validate_password(self, field: Field) -> None:
        """As for a new account."""
        _refuse_weak(field, *self.personal)


class PasswordForm(ResetForm):
    """A new password for somebody who knows the present one."""

    current = PasswordField(
        _l("Present password"), validators=[InputRequired(_l("Enter your present password."))]
    )


def _refuse_weak(field: Field, *personal: str | None) -> None:
    reason = weakness(field.data or "", *(word for word in personal if word))
    if reason is not None:
        raise ValidationError(WEAKNESSES[reason])
