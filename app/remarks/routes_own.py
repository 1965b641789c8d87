"""Addresses at which authors correct and withdraw their remarks, with or without an account."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.platform.access import public
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require
from app.platform.security import limiter
from app.remarks import actions, queries
from app.remarks.blueprint import blueprint
from app.remarks.content import Content, mistakes
from app.remarks.conversation_view import change_of
from app.remarks.finding import remark_of_key, visible_remark
from app.remarks.forms import EditForm, WithdrawForm
from app.remarks.models import AmendmentKind, Remark, RemarkKind
from app.remarks.own_pages import KEY, ONE, private, public_page, secret_page
from app.remarks.permissions import (
    Author,
    can_change_remark,
    can_respond_to_wording,
    can_restate_remark,
    can_withdraw_remark,
)
from app.remarks.wording import text_of, unit_of

TOO_LATE = _l("This remark can no longer be changed.")
TOO_LATE_TO_WITHDRAW = _l("This remark can no longer be withdrawn.")


@blueprint.get(f"{ONE}/zmien")
@public
def edit(slug: str, number: int) -> ResponseReturnValue:
    """The form that corrects a remark."""
    return _edit_page(visible_remark(slug, number), current_user, public_page(slug, number))


@blueprint.post(f"{ONE}/zmien")
@public
def save_edit(slug: str, number: int) -> ResponseReturnValue:
    """Keep another version of a remark."""
    remark = visible_remark(slug, number)
    return _save(remark, current_user._get_current_object(), public_page(slug, number))


@blueprint.get(f"{ONE}/wycofaj")
@public
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Ask whether a remark should really be withdrawn."""
    return _withdraw_page(visible_remark(slug, number), current_user, public_page(slug, number))


@blueprint.post(f"{ONE}/wycofaj")
@public
def confirm_withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Withdraw a remark."""
    remark = visible_remark(slug, number)
    return _withdraw(remark, current_user._get_current_object(), public_page(slug, number))


@blueprint.get(KEY)
@public
@limiter.limit("600 per hour")
def by_key(key: str) -> ResponseReturnValue:
    """The remark of somebody without an account, for its author alone."""
    remark, holder = remark_of_key(key)
    at = now()
    page = render_template(
        "remarks/by_key.html",
        consultation=remark.consultation,
        remark=remark,
        key=key,
        may_change=can_change_remark(holder, remark, at),
        may_withdraw=can_withdraw_remark(holder, remark, at),
        may_restate=can_restate_remark(holder, remark, at),
        may_respond=can_respond_to_wording(holder, remark, at),
        replies=queries.replies_to(remark),
        **change_of(remark),
    )
    return private(page)


@blueprint.get(f"{KEY}/zmien")
@public
def edit_by_key(key: str) -> ResponseReturnValue:
    """The form that corrects a remark, for the holder of its link."""
    remark, holder = remark_of_key(key)
    return private(_edit_page(remark, holder, secret_page(key)))


@blueprint.post(f"{KEY}/zmien")
@public
def save_edit_by_key(key: str) -> ResponseReturnValue:
    """Keep another version of a remark, for the holder of its link."""
    remark, holder = remark_of_key(key)
    return _save(remark, holder, secret_page(key))


@blueprint.get(f"{KEY}/wycofaj")
@public
def withdraw_by_key(key: str) -> ResponseReturnValue:
    """Ask whether a remark should really be withdrawn, for the holder of its link."""
    remark, holder = remark_of_key(key)
    return private(_withdraw_page(remark, holder, secret_page(key)))


@blueprint.post(f"{KEY}/wycofaj")
@public
def confirm_withdraw_by_key(key: str) -> ResponseReturnValue:
    """Withdraw a remark, for the holder of its link."""
    remark, holder = remark_of_key(key)
    return _withdraw(remark, holder, secret_page(key))


def _edit_form(remark: Remark) -> EditForm:
    form = EditForm()
    if remark.amendment_kind in {None, AmendmentKind.STRIKE}:
        del form.proposed_text
    if remark.kind is RemarkKind.AMENDMENT:
        form.body.label.text = _("Why is the change needed?")
    if not form.is_submitted():
        form.body.data, form.version.data = remark.body, remark.versions_count
        if "proposed_text" in form:
            form.proposed_text.data = remark.proposed_text
    return form


def _edit_page(remark: Remark, author: Author, back: str, form: EditForm | None = None) -> str:
    require(can_change_remark(author, remark, now()), TOO_LATE)
    unit = unit_of(remark.edition, remark.provision) if remark.provision else None
    return render_template(
        "remarks/edit.html",
        consultation=remark.consultation,
        remark=remark,
        form=form or _edit_form(remark),
        current=text_of(unit),
        back=back,
    )


def _save(remark: Remark, author: Author, back: str) -> ResponseReturnValue:
    require(can_change_remark(author, remark, now()), TOO_LATE)
    form = _edit_form(remark)
    fits = form.validate_on_submit()
    proposed = (form.proposed_text.data or "") if "proposed_text" in form else ""
    unit = unit_of(remark.edition, remark.provision) if remark.provision else None
    content = Content(
        remark.kind, form.body.data or "", remark.provision, remark.amendment_kind, proposed
    )
    problems = list(mistakes(content, text_of(unit)))
    form.say(problems)
    if not fits or problems:
        return _edit_page(remark, author, back, form), 422
    with transaction():
        actions.change(
            remark,
            body=content.body,
            proposed_text=proposed,
            version=form.version.data,
            by=author,
            at=now(),
        )
    flash(_("The remark has been corrected. The earlier version stays in its history."), "success")
    return redirect(back, 303)


def _withdraw_page(
    remark: Remark, author: Author, back: str, form: WithdrawForm | None = None
) -> str:
    require(can_withdraw_remark(author, remark, now()), TOO_LATE_TO_WITHDRAW)
    return render_template(
        "remarks/withdraw.html",
        consultation=remark.consultation,
        remark=remark,
        form=form or WithdrawForm(),
        back=back,
    )


def _withdraw(remark: Remark, author: Author, back: str) -> ResponseReturnValue:
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _withdraw_page(remark, author, back, form), 422
    with transaction():
        actions.withdraw(remark, reason=form.reason.data or "", by=author, at=now())
    flash(_("The remark has been withdrawn. Its number stays."), "success")
    return redirect(back, 303)
