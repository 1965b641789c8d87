"""Addresses at which remarks are written and sent."""

from __future__ import annotations

from flask import get_template_attribute, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.platform.access import public
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotAllowed, require
from app.platform.security import limiter
from app.remarks import actions, wording, writing
from app.remarks.blueprint import blueprint
from app.remarks.content import LONGEST_PROPOSED
from app.remarks.finding import visible_ground
from app.remarks.forms import RemarkForm
from app.remarks.keys import secret_of
from app.remarks.models import AmendmentKind, Remark, RemarkKind
from app.remarks.permissions import can_enter_remark, can_submit_remark

FORM = "/konsultacje/<slug>/dokumenty/<document>/uwaga"

#: Secret links that a session remembers, so that the receipt can show them to their author.
REMEMBERED_KEYS = 5


@blueprint.get(FORM)
@public
def new(slug: str, document: str) -> ResponseReturnValue:
    """The form for a remark on the whole document or on a provision."""
    place = _place(slug, document)
    return _form_page(place, writing.form_for(place, current_user, request.args))


@blueprint.post(FORM)
@public
@limiter.limit("200 per 10 minutes")
def send(slug: str, document: str) -> ResponseReturnValue:
    """Show what a remark will look like, take it back to the form, or send it."""
    place = _place(slug, document)
    person = current_user._get_current_object()
    form = writing.form_for(place, person, request.args)
    if "correct" in request.form:
        return _form_page(place, form)
    if not writing.is_right(form, place):
        return _form_page(place, form), 422
    if "preview" in request.form:
        return _preview_page(place, form)
    with transaction():
        remark = actions.submit(
            place.document,
            writing.content_of(place, form),
            author=writing.author_of(form, person),
            submission_key=form.submission_key.data,
            by=person,
            at=now(),
            origin=writing.origin_of(form),
            edition=place.edition,
        )
        number = remark.number
        _remember_key(remark)
    fragment = "1" if _as_fragment() else None
    return redirect(url_for(".received", slug=slug, number=number, fragment=fragment), 303)


def _place(slug: str, name: str) -> writing.Place:
    ground = visible_ground(slug, name, writing.asked_provision(request.args))
    consultation, at = ground.document.consultation, now()
    if request.args.get("wpis") == "1":
        require(can_enter_remark(current_user, consultation, at))
        return writing.place_of(ground, request.args, entering=True)
    if not can_submit_remark(current_user, consultation, at):
        raise NotAllowed(
            _l(
                "Remarks are not taken now. See on the page of the consultation when they are. "
                "If you were writing, go back and copy your text."
            )
        )
    return writing.place_of(ground, request.args, entering=False)


def _as_fragment() -> bool:
    return request.values.get("fragment") == "1"


def _form_page(place: writing.Place, form: RemarkForm) -> str:
    fragment = _as_fragment()
    template = "remarks/_form.html" if fragment else "remarks/new.html"
    return render_template(template, place=place, form=form, fragment=fragment)


def _preview_page(place: writing.Place, form: RemarkForm) -> str:
    content = writing.content_of(place, form)
    amends = place.kind is RemarkKind.AMENDMENT
    kind = content.amendment_kind if amends else None
    fragment = _as_fragment()
    return render_template(
        "remarks/_preview.html" if fragment else "remarks/preview.html",
        place=place,
        form=form,
        fragment=fragment,
        content=content,
        signature=writing.author_of(form, current_user).signature,
        marked=str(wording.marked(kind, place.current, content.proposed_text)) if amends else None,
        formula=wording.formula(place.edition, place.provision, kind, content.proposed_text),
        body=wording.rendered(None, "", "", content.body),
        typed=[
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in {"preview", "correct", "csrf_token"}
        ],
    )


def _remember_key(remark: Remark) -> None:
    if remark.key_hash:
        known = list(session.get("remark_keys", {}).items())[1 - REMEMBERED_KEYS :]
        session["remark_keys"] = dict([*known, (str(remark.id), secret_of(remark.submission_key))])


def autosave_key(remark: Remark) -> str:
    """Where the browser of its author kept what was typed before it was sent."""
    return f"remark:{remark.document_id}:{remark.provision.number if remark.provision else 0}"


@blueprint.post("/uwagi/fragment/roznica")
@public
@limiter.limit("600 per minute")
def difference() -> ResponseReturnValue:
    """The words that change, marked, while somebody is typing; looks at nothing but what it gets.

    It neither reads the database nor asks who is typing: it is called after every pause.
    """
    old, new = (request.form.get(name, "")[:LONGEST_PROPOSED] for name in ("current", "proposed"))
    chosen = request.form.get("amendment_kind", "")
    kind = AmendmentKind(chosen) if chosen in set(AmendmentKind) else AmendmentKind.REWORD
    show = get_template_attribute("remarks/_live.html", "live")
    return str(show(str(wording.marked(kind, old, new)), wording.differs(kind, old, new)))
