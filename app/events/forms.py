"""The shape of a sign-up; what it must say is decided in ``content``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Email, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.accounts.models import Organisation, User, Visitor
from app.accounts.queries import directory
from app.events.content import LONGEST_NAME, Wish, is_name, largest_party, mistakes
from app.events.forms_asking import AskingForm, asking
from app.events.forms_people import WRONG_ADDRESS
from app.events.models import Audience, Event, Question
from app.events.models_signups import SignUp
from app.events.queries import questions_of
from app.platform.fields import Needed
from app.platform.keys import new_submission_key
from app.platform.typography import seen


def _without_spaces(typed: str | None) -> str | None:
    """Keyboards of phones put a space after a word that they have completed."""
    return typed.strip() if typed else typed


def _seen(typed: str | None) -> str | None:
    return " ".join(seen(typed).split()) if typed else typed


def _names_somebody(_form: SignUpForm, field: StringField) -> None:
    if not is_name(field.data or ""):
        raise ValidationError(_("Write your first and last name."))


class SignUpForm(AskingForm):
    """A sign-up; an event's own questions are added by ``form_for``."""

    behalf = RadioField(_l("Whom do you sign up?"), [Needed()], coerce=int, default=0)
    name = StringField(
        _l("First and last name"),
        validators=[
            InputRequired(_l("Write your first and last name.")),
            Length(
                max=LONGEST_NAME,
                message=_l("A name may have at most %(max)d characters.", max=LONGEST_NAME),
            ),
            _names_somebody,
        ],
        filters=[_seen],
    )
    email = EmailField(
        _l("E-mail address"),
        validators=[
            InputRequired(_l("Write your e-mail address: we send the confirmation there.")),
            Length(max=254, message=_l("This is too long: at most %(max)d characters.", max=254)),
            Email(message=WRONG_ADDRESS),
        ],
        filters=[_without_spaces],
    )
    organisation = SelectField(_l("Organisation"), [Optional()], coerce=int, default=0)
    names = TextAreaField(_l("Who comes"), validators=[InputRequired(_l("Write who comes."))])
    named_in_public = BooleanField(_l("My name may stand on the public list of participants"))
    sequence = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    submission_key = HiddenField(validators=[InputRequired(), Length(min=16, max=64)])

    def people(self) -> tuple[str, ...]:
        """Who comes: a name on each line; where a guest has written none, the guest alone."""
        text = self.names.data or (self.name.data if "name" in self else "")
        lines = (" ".join(line.split()) for line in seen(text or "").splitlines())
        return tuple(line for line in lines if line)

    def wish(self) -> Wish:
        """What the form says."""
        return replace(
            self.told(self.people()),
            named_in_public=bool("named_in_public" in self and self.named_in_public.data),
            sequence=self.sequence.data if self.sequence.data is not None else -1,
        )

    def organisation_id(self) -> int:
        """The organisation in whose name the form is sent; 0 for oneself."""
        spoken_for = next((self[name] for name in ("behalf", "organisation") if name in self), None)
        return (spoken_for.data or 0) if spoken_for is not None else 0

    @property
    def brings_others(self) -> bool:
        """Whether a guest signs up people of an organisation, or has tried to."""
        fields = [self.organisation, self.names]
        return any(field.data or field.errors for field in fields)

    def is_right(self, largest: int) -> bool:
        """Whether the form can be sent; if not, its fields say what to do."""
        fits = bool(self.validate())
        problems = list(mistakes(self.wish(), self.asked, largest=largest)) if fits else []
        if not fits and self.questions:
            problems = [p for p in mistakes(self.wish(), self.asked, largest=largest)
                        if p[0] not in {"names"}]  # fmt: skip
        self.say(problems)
        return fits and not problems


def form_for(
    event: Event,
    user: User | Visitor,
    signup: SignUp | None = None,
    *,
    questions: Sequence[Question] | None = None,
) -> SignUpForm:
    """The form of an event for a person, or for changing a sign-up, filled in as far as we can.

    ``questions`` are those of the event, where they have been looked up already.
    """
    asked = questions_of(event) if questions is None else questions
    form: SignUpForm = asking(SignUpForm, event, asked)()
    if not event.shows_participants:
        del form.named_in_public
    _suit(form, event, user, signup)
    if not form.is_submitted():
        _fill(form, event, user, signup)
    return form


def _suit(form: SignUpForm, event: Event, user: User | Visitor, signup: SignUp | None) -> None:
    """Leave out what is not asked of this person."""
    memberships = user.memberships if isinstance(user, User) else ()
    if signup is not None or not memberships:
        del form.behalf
    else:
        own = [] if event.audience is Audience.ORGANISATIONS else [SelectChoice(0, _("Myself"))]
        spoken_for = [SelectChoice(m.organisation_id, m.organisation.name) for m in memberships]
        form.behalf.choices = own + spoken_for
    if signup is not None or isinstance(user, User):
        del form.name, form.email, form.organisation
        return
    form.names.validators, form.names.flags.required = [Optional()], False
    form.names.label.text = _("Who comes, if not you alone")
    listed = [SelectChoice(o.id, o.name) for o in directory()]
    form.organisation.choices = [SelectChoice(0, _("none: I come for myself")), *listed]


def _fill(form: SignUpForm, event: Event, user: User | Visitor, signup: SignUp | None) -> None:
    form.sequence.data, form.submission_key.data = event.sequence, new_submission_key()
    if "behalf" in form:
        form.behalf.data = form.behalf.choices[0].value
    if signup is None:
        form.names.data = user.name
        return
    form.names.data = "\n".join(participant.name for participant in signup.participants)
    answers = {answer.question_id: answer.value for answer in signup.answers}
    for question, field in form.questions:
        field.data = answers.get(question.id, "")
    if signup.needs is not None and "needs_note" in form:
        for need in signup.needs.needs:
            form[f"need_{need}"].data = True
        form.needs_note.data = signup.needs.note
    if "named_in_public" in form:
        form.named_in_public.data = signup.named_in_public


def largest_of(event: Event, organisation: Organisation | None, signup: SignUp | None) -> int:
    """How many people a form may name."""
    return max(largest_party(event, organisation), signup.people if signup else 0)
