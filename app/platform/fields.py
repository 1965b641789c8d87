"""What forms of several rooms share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, IntegerField
from wtforms.widgets import TextInput


class Needed:
    """Marks a field as one that is asked for; whether it is right is decided elsewhere."""

    field_flags = {"required": True}  # noqa: RUF012 - the name and shape WTForms looks for

    def __call__(self, form: Form, field: Field) -> None:
        """Accept anything."""


class SayingForm(FlaskForm):
    """A form that is told what is wrong by whoever decides it, after its own look at the shape."""

    def say(self, problems: Sequence[tuple[str, object]]) -> None:
        """Put each problem at its field, or at the top of the form where nobody could see it."""
        for name, problem in problems:
            if name in self and not isinstance(self[name], HiddenField):
                self[name].errors = [*self[name].errors, problem]
            else:
                self.form_errors.append(problem)


class WholeNumberField(IntegerField):
    """A whole number within bounds; whatever else is typed is answered with one sentence.

    Not the browser's own field for numbers, which sends nothing of what it cannot read.
    """

    widget = TextInput()

    def __init__(
        self, label: Any = None, validators: Any = None, *, least: int, most: int, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits, also parted by spaces as in 1 000."""
        typed = "".join("".join(valuelist).split())
        self.data = None
        if not typed:
            return
        digits = typed.isascii() and typed.isdecimal() and len(typed) <= 9
        if not (digits and self.least <= int(typed) <= self.most):
            bounds = {"min": format_decimal(self.least), "max": format_decimal(self.most)}
            raise ValueError(_("Enter a number from %(min)s to %(max)s.", **bounds))
        self.data = int(typed)
