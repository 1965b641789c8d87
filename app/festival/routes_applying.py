"""Addresses at which organisations apply, and see, change and withdraw what they asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Organisation
from app.events.models import Event
from app.festival import applying, queries
from app.festival.addresses import (
    STAGE,
    STAND,
    festival_event,
    own_application,
    word_for,
)
from app.festival.announcing import whereabouts
from app.festival.blueprint import OWN, PUBLIC, blueprint
from app.festival.forms import ApplicationForm, form_for, take_refusal
from app.festival.models import Application, StageApplication, StandApplication
from app.festival.permissions import (
    can_apply_to_festival,
    can_change_application,
    can_see_application,
    can_withdraw_application,
)
from app.platform.access import signed_in
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, require
from app.platform.keys import new_submission_key


@blueprint.get(f"{PUBLIC}/stoisko")
@signed_in
def apply_for_stand(slug: str) -> ResponseReturnValue:
    """The form for a stand, or the stand of an organisation that has asked for one already."""
    event, own = festival_event(slug), current_user.memberships
    known = queries.stand_of(event, own[0].organisation_id) if len(own) == 1 else None
    if known is not None and can_see_application(current_user, known, now()):
        flash(str(applying.HAS_STAND), "info")
        return redirect(url_for(".own", what=STAND, number=known.id), 303)
    return _form(event, StandApplication)


@blueprint.post(f"{PUBLIC}/stoisko")
@signed_in
def send_stand(slug: str) -> ResponseReturnValue:
    """Ask for a stand."""
    return _send(festival_event(slug), StandApplication, applying.apply_for_stand)


@blueprint.get(f"{PUBLIC}/wystep")
@signed_in
def apply_for_stage(slug: str) -> ResponseReturnValue:
    """The form for time on a stage."""
    return _form(festival_event(slug), StageApplication)


@blueprint.post(f"{PUBLIC}/wystep")
@signed_in
def send_stage(slug: str) -> ResponseReturnValue:
    """Ask for time on a stage."""
    return _send(festival_event(slug), StageApplication, applying.apply_for_stage)


def _form(event: Event, kind: type[Application]) -> ResponseReturnValue:
    require(can_apply_to_festival(current_user, event, now()), applying.closed(event, now()))
    if not current_user.memberships:
        return render_template("festival/no_organisation.html", event=event)
    return _page(event, kind, form_for(kind, current_user.memberships))


def _send(
    event: Event, kind: type[Application], action: Callable[..., Application]
) -> ResponseReturnValue:
    require(can_apply_to_festival(current_user, event, now()), applying.closed(event, now()))
    require(
        bool(current_user.memberships),
        _("Say first in your account for which organisation you speak."),
    )
    form = form_for(kind, current_user.memberships)
    if not form.is_right(event):
        return _page(event, kind, form), 422
    try:
        with transaction():
            application = action(
                event,
                form.wish(event),
                _organisation(form),
                submission_key=form.submission_key.data or "",
                by=current_user._get_current_object(),
                at=now(),
            )
            number = application.id
    except applying.AppliedAlready as already:
        take_refusal(form, already)
        form.submission_key.data = new_submission_key()
        known = queries.application_by_id(kind, already.application.id)
        return _page(event, kind, form, known=known), 422
    except DomainError as error:
        take_refusal(form, error)
        return _page(event, kind, form), 422
    flash(_("We have your application. A letter about it is on its way to you."), "success")
    what = STAND if kind is StandApplication else STAGE
    return redirect(url_for(".own", what=what, number=number), 303)


def _organisation(form: ApplicationForm) -> Organisation:
    own = current_user.memberships
    wanted = form.behalf.data if "behalf" in form else own[0].organisation_id
    return next(m.organisation for m in own if m.organisation_id == wanted)


@blueprint.get("/konto/zgloszenia")
@signed_in
def mine() -> ResponseReturnValue:
    """What one has asked for on every NGO Day, the latest first."""
    applications = queries.applications_of(current_user)
    return render_template(
        "festival/mine.html",
        applications=applications,
        told=_told(applications),
        word_for=word_for,
    )


def _told(applications: Sequence[Application]) -> list[Application]:
    """Those whose applicants may know the place or the time, in a programme that is published."""
    published = queries.with_programme(a.event for a in applications)
    placed = [a for a in applications if a.event_id in published and a.announced]
    return [a for a in placed if whereabouts(a)]


@blueprint.get(OWN)
@signed_in
def own(what: str, number: int) -> ResponseReturnValue:
    """One application: what becomes of it, what it says, and what can be done."""
    application, at = own_application(what, number), now()
    return render_template(
        "festival/own.html",
        application=application,
        event=application.event,
        what=what,
        told=bool(_told([application])),
        may_change=can_change_application(current_user, application, at),
        may_withdraw=can_withdraw_application(current_user, application, at),
    )


@blueprint.get(f"{OWN}/zmien")
@signed_in
def change(what: str, number: int) -> ResponseReturnValue:
    """The form with what was said before."""
    application = own_application(what, number)
    require(can_change_application(current_user, application, now()), _too_late())
    form = form_for(type(application), (), application)
    return _page(application.event, type(application), form, application)


@blueprint.post(f"{OWN}/zmien")
@signed_in
def save_change(what: str, number: int) -> ResponseReturnValue:
    """Change what was asked for."""
    application = own_application(what, number)
    form, event = form_for(type(application), (), application), application.event
    if not form.is_right(event):
        return _page(event, type(application), form, application), 422
    try:
        with transaction():
            applying.change(
                application,
                form.wish(event),
                version=form.version.data or 0,
                by=current_user._get_current_object(),
                at=now(),
            )
    except DomainError as error:
        take_refusal(form, error)
        application = own_application(what, number)
        form.show_anew(application.version)
        saved = isinstance(error, applying.ChangedMeanwhile)
        return _page(event, type(application), form, application, saved=saved), 422
    flash(_("Your changes are saved."), "success")
    return redirect(url_for(".own", what=what, number=number), 303)


@blueprint.get(f"{OWN}/wycofaj")
@signed_in
def withdraw(what: str, number: int) -> ResponseReturnValue:
    """Ask whether the application should really be withdrawn; one that is, is shown instead."""
    application = own_application(what, number)
    if not can_withdraw_application(current_user, application, now()):
        return redirect(url_for(".own", what=what, number=number), 303)
    return render_template(
        "festival/withdraw.html", application=application, event=application.event, what=what
    )


@blueprint.post(f"{OWN}/wycofaj")
@signed_in
def confirm_withdraw(what: str, number: int) -> ResponseReturnValue:
    """Withdraw it; the place or the time is free for somebody else."""
    application = own_application(what, number)
    reason = request.form.get("reason", "")[:1000]
    with transaction():
        applying.withdraw(application, reason, by=current_user._get_current_object(), at=now())
    flash(_("Your application is withdrawn. Thank you for letting us know."), "success")
    return redirect(url_for(".own", what=what, number=number), 303)


def _too_late() -> str:
    return _("This application is decided or withdrawn. Write to the office if something changes.")


def _page(
    event: Event,
    kind: type[Application],
    form: ApplicationForm,
    application: Application | None = None,
    *,
    known: Application | None = None,
    saved: bool = False,
) -> str:
    """The form; ``known``: what was sent before, ``saved``: with what stands now beside it."""
    if known is not None and not can_see_application(current_user, known, now()):
        known = None
    shown: dict[str, Any] = {"event": event, "form": form, "application": application}
    shown |= {"known": known, "saved": saved}
    what = STAND if kind is StandApplication else STAGE
    return render_template("festival/apply.html", what=what, **shown)
