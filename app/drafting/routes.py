"""Addresses of the workbench."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.consultations.visible import visible_consultation
from app.documents.models import Document
from app.documents.queries import document_by_slug, provision_by_number
from app.drafting import actions, queries
from app.drafting.bench import bench_of, preview_of
from app.drafting.forms import ChangeForm, PublishForm
from app.drafting.models import ChangeKind, DraftChange, WorkingDraft
from app.legaltext import editing
from app.legaltext.units import Kind
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import DomainError, NotFound
from app.remarks.queries import remark_by_number

blueprint = Blueprint("drafting", __name__)
blueprint.add_app_template_global(queries.trace_of, "trace_of")

ROOT = "/biurko/konsultacje/<slug>/dokumenty/<document>/robocza"


def _document(slug: str, name: str) -> Document:
    consultation = visible_consultation(slug, current_user, now())
    found = document_by_slug(consultation, name)
    if found is None:
        raise NotFound
    return found


def _draft(slug: str, name: str) -> WorkingDraft:
    draft = queries.open_draft(_document(slug, name))
    if draft is None:
        raise DomainError(_("There is no working draft. Start one from the workbench."))
    return draft


def _back(document: Document, place: str = "") -> ResponseReturnValue:
    address = url_for(".bench", slug=document.consultation.slug, document=document.slug)
    return redirect(address + place, 303)


@blueprint.get(ROOT)
@staff(Role.COORDINATOR)
def bench(slug: str, document: str) -> ResponseReturnValue:
    """The working draft: what waits to be taken in, and what has been changed so far."""
    found = _document(slug, document)
    return render_template("drafting/bench.html", document=found, bench=bench_of(found))


@blueprint.post(ROOT)
@staff(Role.COORDINATOR)
def start(slug: str, document: str) -> ResponseReturnValue:
    """Start the working draft."""
    with transaction():
        found = _document(slug, document)
        actions.start_draft(found, by=current_user, at=now())
    flash(_("The working draft is open. Only the office sees it until you publish."), "success")
    return _back(found)


@blueprint.post(f"{ROOT}/wprowadz/<int:number>")
@staff(Role.COORDINATOR)
def take_in(slug: str, document: str, number: int) -> ResponseReturnValue:
    """Take an accepted amendment in, letter by letter."""
    with transaction():
        draft = _draft(slug, document)
        remark = remark_by_number(draft.document.consultation, number)
        if remark is None:
            raise NotFound
        actions.take_in(draft, remark, by=current_user, at=now())
    flash(_("Remark no. %(number)s is in the working draft.", number=number), "success")
    return _back(draft.document)


@blueprint.post(f"{ROOT}/zmiana/<int:change>/cofnij")
@staff(Role.COORDINATOR)
def take_back(slug: str, document: str, change: int) -> ResponseReturnValue:
    """Take a change back."""
    with transaction():
        draft = _draft(slug, document)
        found = db.session.get(DraftChange, change)
        if found is None or found.draft_id != draft.id:
            raise NotFound
        actions.take_back(found, by=current_user, at=now())
    flash(_("The change has been taken back."), "success")
    return _back(draft.document)


@blueprint.route(f"{ROOT}/przepis/<int:number>", methods=["GET", "POST"])
@staff(Role.COORDINATOR)
def write(slug: str, document: str, number: int) -> ResponseReturnValue:
    """Change one provision by hand."""
    draft = _draft(slug, document)
    provision = provision_by_number(draft.document, number)
    unit = actions.current_unit(draft, number)
    if provision is None or unit is None:
        raise NotFound
    form = ChangeForm(kind=request.args.get("rodzaj", ChangeKind.REWORD))
    causes = queries.remarks_that_may_cause(draft.document, provision.id)
    form.causes.choices = [(r.id, str(r.number)) for r in causes]
    current = editing.as_text(unit)
    remark = next((r for r in causes if r.number == request.args.get("uwaga", type=int)), None)
    if request.method == "GET":
        form.text.data = current if form.kind.data == ChangeKind.REWORD else ""
        form.causes.data = [remark.id] if remark else []
    refusal: object = ""
    if form.validate_on_submit():
        wish = actions.Wish(
            provision,
            ChangeKind(form.kind.data),
            (form.text.data or "").replace("\r\n", "\n"),
            Kind(form.unit_kind.data) if form.unit_kind.data else None,
        )
        named = [r for r in causes if r.id in (form.causes.data or ())]
        try:
            with transaction():
                actions.write(
                    draft,
                    wish,
                    causes=named,
                    reason=form.reason.data or "",
                    by=current_user,
                    at=now(),
                )
        except DomainError as error:
            refusal = error.message
            draft = _draft(slug, document)
        else:
            flash(_("The change is in the working draft."), "success")
            return _back(draft.document)
    return render_template(
        "drafting/write.html",
        draft=draft,
        document=draft.document,
        form=form,
        current=current,
        causes=causes,
        remark=remark,
        refusal=refusal,
        place=preview_of(draft).citations.get(str(number), ""),
    ), 422 if request.method == "POST" else 200


@blueprint.get(f"{ROOT}/podglad")
@staff(Role.COORDINATOR)
def preview(slug: str, document: str) -> ResponseReturnValue:
    """The whole working text as readers would see it."""
    draft = _draft(slug, document)
    return render_template(
        "drafting/preview.html", draft=draft, document=draft.document, text=preview_of(draft)
    )


@blueprint.route(f"{ROOT}/publikuj", methods=["GET", "POST"])
@staff(Role.COORDINATOR)
def publish(slug: str, document: str) -> ResponseReturnValue:
    """A dry run of publishing, and publishing."""
    draft = _draft(slug, document)
    form = PublishForm()
    if form.validate_on_submit():
        with transaction():
            if form.revision.data and int(form.revision.data) != draft.revision:
                raise DomainError(
                    _("The draft has changed since you looked at it. Look at it again.")
                )
            edition = actions.publish(draft, note=form.note.data or "", by=current_user, at=now())
            number = edition.number
        flash(_("Edition %(number)s has been published.", number=number), "success")
        return redirect(url_for("reading.document", slug=slug, document=document), 303)
    form.revision.data = str(draft.revision)
    return render_template(
        "drafting/publish.html",
        draft=draft,
        document=draft.document,
        form=form,
        bench=bench_of(draft.document),
        unexplained=actions.unexplained(draft),
    ), 422 if request.method == "POST" else 200
