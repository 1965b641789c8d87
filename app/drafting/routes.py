"""Addresses of the workbench."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.consultations.visible import visible_consultation
from app.documents.models import Document
from app.documents.queries import document_by_slug, edition_by_id
from app.drafting import actions, deeds, publishing, queries
from app.drafting.bench import Writing, astray_in, bench_of, preview_of, writing_of
from app.drafting.forms import ChangeForm, PublishForm
from app.drafting.models import ChangeKind, DraftChange, WorkingDraft
from app.legaltext.units import Kind
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import DomainError, NotAllowed, NotFound
from app.remarks.models import AmendmentKind
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


def _draft(slug: str, document: str) -> WorkingDraft:
    draft = queries.open_draft(_document(slug, document))
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
        deeds.switch_out(found, by=current_user, at=now())
    flash(_("The change has been taken back."), "success")
    return _back(draft.document)


@blueprint.route(f"{ROOT}/przepis/<target>", methods=["GET", "POST"])
@staff(Role.COORDINATOR)
def write(slug: str, document: str, target: str) -> ResponseReturnValue:
    """One provision, to be changed by hand; ``?uwaga=`` names the remark that asks for it."""
    page = _writing(slug, document, target)
    form = _change_form(page)
    if request.method == "POST":
        return _write_down(page, form)
    form.amendment_kind.data = kind = _wanted_kind(page)
    proposed = page.remark.proposed_text if page.remark else ""
    form.text.data = proposed if kind is AmendmentKind.INSERT else page.current
    form.causes.data = [page.remark.id] if page.remark else []
    form.seen.data = page.current
    return render_template("drafting/write.html", page=page, form=form, refusal="")


def _write_down(page: Writing, form: ChangeForm) -> ResponseReturnValue:
    """Put the change in the working draft; what was typed stays when it is refused."""
    refusal: object = ""
    found = page.draft.document
    names = found.consultation.slug, found.slug, page.target
    if form.validate_on_submit():
        try:
            with transaction():
                change = _written(page, form)
                place = f"#zmiana-{change.id}"
        except NotAllowed:
            raise
        except DomainError as error:
            refusal = error.message
            page = _writing(*names)
            form.seen.data = page.current
        else:
            flash(_("The change is in the working draft."), "success")
            return _back(page.draft.document, place)
    return render_template("drafting/write.html", page=page, form=form, refusal=refusal), 422


def _writing(slug: str, document: str, target: str) -> Writing:
    page = writing_of(_draft(slug, document), target, request.args.get("uwaga", type=int))
    if page is None:
        raise NotFound
    return page


def _change_form(page: Writing) -> ChangeForm:
    form = ChangeForm()
    form.causes.choices = [(r.id, str(r.number)) for r in page.causes]
    return form


def _wanted_kind(page: Writing) -> AmendmentKind:
    wanted = request.args.get("rodzaj", "")
    if wanted in set(AmendmentKind):
        return AmendmentKind(wanted)
    asked = page.remark.amendment_kind if page.remark else None
    provision = page.remark.provision if page.remark else None
    same_place = provision is not None and str(provision.number) == page.target
    return asked if asked and same_place else AmendmentKind.REWORD


def _written(page: Writing, form: ChangeForm) -> DraftChange:
    kind = queries.AMENDMENT_CHANGE[AmendmentKind(form.amendment_kind.data)]
    text = (form.text.data or "").replace("\r\n", "\n")
    wish = actions.Wish(
        page.target,
        kind,
        "" if kind is ChangeKind.REPEAL else text,
        Kind(form.unit_kind.data) if form.unit_kind.data else None,
        form.seen.data,
    )
    named = [r for r in page.causes if r.id in (form.causes.data or ())]
    why = actions.Why(named, form.reason.data or "")
    return actions.write(page.draft, wish, why, by=current_user, at=now())


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
    """A dry run of publishing: what will happen, what stands in the way; then publishing."""
    draft = _draft(slug, document)
    form = PublishForm()
    if request.method == "POST":
        return _publish_now(draft, form)
    return _publishing(draft, form)


def _publish_now(draft: WorkingDraft, form: PublishForm) -> ResponseReturnValue:
    """Publish the working draft, if it still is what the coordinator looked at."""
    found = draft.document
    slug, name = found.consultation.slug, found.slug
    refusal: object = ""
    if form.validate_on_submit() and form.revision.data != str(draft.revision):
        refusal = _("The draft has changed since you looked at it. Look at it again.")
    elif not form.errors:
        try:
            with transaction():
                edition = publishing.publish(
                    draft, note=form.note.data or "", by=current_user, at=now()
                )
                number = edition.number
        except NotAllowed:
            raise
        except DomainError as error:
            refusal = error.message
        else:
            flash(_("Edition %(number)s has been published.", number=number), "success")
            return redirect(url_for("reading.document", slug=slug, document=name), 303)
    return _publishing(_draft(slug, name), form, refusal), 422


def _publishing(draft: WorkingDraft, form: PublishForm, refusal: object = "") -> str:
    form.revision.data = str(draft.revision)
    return render_template(
        "drafting/publish.html",
        draft=draft,
        document=draft.document,
        form=form,
        refusal=refusal,
        bench=bench_of(draft.document),
        unexplained=publishing.unexplained(draft),
        astray=astray_in(draft),
    )


@blueprint.post("/biurko/wersje/<int:id>/publikuj")
@staff(Role.COORDINATOR)
def publish_stored(id: int) -> ResponseReturnValue:
    """Publish an edition that came in as a file, from the page that shows it once more."""
    edition = edition_by_id(id)
    if edition is None:
        raise NotFound
    with transaction():
        actions.publish_stored(edition, by=current_user, at=now())
        slug, document = edition.document.consultation.slug, edition.document.slug
    flash(_("The edition is published."), "success")
    return redirect(url_for("reading.document", slug=slug, document=document), 303)
