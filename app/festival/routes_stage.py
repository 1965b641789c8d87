"""Addresses of the programme of the stages."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.events.models import Event
from app.festival import queries, staging
from app.festival.addresses import STAGE, application_to, festival_event
from app.festival.applying import AppliedAlready, ChangedMeanwhile
from app.festival.blueprint import DESK, blueprint
from app.festival.forms import VersionedForm, take_refusal
from app.festival.forms_office import PointForm, SlotForm, StagesForm, slot_form
from app.festival.models import ApplicationState, StageApplication
from app.festival.permissions import can_arrange_festival
from app.festival.stage_programme import running
from app.festival.stage_words import problem
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, NotFound
from app.platform.keys import new_submission_key

STAGES = f"{DESK}/sceny"
TURN = f"{STAGES}/<int:number>"
POINT = f"{STAGES}/punkt"


@blueprint.get(STAGES)
@staff(Role.COORDINATOR)
def stages(slug: str) -> ResponseReturnValue:
    """What is on each stage, in order, and who waits for a time."""
    event = festival_event(slug)
    form = StagesForm(formdata=None)
    form.names.data = "\n".join(queries.festival_of(event).stages)
    return _stages_page(event, form)


@blueprint.post(STAGES)
@staff(Role.COORDINATOR)
def name_stages(slug: str) -> ResponseReturnValue:
    """Say which stages there are."""
    event, form = festival_event(slug), StagesForm()
    if not form.validate():
        return _stages_page(event, form), 422
    names = (form.names.data or "").splitlines()
    try:
        with transaction():
            staging.name_stages(event, names, by=current_user._get_current_object(), at=now())
    except DomainError as error:
        take_refusal(form, error)
        return _stages_page(event, form), 422
    flash(_("Saved."), "success")
    return redirect(url_for(".stages", slug=slug), 303)


def _stages_page(event: Event, form: StagesForm) -> str:
    shown = queries.on_stage(event)
    festival = queries.festival_of(event)
    waiting = [
        turn for turn in queries.turns(event, ApplicationState.ACCEPTED) if turn.starts_at is None
    ]
    return render_template(
        "festival/stages.html",
        event=event,
        form=form,
        stages=[(name, [t for t in shown if t.stage == name]) for name in festival.stages],
        wrong=_wrong(event, shown),
        waiting=waiting,
        may_arrange=can_arrange_festival(current_user, event, now()),
    )


def _wrong(event: Event, shown: Sequence[StageApplication]) -> dict[int, str]:
    """What clashes all the same, because the event was moved or an application is older."""
    known = {turn.id: turn for turn in shown}
    found = running(queries.turns_on(event), queries.day_of(event))
    return {n: problem(against[0], known, event, known[n].stage) for n, against in found.items()}


@blueprint.get(TURN)
@staff(Role.COORDINATOR)
def slot(slug: str, number: int) -> ResponseReturnValue:
    """When and where somebody is on stage, and where there is room."""
    event = festival_event(slug)
    turn = _turn(event, number)
    return _slot_page(event, turn, slot_form(turn, queries.festival_of(event).stages))


@blueprint.post(TURN)
@staff(Role.COORDINATOR)
def save_slot(slug: str, number: int) -> ResponseReturnValue:
    """Put somebody on a stage; to move them, or when everybody knows, it is shown first."""
    event = festival_event(slug)
    turn, festival = _turn(event, number), queries.festival_of(event)
    form = slot_form(turn, festival.stages)
    wanted = form.slot(event) if form.validate() else None
    if wanted is None:
        if not form.errors:
            form.begins.errors = [_("At this hour the clocks are changed. Choose another one.")]
        return _slot_page(event, turn, form), 422
    against = staging.why_not(turn, wanted)
    if against is not None:
        form.begins.errors = [against]
        return _slot_page(event, turn, form), 422
    told = turn.starts_at is not None or festival.published_at is not None
    if "correct" in request.form or (told and "send" not in request.form):
        preview = None if "correct" in request.form else wanted
        return _slot_page(event, turn, form, preview)
    try:
        with transaction():
            version, by = form.version.data or 0, current_user._get_current_object()
            staging.put_on(turn, wanted, version=version, by=by, at=now())
    except DomainError as error:
        take_refusal(form, error)
        turn = _turn(event, number)
        form.show_anew(turn.version)
        return _slot_page(event, turn, form), 422
    flash(_("Saved."), "success")
    return redirect(url_for(".stages", slug=slug), 303)


@blueprint.post(f"{TURN}/zdejmij")
@staff(Role.COORDINATOR)
def take_off(slug: str, number: int) -> ResponseReturnValue:
    """Take somebody's time back."""
    event, form = festival_event(slug), VersionedForm()
    turn = _turn(event, number)
    with transaction():
        version, by = form.version.data or 0, current_user._get_current_object()
        staging.take_off(turn, version=version, by=by, at=now())
    flash(_("The time is free again."), "success")
    return redirect(url_for(".stages", slug=slug), 303)


