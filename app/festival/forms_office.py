"""The shape of what the office types about NGO Day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired

from app.events.models import Event
from app.festival.content import CHANGEOVER, METRES, MINUTES, StageWish
from app.festival.forms import ClockField, StageForm, VersionedForm, at_most, hour, number
from app.festival.hours import clock_of
from app.festival.models import ApplicationState, StageApplication, StandApplication, StandPlace
from app.festival.square import Layout
from app.festival.staging import NO_SUCH_STAGE, Slot
from app.platform.fields import Needed

STATES = {
    "": _l("All applications"),
    ApplicationState.SUBMITTED: _l("To be decided"),
    ApplicationState.ACCEPTED: _l("Accepted application"),
    ApplicationState.REFUSED: _l("Refused application"),
    ApplicationState.WITHDRAWN: _l("Withdrawn application"),
}
WHERE = {
    "": _l("All applications"),
    "without": _l("Without a place or a time"),
    "with": _l("With one"),
}
ACCEPT, REFUSE = "accept", "refuse"


def _choices(words: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in words.items()]


class ListForm(FlaskForm):
    """What of the list of applications is shown."""

    class Meta:
        """It changes nothing, so that it needs no secret."""

        csrf = False

    stan = SelectField(_l("State"), choices=_choices(STATES), default="")
    miejsce = SelectField(_l("Place or time"), choices=_choices(WHERE), default="")


class DecisionForm(VersionedForm):
    """Yes or no."""

    outcome = RadioField(
        _l("What is decided?"),
        [InputRequired(_l("Choose one of the two."))],
        choices=[
            SelectChoice(ACCEPT, _l("Accept the application")),
            SelectChoice(REFUSE, _l("Do not accept it")),
        ],
    )
    reason = TextAreaField(_l("Reason"), [at_most(2000)])

    def validate_reason(self, field: TextAreaField) -> None:
        """Who is refused learns why."""
        if self.outcome.data == REFUSE and not (field.data or "").strip():
            raise ValidationError(_l("Say why: the organisation will be told."))


class LayoutForm(FlaskForm):
    """Rows of places, all alike."""

    rows = number(_l("Rows"), (1, 26), default=2)
    columns = number(_l("Places in a row"), (1, 30), default=6)
    metres = number(_l("Metres of each place"), METRES, default=3)
    has_power = BooleanField(_l("There is power at these places"))

    def layout(self) -> Layout:
        """What was typed, once it is valid."""
        return Layout(
            self.rows.data or 0, self.columns.data or 0, self.metres.data or 0, self.has_power.data
        )


class PlaceForm(FlaskForm):
    """One place of the plan."""

    label = StringField(
        _l("Name of the place"),
        [DataRequired(_l("Give the place a name, for example A1.")), at_most(20)],
        filters=[lambda typed: " ".join((typed or "").split())],
    )
    metres = number(_l("Metres"), METRES)
    has_power = BooleanField(_l("There is power"))


class GiveForm(VersionedForm):
    """Which place a stand gets; 0 for none."""

    place = SelectField(_l("Place"), coerce=int, validate_choice=False)


class SlotForm(VersionedForm):
    """When and where somebody is on stage."""

    stage = RadioField(_l("Stage"), [Needed()], validate_choice=False)
    begins = ClockField(_l("Begins at"), [InputRequired(_l("Enter an hour, for example 14:30."))])
    minutes = number(_l("How many minutes?"), MINUTES)
    changeover = number(_l("Minutes to set the stage before"), CHANGEOVER)

    def validate_stage(self, field: RadioField) -> None:
        """Somebody may have renamed it since the form was opened."""
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(NO_SUCH_STAGE)

    def slot(self, event: Event) -> Slot | None:
        """What was typed; ``None`` for an hour that clocks skip that night."""
        starts_at = hour(event, self.begins.data)
        if starts_at is None or starts_at.year < 2000:
            return None
        return Slot(
            self.stage.data or "", starts_at, self.minutes.data or 0, self.changeover.data or 0
        )


class StagesForm(FlaskForm):
    """Which stages there are."""

    names = TextAreaField(
        _l("Stages, each on a line of its own"),
        [DataRequired(_l("Name at least one stage.")), at_most(600)],
    )


class PointForm(StageForm):
    """A point of the programme by the office itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.behalf, self.equipment, self.performers, self.not_before, self.not_after

    def wish(self, event: Event) -> StageWish:
        """What the form says, once it is valid."""
        return StageWish(
            title=" ".join((self.title.data or "").split()),
            description=self.description.data or "",
            minutes=self.minutes.data or 0,
            changeover=self.changeover.data or 0,
        )


def slot_form(turn: StageApplication, stages: Sequence[str]) -> SlotForm:
    """The form for the time of a turn, as it is now."""
    form = SlotForm()
    form.stage.choices = [SelectChoice(name, name) for name in stages]
    if not form.is_submitted():
        form.stage.data = turn.stage if turn.starts_at else stages[0]
        form.begins.data = clock_of(turn.starts_at)
        form.minutes.data, form.changeover.data = turn.minutes, turn.changeover
        form.version.data = turn.version
    return form


def give_form(stand: StandApplication, choices: Sequence[SelectChoice]) -> GiveForm:
    """The form for the place of one stand; many stand on one page, so each has names of its own."""
    form = GiveForm(formdata=None, version=stand.version, place=stand.place_id or 0)
    form.place.choices = choices
    for field in (form.place, form.version):
        field.id = f"{field.name}-{stand.id}"
    return form


def place_choices(places: Sequence[StandPlace]) -> list[SelectChoice]:
    """The places among which one can choose, each with what tells it from others."""
    power = _l("power")
    return [
        SelectChoice(0, _l("no place yet")),
        *(
            SelectChoice(p.id, f"{p.label} ({p.metres} m{f', {power}' if p.has_power else ''})")
            for p in places
        ),
    ]
