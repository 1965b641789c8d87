"""What forms of several rooms share."""

from __future__ import annotations

from wtforms import Field, Form


class Needed:
    """Marks a field as one that is asked for; whether it is right is decided elsewhere."""

    field_flags = {"required": True}  # noqa: RUF012 - the name and shape WTForms looks for

    def __call__(self, form: Form, field: Field) -> None:
        """Accept anything."""
