"""The shape of what organisations ask for; what is wrong with it is decided in ``content``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.accounts.models import Membership
from app.events.local_times import MissingTime, RepeatedTime
from app.events.models import Event
from app.festival.content import (
    CHAIRS,
    CHANGEOVER,
    LONGEST_SHOW,
    LONGEST_TEXT,
    LONGEST_TITLE,
    METRES,
    MINUTES,
    PERFORMERS,
    TABLES,
    WATTS,
    StageWish,
    StandWish,
    Wish,
    mistakes,
)
from app.festival.hours import clock_of, hour_of_day
from app.festival.models import Application, StandApplication
from app.platform.errors import DomainError
from app.platform.fields import Needed, SayingForm, WholeNumberField
from app.platform.keys import new_submission_key


def at_most(characters: int) -> Length:
    """Refuse a longer text."""
    return Length(max=characters, message=_l("This is too long: at most %(max)d characters."))


class ClockField(TimeField):
    """An hour of the day, as „14:30”."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ``ValueError`` with a sentence that says what to do."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter an hour, for example 14:30.")) from None


def number(label: Any, bounds: tuple[int, int], **kwargs: Any) -> WholeNumberField:
    """A field for a whole number within bounds."""
    asked, render = [InputRequired(_l("Enter a number."))], {"inputmode": "numeric"}
    least, most = bounds
    return WholeNumberField(label, asked, least=least, most=most, render_kw=render, **kwargs)


def take_refusal(form: FlaskForm, error: DomainError) -> None:
    """Put what an action could not do above the form; what is not allowed stays refused."""
    if error.status != DomainError.status:
        raise error
    form.form_errors.append(str(error.message))


class VersionedForm(SayingForm):
    """A form that knows which state of a thing was before one's eyes."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()], default=0)

    def show_anew(self, version: int) -> None:
        """The page shows this state now: sent once more, the form goes through."""
        self.version.data, self.version.raw_data = version, None


class ApplicationForm(VersionedForm):
    """What both sorts of applications share."""

    behalf = RadioField(_l("For which organisation?"), [Needed()], coerce=int)
    submission_key = HiddenField(validators=[InputRequired(), Length(min=16, max=64)])

    def wish(self, event: Event) -> Wish:
        """What the form says, once it is valid."""
        raise NotImplementedError

    def is_right(self, event: Event) -> bool:
        """Whether the form can be sent; if not, its fields say what to do."""
        if not self.validate():
            return False
        self.say(list(mistakes(self.wish(event), event)))
        return not self.errors


class StandForm(ApplicationForm):
    """A stand."""

    shows = TextAreaField(
        _l("What will visitors find at your stand?"),
        [
            InputRequired(_l("Say what visitors will find at your stand.")),
            at_most(LONGEST_SHOW),
        ],
    )
    metres = number(_l("Frontage, in metres"), METRES, default=3)
    watts = number(_l("Power, in watts"), WATTS, default=0)
    tables = number(_l("Tables"), TABLES, default=1)
    chairs = number(_l("Chairs"), CHAIRS, default=2)
    note = TextAreaField(
        _l("What else should the office know?"), [Optional(), at_most(LONGEST_TEXT)]
    )

    def wish(self, event: Event) -> StandWish:
        """What the form says, once it is valid."""
        return StandWish(
            shows=self.shows.data or "",
            metres=self.metres.data or 0,
            watts=self.watts.data or 0,
            tables=self.tables.data or 0,
            chairs=self.chairs.data or 0,
            note=self.note.data or "",
        )


class StageForm(ApplicationForm):
    """Time on a stage."""

    title = StringField(
        _l("Title, as it will stand in the programme"),
        [
            InputRequired(_l("Give it a title: it will stand in the programme.")),
            at_most(LONGEST_TITLE),
        ],
    )
    description = TextAreaField(
        _l("A few sentences for the programme"), [Optional(), at_most(LONGEST_TEXT)]
    )
    minutes = number(_l("How many minutes?"), MINUTES, default=20)
    changeover = number(_l("Minutes to set the stage before"), CHANGEOVER, default=5)
    performers = number(_l("How many people are on stage?"), PERFORMERS, default=1)
    equipment = TextAreaField(
        _l("Equipment: microphones, sound, space"), [Optional(), at_most(LONGEST_TEXT)]
    )
    not_before = ClockField(_l("Not before"), [Optional()])
    not_after = ClockField(_l("Over by"), [Optional()])

    def wish(self, event: Event) -> StageWish:
        """What the form says, once it is valid."""
        return StageWish(
            title=" ".join((self.title.data or "").split()),
            description=self.description.data or "",
            minutes=self.minutes.data or 0,
            changeover=self.changeover.data or 0,
            performers=self.performers.data or 0,
            equipment=self.equipment.data or "",
            not_before=hour(event, self.not_before.data),
            not_after=hour(event, self.not_after.data),
        )


def hour(event: Event, clock: time | None) -> datetime | None:
    """The moment of an hour on the day of the event; before it for one that clocks skip."""
    if clock is None:
        return None
    try:
        return hour_of_day(event.starts_at, event.ends_at, clock)
    except (MissingTime, RepeatedTime):
        return datetime.min.replace(tzinfo=event.starts_at.tzinfo)


def form_for(
    kind: type[Application],
    memberships: Sequence[Membership],
    application: Application | None = None,
) -> ApplicationForm:
    """The form of a sort of application, for who belongs to these organisations, or to change."""
    form: ApplicationForm = StandForm() if kind is StandApplication else StageForm()
    if application is None and len(memberships) > 1:
        choices = [SelectChoice(m.organisation_id, m.organisation.name) for m in memberships]
        form.behalf.choices = choices
    else:
        del form.behalf
    if form.is_submitted():
        return form
    form.submission_key.data = new_submission_key()
    if application is not None:
        _fill(form, application)
    elif "behalf" in form:
        form.behalf.data = memberships[0].organisation_id
    return form


def _fill(form: ApplicationForm, application: Application) -> None:
    for field in form:
        if field.name in {"submission_key", "csrf_token"}:
            continue
        value = getattr(application, field.name)
        field.data = clock_of(value) if isinstance(field, ClockField) else value
