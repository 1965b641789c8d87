"""Addresses at which people decide about their own data."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from app.accounts.passwords import matches
from app.platform.access import signed_in
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.security import limiter
from app.privacy import actions
from app.privacy.forms import CloseForm

blueprint = Blueprint("privacy", __name__)


@blueprint.route("/konto/zamknij", methods=["GET", "POST"])
@limiter.limit(
    "10 per minute", key_func=lambda: f"person:{current_user.get_id()}", methods=["POST"]
)
@signed_in
def close() -> ResponseReturnValue:
    """Close one's account, after a look at what goes and what stays."""
    form = CloseForm()
    if form.validate_on_submit():
        kept = current_user.password_hash
        db.session.rollback()  # nobody shall wait for the database while argon2 takes its time
        if matches(kept, form.current.data):
            return _closed()
        form.current.errors = [_("This is not your present password.")]
    status = 422 if request.method == "POST" else 200
    return render_template("privacy/close.html", form=form), status


def _closed() -> ResponseReturnValue:
    with transaction():
        person = current_user._get_current_object()
        actions.close_account(person, by=person, at=now())
    logout_user()
    flash(_("Your account is closed. Thank you for taking part."), "success")
    return redirect(url_for("home.index"), 303)
