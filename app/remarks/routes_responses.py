"""Addresses at which authors say what they think of the office's own wording."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.platform.access import public
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require
from app.remarks import office_wording
from app.remarks.blueprint import blueprint
from app.remarks.conversation_view import change_of
from app.remarks.finding import remark_of_key, visible_remark
from app.remarks.forms import ResponseForm
from app.remarks.models import Remark
from app.remarks.own_pages import KEY, ONE, private, public_page, secret_page
from app.remarks.permissions import Author, can_respond_to_wording


@blueprint.get(f"{ONE}/brzmienie-urzedu")
@public
def respond(slug: str, number: int) -> ResponseReturnValue:
    """The office's wording beside the author's, and the form that answers it."""
    return _page(visible_remark(slug, number), current_user, public_page(slug, number))


@blueprint.post(f"{ONE}/brzmienie-urzedu")
@public
def save_response(slug: str, number: int) -> ResponseReturnValue:
    """Keep what the author says."""
    remark = visible_remark(slug, number)
    return _save(remark, current_user._get_current_object(), public_page(slug, number))


@blueprint.get(f"{KEY}/brzmienie-urzedu")
@public
def respond_by_key(key: str) -> ResponseReturnValue:
    """The same form, for the holder of the remark's link."""
    remark, holder = remark_of_key(key)
    return private(_page(remark, holder, secret_page(key)))


@blueprint.post(f"{KEY}/brzmienie-urzedu")
@public
def save_response_by_key(key: str) -> ResponseReturnValue:
    """Keep what the author says, for the holder of the remark's link."""
    remark, holder = remark_of_key(key)
    return _save(remark, holder, secret_page(key))


def _page(remark: Remark, author: Author, back: str, form: ResponseForm | None = None) -> str:
    require(can_respond_to_wording(author, remark, now()), office_wording.TOO_LATE)
    position = remark.positions[-1]
    if form is None:
        form = ResponseForm()
        form.position.data = position.id
        if position.responses:
            form.agrees.data = "1" if position.responses[-1].agrees else "0"
            form.words.data = position.responses[-1].words
    return render_template(
        "remarks/respond.html",
        consultation=remark.consultation,
        remark=remark,
        position=position,
        form=form,
        back=back,
        **change_of(remark),
    )


def _save(remark: Remark, author: Author, back: str) -> ResponseReturnValue:
    require(can_respond_to_wording(author, remark, now()), office_wording.TOO_LATE)
    form = ResponseForm()
    fits = form.validate_on_submit()
    if form.position.data != remark.positions[-1].id:
        form.words.errors = [*form.words.errors, office_wording.ANSWERED_ANEW]
        form.position.data = remark.positions[-1].id
        fits = False
    if not fits:
        return _page(remark, author, back, form), 422
    with transaction():
        office_wording.respond(
            remark,
            form.position.data,
            agrees=form.agrees.data == "1",
            words=form.words.data or "",
            by=author,
            at=now(),
        )
    flash(_("Thank you. What you said stands beside the answer of the office."), "success")
    return redirect(f"{back}#answer", 303)
