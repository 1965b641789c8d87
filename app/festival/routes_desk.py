"""Addresses at which the office looks through applications and decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from app.accounts.models import Role
from app.events.models import Event
from app.festival import deciding, queries
from app.festival.addresses import application_to, festival_event
from app.festival.announcing import whereabouts
from app.festival.arranging import fits
from app.festival.blueprint import DESK, blueprint
from app.festival.forms import take_refusal
from app.festival.forms_office import (
    ACCEPT,
    REFUSE,
    DecisionForm,
    ListForm,
    give_form,
    place_choices,
)
from app.festival.models import Application, ApplicationState, StandApplication
from app.festival.permissions import can_arrange_festival, can_decide_application
from app.festival.square import as_spot, as_stand
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError

Some = TypeVar("Some", bound=Application)

ONE = f"{DESK}/<what>/<int:number>"


@blueprint.get(DESK)
@staff(Role.COORDINATOR)
def desk(slug: str) -> ResponseReturnValue:
    """All applications, what is to be decided first, and how far the arrangement is."""
    event, form = festival_event(slug), ListForm(request.args)
    stands, turns = queries.stands(event), queries.turns(event)
    asked = [turn for turn in turns if turn.organisation_id is not None]
    everything: list[Application] = [*stands, *asked]
    accepted = [a for a in everything if a.state is ApplicationState.ACCEPTED]
    return render_template(
        "festival/desk.html",
        event=event,
        festival=queries.festival_of(event),
        form=form,
        filtered=bool(form.stan.data or form.miejsce.data),
        stands=_shown(stands, form),
        turns=_shown(asked, form),
        figures={
            "submitted": sum(a.state is ApplicationState.SUBMITTED for a in everything),
            "accepted": len(accepted),
            "without": sum(not whereabouts(a) for a in accepted),
        },
    )


def _shown(applications: Sequence[Some], form: ListForm) -> list[Some]:
    """Those that were asked for; what waits for a decision comes first."""
    state, where = form.stan.data, form.miejsce.data
    found = [a for a in applications if not state or a.state == state]
    if where:
        found = [a for a in found if bool(whereabouts(a)) == (where == "with")]
    order = list(ApplicationState)
    return sorted(found, key=lambda a: (order.index(a.state), a.created_at, a.id))


@blueprint.get(ONE)
@staff(Role.COORDINATOR)
def application(slug: str, what: str, number: int) -> ResponseReturnValue:
    """One application: all that was asked for, and the decision."""
    event = festival_event(slug)
    found = application_to(event, what, number)
    form = DecisionForm(formdata=None, version=found.version)
    if found.state is ApplicationState.REFUSED:
        form.reason.data = found.reason
    return _page(event, what, found, form)


@blueprint.post(ONE)
@staff(Role.COORDINATOR)
def decide(slug: str, what: str, number: int) -> ResponseReturnValue:
    """Say yes or no; the organisation gets a letter."""
    event, form = festival_event(slug), DecisionForm()
    found = application_to(event, what, number)
    if not form.validate():
        return _page(event, what, found, form), 422
    version, by = form.version.data or 0, current_user._get_current_object()
    try:
        with transaction():
            if form.outcome.data == ACCEPT:
                deciding.accept(found, version=version, by=by, at=now())
            else:
                reason = form.reason.data or ""
                deciding.refuse(found, reason, version=version, by=by, at=now())
    except DomainError as error:
        take_refusal(form, error)
        found = application_to(event, what, number)
        form.show_anew(found.version)
        return _page(event, what, found, form), 422
    flash(_("Decided. A letter is on its way to the organisation."), "success")
    return redirect(url_for(".application", slug=slug, what=what, number=number), 303)


def _page(event: Event, what: str, found: Application, form: DecisionForm) -> str:
    at = now()
    if found.state in {ApplicationState.ACCEPTED, ApplicationState.REFUSED}:
        taken = ACCEPT if found.state is ApplicationState.ACCEPTED else REFUSE
        form.outcome.data = form.outcome.data or taken
    giving = None
    if isinstance(found, StandApplication) and found.state is ApplicationState.ACCEPTED:
        giving = give_form(found, free_choices(event, found))
    return render_template(
        "festival/application.html",
        event=event,
        what=what,
        application=found,
        form=form,
        giving=giving,
        vouched=queries.is_vouched_for(found),
        may_decide=can_decide_application(current_user, found, at),
        may_arrange=can_arrange_festival(current_user, event, at),
    )


def free_choices(event: Event, stand: StandApplication) -> list[SelectChoice]:
    """The places that one stand could have: free ones that fit, and its own."""
    taken = {other.place_id for other in queries.stands(event)} - {stand.place_id}
    places = [p for p in queries.places(event) if p.id not in taken]
    return place_choices([p for p in places if fits(as_stand(stand), as_spot(p))])
