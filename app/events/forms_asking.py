"""What an event asks of those who come: its own questions, and what people need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)

from app.events.content import Wish
from app.events.models import Event, Question, QuestionKind
from app.events.models_signups import Need
from app.platform.fields import Needed, SayingForm

#: How a need is called where it is asked for.
NEEDS = {
    Need.INTERPRETER: _l("A Polish Sign Language (PJM) interpreter"),
    Need.INDUCTION_LOOP: _l("An induction loop"),
    Need.STEP_FREE: _l("A way without steps"),
    Need.ASSISTANCE: _l("Somebody to assist me"),
    Need.OTHER: _l("Something else (describe it below)"),
}


class AskingForm(SayingForm):
    """A form that asks what an event wants to know; ``asking`` adds the fields."""

    asked: Sequence[Question] = ()

    @property
    def questions(self) -> list[tuple[Question, Field]]:
        """The event's own questions with their fields."""
        return [(question, self[f"question_{question.id}"]) for question in self.asked]

    @property
    def needs(self) -> list[Field]:
        """The fields of needs, if the event asks for them."""
        return [self[f"need_{need}"] for need in Need if f"need_{need}" in self]

    def told(self, names: tuple[str, ...]) -> Wish:
        """What was answered and what is needed, for these people."""
        note = (self["needs_note"].data or "") if "needs_note" in self else ""
        return Wish(
            names=names,
            answers={q.id: (field.data or "").strip() for q, field in self.questions},
            needs=frozenset(n for n in Need if f"need_{n}" in self and self[f"need_{n}"].data),
            needs_note=note.strip(),
        )


Asks = TypeVar("Asks", bound=AskingForm)


def asking(
    plain: type[Asks], event: Event, questions: Sequence[Question], *, must_answer: bool = True
) -> type[Asks]:
    """The kind of form that asks this; that of an event without own questions is made once."""
    shape: Any = plain
    base: type[Asks] = _with_needs(shape) if event.asks_needs else plain
    if not questions:
        return base
    fields = {f"question_{q.id}": _field(q, must_answer) for q in questions}
    return type(plain.__name__, (base,), {"asked": questions, **fields})


@cache
def _with_needs(plain: Any) -> Any:
    fields: dict[str, Any] = {f"need_{need}": BooleanField(label) for need, label in NEEDS.items()}
    fields["needs_note"] = TextAreaField(_l("What else should we know?"))
    return type(plain.__name__, (plain,), fields)


def _field(question: Question, must_answer: bool) -> Any:
    """The field of a question; whether an answer is right is decided in ``content``."""
    needed = [Needed()] if question.required and must_answer else []
    if question.kind is QuestionKind.YES_NO:
        choices = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
        return RadioField(question.text, needed, choices=choices, validate_choice=False)
    if question.kind is QuestionKind.CHOICE:
        listed = [SelectChoice(choice, choice) for choice in question.choices]
        return RadioField(question.text, needed, choices=listed, validate_choice=False)
    if question.kind is QuestionKind.NUMBER:
        return StringField(question.text, needed, render_kw={"inputmode": "numeric"})
    return TextAreaField(question.text, needed)
