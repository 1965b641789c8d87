"""Addresses at which authors write an amendment anew after the text has changed beneath it."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.platform.access import public
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require
from app.remarks import restating
from app.remarks.blueprint import blueprint
from app.remarks.content import mistakes
from app.remarks.conversation_view import change_of
from app.remarks.finding import remark_of_key, visible_remark
from app.remarks.forms import RestateForm
from app.remarks.models import AmendmentKind, Remark
from app.remarks.own_pages import KEY, ONE, private, public_page, secret_page
from app.remarks.permissions import Author, can_restate_remark
from app.remarks.wording import marked


@blueprint.get(f"{ONE}/nowe-brzmienie")
@public
def restate(slug: str, number: int) -> ResponseReturnValue:
    """The form that writes an amendment anew on the newest edition."""
    return _page(visible_remark(slug, number), current_user, public_page(slug, number))


@blueprint.post(f"{ONE}/nowe-brzmienie")
@public
def save_restated(slug: str, number: int) -> ResponseReturnValue:
    """Keep the amendment in its new words."""
    remark = visible_remark(slug, number)
    return _save(remark, current_user._get_current_object(), public_page(slug, number))


@blueprint.get(f"{KEY}/nowe-brzmienie")
@public
def restate_by_key(key: str) -> ResponseReturnValue:
    """The same form, for the holder of the remark's link."""
    remark, holder = remark_of_key(key)
    return private(_page(remark, holder, secret_page(key)))


@blueprint.post(f"{KEY}/nowe-brzmienie")
@public
def save_restated_by_key(key: str) -> ResponseReturnValue:
    """Keep the amendment in its new words, for the holder of the remark's link."""
    remark, holder = remark_of_key(key)
    return _save(remark, holder, secret_page(key))


def _form(remark: Remark, place: restating.NewPlace) -> RestateForm:
    form = RestateForm()
    if remark.amendment_kind is AmendmentKind.STRIKE:
        del form.proposed_text
    form.body.label.text = _("Why is the change needed?")
    if not form.is_submitted():
        form.body.data, form.version.data = remark.body, remark.versions_count
        form.edition.data = place.edition.number
        if "proposed_text" in form:
            form.proposed_text.data = place.begin_with
    return form


def _page(remark: Remark, author: Author, back: str, form: RestateForm | None = None) -> str:
    require(can_restate_remark(author, remark, now()), restating.TOO_LATE)
    place = restating.new_place(remark)
    was = change_of(remark)
    return render_template(
        "remarks/restate.html",
        consultation=remark.consultation,
        remark=remark,
        place=place,
        form=form or _form(remark, place),
        was=was,
        changed=str(marked(AmendmentKind.REWORD, was["current"], place.current)),
        back=back,
    )


def _save(remark: Remark, author: Author, back: str) -> ResponseReturnValue:
    if remark.moved_along is None:
        # It is on the newest edition: the form was sent twice, or there was nothing to write anew.
        return _keep(remark, _said(RestateForm()), author, back)
    require(can_restate_remark(author, remark, now()), restating.TOO_LATE)
    place = restating.new_place(remark)
    form = _form(remark, place)
    said = _said(form)
    fits = form.validate_on_submit()
    problems = list(mistakes(restating.content_at(place, remark, said), place.current))
    if fits and restating.is_stale(place, remark, said):
        problems.insert(0, ("body", restating.STALE))
        form.edition.data, form.version.data = place.edition.number, remark.versions_count
    form.say([(name if name in form else "body", problem) for name, problem in problems])
    if not fits or problems:
        return _page(remark, author, back, form), 422
    return _keep(remark, said, author, back)


def _said(form: RestateForm) -> restating.Restated:
    return restating.Restated(
        body=form.body.data or "",
        proposed_text=(form.proposed_text.data or "") if "proposed_text" in form else "",
        edition=form.edition.data or 0,
        version=form.version.data or 0,
    )


def _keep(
    remark: Remark, said: restating.Restated, author: Author, back: str
) -> ResponseReturnValue:
    with transaction():
        number = restating.restate(remark, said, by=author, at=now()).edition.number
    flash(
        _(
            "The remark is now on edition %(number)s. What you wrote before stays in its history.",
            number=number,
        ),
        "success",
    )
    return redirect(back, 303)
