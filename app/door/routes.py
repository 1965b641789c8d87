"""Addresses of the door: the list, its living part, and what was done."""

from __future__ import annotations

from typing import Any

from flask import (
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.config import ROOT
from app.door import actions, routes_figures, routes_papers
from app.door.acts import MOST_ACTS, Act, Deed, Outcome, UnreadableAct, act_from
from app.door.blueprint import EVENT, blueprint, private
from app.door.camera import UnreadablePicture, codes_in
from app.door.forms import LetInForm, WalkInForm
from app.door.models import CheckInWay
from app.door.permissions import OPENS_BEFORE, can_take_attendance
from app.door.queries import figures_of, guests_of, matching
from app.events.finding import event_with_people
from app.events.models import Event
from app.platform.access import public, staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, require
from app.platform.keys import new_submission_key

__all__ = ["blueprint", "routes_figures", "routes_papers"]

DOOR = f"{EVENT}/wejscie"


@blueprint.get(DOOR)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def show(slug: str) -> ResponseReturnValue:
    """Who is expected, who has come, and the ways to let people in."""
    return _page(event_with_people(slug), WalkInForm(formdata=None))


@blueprint.get("/biurko/wydarzenia/wejscie.js")
@public
def worker() -> ResponseReturnValue:
    """The script that opens the page of the door again without a network.

    It stands here because a browser lets it serve only what lies beneath its own address.
    """
    answer = send_from_directory(
        ROOT / "static" / "js", "door_worker.js", mimetype="text/javascript"
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get(f"{DOOR}/lista")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def people(slug: str) -> ResponseReturnValue:
    """The living part of the page, which other devices at the door change too."""
    event = event_with_people(slug)
    return private(render_template("door/_people.html", **_what_is_shown(event)))


@blueprint.post(f"{DOOR}/<int:number>/wpusc")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def let_in(slug: str, number: int) -> ResponseReturnValue:
    """Let somebody of the list in."""
    event, form = event_with_people(slug), LetInForm()
    way = CheckInWay.CODE if form.way.data == "code" else CheckInWay.NAME
    reason = (form.reason.data or "").strip()[:500]
    act = Act(new_submission_key(), Deed.LET_IN, now(), way, number, reason=reason)
    return _done(event, act)


@blueprint.post(f"{DOOR}/<int:number>/cofnij")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def take_back(slug: str, number: int) -> ResponseReturnValue:
    """Somebody was let in by mistake."""
    act = Act(new_submission_key(), Deed.TAKE_BACK, now(), participant_id=number)
    return _done(event_with_people(slug), act)


@blueprint.post(f"{DOOR}/bez-zapisu")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def walk_in(slug: str) -> ResponseReturnValue:
    """Write in somebody who came without a sign-up."""
    event, form = event_with_people(slug), WalkInForm()
    if not form.validate():
        return _page(event, form), 422
    sent = {
        "key": form.key.data,
        "deed": "walk_in",
        "way": "walk_in",
        "at": now().isoformat(),
        "name": form.name.data or "",
        "reason": form.reason.data or "",
    }
    try:
        return _done(event, act_from(sent))
    except UnreadableAct:
        abort(400)
    except actions.NoRoom as full:
        form.reason.errors = [str(full.message)]
        return _page(event, form), 422


@blueprint.post(f"{DOOR}/kolejka")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def catch_up(slug: str) -> ResponseReturnValue:
    """What a device has done, perhaps while the network was down; each act is answered apart.

    An act that cannot be done is answered with the reason, and does not hold up the others.
    """
    sent = request.get_json(silent=True)
    acts = sent.get("acts") if isinstance(sent, dict) else None
    if not isinstance(acts, list) or len(acts) > MOST_ACTS:
        abort(400)
    event, at = event_with_people(slug), now()
    with transaction():
        answers = [_answer(event, each) for each in acts]
    return jsonify(answers=answers, now=at.isoformat())


@blueprint.post(f"{DOOR}/obraz")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def read_picture(slug: str) -> ResponseReturnValue:
    """The ticket codes in what a camera sees, for a browser that cannot read them itself."""
    require(can_take_attendance(current_user, event_with_people(slug), now()), actions.WHEN_TAKEN)
    try:
        return jsonify(codes=codes_in(request.get_data(cache=False)))
    except UnreadablePicture:
        abort(400)


def _answer(event: Event, sent: Any) -> dict[str, str]:
    key = sent.get("key") if isinstance(sent, dict) else None
    answer = {"key": key if isinstance(key, str) else ""}
    try:
        act = act_from(sent)
        outcome = actions.carry_out(event, act, by=current_user, at=now())
        return {**answer, "outcome": str(outcome)}
    except UnreadableAct:
        return {**answer, "outcome": "refused", "words": _("This could not be understood.")}
    except DomainError as error:
        return {**answer, "outcome": "refused", "words": str(error.message)}


def _done(event: Event, act: Act) -> ResponseReturnValue:
    with transaction():
        outcome = actions.carry_out(event, act, by=current_user, at=now())
    said = {
        Outcome.IN: _("Let in."),
        Outcome.ALREADY: _("This person had been let in before."),
        Outcome.OUT: _("Taken back."),
        Outcome.OVERTAKEN: _("Somebody has changed this in the meantime. Check the list."),
    }
    flash(said[outcome], "success" if outcome is not Outcome.ALREADY else "warning")
    return redirect(url_for(".show", slug=event.slug, szukaj=request.args.get("szukaj")), 303)


def _what_is_shown(event: Event) -> dict[str, Any]:
    guests = guests_of(event)
    sought = request.args.get("szukaj", "").strip()[:200]
    shown = matching(guests, sought) if sought else guests
    by_code = len(shown) == 1 and shown[0].code == sought.upper()
    return {
        "event": event,
        "guests": shown,
        "figures": figures_of(guests),
        "sought": sought,
        "way": "code" if by_code else "name",
        "open": can_take_attendance(current_user, event, now()),
    }


def _page(event: Event, form: WalkInForm) -> Response:
    shown = _what_is_shown(event)
    opens_at = event.starts_at - OPENS_BEFORE
    page = render_template("door/show.html", form=form, opens_at=opens_at, **shown)
    response = private(page)
    response.headers["Permissions-Policy"] = (
        "camera=(self), microphone=(), geolocation=(), interest-cohort=()"
    )
    return response
