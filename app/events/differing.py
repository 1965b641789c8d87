"""What somebody else has saved about an event and differs from what was typed, to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, SelectMultipleField

from app.events.forms_hosts import HostsField
from app.events.forms_office import EventForm
from app.events.planning import Plan
from app.events.typed import typed_from
from app.platform.language import moment


@dataclass(frozen=True, slots=True)
class Difference:
    """What is saved in one field: where it is, what it is called, what it says."""

    name: str
    label: str
    saved: str


def differences(form: EventForm, stands: Plan, said: Plan, cited: str) -> list[Difference]:
    """What stands and is not what was said, in the order of the form.

    ``cited`` are the provisions of the plan that stands, in words.
    """
    theirs, ours = typed_from(stands), typed_from(said)
    theirs["provisions"] = sorted(stands.provision_ids)
    ours["provisions"] = sorted(said.provision_ids)
    words = {"provisions": cited}
    return [
        Difference(field.name, _label(field), words.get(field.name) or _shown(field, saved))
        for field in _told(form)
        if ((saved := theirs.get(field.name)) or None) != (ours.get(field.name) or None)
        and (field.name in theirs or field.name.startswith("question_text"))
    ]


def _told(form: EventForm) -> Iterator[Field]:
    """The fields of which people know."""
    hidden = {"csrf_token", "submission_key", "version"}
    return (f for f in form if f.name not in hidden and not f.name.startswith("question_id"))


def _label(field: Field) -> str:
    label = str(field.label.text)
    part, _underscore, place = field.name.rpartition("_")
    if not part.startswith("question_") or not place.isdecimal():
        return label
    numbered = _("Question %(number)s", number=place)
    return numbered if part == "question_text" else f"{numbered}: {label}"


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(field, HostsField):
        return field.in_words(value or {})
    chosen = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", ())}
    if isinstance(field, SelectMultipleField):
        return ", ".join(chosen.get(str(one), "") for one in value or ())
    text = "" if value is None else str(value)
    return chosen.get(text, text)
