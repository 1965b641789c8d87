"""What a person hands in: the words of a remark, in whose name, and by which way it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.accounts.models import Organisation, User
from app.consultations.phases import Window
from app.documents.models import Provision
from app.events.models import Event
from app.legaltext.diff import normalise
from app.legaltext.quotations import stands_in
from app.platform.clock import local
from app.remarks.models import AmendmentKind, Channel, RemarkKind

LONGEST_BODY = 10_000  # characters
LONGEST_PROPOSED = 20_000
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Content:
    """What a remark says and about what; without a provision it is about the whole document."""

    kind: RemarkKind
    body: str
    provision: Provision | None = None
    amendment_kind: AmendmentKind | None = None
    proposed_text: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name a remark is made.

    ``person`` has an account; ``name`` and ``email`` are those of somebody without one.
    """

    person: User | None = None
    organisation: Organisation | None = None
    name: str = ""
    email: str = ""
    named_in_public: bool = False

    @property
    def signature(self) -> str:
        """Who is named in public: the organisation, a person who agreed, or nobody."""
        if self.organisation is not None:
            return self.organisation.name
        name = self.person.name if self.person is not None else self.name
        return name.strip() if self.named_in_public else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a remark that the office types in came to it, and on which day."""

    channel: Channel
    received_on: date
    event: Event | None = None


def was_open_on(rounds: Sequence[Window], day: date) -> bool:
    """Whether remarks were taken on a day in the town, or on a part of it."""
    return any(
        local(window.opens_at).date() <= day <= local(window.closes_at).date() for window in rounds
    )


def mistakes(content: Content, current: str) -> Iterator[tuple[str, object]]:
    """What is wrong with a remark: pairs of a field and what to do about it.

    ``current`` is the wording of the provision, ``""`` for a whole document.
    """
    amends = content.kind is RemarkKind.AMENDMENT
    if not content.body.strip():
        yield (
            "body",
            _l("Say in a sentence or two why the change is needed.")
            if amends
            else _l("Write what you want to say."),
        )
    if len(content.body) > LONGEST_BODY:
        yield "body", _l("This is too long: at most %(n)s characters fit.", n=LONGEST_BODY)
    if content.quote.strip() and not stands_in(current, content.quote):
        yield (
            "quote",
            _l(
                "These words do not stand in the provision. "
                "Copy them exactly as they are, or leave the field empty."
            ),
        )
    if amends:
        yield from _amendment_mistakes(content, current)


def _amendment_mistakes(content: Content, current: str) -> Iterator[tuple[str, object]]:
    if content.provision is None:
        yield "amendment_kind", _l("Choose the provision that should change.")
        return
    if content.amendment_kind is None:
        yield "amendment_kind", _l("Choose what should happen to the provision.")
        return
    if content.amendment_kind is AmendmentKind.STRIKE:
        return
    proposed = normalise(content.proposed_text)
    same = proposed == normalise(current)
    rewords = content.amendment_kind is AmendmentKind.REWORD
    if len(content.proposed_text) > LONGEST_PROPOSED:
        yield (
            "proposed_text",
            _l("This is too long: at most %(n)s characters fit.", n=LONGEST_PROPOSED),
        )
    elif not proposed and rewords:
        yield (
            "proposed_text",
            _l("Write the new wording. If the provision should go, choose to strike it out."),
        )
    elif same and rewords:
        yield (
            "proposed_text",
            _l("This is the present wording. Change it as it should read."),
        )
    elif not proposed or same:
        yield "proposed_text", _l("Write what the new provision should say.")
