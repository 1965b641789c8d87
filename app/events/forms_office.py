"""The shape of what the office types about events; what is wrong with it is in ``planning``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import (
    URL,
    DataRequired,
    InputRequired,
    Length,
    Optional,
    StopValidation,
)
from wtforms.widgets import CheckboxInput

from app.events.forms_hosts import HostsField, guests_in
from app.events.models import Audience, EventKind, FreedPlace, QuestionKind
from app.events.planning import (
    KIND_STAYS,
    Asked,
    Host,
    Occasion,
    Particulars,
    Plan,
    may_become,
    mistakes,
    version_of,
)
from app.events.town_moment import TownMomentField, moment_from
from app.platform.fields import Needed, SayingForm, WholeNumberField
from app.platform.keys import new_submission_key

#: How many questions of its own the form of an event has places for.
PLACES = tuple(range(1, 9))

LONGEST_SERIES = 30

#: What stands in a form that has not been touched; anything else is shown at once.
USUAL: dict[str, object] = {
    "freed_place": str(FreedPlace.GIVEN),
    "offer_hours": 24,
    "remind_days": "7, 1",
    "retention_days": 90,
    "asks_needs": True,
}

_TOO_LONG = _l("This is too long: at most %(max)d characters.")
_SHORT = Length(max=300, message=_TOO_LONG)
_LONG = Length(max=20_000, message=_l("This is too long: at most 20,000 characters."))
_ADDRESS = (
    Optional(),
    Length(max=500, message=_TOO_LONG),
    URL(message=_l("Enter a full address, beginning with https://.")),
)

KINDS = {
    EventKind.SEMINAR: _l("Seminar"),
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.TRAINING: _l("Training"),
    EventKind.MEETING: _l("Consultation meeting"),
    EventKind.FESTIVAL: _l("NGO Day"),
}
AUDIENCES = {
    Audience.EVERYBODY: _l("Everybody"),
    Audience.ORGANISATIONS: _l("Organisations only"),
    Audience.INVITED: _l("By invitation"),
}
FREED = {
    FreedPlace.GIVEN: _l("The next one on the list gets it at once"),
    FreedPlace.OFFERED: _l("It is offered to the next one, who must answer in time"),
}
QUESTION_KINDS = {
    QuestionKind.TEXT: _l("in words"),
    QuestionKind.CHOICE: _l("one of several answers"),
    QuestionKind.YES_NO: _l("yes or no"),
    QuestionKind.NUMBER: _l("a number"),
}


def _choices(words: dict[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in words.items()]


def _number(label: Any, least: int, most: int) -> WholeNumberField:
    return WholeNumberField(label, [Optional()], least=least, most=most)


class OccasionForm(SayingForm):
    """When and where."""

    starts_at = TownMomentField(_l("Begins"), [InputRequired(_l("Say when the event begins."))])
    ends_at = TownMomentField(_l("Ends"), [InputRequired(_l("Say when the event ends."))])
    place = StringField(_l("Place"), [Optional(), _SHORT])
    online_url = StringField(_l("Link for those who take part online"), _ADDRESS)
    signup_opens_at = TownMomentField(_l("Sign-ups open"), [Optional()])
    signup_closes_at = TownMomentField(_l("Sign-ups close"), [Optional()])

    def occasion(self) -> Occasion:
        """What was typed, once it is valid."""
        assert self.starts_at.data is not None
        assert self.ends_at.data is not None
        return Occasion(
            self.starts_at.data,
            self.ends_at.data,
            (self.place.data or "").strip(),
            (self.online_url.data or "").strip(),
            self.signup_opens_at.data,
            self.signup_closes_at.data,
        )


class EventForm(OccasionForm):
    """Everything about an event."""

    title = StringField(
        _l("Title"),
        [DataRequired(_l("Give the event a title.")), Length(max=200, message=_TOO_LONG)],
    )
    kind = SelectField(_l("What is it?"), [Needed()], choices=_choices(KINDS))
    summary = TextAreaField(_l("What it is about"), [Optional(), _LONG])
    accessibility = TextAreaField(_l("Accessibility of the place"), [Optional(), _LONG])
    contact = StringField(_l("Whom to ask"), [Optional(), _SHORT])
    facilitators = HostsField(_l("Who runs it"))
    guests = TextAreaField(_l("Guests without an account who run it"), [Optional(), _LONG])
    documents = SelectMultipleField(
        _l("Documents it is about"), coerce=int, option_widget=CheckboxInput()
    )
    provisions = StringField(_l("Provisions it is about"), [Optional(), _SHORT])
    other_dates = TextAreaField(_l("Other dates of the series"), [Optional(), _LONG])

    takes_signups = BooleanField(_l("People sign up"), default=True)
    audience = RadioField(_l("Who may sign up?"), [Needed()], choices=_choices(AUDIENCES))
    capacity = _number(_l("Places"), 1, 100_000)
    reserved = _number(_l("Places kept by the office"), 0, 100_000)
    per_organisation = _number(_l("At most for one organisation"), 1, 1_000)
    freed_place = RadioField(
        _l("What becomes of a freed place?"), [Needed()], choices=_choices(FREED)
    )
    offer_hours = _number(_l("Hours to answer an offer"), 1, 240)
    remind_days = StringField(_l("Reminders, days before"), [Optional(), _SHORT])
    asks_needs = BooleanField(_l("Ask what people need to take part"), default=True)
    shows_participants = BooleanField(_l("Show a list of participants who agree to it"))
    retention_days = _number(_l("Days after which personal data is erased"), 1, 1_825)
    questionnaire_url = StringField(_l("Address of the questionnaire"), _ADDRESS)
    submission_key = HiddenField(default=new_submission_key)
    version = HiddenField()  # of the plan that was opened

    def validate_remind_days(self, field: StringField) -> None:
        """Days are small numbers with commas between them."""
        days = _split(field.data)
        if any(not (d.isascii() and d.isdecimal() and len(d) < 3 and int(d) <= 60) for d in days):
            raise ValidationError(_l("Write numbers from 0 to 60 with commas, for example: 7, 1."))

    def validate_other_dates(self, field: TextAreaField) -> None:
        """Each line is a day and an hour."""
        lines = (field.data or "").splitlines()
        if len(lines) > LONGEST_SERIES:
            raise ValidationError(_l("A series has at most %(max)d dates.", max=LONGEST_SERIES))
        known = {self.starts_at.data}
        for line in filter(str.strip, lines):
            try:
                beginning = moment_from(line.strip())
            except ValueError as error:
                raise ValidationError(f"{line.strip()}: {error}") from None
            if beginning in known:
                raise ValidationError(
                    _("%(line)s: this date stands twice. Leave it once.", line=line.strip())
                )
            known.add(beginning)

    @property
    def errors(self) -> dict[Any, Any]:
        """What is wrong, in the order of the page: the fields of when and where come later."""
        found = super().errors
        return {name: found[name] for name in ("title", "kind", "summary") if name in found} | found

    def keep_kind(self, kind: EventKind) -> None:
        """Offer only what a published event of this kind can still be called, and say why."""
        self.kind.description = KIND_STAYS
        self.kind.choices = [
            SelectChoice(str(other), label, {} if may_become(kind, other) else {"disabled": True})
            for other, label in KINDS.items()
        ]

    def says_more(self, *names: str) -> bool:
        """Whether a part of the form holds something unusual or wrong, so that it stands open."""
        fields = [self[name] for name in names if name in self]
        return any(f.errors or (f.data or None) != USUAL.get(f.name) for f in fields)

    def asks_more(self) -> bool:
        """Whether the event has questions of its own."""
        fields = [f for _place, (_own, *asked) in self.question_fields() for f in asked]
        return self.says_more(*(f.name for f in fields if not f.name.startswith("question_kind")))

    def question_fields(self) -> list[tuple[int, list[Any]]]:
        """The fields of each question's place."""
        names = ("id", "text", "kind", "choices", "required")
        return [(place, [self[f"question_{n}_{place}"] for n in names]) for place in PLACES]

    def beginnings(self) -> list[datetime]:
        """When the other dates of the series begin."""
        lines = (self.other_dates.data or "").splitlines()
        return [moment_from(line.strip()) for line in lines if line.strip()]

    def particulars(self, consultation_id: int | None) -> Particulars:
        """What was typed, once it is valid."""
        days = sorted({int(day) for day in _split(self.remind_days.data)}, reverse=True)
        return Particulars(
            title=" ".join((self.title.data or "").split()),
            kind=EventKind(self.kind.data),
            summary=(self.summary.data or "").replace("\r\n", "\n").strip(),
            accessibility=(self.accessibility.data or "").strip(),
            contact=(self.contact.data or "").strip(),
            consultation_id=consultation_id,
            takes_signups=self.takes_signups.data,
            audience=Audience(self.audience.data),
            capacity=self.capacity.data,
            reserved=self.reserved.data or 0,
            per_organisation=self.per_organisation.data,
            freed_place=FreedPlace(self.freed_place.data),
            offer_hours=self.offer_hours.data or 24,
            remind_days=tuple(days),
            asks_needs=self.asks_needs.data,
            shows_participants=self.shows_participants.data,
            retention_days=self.retention_days.data or 90,
            questionnaire_url=(self.questionnaire_url.data or "").strip(),
        )

    def asked(self) -> tuple[Asked, ...]:
        """The questions that have words."""
        found = []
        for _place, (own, text, kind, choices, required) in self.question_fields():
            words = " ".join((text.data or "").split())
            lines = [line.strip() for line in (choices.data or "").splitlines() if line.strip()]
            if words:
                number = int(own.data) if (own.data or "").isdecimal() else 0
                one_of = tuple(lines) if kind.data == QuestionKind.CHOICE else ()
                found.append(Asked(QuestionKind(kind.data), words, one_of, required.data, number))
        return tuple(found)

    def hosts(self) -> tuple[Host, ...]:
        """Who runs it: accounts first, then guests."""
        return self.facilitators.hosts() + guests_in(self.guests.data or "")

    def stand_upon(self, stands: Plan) -> None:
        """Keep what was typed, as a change of what has come to stand meanwhile."""
        self.version.data = version_of(stands)
        own = {asked.text: str(asked.id) for asked in stands.questions}
        for _place, (number, text, *_rest) in self.question_fields():
            if number.data not in own.values():
                number.data = own.get(" ".join((text.data or "").split()), "0")

    def is_right(self, plan: Plan, held: int) -> bool:
        """Whether the plan can be kept; if not, its fields say what to do."""
        problems = list(mistakes(plan, held))
        self.say([(self._place_of(name), problem) for name, problem in problems])
        return not problems

    def _place_of(self, name: str) -> str:
        """The field of a question, for one that is counted among those that have words."""
        part, _underscore, number = name.rpartition("_")
        if not part.startswith("question_"):
            return name
        places = [
            n for n, (_own, text, *_rest) in self.question_fields() if (text.data or "").split()
        ]
        return f"{part}_{places[int(number) - 1]}"