def _turn(event: Event, number: int) -> StageApplication:
    found = application_to(event, STAGE, number)
    assert isinstance(found, StageApplication)
    return found


def _slot_page(
    event: Event, turn: StageApplication, form: SlotForm, preview: staging.Slot | None = None
) -> str:
    festival = queries.festival_of(event)
    shown = queries.on_stage(event)
    return render_template(
        "festival/slot.html",
        event=event,
        turn=turn,
        form=form,
        preview=preview,
        published=festival.published_at is not None,
        free=staging.free_starts(turn, festival.stages),
        stages=[(name, [t for t in shown if t.stage == name]) for name in festival.stages],
        may_arrange=can_arrange_festival(current_user, event, now())
        and turn.state is ApplicationState.ACCEPTED,
    )


@blueprint.get(POINT)
@staff(Role.COORDINATOR)
def new_point(slug: str) -> ResponseReturnValue:
    """A point of the programme by the office itself."""
    form = PointForm(formdata=None)
    form.submission_key.data = new_submission_key()
    return _point_page(festival_event(slug), form)


@blueprint.post(POINT)
@staff(Role.COORDINATOR)
def add_point(slug: str) -> ResponseReturnValue:
    """Add it; its time comes next."""
    event, form = festival_event(slug), PointForm()
    if not form.is_right(event):
        return _point_page(event, form), 422
    try:
        with transaction():
            key, by = form.submission_key.data or "", current_user._get_current_object()
            point = staging.add_point(event, form.wish(event), submission_key=key, by=by, at=now())
            number = point.id
    except AppliedAlready as already:
        take_refusal(form, already)
        form.submission_key.data = new_submission_key()
        return _point_page(event, form), 422
    flash(_("The point is added. Choose its time now."), "success")
    return redirect(url_for(".slot", slug=slug, number=number), 303)


@blueprint.get(f"{TURN}/zmien")
@staff(Role.COORDINATOR)
def edit_point(slug: str, number: int) -> ResponseReturnValue:
    """What a point of the office says."""
    event = festival_event(slug)
    point = _point(event, number)
    form = PointForm(formdata=None, obj=point)
    return _point_page(event, form, point)


@blueprint.post(f"{TURN}/zmien")
@staff(Role.COORDINATOR)
def save_point(slug: str, number: int) -> ResponseReturnValue:
    """Change it."""
    event, form = festival_event(slug), PointForm()
    point = _point(event, number)
    if not form.is_right(event):
        return _point_page(event, form, point), 422
    try:
        with transaction():
            version, by = form.version.data or 0, current_user._get_current_object()
            staging.change_point(point, form.wish(event), version=version, by=by, at=now())
    except DomainError as error:
        take_refusal(form, error)
        point = _point(event, number)
        form.show_anew(point.version)
        return _point_page(event, form, point, saved=isinstance(error, ChangedMeanwhile)), 422
    flash(_("Saved."), "success")
    return redirect(url_for(".stages", slug=slug), 303)


@blueprint.post(f"{TURN}/usun")
@staff(Role.COORDINATOR)
def remove_point(slug: str, number: int) -> ResponseReturnValue:
    """Take it out of the programme."""
    event = festival_event(slug)
    point = _point(event, number)
    with transaction():
        staging.remove_point(point, by=current_user._get_current_object(), at=now())
    flash(_("The point is taken out of the programme."), "success")
    return redirect(url_for(".stages", slug=slug), 303)


def _point(event: Event, number: int) -> StageApplication:
    point = _turn(event, number)
    if point.organisation_id is not None:
        raise NotFound
    return point


def _point_page(
    event: Event, form: PointForm, point: StageApplication | None = None, *, saved: bool = False
) -> str:
    """The form; ``saved``: with what stands now beside what was typed."""
    return render_template("festival/point.html", event=event, form=form, point=point, saved=saved)
