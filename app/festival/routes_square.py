"""Addresses of the plan of the square."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.events.models import Event
from app.festival import queries, square
from app.festival.addresses import STAND, application_to, festival_event
from app.festival.arranging import fits
from app.festival.blueprint import DESK, blueprint
from app.festival.forms import VersionedForm, take_refusal
from app.festival.forms_office import LayoutForm, PlaceForm, give_form, place_choices
from app.festival.models import ApplicationState, StandApplication, StandPlace
from app.festival.permissions import can_arrange_festival
from app.festival.plan import plan_of
from app.festival.square import as_spot, as_stand
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, NotFound
from app.platform.links import number as number_from

PLAN = f"{DESK}/plan"


@blueprint.get(PLAN)
@staff(Role.COORDINATOR)
def plan(slug: str) -> ResponseReturnValue:
    """The square with who stands where, who waits for a place, and the way to more places."""
    return _plan_page(festival_event(slug), LayoutForm(formdata=None))


@blueprint.post(PLAN)
@staff(Role.COORDINATOR)
def lay_out(slug: str) -> ResponseReturnValue:
    """Add rows of places in one step."""
    event, form = festival_event(slug), LayoutForm()
    if not form.validate():
        return _plan_page(event, form), 422
    try:
        with transaction():
            by = current_user._get_current_object()
            made = square.lay_out(event, form.layout(), by=by, at=now())
    except DomainError as error:
        take_refusal(form, error)
        return _plan_page(event, form), 422
    flash(
        ngettext("%(num)s place is on the plan.", "%(num)s new places are on the plan.", made),
        "success",
    )
    return redirect(url_for(".plan", slug=slug), 303)


def _plan_page(event: Event, form: LayoutForm) -> str:
    places, stands = queries.places(event), queries.stands(event, ApplicationState.ACCEPTED)
    taken = {stand.place_id for stand in stands}
    free = [place for place in places if place.id not in taken]
    waiting = [
        (stand, give_form(stand, place_choices(_fitting(stand, free))))
        for stand in stands
        if stand.place_id is None
    ]
    return render_template(
        "festival/plan.html",
        event=event,
        form=form,
        plan=plan_of(places, stands),
        free=len(free),
        waiting=waiting,
        published=queries.festival_of(event).published_at is not None,
        may_arrange=can_arrange_festival(current_user, event, now()),
    )


def _fitting(stand: StandApplication, places: list[StandPlace]) -> list[StandPlace]:
    return [place for place in places if fits(as_stand(stand), as_spot(place))]


@blueprint.post(f"{DESK}/stoisko/<int:number>/miejsce")
@staff(Role.COORDINATOR)
def give_place(slug: str, number: int) -> ResponseReturnValue:
    """Put a stand on a place, or on none."""
    event, form = festival_event(slug), VersionedForm()
    stand = application_to(event, STAND, number)
    assert isinstance(stand, StandApplication)
    chosen = request.form.get("place", type=number_from)
    if chosen is None:
        abort(400)
    try:
        with transaction():
            version, by = form.version.data or 0, current_user._get_current_object()
            square.give_place(stand, chosen or None, version=version, by=by, at=now())
    except DomainError as error:
        layout = LayoutForm(formdata=None)
        take_refusal(layout, error)
        return _plan_page(event, layout), error.status
    flash(_("Saved."), "success")
    return redirect(url_for(".plan", slug=slug), 303)


@blueprint.get(f"{PLAN}/<int:number>")
@staff(Role.COORDINATOR)
def place(slug: str, number: int) -> ResponseReturnValue:
    """One place: its name, metres and power, and who stands on it."""
    event = festival_event(slug)
    found = _place(event, number)
    return _place_page(event, found, PlaceForm(formdata=None, obj=found))


@blueprint.post(f"{PLAN}/<int:number>")
@staff(Role.COORDINATOR)
def save_place(slug: str, number: int) -> ResponseReturnValue:
    """Change a place."""
    event, form = festival_event(slug), PlaceForm()
    found = _place(event, number)
    if not form.validate():
        return _place_page(event, found, form), 422
    try:
        with transaction():
            square.change_place(
                found,
                form.label.data,
                form.metres.data or 0,
                form.has_power.data,
                by=current_user._get_current_object(),
                at=now(),
            )
    except DomainError as error:
        take_refusal(form, error)
        return _place_page(event, _place(event, number), form), 422
    flash(_("Saved."), "success")
    return redirect(url_for(".plan", slug=slug), 303)


@blueprint.post(f"{PLAN}/<int:number>/usun")
@staff(Role.COORDINATOR)
def remove_place(slug: str, number: int) -> ResponseReturnValue:
    """Take a place out of the plan, if nobody stands on it."""
    event = festival_event(slug)
    try:
        with transaction():
            square.remove_place(event, number, by=current_user._get_current_object(), at=now())
    except DomainError as error:
        found = _place(event, number)
        form = PlaceForm(formdata=None, obj=found)
        take_refusal(form, error)
        return _place_page(event, found, form), error.status
    flash(_("The place is taken out of the plan."), "success")
    return redirect(url_for(".plan", slug=slug), 303)


def _place(event: Event, number: int) -> StandPlace:
    found = queries.place_of(event, number)
    if found is None:
        raise NotFound
    return found


def _place_page(event: Event, found: StandPlace, form: PlaceForm) -> str:
    stands = queries.stands(event, ApplicationState.ACCEPTED)
    stand = next((s for s in stands if s.place_id == found.id), None)
    may = can_arrange_festival(current_user, event, now())
    return render_template(
        "festival/place.html", event=event, place=found, form=form, stand=stand, may_arrange=may
    )


@blueprint.get(f"{PLAN}/propozycja")
@staff(Role.COORDINATOR)
def arrangement(slug: str) -> ResponseReturnValue:
    """Where the rest of the stands could stand; nothing is changed yet."""
    return _arrangement_page(festival_event(slug))


def _arrangement_page(event: Event, problem: object = "") -> str:
    found = square.proposed(event)
    spots = {place.id: place for place in queries.places(event)}
    stands = queries.stands(event, ApplicationState.ACCEPTED)
    return render_template(
        "festival/arrangement.html",
        event=event,
        festival=queries.festival_of(event),
        pairs=[(s, spots[found[s.id]]) for s in stands if s.id in found],
        left=[s for s in stands if s.place_id is None and s.id not in found],
        may_arrange=can_arrange_festival(current_user, event, now()),
        problem=problem,
    )


@blueprint.post(f"{PLAN}/propozycja")
@staff(Role.COORDINATOR)
def take_arrangement(slug: str) -> ResponseReturnValue:
    """Put the rest where the proposal says."""
    event = festival_event(slug)
    revision = request.form.get("revision", 0, type=number_from)
    try:
        with transaction():
            by = current_user._get_current_object()
            put = square.take_proposal(event, _pairs(), revision=revision, by=by, at=now())
    except DomainError as error:
        if error.status != DomainError.status:
            raise
        return _arrangement_page(event, error.message), error.status
    flash(ngettext("%(num)s stand has a place.", "%(num)s stands have places.", put), "success")
    return redirect(url_for(".plan", slug=slug), 303)


def _pairs() -> dict[int, int]:
    """The pairs of the proposal, each sent as ``stand:place``."""
    pairs = {}
    for sent in request.form.getlist("pair")[: square.MOST_PLACES]:
        stand, _colon, spot = sent.partition(":")
        if stand.isdecimal() and spot.isdecimal():
            pairs[int(stand)] = int(spot)
    return pairs
