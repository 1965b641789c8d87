"""The shape of what the office fills in."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.remarks.content import LONGEST_BODY, LONGEST_REASON
from app.remarks.forms import FilterForm
from app.remarks.listing import Order
from app.remarks.models import Outcome


class DecideForm(FlaskForm):
    """The office's position; all but full acceptance needs a justification."""

    outcome = RadioField(
        _l("Position"),
        choices=[
            SelectChoice(Outcome.ACCEPTED.value, _l("Accepted")),
            SelectChoice(Outcome.PARTIALLY_ACCEPTED.value, _l("Partially accepted")),
            SelectChoice(Outcome.REJECTED.value, _l("Not accepted")),
            SelectChoice(Outcome.OUT_OF_SCOPE.value, _l("Out of scope")),
        ],
        validators=[InputRequired(_l("Choose a position."))],
    )
    justification = TextAreaField(
        _l("Justification"),
        validators=[
            Length(
                max=LONGEST_BODY,
                message=_l("This is too long: at most %(n)s characters fit.", n=LONGEST_BODY),
            )
        ],
    )

    wording = TextAreaField(_l("Wording of the office"))
    edition = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def validate_justification(self, field: Any) -> None:
        """All but full acceptance must be justified."""
        if self.outcome.data != Outcome.ACCEPTED.value and not (field.data or "").strip():
            raise ValidationError(
                _l("Say why: a justification is needed unless you accept in full.")
            )


class HideForm(FlaskForm):
    """Why the words of a remark are hidden."""

    reason = TextAreaField(
        _l("Reason, which everybody will see"),
        validators=[
            DataRequired(_l("Give the reason: it will stand in place of the text.")),
            Length(max=LONGEST_REASON),
        ],
    )


class QueueForm(FilterForm):
    """The filters of the public list, with what waits for an answer first."""

    kolejnosc = SelectField(
        _l("Order"),
        choices=[
            SelectChoice(Order.UNANSWERED.value, _l("waiting for an answer first")),
            SelectChoice(Order.NUMBER.value, _l("by number")),
            SelectChoice(Order.NEWEST.value, _l("the newest first")),
            SelectChoice(Order.SUPPORT.value, _l("most supported first")),
            SelectChoice(Order.PROVISION.value, _l("in the order of the text")),
        ],
        default=Order.UNANSWERED.value,
    )
