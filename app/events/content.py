"""What people send about events, as values, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from app.accounts.models import Organisation, User
from app.events.models import Event, Question, QuestionKind
from app.events.models_signups import Need

LONGEST_NAME = 120
LONGEST_ANSWER = 2000

#: People that one sign-up may bring where an event sets no limit of its own.
LARGEST_PARTY = 10


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who signs up: a person with an account, or a guest by name and address.

    Name and address of an account may be given, so that they are not looked up again.
    """

    person: User | None = None
    organisation: Organisation | None = None
    name: str = ""
    email: str = ""

    @property
    def address(self) -> str:
        """Where letters go, in lower case: one address in two spellings is one person."""
        given = self.email or (self.person.email if self.person else "")
        return given.strip().lower()

    @property
    def known_as(self) -> str:
        """The name of whoever signs up."""
        return (self.name or (self.person.name if self.person else "")).strip()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sign-up says: who comes, answers by the question's id, and what they need.

    ``sequence`` is that of the event whose date was before their eyes.
    """

    names: tuple[str, ...]
    answers: Mapping[int, str] = field(default_factory=dict)
    needs: frozenset[Need] = frozenset()
    needs_note: str = ""
    named_in_public: bool = False
    sequence: int = 0


def largest_party(event: Event, organisation: Organisation | None) -> int:
    """How many people one sign-up may bring; only an organisation brings several."""
    if organisation is None:
        return 1
    limits = (LARGEST_PARTY, event.per_organisation, event.capacity)
    return min(limit for limit in limits if limit is not None)


def mistakes(
    wish: Wish, questions: Sequence[Question], *, largest: int
) -> Iterator[tuple[str, object]]:
    """What must be corrected, as pairs (field, sentence); nothing if all is well."""
    if not wish.names or not all(map(is_name, wish.names)):
        yield "names", _l("Write the first and last name of everybody who comes.")
    if any(len(name) > LONGEST_NAME for name in wish.names):
        yield "names", _l("A name may have at most %(max)d characters.", max=LONGEST_NAME)
    if len(wish.names) > largest == 1:
        yield (
            "names",
            _l(
                "You can sign up yourself alone. To sign up several people, choose the "
                "organisation for which you speak."
            ),
        )
    elif len(wish.names) > largest:
        yield (
            "names",
            _l("At most so many people can be signed up here at once: %(max)d.", max=largest),
        )
    if len(wish.needs_note) > LONGEST_ANSWER:
        yield "needs_note", _l("This is too long: at most %(max)d characters.", max=LONGEST_ANSWER)
    for question in questions:
        problem = wrong_answer(question, wish.answers.get(question.id, ""))
        if problem:
            yield f"question_{question.id}", problem


def is_name(text: str) -> bool:
    """Whether somebody can be called by it: it holds at least one letter."""
    return any(sign.isalpha() for sign in text)


def wrong_answer(question: Question, value: str) -> object:
    """What is wrong with an answer, or nothing."""
    if not value:
        return _l("Please answer this question.") if question.required else None
    if len(value) > LONGEST_ANSWER:
        return _l("This is too long: at most %(max)d characters.", max=LONGEST_ANSWER)
    if question.kind is QuestionKind.CHOICE and value not in question.choices:
        return _l("Choose one of the answers.")
    if question.kind is QuestionKind.YES_NO and value not in {"yes", "no"}:
        return _l("Choose yes or no.")
    if question.kind is QuestionKind.NUMBER and not _is_number(value):
        return _l("Write a number with digits only, for example 12.")
    return None


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 9
