"""The shape of a sign-up; what it must say is decided in ``content``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.accounts.models import Organisation, User, Visitor
from app.accounts.queries import directory
from app.events.content import Wish, largest_party, mistakes
from app.events.forms_people import WRONG_ADDRESS
from app.events.models import Audience, Event, Question, QuestionKind
from app.events.models_signups import Need, SignUp
from app.events.queries import questions_of
from app.platform.fields import Needed
from app.platform.keys import new_submission_key

#: How a need is called where it is asked for.
NEEDS = {
    Need.INTERPRETER: _l("A Polish Sign Language (PJM) interpreter"),
    Need.INDUCTION_LOOP: _l("An induction loop"),
    Need.STEP_FREE: _l("A way without steps"),
    Need.ASSISTANCE: _l("Somebody to assist me"),
    Need.OTHER: _l("Something else (describe it below)"),
}


def _without_spaces(typed: str | None) -> str | None:
    """Keyboards of phones put a space after a word that they have completed."""
    return typed.strip() if typed else typed


class SignUpForm(FlaskForm):
    """A sign-up; an event's own questions are added by ``form_for``."""

    behalf = RadioField(_l("Whom do you sign up?"), [Needed()], coerce=int, default=0)
    name = StringField(
        _l("First and last name"),
        validators=[InputRequired(_l("Write your first and last name.")), Length(max=120)],
    )
    email = EmailField(
        _l("E-mail address"),
        validators=[
            InputRequired(_l("Write your e-mail address: we send the confirmation there.")),
            Length(max=254),
            Email(message=WRONG_ADDRESS),
        ],
        filters=[_without_spaces],
    )
    organisation = SelectField(_l("Organisation"), [Optional()], coerce=int, default=0)
    names = TextAreaField(_l("Who comes"), validators=[InputRequired(_l("Write who comes."))])
    needs_note = TextAreaField(_l("What else should we know?"))
    named_in_public = BooleanField(_l("My name may stand on the public list of participants"))
    sequence = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    submission_key = HiddenField(validators=[InputRequired(), Length(min=16, max=64)])
    asked: Sequence[Question] = ()

    @property
    def questions(self) -> list[tuple[Question, Field]]:
        """The event's own questions with their fields."""
        return [(question, self[f"question_{question.id}"]) for question in self.asked]

    @property
    def needs(self) -> list[Field]:
        """The fields of needs, if the event asks for them."""
        return [self[f"need_{need}"] for need in Need if f"need_{need}" in self]

    def people(self) -> tuple[str, ...]:
        """Who comes: a name on each line; where a guest has written none, the guest alone."""
        text = self.names.data or (self.name.data if "name" in self else "")
        return tuple(" ".join(line.split()) for line in (text or "").splitlines() if line.strip())

    def wish(self) -> Wish:
        """What the form says."""
        note = (self.needs_note.data or "") if "needs_note" in self else ""
        return Wish(
            names=self.people(),
            answers={q.id: (field.data or "").strip() for q, field in self.questions},
            needs=frozenset(n for n in Need if f"need_{n}" in self and self[f"need_{n}"].data),
            needs_note=note.strip(),
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

    def say(self, problems: Sequence[tuple[str, object]]) -> None:
        """Put each problem at its field, or at the top of the form."""
        for name, problem in problems:
            if name in self:
                self[name].errors = [*self[name].errors, problem]
            else:
                self.form_errors.append(problem)


class SignUpFormWithNeeds(SignUpForm):
    """A sign-up for an event that asks what people need."""


for _need, _label in NEEDS.items():
    setattr(SignUpFormWithNeeds, f"need_{_need}", BooleanField(_label))


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
    form: SignUpForm = _shape(event, questions_of(event) if questions is None else questions)()
    if not event.asks_needs:
        del form.needs_note
    if not event.shows_participants:
        del form.named_in_public
    _suit(form, event, user, signup)
    if not form.is_submitted():
        _fill(form, event, user, signup)
    return form


def _shape(event: Event, questions: Sequence[Question]) -> type[SignUpForm]:
    """The kind of form; that of an event without questions of its own is made once for all."""
    plain = SignUpFormWithNeeds if event.asks_needs else SignUpForm
    if not questions:
        return plain
    fields = {f"question_{question.id}": _field(question) for question in questions}
    return type("SignUpForm", (plain,), {"asked": questions, **fields})


def _field(question: Question) -> Any:
    """The field of a question; whether an answer is right is decided in ``content``."""
    needed = [Needed()] if question.required else []
    if question.kind is QuestionKind.YES_NO:
        choices = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
        return RadioField(question.text, needed, choices=choices, validate_choice=False)
    if question.kind is QuestionKind.CHOICE:
        listed = [SelectChoice(choice, choice) for choice in question.choices]
        return RadioField(question.text, needed, choices=listed, validate_choice=False)
    if question.kind is QuestionKind.NUMBER:
        return StringField(question.text, needed, render_kw={"inputmode": "numeric"})
    return TextAreaField(question.text, needed)


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
