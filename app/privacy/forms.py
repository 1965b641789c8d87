"""The shape of what people fill in about their own data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired


class CloseForm(FlaskForm):
    """That the account is to be closed, and the proof that its owner says so."""

    current = PasswordField(
        _l("Present password"), validators=[InputRequired(_l("Enter your present password."))]
    )
    sure = BooleanField(
        _l("I want to close the account for good"),
        validators=[InputRequired(_l("Confirm that you want to close the account."))],
    )
