"""Addresses at which people reply to remarks and support them."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Organisation, Role
from app.platform.access import signed_in, staff
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import NotFound
from app.platform.security import limiter
from app.remarks import conversation
from app.remarks.blueprint import blueprint
from app.remarks.conversation_view import remark_page, reply_form
from app.remarks.finding import visible_remark
from app.remarks.models import Reply
from app.remarks.queries import reply_of

ONE = "/konsultacje/<slug>/uwagi/<int:number>"


@blueprint.post(f"{ONE}/odpowiedz")
@signed_in
@limiter.limit("200 per 10 minutes")
def reply(slug: str, number: int) -> ResponseReturnValue:
    """Say something beneath a remark."""
    remark = visible_remark(slug, number)
    form = reply_form()
    if not form.validate_on_submit():
        return remark_page(remark, form), 422
    with transaction():
        chosen = form.behalf.data
        conversation.reply(
            remark,
            form.body.data,
            submission_key=form.submission_key.data,
            by=current_user._get_current_object(),
            at=now(),
            organisation=db.session.get(Organisation, chosen) if chosen else None,
        )
    flash(_("Your reply has been added."), "success")
    return _back(slug, number, "replies")


@blueprint.post(f"{ONE}/poparcie")
@signed_in
def support(slug: str, number: int) -> ResponseReturnValue:
    """Support a remark, or support it no more."""
    remark = visible_remark(slug, number)
    takes_back = request.form.get("cofnij") == "1"
    deed = conversation.withdraw_support if takes_back else conversation.support
    with transaction():
        deed(remark, by=current_user._get_current_object(), at=now())
    said = _("You no longer support this remark.") if takes_back else _("You support this remark.")
    flash(said, "success")
    return _back(slug, number, "support")


@blueprint.post(f"{ONE}/odpowiedzi/<int:reply_id>/ukryj")
@staff(Role.FACILITATOR, Role.COORDINATOR)
def hide_reply(slug: str, number: int, reply_id: int) -> ResponseReturnValue:
    """Put a reason in place of a reply's words."""
    written = _reply(slug, number, reply_id)
    with transaction():
        conversation.hide_reply(
            written,
            reason=request.form.get("reason", ""),
            by=current_user._get_current_object(),
            at=now(),
        )
    flash(_("The reply has been hidden. Your reason stands in its place."), "success")
    return _back(slug, number, "replies")


@blueprint.post(f"{ONE}/odpowiedzi/<int:reply_id>/przywroc")
@staff(Role.FACILITATOR, Role.COORDINATOR)
def restore_reply(slug: str, number: int, reply_id: int) -> ResponseReturnValue:
    """Show a hidden reply again."""
    written = _reply(slug, number, reply_id)
    with transaction():
        conversation.restore_reply(written, by=current_user._get_current_object(), at=now())
    flash(_("The reply is shown again."), "success")
    return _back(slug, number, "replies")


def _reply(slug: str, number: int, reply_id: int) -> Reply:
    found = reply_of(visible_remark(slug, number), reply_id)
    if found is None:
        raise NotFound
    return found


def _back(slug: str, number: int, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("remarks.show", slug=slug, number=number, _anchor=anchor), 303)