class WithWords:
    """Answers or a tick without a question would be lost: the question is asked for."""

    def __init__(self, place: int) -> None:
        self.others = (f"question_choices_{place}", f"question_required_{place}")

    def __call__(self, form: EventForm, field: StringField) -> None:
        """Refuse a question without words of which anything else was said."""
        typed = [form[name].data for name in self.others]
        if not (field.data or "").strip() and any(str(one or "").strip() for one in typed):
            raise StopValidation(_("Write the question, or clear what stands below it."))


for _place in PLACES:
    setattr(EventForm, f"question_id_{_place}", HiddenField(default="0"))
    setattr(
        EventForm,
        f"question_text_{_place}",
        StringField(_l("Question"), [WithWords(_place), Optional(), _SHORT]),
    )
    setattr(
        EventForm,
        f"question_kind_{_place}",
        # a page without this place sends no answer for it
        SelectField(_l("Answered"), choices=_choices(QUESTION_KINDS), default=QuestionKind.TEXT),
    )
    setattr(
        EventForm,
        f"question_choices_{_place}",
        TextAreaField(_l("Answers to choose from, one on a line"), [Optional(), _LONG]),
    )
    setattr(EventForm, f"question_required_{_place}", BooleanField(_l("Must be answered")))


def _split(text: str | None) -> list[str]:
    return [part for part in (text or "").replace(",", " ").replace(";", " ").split() if part]
