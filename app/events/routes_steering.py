"""Addresses at which the coordinator moves and calls off events and thanks people.

Each shows the letter and who gets it before anything happens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.accounts.models import Role
from app.events import actions, messages
from app.events.blueprint import blueprint
from app.events.finding import visible_event
from app.events.forms_office import OccasionForm
from app.events.forms_people import ReasonForm, ThanksForm
from app.events.models import Event
from app.events.models_signups import SignUp
from app.events.permissions import can_cancel_event, can_move_event, can_thank_participants
from app.events.planning import Occasion, changes_link_alone, mistakes, occasion_of
from app.events.queries_signups import holders_of_places, invited_without_signup, those_to_tell
from app.events.routes_office import ONE
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require
from app.platform.language import site_language
from app.platform.mail import Message

#: Stands in a preview where each reader's own secret link will be.
THEIR_LINK = _l("(each person’s own secret link)")


@blueprint.get(f"{ONE}/przenies")
@staff(Role.COORDINATOR)
def move(slug: str) -> ResponseReturnValue:
    """Ask for the new time and place."""
    event = visible_event(slug)
    require(can_move_event(current_user, event, now()), _("It can no longer be moved."))
    return _move_page(event, OccasionForm(formdata=None, obj=event))


@blueprint.post(f"{ONE}/przenies")
@staff(Role.COORDINATOR)
def confirm_move(slug: str) -> ResponseReturnValue:
    """Show the letter about the new date, and then move the event."""
    event, form = visible_event(slug), OccasionForm()
    if not form.validate():
        return _move_page(event, form), 422
    occasion = form.occasion()
    problems = list(mistakes(replace(actions.plan_of(event), occasion=occasion), event.taken))
    if occasion.starts_at <= now():
        problems.append(("starts_at", _("The new date lies in the past. Choose a later one.")))
    form.say(problems)
    if problems:
        return _move_page(event, form), 422
    preview = _preview(
        lambda letter: _move_page(event, form, letter), lambda: _letter_of_move(event, occasion)
    )
    if preview is not None:
        return preview
    with transaction():
        told = actions.move(event, occasion, by=current_user, at=now())
    return _done(slug, _("The event is moved."), told)


def _letter_of_move(event: Event, occasion: Occasion) -> Message:
    """The letter as it will be: the event is given the new date for a moment and never saved."""
    before = occasion_of(event)
    planned = Event(
        title=event.title,
        slug=event.slug,
        contact=event.contact,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        place=occasion.place,
        online_url=occasion.online_url,
    )
    was = messages.hours(before.starts_at, before.ends_at)
    return messages.moved(planned, str(THEIR_LINK), was, before, has_place=True)


def _move_page(event: Event, form: OccasionForm, letter: Message | None = None) -> str:
    """The form, or the letter as those read it who have a place."""
    people: Sequence[SignUp] = ()
    invited = 0
    if letter is not None:
        before, after = occasion_of(event), form.occasion()
        people = actions.those_to_tell_of_move(event, before, after)
        invited = 0 if changes_link_alone(before, after) else len(invited_without_signup(event))
    return render_template(
        "events/move.html", event=event, form=form, letter=letter, people=people, invited=invited
    )


@blueprint.get(f"{ONE}/odwolaj")
@staff(Role.COORDINATOR)
def call_off(slug: str) -> ResponseReturnValue:
    """Ask why the event is called off."""
    event = visible_event(slug)
    require(can_cancel_event(current_user, event, now()), _("It can no longer be called off."))
    return _call_off_page(event, ReasonForm(formdata=None))


@blueprint.post(f"{ONE}/odwolaj")
@staff(Role.COORDINATOR)
def confirm_call_off(slug: str) -> ResponseReturnValue:
    """Show the letter, and then call the event off."""
    event, form = visible_event(slug), ReasonForm()
    if not form.validate():
        return _call_off_page(event, form), 422
    reason = (form.reason.data or "").strip()
    preview = _preview(
        lambda letter: _call_off_page(event, form, letter),
        lambda: messages.event_cancelled(event, reason),
    )
    if preview is not None:
        return preview
    with transaction():
        told = actions.cancel(event, reason, by=current_user, at=now())
    return _done(slug, _("The event is called off."), told)


def _call_off_page(event: Event, form: ReasonForm, letter: Message | None = None) -> str:
    return render_template(
        "events/call_off.html",
        event=event,
        form=form,
        letter=letter,
        people=those_to_tell(event),
        invited=len(invited_without_signup(event)),
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
    preview = _preview(
        lambda letter: _thank_page(event, form, letter), lambda: messages.thanks(event, words)
    )
    if preview is not None:
        return preview
    with transaction():
        told = actions.thank(event, words, by=current_user, at=now())
    return _done(slug, _("Done."), told)


def _may_thank(event: Event) -> None:
    allowed = can_thank_participants(current_user, event, now())
    require(allowed, _("Thanks go out once, when the event is over."))


def _thank_page(event: Event, form: ThanksForm, letter: Message | None = None) -> str:
    return render_template(
        "events/thank.html", event=event, form=form, letter=letter, people=holders_of_places(event)
    )


def _preview(
    show: Callable[[Message | None], str], compose: Callable[[], Message]
) -> ResponseReturnValue | None:
    """The letter as people will read it, or the form once more; ``None``: it is to be sent."""
    if "send" in request.form:
        return None
    if "correct" in request.form:
        return show(None)
    with force_locale(site_language()):
        letter = compose()
    return show(letter)


def _done(slug: str, said: str, number: int) -> ResponseReturnValue:
    """Back to the event, saying what was done and how many letters are on their way."""
    letters = ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", number)
    flash(f"{said} {letters}" if number else said, "success")
    return redirect(url_for(".edit", slug=slug), 303)
