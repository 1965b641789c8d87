"""The forms of the door, for browsers without JavaScript and as the shape of what is sent."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from app.door.acts import LONGEST_REASON
from app.events.content import LONGEST_NAME
from app.platform.keys import new_submission_key

_TOO_LONG = _l("This is too long: at most %(max)d characters.")


class LetInForm(FlaskForm):
    """One person of the list."""

    way = HiddenField(default="name")
    reason = StringField(_l("Reason"), [Length(max=LONGEST_REASON)])


class WalkInForm(FlaskForm):
    """Somebody without a sign-up; the reason is needed where every place is taken."""

    key = HiddenField(default=new_submission_key)
    name = StringField(
        _l("First and last name"),
        [
            DataRequired(_l("Write the first and last name.")),
            Length(max=LONGEST_NAME, message=_TOO_LONG),
        ],
    )
    reason = StringField(_l("Why we let them in"), [Length(max=LONGEST_REASON, message=_TOO_LONG)])
