"""Addresses at which the coordinator moves and calls off events and thanks people.

Each shows the letter and who gets it before anything happens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.events import messages, messages_dates, steering
from app.events.actions import ChangedMeanwhile
from app.events.blueprint import blueprint
from app.events.finding import visible_event
from app.events.forms_people import ThanksForm
from app.events.forms_series import CallOffForm, MoveForm
from app.events.messages_dates import NewDate
from app.events.models import Event, EventStatus
from app.events.permissions import can_cancel_event, can_move_event, can_thank_participants
from app.events.planning import occasion_of
from app.events.post import as_sent
from app.events.queries_signups import holders_of_places, out_of_reach
from app.events.routes_office import ONE
from app.events.series import Move, Reach
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require
from app.platform.mail import Message

#: Stands in a preview where each reader's own secret link will be.
THEIR_LINK = _l("(each person’s own secret link)")


@blueprint.get(f"{ONE}/przenies")
@staff(Role.COORDINATOR)
def move(slug: str) -> ResponseReturnValue:
    """Ask for the new time and place."""
    event = visible_event(slug)
    _may_move(event)
    return _move_page(event, _move_form(event, fresh=True))


@blueprint.post(f"{ONE}/przenies")
@staff(Role.COORDINATOR)
def confirm_move(slug: str) -> ResponseReturnValue:
    """Show the letter about the new date, and then move the event."""
    event, at = visible_event(slug), now()
    _may_move(event)
    form = _move_form(event)
    if not form.validate():
        return _move_page(event, form), 422
    occasion, reach = form.occasion(), form.reaches()
    moves = steering.planned(event, occasion, reach, by=current_user, at=at)
    form.say(list(steering.wrong_moves(moves, event, at)))
    sent, told_of = "send" in request.form, any(move.changed for move in moves)
    if not sent and occasion == occasion_of(event):  # what was sent twice stands already
        form.say([("", _("This is when and where it is now. Change something or go back."))])
    if form.errors or "correct" in request.form:
        return _move_page(event, form), 422 if form.errors else 200
    if told_of and not sent:
        return _move_page(event, form, moves)
    seen = request.form.get("seen", "")
    try:
        with transaction():
            told = steering.move(event, occasion, reach=reach, seen=seen, by=current_user, at=at)
    except ChangedMeanwhile:
        event = visible_event(slug)
        moves = steering.planned(event, occasion, reach, by=current_user, at=at)
        return _move_page(event, form, moves, changed=True), 409
    said = ngettext("The event is moved.", "%(num)s dates are moved.", len(moves))
    return _done(slug, said if told_of else _("The changes are saved."), told)


def _may_move(event: Event) -> None:
    require(can_move_event(current_user, event, now()), _("It can no longer be moved."))


def _move_form(event: Event, *, fresh: bool = False) -> MoveForm:
    form = MoveForm(formdata=None, obj=event) if fresh else MoveForm()
    form.offer(_numbers(steering.dates_to_move, event))
    return form


def _numbers(dates: Callable[..., Sequence[Event]], event: Event) -> dict[Reach, int]:
    """How many dates each reach takes in."""
    return {reach: len(dates(event, reach, by=current_user, at=now())) for reach in Reach}


def _move_page(
    event: Event, form: MoveForm, moves: Sequence[Move] = (), *, changed: bool = False
) -> str:
    """The form, or with ``moves`` the letter as those read it who have a place."""
    told = [move for move in moves if move.changed] or moves
    return render_template(
        "events/move.html",
        event=event,
        form=form,
        letter=as_sent(lambda: _letter_of_moves(told)) if moves else None,
        moves=moves,
        readers=steering.readers_of_move(moves),
        unreached=_unreached([move.event for move in moves if move.changed]),
        seen=steering.seen_of([move.event for move in moves]),
        changed=changed,
    )


def _letter_of_moves(moves: Sequence[Move]) -> Message:
    """The letter as it will be: each event is given its new date for a moment and never saved."""
    return messages_dates.moved(
        [
            NewDate(
                _as_planned(move),
                move.before,
                messages.hours(move.before.starts_at, move.before.ends_at),
                str(THEIR_LINK),
                has_place=True,
            )
            for move in moves
        ]
    )


def _as_planned(move: Move) -> Event:
    event, after = move.event, move.after
    return Event(
        title=event.title,
        slug=event.slug,
        contact=event.contact,
        starts_at=after.starts_at,
        ends_at=after.ends_at,
        place=after.place,
        online_url=after.online_url,
    )


def _unreached(events: Sequence[Event]) -> list[str]:
    """The names of those who cannot be written to, each once."""
    announced = [event for event in events if event.status is EventStatus.PUBLISHED]
    return list(dict.fromkeys(signup.name for signup in out_of_reach(announced)))


@blueprint.get(f"{ONE}/odwolaj")
@staff(Role.COORDINATOR)
def call_off(slug: str) -> ResponseReturnValue:
    """Ask why the event is called off."""
    event = visible_event(slug)
    _may_call_off(event)
    return _call_off_page(event, _call_off_form(event, fresh=True))


@blueprint.post(f"{ONE}/odwolaj")
@staff(Role.COORDINATOR)
def confirm_call_off(slug: str) -> ResponseReturnValue:
    """Show the letter, and then call the event off."""
    event, at = visible_event(slug), now()
    form = _call_off_form(event)
    if not form.validate():
        return _call_off_page(event, form), 422
    reason, reach = (form.reason.data or "").strip(), form.reaches()
    dates = steering.dates_to_call_off(event, reach, by=current_user, at=at)
    if "send" not in request.form:
        _may_call_off(event)
        return _call_off_page(event, form, () if "correct" in request.form else dates)
    seen = request.form.get("seen", "")
    try:
        with transaction():
            told = steering.cancel(event, reason, reach=reach, seen=seen, by=current_user, at=at)
    except ChangedMeanwhile:
        event = visible_event(slug)
        dates = steering.dates_to_call_off(event, reach, by=current_user, at=at)
        return _call_off_page(event, form, dates, changed=True), 409
    said = ngettext("The event is called off.", "%(num)s dates are called off.", len(dates) or 1)
    return _done(slug, said, told)


def _may_call_off(event: Event) -> None:
    require(can_cancel_event(current_user, event, now()), _("It can no longer be called off."))


def _call_off_form(event: Event, *, fresh: bool = False) -> CallOffForm:
    form = CallOffForm(formdata=None) if fresh else CallOffForm()
    form.offer(_numbers(steering.dates_to_call_off, event))
    return form


def _call_off_page(
    event: Event, form: CallOffForm, dates: Sequence[Event] = (), *, changed: bool = False
) -> str:
    """The form, or with ``dates`` the letter."""
    reason = (form.reason.data or "").strip()
    return render_template(
        "events/call_off.html",
        event=event,
        form=form,
        letter=as_sent(lambda: messages_dates.called_off(dates, reason)) if dates else None,
        dates=dates,
        readers=steering.readers_of_call_off(dates),
        unreached=_unreached(dates),
        seen=steering.seen_of(dates),
        changed=changed,
    )


@blueprint.get(f"{ONE}/podziekuj")
@staff(Role.COORDINATOR)
def thank(slug: str) -> ResponseReturnValue:
    """Ask for a word of thanks."""
    event = visible_event(slug)
    _may_thank(event)
    form = ThanksForm(formdata=None)
    form.words.data = _("Thank you for coming and for your voice.")
    return _thank_page(event, form)


@blueprint.post(f"{ONE}/podziekuj")
@staff(Role.COORDINATOR)
def confirm_thank(slug: str) -> ResponseReturnValue:
    """Show the letter, and then send it to those who had a place."""
    event, form = visible_event(slug), ThanksForm()
    _may_thank(event)
    if not form.validate():
        return _thank_page(event, form), 422
    words = (form.words.data or "").replace("\r\n", "\n").strip()
    if "correct" in request.form:
        return _thank_page(event, form)
    if "send" not in request.form:
        letter = as_sent(lambda: messages.thanks(event, words))
        return _thank_page(event, form, letter)
    with transaction():
        told = steering.thank(event, words, by=current_user, at=now())
    return _done(slug, _("Done."), told)


def _may_thank(event: Event) -> None:
    allowed = can_thank_participants(current_user, event, now())
    require(allowed, _("Thanks go out once, when the event is over."))


def _thank_page(event: Event, form: ThanksForm, letter: Message | None = None) -> str:
    return render_template(
        "events/thank.html", event=event, form=form, letter=letter, people=holders_of_places(event)
    )


def _done(slug: str, said: str, number: int) -> ResponseReturnValue:
    """Back to the event, saying what was done and how many letters are on their way."""
    letters = ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", number)
    flash(f"{said} {letters}" if number else said, "success")
    return redirect(url_for(".edit", slug=slug), 303)
