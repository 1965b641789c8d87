"""Addresses at which the office sees who comes and waits, and helps them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms import SelectChoice

from app.accounts.models import Organisation, Role
from app.accounts.queries import directory
from app.events import (
    hosting,
    inviting,
    people_list,
    queries,
    queries_invited,
    queries_people,
    queries_signups,
)
from app.events.blueprint import blueprint
from app.events.content import Applicant
from app.events.finding import event_with_people, signup_of, visible_event
from app.events.forms_asking import NEEDS, asking
from app.events.forms_people import EnterForm, InvitationForm, ReasonForm, ReleaseForm, ReorderForm
from app.events.models import Event
from app.events.models_signups import SignUp, SignUpState
from app.events.permissions import can_cancel_signup, can_enter_signup
from app.events.routes_office import ONE
from app.events.signing_up import SignedUpAlready
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, require
from app.platform.links import number as number_in
from app.platform.pages import cut

PEOPLE = f"{ONE}/uczestnicy"

#: Sign-ups on a page.
PER_PAGE = 50


@blueprint.get(PEOPLE)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def people(slug: str) -> ResponseReturnValue:
    """Who has a place, who waits and why, what they answered and need."""
    return _people_page(event_with_people(slug))


def _people_page(event: Event, form: ReleaseForm | None = None) -> str:
    sought = request.args.get("szukaj", "").strip()[:200]
    everybody = queries_people.everybody_of(event)
    found = people_list.matching(everybody, sought)
    page = cut(found, request.args.get("strona", 1, type=number_in), PER_PAGE)
    return render_template(
        "events/people.html",
        event=event,
        form=form or ReleaseForm(formdata=None, data={"places": event.reserved}),
        sought=sought,
        page=page,
        parts=people_list.parts_of(found, page),
        everybody=len(everybody),
        standing=people_list.numbers_in_line(everybody),
        signups=queries_people.signups_of(page.items),
        needs=queries_people.needs_of(page.items),
        need_words={str(need): label for need, label in NEEDS.items()},
        questions=queries.questions_ever_of(event),
        may_steer=can_enter_signup(current_user, event, now()),
    )


@blueprint.get(f"{ONE}/dopisz")
@staff(Role.COORDINATOR)
def enter(slug: str) -> ResponseReturnValue:
    """The form for somebody who rang."""
    event = visible_event(slug)
    require(can_enter_signup(current_user, event, now()), _("Sign-ups are not entered now."))
    return _enter_page(event, _enter_form(event, fresh=True))


@blueprint.post(f"{ONE}/dopisz")
@staff(Role.COORDINATOR)
def save_entry(slug: str) -> ResponseReturnValue:
    """Sign somebody up who rang or came."""
    event = visible_event(slug)
    form = _enter_form(event)
    if not form.is_right():
        return _enter_page(event, form), 422
    names = form.people()
    applicant = Applicant(
        organisation=_organisation(form.organisation.data),
        name=names[0] if names else "",
        email=form.email.data or "",
    )
    try:
        with transaction():
            signup = hosting.enter(
                event,
                form.told(names),
                applicant,
                submission_key=form.submission_key.data or "",
                on_reserved=form.on_reserved.data,
                by=current_user,
                at=now(),
            )
            waits = signup.state is SignUpState.WAITING
    except DomainError as error:
        if isinstance(error, SignedUpAlready):
            form.email.errors = [_("Somebody with this address is signed up already.")]
        else:
            form.names.errors = [error.message]
        return _enter_page(event, form), 422
    said = _("On the waiting list.") if waits else _("They have a place.")
    flash(_("Signed up.") + " " + said, "success")
    return redirect(url_for(".people", slug=slug), 303)


def _enter_form(event: Event, *, fresh: bool = False) -> EnterForm:
    shape = asking(EnterForm, event, queries.questions_of(event), must_answer=False)
    form = shape(formdata=None) if fresh else shape()
    form.organisation.choices = [
        SelectChoice(0, _("none")),
        *(SelectChoice(o.id, o.name) for o in directory()),
    ]
    return form


def _organisation(number: int | None) -> Organisation | None:
    return next((o for o in directory() if o.id == number), None)


def _enter_page(event: Event, form: EnterForm) -> str:
    return render_template("events/enter.html", event=event, form=form)


@blueprint.get(f"{PEOPLE}/<int:number>/odwolaj")
@staff(Role.COORDINATOR)
def remove(slug: str, number: int) -> ResponseReturnValue:
    """Ask why a sign-up is cancelled."""
    signup = signup_of(slug, number)
    _may_cancel(signup)
    return _reason_page("events/remove.html", signup, ReasonForm(formdata=None))


@blueprint.post(f"{PEOPLE}/<int:number>/odwolaj")
@staff(Role.COORDINATOR)
def confirm_remove(slug: str, number: int) -> ResponseReturnValue:
    """Cancel a sign-up and tell the person why."""
    signup, form = signup_of(slug, number), ReasonForm()
    if not form.validate():
        return _reason_page("events/remove.html", signup, form), 422
    with transaction():
        hosting.remove(signup, form.reason.data or "", by=current_user, at=now())
    flash(_("The sign-up is cancelled, and the person is told why."), "success")
    return redirect(url_for(".people", slug=slug), 303)


def _may_cancel(signup: SignUp) -> None:
    require(can_cancel_signup(current_user, signup, now()), _("It is cancelled already."))


@blueprint.get(f"{PEOPLE}/<int:number>/kolejnosc")
@staff(Role.COORDINATOR)
def reorder(slug: str, number: int) -> ResponseReturnValue:
    """Ask for another number on the waiting list, and why."""
    return _reason_page("events/reorder.html", signup_of(slug, number), ReorderForm(formdata=None))


@blueprint.post(f"{PEOPLE}/<int:number>/kolejnosc")
@staff(Role.COORDINATOR)
def save_order(slug: str, number: int) -> ResponseReturnValue:
    """Move somebody on the waiting list; everybody on it can read why."""
    signup, form = signup_of(slug, number), ReorderForm()
    if not form.validate():
        return _reason_page("events/reorder.html", signup, form), 422
    number, why = form.number.data or 1, form.reason.data or ""
    try:
        with transaction():
            changed = hosting.reorder(signup, number, why, by=current_user, at=now())
    except hosting.NoSuchNumber as error:
        form.number.errors = [error.message]
        return _reason_page("events/reorder.html", signup, form), 422
    if changed:
        flash(_("The order is changed. Everybody on the list can read why."), "success")
    else:
        flash(_("This sign-up has that number already, so nothing has changed."), "info")
    return redirect(url_for(".people", slug=slug), 303)


def _reason_page(template: str, signup: SignUp, form: Any) -> str:
    return render_template(
        template,
        event=signup.event,
        signup=signup,
        form=form,
        standing=queries_signups.standing_of(signup),
    )


@blueprint.post(f"{ONE}/zwolnij")
@staff(Role.COORDINATOR)
def release(slug: str) -> ResponseReturnValue:
    """Let go of places that the office keeps."""
    event, form = visible_event(slug), ReleaseForm()
    if not form.validate():
        return _people_page(event, form), 422
    try:
        with transaction():
            hosting.release(event, form.places.data or 0, by=current_user, at=now())
    except hosting.NotSoMany as error:
        form.places.errors = [error.message]
        return _people_page(event, form), 422
    flash(_("The places are released. Those who wait have them first."), "success")
    return redirect(url_for(".people", slug=slug), 303)


@blueprint.get(f"{ONE}/zaproszenia")
@staff(Role.COORDINATOR)
def invitations(slug: str) -> ResponseReturnValue:
    """Who is invited, and the form to invite more."""
    return _invitations_page(visible_event(slug), InvitationForm(formdata=None))


@blueprint.post(f"{ONE}/zaproszenia")
@staff(Role.COORDINATOR)
def invite(slug: str) -> ResponseReturnValue:
    """Invite addresses and organisations."""
    event, form = visible_event(slug), InvitationForm()
    bodies = directory()
    form.organisations.choices = [SelectChoice(o.id, o.name) for o in bodies]
    if not form.validate():
        return _invitations_page(event, form), 422
    chosen = [o for o in bodies if o.id in set(form.organisations.data or ())]
    with transaction():
        count = inviting.invite(event, form.addresses(), chosen, by=current_user, at=now())
    if count:
        flash(ngettext("%(num)s new invitation.", "%(num)s new invitations.", count), "success")
    else:
        flash(_("All of them were invited before."), "info")
    return redirect(url_for(".invitations", slug=slug), 303)


def _invitations_page(event: Event, form: InvitationForm) -> str:
    form.organisations.choices = [SelectChoice(o.id, o.name) for o in directory()]
    return render_template(
        "events/invitations.html",
        event=event,
        form=form,
        invited=queries.invitations_to(event),
        unspoken=queries_invited.without_speakers(event),
        **inviting.previewed(event),
    )
