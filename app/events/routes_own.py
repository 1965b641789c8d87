"""Addresses at which people see, confirm, change and cancel their sign-ups."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.events import own_calendar, public_list, queries_crowd, queries_signups, signing_up
from app.events.blueprint import blueprint, private
from app.events.finding import signup_of_key
from app.events.models_signups import SignUp, SignUpState
from app.events.permissions import (
    KeyHolder,
    can_answer_offer,
    can_cancel_signup,
    can_change_signup,
    can_erase_signup,
    can_sign_up,
    can_stand_on_list,
    has_ticket,
)
from app.events.post import key_of
from app.events.waiting_words import why_waiting
from app.platform.access import public, signed_in
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError
from app.platform.security import limiter

KEY = "/zapisy/<key>"


@blueprint.get("/konto/zapisy")
@signed_in
def mine() -> ResponseReturnValue:
    """Where one has signed up: what is to come first, and what is over."""
    at = now()
    signups = queries_signups.signups_of_person(current_user)
    return render_template(
        "events/mine.html",
        ahead=[s for s in reversed(signups) if s.event.ends_at > at],
        over=[s for s in signups if s.event.ends_at <= at],
        key_of=key_of,
        has_ticket=has_ticket,
        calendar=own_calendar.address_of(current_user),
    )


@blueprint.get(KEY)
@public
@limiter.limit("600 per hour")
def own(key: str) -> ResponseReturnValue:
    """One's sign-up: a place, or a number and why; and what can be done with it."""
    return _page(key)


def _page(key: str, refused: object = "") -> Response:
    (signup, holder), at = signup_of_key(key), now()
    standing = queries_signups.standing_of(signup)
    return private(
        render_template(
            "events/own.html",
            signup=signup,
            event=signup.event,
            key=key,
            refused=refused,
            standing=standing,
            why=why_waiting(standing, signup.event.per_organisation) if standing else "",
            reorderings=queries_signups.reorderings_of(signup.event) if standing else (),
            may_confirm=signup.state == "unconfirmed" and can_sign_up(holder, signup.event, at),
            may_come_back=can_sign_up(holder, signup.event, at),
            why_closed=signing_up.closed(signup.event, at),
            may_answer=can_answer_offer(holder, signup, at),
            may_change=can_change_signup(holder, signup, at),
            may_cancel=can_cancel_signup(holder, signup, at),
            has_ticket=has_ticket(signup),
            may_stand_on_list=can_stand_on_list(holder, signup, at),
            may_erase=can_erase_signup(holder, signup, at),
        )
    )


@blueprint.post(f"{KEY}/potwierdz")
@public
def confirm(key: str) -> ResponseReturnValue:
    """Confirm the address: from now on the sign-up counts."""
    signup, holder = signup_of_key(key)
    try:
        with transaction():
            signup = signing_up.confirm_address(signup, by=holder, at=now())
            said = outcome_of(signup)
    except signing_up.SignedUpAlready as already:
        flash(_("You were signed up already. This is your sign-up."), "info")
        return redirect(url_for(".own", key=key_of(already.signup)), 303)
    except DomainError as refused:
        return _refused(key, refused)
    flash(said, "success")
    return redirect(url_for(".own", key=key), 303)


@blueprint.post(f"{KEY}/biore")
@public
def accept(key: str) -> ResponseReturnValue:
    """Take the place that was offered."""
    return _done(key, signing_up.accept_offer, _("The place is yours. We are expecting you."))


@blueprint.get(f"{KEY}/rezygnuje")
@public
def cancel(key: str) -> ResponseReturnValue:
    """Ask whether the sign-up should really be cancelled; a cancelled one is shown instead."""
    signup, holder = signup_of_key(key)
    if not can_cancel_signup(holder, signup, now()):
        return redirect(url_for(".own", key=key), 303)
    return private(
        render_template("events/cancel_own.html", signup=signup, event=signup.event, key=key)
    )


@blueprint.post(f"{KEY}/rezygnuje")
@public
def confirm_cancel(key: str) -> ResponseReturnValue:
    """Cancel the sign-up; a second time changes nothing."""
    said = _("Your sign-up is cancelled. Thank you for letting us know.")
    return _done(key, signing_up.cancel, said)


@blueprint.post(f"{KEY}/zapomnij")
@public
def forget(key: str) -> ResponseReturnValue:
    """Erase what we know about the person."""
    said = _("Your data has been erased. Only the number of people stays.")
    return _done(key, signing_up.erase, said)


class Deed(Protocol):
    """What whoever holds the secret link does to the sign-up."""

    def __call__(self, signup: SignUp, /, *, by: KeyHolder, at: datetime) -> object: ...


def _done(key: str, deed: Deed, said: str) -> ResponseReturnValue:
    """Do it, say so, and show how the sign-up stands now."""
    signup, holder = signup_of_key(key)
    try:
        with transaction():
            deed(signup, by=holder, at=now())
    except DomainError as refused:
        return _refused(key, refused)
    flash(said, "success")
    return redirect(url_for(".own", key=key), 303)


def _refused(key: str, why: DomainError) -> ResponseReturnValue:
    """It was too late, or was done before: say so above the sign-up as it stands."""
    page = _page(key, why.message)
    page.status_code = why.status
    return page


@blueprint.post(f"{KEY}/lista")
@public
def stand_on_list(key: str) -> ResponseReturnValue:
    """Let one's name stand on the public list of participants, or take it off."""
    signup, holder = signup_of_key(key)
    agreed = request.form.get("agreed") == "yes"
    with transaction():
        (public_list.agree if agreed else public_list.withdraw)(signup, by=holder, at=now())
    flash(
        _("Your name stands on the public list.")
        if agreed
        else _("Your name does not stand on the public list."),
        "success",
    )
    return redirect(url_for(".own", key=key, _anchor="public-list"), 303)


def outcome_of(signup: SignUp) -> str:
    """What came of signing up, as one sentence."""
    if signup.state is not SignUpState.WAITING:
        return _("You have a place. The details are also in your mail.")
    number = queries_crowd.number_on_list(signup)
    return _("You are number %(number)s on the waiting list.", number=number)
