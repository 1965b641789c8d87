"""Addresses of a person's own account, and of the office's list of who speaks for whom."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user

from app.accounts import actions, queries
from app.accounts.blueprint import A_MAILBOX, REMEMBERED_FOR, blueprint
from app.accounts.forms import JoinForm, NameForm, PasswordForm
from app.accounts.models import Membership, Role
from app.accounts.passwords import fingerprint, matches
from app.platform.access import signed_in, staff
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import DomainError, NotFound
from app.platform.security import limiter


@blueprint.get("/konto")
@signed_in
def profile() -> ResponseReturnValue:
    """What we know about the person, and for whom they speak."""
    return render_template("accounts/profile.html")


@blueprint.route("/konto/nazwa", methods=["GET", "POST"])
@signed_in
def rename() -> ResponseReturnValue:
    """Change one's name."""
    form = NameForm(obj=current_user)
    if form.validate_on_submit():
        with transaction():
            actions.rename(current_user, form.name.data, by=current_user, at=now())
        flash(_("Your name is changed."), "success")
        return redirect(url_for(".profile"), 303)
    return render_template("accounts/rename.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/konto/haslo", methods=["GET", "POST"])
@limiter.limit(A_MAILBOX, key_func=lambda: f"person:{current_user.get_id()}", methods=["POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's password; other devices are signed out."""
    form = PasswordForm()
    form.personal = (current_user.email, current_user.name)
    kept = current_user.password_hash
    if form.validate_on_submit():
        db.session.rollback()  # nobody shall wait for the database while argon2 takes its time
        if matches(kept, form.current.data):
            return _password_changed(fingerprint(form.password.data))
        form.current.errors = [_("This is not your present password.")]
    return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200


def _password_changed(password_hash: str) -> ResponseReturnValue:
    with transaction():
        actions.set_password(current_user, password_hash, by=current_user, at=now())
    person = current_user._get_current_object()
    login_user(person, remember="remember_token" in request.cookies, duration=REMEMBERED_FOR)
    flash(_("Your password is changed. Other devices are signed out."), "success")
    return redirect(url_for(".profile"), 303)


@blueprint.route("/konto/organizacje", methods=["GET", "POST"])
@signed_in
def join() -> ResponseReturnValue:
    """Say for which organisation one speaks."""
    form = JoinForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.join(form.affiliation, by=current_user, at=now())
        except DomainError as error:
            form.organisation.errors = [str(error.message)]
        else:
            flash(_("Saved. You can speak for the organisation at once."), "success")
            return redirect(url_for(".profile"), 303)
    form.offer(queries.directory(), _("choose from the list"))
    return render_template("accounts/join.html", form=form), 422 if form.is_submitted() else 200


@blueprint.post("/konto/organizacje/<int:number>/opusc")
@signed_in
def leave(number: int) -> ResponseReturnValue:
    """Speak for an organisation no more."""
    with transaction():
        actions.leave(_membership(number), by=current_user, at=now())
    flash(_("You do not speak for the organisation any more. What you wrote stays."), "success")
    return redirect(url_for(".profile"), 303)


@blueprint.get("/biurko/organizacje")
@staff(Role.COORDINATOR)
def organisations() -> ResponseReturnValue:
    """Who says to speak for whom and waits for the office's word."""
    return render_template(
        "accounts/organisations.html",
        waiting=queries.memberships_to_confirm(),
        directory=queries.directory(),
    )


@blueprint.post("/biurko/organizacje/<int:number>/potwierdz")
@staff(Role.COORDINATOR)
def confirm_membership(number: int) -> ResponseReturnValue:
    """The person speaks for the organisation indeed."""
    with transaction():
        membership = _membership(number)
        actions.confirm_membership(membership, by=current_user, at=now())
    flash(_("Confirmed. The person has been told by mail."), "success")
    return redirect(url_for(".organisations"), 303)


def _membership(number: int) -> Membership:
    found = queries.membership_by_id(number)
    if found is None:
        raise NotFound
    return found
