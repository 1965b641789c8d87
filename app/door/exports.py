"""Tables to take away: the participants of an event, and the events of a year in figures."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Organisation
from app.door.figures import Attendance, Year
from app.door.models import CheckIn
from app.events.calendars import kind_name
from app.events.forms_asking import NEEDS
from app.events.models import Event, EventStatus, QuestionKind
from app.events.models_signups import (
    AccessNeeds,
    Answer,
    Participant,
    SignUp,
    SignUpChannel,
    SignUpState,
)
from app.events.queries import questions_ever_of
from app.platform.clock import local
from app.platform.db import db
from app.platform.sheets import Sheet

MOMENT = "%Y-%m-%d %H:%M"


def participants(event: Event, *, with_needs: bool) -> Sheet:
    """A row for each person: how they stand, whether they came, what their sign-up answered.

    Needs are data on health: they are in the file only if it was asked for with them.
    """
    questions = questions_ever_of(event)
    answers = _answers(event)
    needs = _needs(event) if with_needs else {}
    states, channels = _states(), _channels()
    rows: list[list[int | str]] = []
    for row in _people(event):
        said = answers.get(row.signup, {})
        line = [
            row.number,
            row.name,
            row.organisation or "",
            row.email,
            states[row.state],
            channels[row.channel],
            f"{local(row.created_at):{MOMENT}}",
            f"{local(row.came_at):{MOMENT}}" if row.came_at else "",
            *(_said(question.kind, said.get(question.id, "")) for question in questions),
        ]
        rows.append([*line, needs.get(row.signup, "")] if with_needs else line)
    heads = [
        _("No."),
        _("First and last name"),
        _("Organisation"),
        _("E-mail address"),
        _("State"),
        _("How they signed up"),
        _("Signed up at"),
        _("Came at"),
        *(question.text for question in questions),
    ]
    widths = [6, 22, 26, 24, 14, 12, 14, 14, *(20 for _question in questions)]
    if with_needs:
        heads, widths = [*heads, _("Needs")], [*widths, 24]
    return Sheet(_("Participants"), heads, rows, widths)


def _people(event: Event) -> Sequence[sa.Row[tuple[object, ...]]]:
    came_at = sa.case((CheckIn.undone_at.is_(None), CheckIn.happened_at))
    return db.session.execute(
        sa.select(
            SignUp.number.label("number"),
            SignUp.id.label("signup"),
            Participant.name.label("name"),
            Organisation.name.label("organisation"),
            SignUp.email.label("email"),
            SignUp.state.label("state"),
            SignUp.channel.label("channel"),
            SignUp.created_at.label("created_at"),
            sa.type_coerce(came_at, CheckIn.happened_at.type).label("came_at"),
        )
        .join(Participant, Participant.signup_id == SignUp.id)
        .outerjoin(SignUp.organisation)
        .outerjoin(CheckIn, CheckIn.participant_id == Participant.id)
        .where(SignUp.event_id == event.id, SignUp.number.is_not(None), Participant.name != "")
        .order_by(SignUp.number, Participant.position)
    ).all()


def _answers(event: Event) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    rows = db.session.execute(
        sa.select(Answer.signup_id, Answer.question_id, Answer.value)
        .join(SignUp, SignUp.id == Answer.signup_id)
        .where(SignUp.event_id == event.id)
    )
    for signup_id, question_id, value in rows:
        found.setdefault(signup_id, {})[question_id] = value
    return found


def _needs(event: Event) -> dict[int, str]:
    words = {str(need): str(label) for need, label in NEEDS.items()}
    rows = db.session.execute(
        sa.select(AccessNeeds.signup_id, AccessNeeds.needs, AccessNeeds.note)
        .join(SignUp, SignUp.id == AccessNeeds.signup_id)
        .where(SignUp.event_id == event.id)
    )
    return {
        signup_id: "; ".join(part for part in (*(words.get(n, n) for n in needs), note) if part)
        for signup_id, needs, note in rows
    }


def _said(kind: QuestionKind, value: str) -> int | str:
    if kind is QuestionKind.NUMBER and value.isascii() and value.isdecimal():
        return int(value)
    if kind is QuestionKind.YES_NO:
        return {"yes": _("yes"), "no": _("no")}.get(value, value)
    return value


def _states() -> dict[SignUpState, str]:
    return {
        SignUpState.PLACED: _("has a place"),
        SignUpState.OFFERED: _("was offered a place"),
        SignUpState.WAITING: _("waiting list"),
        SignUpState.CANCELLED: _("cancelled"),
        SignUpState.LAPSED: _("did not answer in time"),
        SignUpState.UNCONFIRMED: _("not confirmed"),
    }


def _channels() -> dict[SignUpChannel, str]:
    return {
        SignUpChannel.ONLINE: _("on the site"),
        SignUpChannel.OFFICE: _("at the office"),
        SignUpChannel.DOOR: _("at the door"),
    }


def year_sheet(year: Year) -> Sheet:
    """The events of a year in figures, a row each, and all of them in the last row."""
    rows = [
        [
            f"{local(event.starts_at):{MOMENT}}",
            event.title,
            kind_name(event.kind),
            _("Cancelled") if event.status is EventStatus.CANCELLED else "",
            event.capacity if event.capacity is not None else "",
            *_counts(year.figures[event.id]),
        ]
        for event in year.events
    ]
    if rows:
        rows.append([_("Together"), "", "", "", "", *_counts(year.total)])
    heads = [_("Begins"), _("Event"), _("Kind"), _("State"), _("Places"), *count_names()]
    return Sheet(_("Events %(year)s", year=year.year), heads, rows, [12, 30, 14, 10, 8, *[9] * 11])


def count_names() -> list[str]:
    """What the figures of an event are called, in the order of ``year_sheet``."""
    return [
        _("Signed up"),
        _("of these on the site"),
        _("of these at the office"),
        _("Had a place"),
        _("Were waiting"),
        _("Gave up"),
        _("Came"),
        _("of these without a sign-up"),
        _("Did not come"),
        _("Organisations signed up"),
        _("Organisations that came"),
    ]


def _counts(one: Attendance) -> list[int | str]:
    counts = (
        one.signed_up,
        one.online,
        one.office,
        one.with_place,
        one.waiting,
        one.gave_up,
        one.came,
        one.walked_in if one.taken else None,
        one.no_shows,
        one.organisations_signed_up,
        one.organisations_came,
    )
    return ["" if count is None else count for count in counts]
