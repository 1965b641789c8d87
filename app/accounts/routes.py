"""Addresses of signing in and out, and of setting up an account."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user

from app.accounts import actions, queries, routes_profile
from app.accounts.blueprint import (
    A_MAILBOX,
    A_MAILBOX_AN_HOUR,
    A_ROOM,
    A_ROOM_AN_HOUR,
    REMEMBERED_FOR,
    blueprint,
    mailbox,
)
from app.accounts.forms import EmailForm, RegistrationForm, ResetForm, SignInForm
from app.accounts.models import User
from app.accounts.passwords import fingerprint, is_outdated, matches
from app.accounts.tokens import Purpose
from app.platform.access import public
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import NotFound
from app.platform.links import local_path
from app.platform.security import limiter

__all__ = ["blueprint", "routes_profile"]

DEAD_LINK = _l(
    "This link has been used already or is too old. Sign in; if you cannot, ask for a new password."
)


@blueprint.route("/zaloguj", methods=["GET", "POST"])
@limiter.limit(A_ROOM, methods=["POST"])
@limiter.limit(A_MAILBOX, key_func=mailbox, methods=["POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in and go where one was going."""
    form = SignInForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(local_path(request.args.get("next")) or url_for(".profile"), 303)
        form.next.data = local_path(request.args.get("next")) or ""
        return render_template("accounts/sign_in.html", form=form)
    if form.validate_on_submit():
        person = _recognised(form.email.data, form.password.data)
        if person is not None and login_user(
            person, remember=form.remember.data, duration=REMEMBERED_FOR
        ):
            return redirect(local_path(form.next.data) or url_for("home.index"), 303)
        if person is not None:
            return _not_confirmed(person)
        form.password.errors = [_("The address or the password is not right. Try again.")]
    return render_template("accounts/sign_in.html", form=form), 422


def _recognised(email: str, password: str) -> User | None:
    """The person with this address and password; unknown addresses take as long to refuse."""
    person = queries.person_by_email(email)
    kept = person.password_hash if person and person.closed_at is None else None
    db.session.rollback()  # nobody shall wait for the database while argon2 takes its time
    if not matches(kept, password) or kept is None:
        return None
    with transaction():
        person = queries.person_by_email(email)
        if person is not None and is_outdated(kept):
            actions.renew_fingerprint(person, fingerprint(password), by=person, at=now())
    return person


def _not_confirmed(person: User) -> ResponseReturnValue:
    with transaction():
        actions.ask_to_confirm(person, at=now())
    return redirect(url_for(".check_mail"), 303)


@blueprint.post("/wyloguj")
@public
def sign_out() -> ResponseReturnValue:
    """Sign out here."""
    if current_user.is_authenticated:
        logout_user()
        flash(_("You have signed out."), "success")
    return redirect(url_for("home.index"), 303)


@blueprint.route("/rejestracja", methods=["GET", "POST"])
@limiter.limit(A_ROOM_AN_HOUR, methods=["POST"])
@limiter.limit(A_MAILBOX_AN_HOUR, key_func=mailbox, methods=["POST"])
@public
def register() -> ResponseReturnValue:
    """Set up an account; what is answered does not depend on whether the address has one."""
    form = RegistrationForm()
    if form.validate_on_submit():
        password_hash = fingerprint(form.password.data)
        with transaction():
            actions.register(
                form.email.data, form.name.data, password_hash, form.affiliation, at=now()
            )
        return redirect(url_for(".check_mail"), 303)
    form.offer(queries.directory(), _("none: I speak for myself"))
    return render_template("accounts/register.html", form=form), 422 if form.is_submitted() else 200


@blueprint.get("/sprawdz-poczte")
@public
def check_mail() -> ResponseReturnValue:
    """What to do next, the same for everybody."""
    return render_template("accounts/check_mail.html")


@blueprint.get("/potwierdz/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """A button; opening the address changes nothing, as mail scanners open it too."""
    person = queries.person_of_token(token, Purpose.CONFIRM)
    if person is None:
        raise NotFound(DEAD_LINK)
    return render_template("accounts/confirm.html", person=person)


@blueprint.post("/potwierdz/<token>")
@public
def confirm_address(token: str) -> ResponseReturnValue:
    """The address belongs to whoever pressed the button."""
    with transaction():
        person = queries.person_of_token(token, Purpose.CONFIRM)
        if person is None:
            raise NotFound(DEAD_LINK)
        actions.confirm(person, by=person, at=now())
    flash(_("Your address is confirmed. Now you can sign in."), "success")
    return redirect(url_for(".sign_in"), 303)


@blueprint.route("/haslo", methods=["GET", "POST"])
@limiter.limit(A_ROOM_AN_HOUR, methods=["POST"])
@limiter.limit(A_MAILBOX_AN_HOUR, key_func=mailbox, methods=["POST"])
@public
def forgot() -> ResponseReturnValue:
    """Ask for a link; the answer does not depend on whether the address has an account."""
    form = EmailForm()
    if form.validate_on_submit():
        with transaction():
            actions.ask_for_new_password(form.email.data, at=now())
        return redirect(url_for(".check_mail"), 303)
    return render_template("accounts/forgot.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/haslo/<token>", methods=["GET", "POST"])
@limiter.limit(A_ROOM, methods=["POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password with the link from a mail."""
    person = queries.person_of_token(token, Purpose.RESET)
    if person is None:
        raise NotFound(DEAD_LINK)
    form = ResetForm()
    email, form.personal = person.email, (person.email, person.name)
    db.session.rollback()  # as above: argon2 shall hold nobody up
    if form.validate_on_submit():
        password_hash = fingerprint(form.password.data)
        with transaction():
            person = queries.person_of_token(token, Purpose.RESET)
            if person is None:
                raise NotFound(DEAD_LINK)
            actions.set_password(person, password_hash, by=person, at=now())
        logout_user()
        flash(_("Your password is changed. Sign in with the new one."), "success")
        return redirect(url_for(".sign_in"), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/reset.html", form=form, email=email), status
