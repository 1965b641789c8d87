"""Addresses at which people sign up."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Organisation, User, Visitor
from app.accounts.queries import directory
from app.events import signing_up
from app.events.blueprint import A_MAILBOX, A_ROOM, blueprint, mailbox, private
from app.events.content import Applicant
from app.events.finding import event_to_sign_up, signup_of_key, visible_event
from app.events.forms import SignUpForm, form_for, largest_of
from app.events.models import Audience, Event
from app.events.models_signups import SignUp
from app.events.permissions import can_change_signup, can_sign_up
from app.events.post import key_of
from app.events.queries_signups import live_signup_of
from app.events.routes_own import KEY, outcome_of
from app.platform.access import public
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError
from app.platform.security import limiter

SIGN_UP = "/wydarzenia/<slug>/zapisy"


@blueprint.get(SIGN_UP)
@public
def sign_up(slug: str) -> ResponseReturnValue:
    """The form; whoever is signed up already is shown their sign-up, and whoever cannot sign up
    the page of the event, with the reason.
    """
    event, at = visible_event(slug), now()
    known = live_signup_of(event, current_user.email) if current_user.is_authenticated else None
    if known is not None:
        return redirect(url_for(".own", key=key_of(known)), 303)
    refused: object = None
    if not can_sign_up(current_user, event, at):
        refused = signing_up.closed(event, at)
    elif event.audience is Audience.ORGANISATIONS and not current_user.memberships:
        refused = signing_up.FOR_ORGANISATIONS
    if refused is not None:
        flash(str(refused), "info")
        return redirect(url_for(".show", slug=slug), 303)
    return _page(event, form_for(event, current_user))


@blueprint.post(SIGN_UP)
@public
@limiter.limit(A_ROOM)
@limiter.limit(A_MAILBOX, key_func=mailbox, exempt_when=lambda: current_user.is_authenticated)
def send_sign_up(slug: str) -> ResponseReturnValue:
    """Sign up: the answer is a place, a number, or (for a guest) a letter to confirm."""
    (event, questions), at = event_to_sign_up(slug), now()
    by = current_user._get_current_object()
    form = form_for(event, by, questions=questions)
    if not can_sign_up(by, event, at):
        return _refused(event, form, DomainError(signing_up.closed(event, at)))
    organisation = _organisation(form, by)
    if not form.is_right(largest_of(event, organisation, None)):
        return _page(event, form), 422
    person = by if isinstance(by, User) else None
    applicant = Applicant(person, organisation, *_known_as(form, by))
    try:
        with transaction():
            signup = signing_up.sign_up(
                event,
                form.wish(),
                applicant,
                submission_key=form.submission_key.data or "",
                by=by,
                at=at,
            )
            said = outcome_of(signup) if signup is not None and person else ""
            key = key_of(signup) if signup is not None else ""
    except signing_up.SignedUpAlready as already:
        flash(_("You were signed up already. This is your sign-up."), "info")
        return redirect(url_for(".own", key=key_of(already.signup)), 303)
    except DomainError as error:
        return _refused(event, form, error)
    if signup is None or person is None:
        return redirect(url_for(".check_mail", slug=slug), 303)
    flash(said, "success")
    return redirect(url_for(".own", key=key), 303)


@blueprint.get(f"{SIGN_UP}/potwierdz")
@public
def check_mail(slug: str) -> ResponseReturnValue:
    """What a guest does next; the same page whether the address was known or not."""
    return render_template("events/check_mail.html", event=visible_event(slug))


@blueprint.get(f"{KEY}/zmien")
@public
def change(key: str) -> ResponseReturnValue:
    """The form with what was said before."""
    signup, holder = signup_of_key(key)
    if not can_change_signup(holder, signup, now()):
        flash(_("This sign-up can no longer be changed."), "info")
        return redirect(url_for(".own", key=key), 303)
    return private(_page(signup.event, form_for(signup.event, current_user, signup), key, signup))


@blueprint.post(f"{KEY}/zmien")
@public
def save_change(key: str) -> ResponseReturnValue:
    """Change who comes and what was answered."""
    signup, holder = signup_of_key(key)
    form = form_for(signup.event, current_user, signup)
    if not form.is_right(largest_of(signup.event, signup.organisation, signup)):
        return _page(signup.event, form, key, signup), 422
    try:
        with transaction():
            signing_up.change(signup, form.wish(), by=holder, at=now())
    except DomainError as error:
        form.say([("names", error.message)])
        return _page(signup.event, form, key, signup), 422
    flash(_("Your changes are saved."), "success")
    return redirect(url_for(".own", key=key), 303)


def _organisation(form: SignUpForm, by: User | Visitor) -> Organisation | None:
    wanted = form.organisation_id()
    if not wanted:
        return None
    own = (m.organisation for m in by.memberships)
    known = own if isinstance(by, User) else directory()
    return next((organisation for organisation in known if organisation.id == wanted), None)


def _known_as(form: SignUpForm, by: User | Visitor) -> tuple[str, str]:
    if "email" not in form:
        return by.name, by.email
    return form.name.data or "", form.email.data or ""


def _refused(event: Event, form: SignUpForm, why: DomainError) -> ResponseReturnValue:
    """The same form with all that was typed and the event as it is now, and above it the reason."""
    form.sequence.raw_data = [str(event.sequence)]
    form.say([("", why.message)])
    return _page(event, form), why.status


def _page(
    event: Event, form: SignUpForm, key: str | None = None, signup: SignUp | None = None
) -> str:
    return render_template("events/sign_up.html", event=event, form=form, key=key, signup=signup)
