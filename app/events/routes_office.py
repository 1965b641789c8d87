"""Addresses at which the coordinator prepares, changes, publishes and copies events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms import SelectChoice

from app.accounts.models import Role
from app.documents.models import Document
from app.events import actions, inviting, queries
from app.events.blueprint import blueprint
from app.events.differing import Difference, differences
from app.events.finding import visible_event
from app.events.forms_office import EventForm
from app.events.forms_people import CopyForm
from app.events.local_times import moved_along
from app.events.models import Audience, Event, EventStatus
from app.events.planning import Occasion, Plan, passed
from app.events.references import provisions_named
from app.events.typed import FRESH, typed_from
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError
from app.platform.links import number
from app.platform.pages import cut
from app.platform.polish import fits

OFFICE = "/biurko/wydarzenia"
ONE = f"{OFFICE}/<slug>"

#: Events on a page.
PER_PAGE = 30


@blueprint.get(OFFICE)
@staff(Role.COORDINATOR)
def office() -> ResponseReturnValue:
    """All events, those in preparation among them: what comes up, or what is over."""
    at, events = now(), queries.all_events()
    sought = request.args.get("szukaj", "").strip()[:200]
    found = [event for event in events if fits(event.title, sought)]
    ahead = [event for event in reversed(found) if event.ends_at > at]
    over = [event for event in found if event.ends_at <= at]
    only_over = request.args.get("zakonczone") == "1"
    return render_template(
        "events/office.html",
        page=cut(
            over if only_over else ahead, request.args.get("strona", 1, type=number), PER_PAGE
        ),
        only_over=only_over,
        over=over,
        sought=sought,
        everything=len(events),
    )


@blueprint.get(f"{OFFICE}/nowe")
@staff(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """An empty form."""
    return _page(_form(None, data=FRESH, fresh=True), None)


@blueprint.post(f"{OFFICE}/nowe")
@staff(Role.COORDINATOR)
def create() -> ResponseReturnValue:
    """Prepare an event, or a series of dates."""
    form = _form(None)
    plan = _plan(form, None)
    if plan is None:
        return _page(form, None), 422
    lasts = plan.occasion.ends_at - plan.occasion.starts_at
    others = [_another(plan.occasion, beginning, lasts) for beginning in form.beginnings()]
    late = [problem for other in others for _field, problem in passed(other, now())]
    if late:
        form.say([("other_dates", late[0])])
        return _page(form, None), 422
    with transaction():
        made = actions.prepare(
            plan,
            others,
            submission_key=form.submission_key.data or None,
            by=current_user,
            at=now(),
        )
        slug, count = made[0].slug, len(made)
    flash(
        ngettext(
            "The event is saved. Only the office sees it until you publish it.",
            "%(num)s dates are saved. Only the office sees them until you publish each.",
            count,
        ),
        "success",
    )
    return redirect(url_for(".edit", slug=slug), 303)


def _another(first: Occasion, beginning: datetime, lasts: timedelta) -> Occasion:
    closes = first.signup_closes_at
    return replace(
        first,
        starts_at=beginning,
        ends_at=beginning + lasts,
        signup_closes_at=closes and moved_along(closes, first.starts_at, beginning),
    )


@blueprint.get(ONE)
@staff(Role.COORDINATOR)
def edit(slug: str) -> ResponseReturnValue:
    """What is said about an event, to be changed."""
    event = visible_event(slug)
    data = typed_from(actions.plan_of(event)) | {"provisions": _cited(event)}
    return _page(_form(event, data=data, fresh=True), event)


@blueprint.post(ONE)
@staff(Role.COORDINATOR)
def save(slug: str) -> ResponseReturnValue:
    """Change what is said about an event; a larger room goes to those who wait."""
    event = visible_event(slug)
    form = _form(event)
    plan = _plan(form, event)
    if plan is None:
        return _page(form, event), 422
    try:
        with transaction():
            version = form.version.data or ""
            actions.change(event, plan, version=version, by=current_user, at=now())
    except actions.ChangedMeanwhile:
        return _both(slug, form, plan), 409
    except DomainError as error:
        form.say([("", error.message)])
        return _page(form, event), 422
    flash(_("The changes are saved."), "success")
    return redirect(url_for(".edit", slug=slug), 303)


def _both(slug: str, form: EventForm, plan: Plan) -> str:
    """What was typed, in the form, below what somebody else has saved and differs from it."""
    event = visible_event(slug)
    stands = actions.plan_of(event)
    form.stand_upon(stands)
    return _page(form, event, differences(form, stands, plan, _cited(event)))


def _cited(event: Event) -> str:
    return ", ".join(citation for _p, _d, citation in queries.provisions_about(event))


@blueprint.post(f"{ONE}/oglos")
@staff(Role.COORDINATOR)
def publish(slug: str) -> ResponseReturnValue:
    """Show an event to everybody."""
    with transaction():
        told = actions.publish(visible_event(slug), by=current_user, at=now())
    said = _("The event is published. Everybody can see it now.")
    letters = ngettext(
        "%(num)s invitation is on its way.", "%(num)s invitations are on their way.", told
    )
    flash(f"{said} {letters}" if told else said, "success")
    return redirect(url_for(".edit", slug=slug), 303)


@blueprint.get(f"{ONE}/kopiuj")
@staff(Role.COORDINATOR)
def copy(slug: str) -> ResponseReturnValue:
    """Ask for the date of the copy."""
    event = visible_event(slug)
    return render_template("events/copy.html", event=event, form=CopyForm(formdata=None))


@blueprint.post(f"{ONE}/kopiuj")
@staff(Role.COORDINATOR)
def save_copy(slug: str) -> ResponseReturnValue:
    """Prepare the same event for another date."""
    event, form = visible_event(slug), CopyForm()
    starts_at = form.starts_at.data if form.validate() else None
    if starts_at is not None:
        lasts = event.ends_at - event.starts_at
        late = passed(Occasion(starts_at, starts_at + lasts), now())
        form.starts_at.errors = [problem for _field, problem in late]
    if starts_at is None or form.starts_at.errors:
        return render_template("events/copy.html", event=event, form=form), 422
    with transaction():
        made = actions.copy(event, starts_at, by=current_user, at=now())
        address = made.slug
    flash(_("The copy is saved. Only the office sees it until you publish it."), "success")
    return redirect(url_for(".edit", slug=address), 303)


def _form(event: Event | None, *, data: object = None, fresh: bool = False) -> EventForm:
    form = EventForm(formdata=None, data=data) if fresh else EventForm()
    form.documents.choices = [
        SelectChoice(document.id, f"{document.title} ({document.consultation.year})")
        for document in queries.documents_to_choose()
    ]
    form.facilitators.people = queries.who_can_run(event)
    if event is not None:
        del form.other_dates
    if event is not None and event.status is not EventStatus.DRAFT:
        form.keep_kind(event.kind)
        if form.starts_at.name not in request.form:  # else it was opened before it was published
            del form.starts_at, form.ends_at, form.place, form.online_url
    return form


def _plan(form: EventForm, event: Event | None) -> Plan | None:
    """What the form says, or ``None``: then its fields say what to do."""
    if not form.validate():
        return None
    documents = queries.documents_by_ids(form.documents.data)
    provisions, unknown = provisions_named(form.provisions.data or "", documents)
    if unknown:
        words = ", ".join(unknown)
        form.say([("provisions", _("Not found in the chosen documents: %(words)s", words=words))])
        return None
    plan = Plan(
        particulars=form.particulars(_consultation(event, documents)),
        occasion=_occasion(form, event),
        questions=form.asked(),
        hosts=form.hosts(),
        document_ids=tuple(document.id for document in documents),
        provision_ids=tuple(provisions),
    )
    if event is None or event.status is EventStatus.DRAFT:
        form.say(list(passed(plan.occasion, now())))
    right = form.is_right(plan, event.taken if event else 0)
    return plan if right and not form.errors else None


def _occasion(form: EventForm, event: Event | None) -> Occasion:
    if event is None or "starts_at" in form:
        return form.occasion()
    return Occasion(
        event.starts_at,
        event.ends_at,
        event.place,
        event.online_url,
        form.signup_opens_at.data,
        form.signup_closes_at.data,
    )


def _consultation(event: Event | None, documents: list[Document]) -> int | None:
    if documents:
        return documents[0].consultation_id
    return event.consultation_id if event is not None else None


def _page(form: EventForm, event: Event | None, meanwhile: Sequence[Difference] = ()) -> str:
    to_be_invited = event and event.audience is Audience.INVITED and event.published_at is None
    letter = inviting.previewed(event) if event and to_be_invited else {}
    return render_template(
        "events/form.html", form=form, event=event, meanwhile=meanwhile, **letter
    )
