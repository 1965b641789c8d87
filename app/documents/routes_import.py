"""Addresses where a draft is brought in, checked and confirmed."""

from __future__ import annotations

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.consultations.models import Consultation
from app.consultations.visible import visible_consultation
from app.documents import actions, drafts, fixes, queries
from app.documents.blueprint import blueprint
from app.documents.forms import NEW_DOCUMENT, ConfirmForm, ImportForm, RowForm
from app.documents.models import DraftImport
from app.documents.refusals import CannotRead
from app.documents.rendering import preview
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotFound


@blueprint.get("/biurko/konsultacje/<slug>/import")
@staff(Role.COORDINATOR)
def new_import(slug: str) -> ResponseReturnValue:
    """Where a draft is uploaded or pasted, and those on their way in are listed."""
    consultation = visible_consultation(slug, current_user, now())
    return _import_page(consultation, ImportForm(formdata=None))


@blueprint.post("/biurko/konsultacje/<slug>/import")
@staff(Role.COORDINATOR)
def start_import(slug: str) -> ResponseReturnValue:
    """Read a draft and show how it was understood."""
    consultation = visible_consultation(slug, current_user, now())
    form = ImportForm()
    if not form.validate():
        return _import_page(consultation, form), 422
    upload = drafts.upload_of(form.file.data, form.text.data)
    try:
        understood = drafts.understand(upload.content, upload.filename, form.title.data)
    except CannotRead as refusal:
        form.refuse(refusal.sentence)
        return _import_page(consultation, form), 422
    with transaction():
        draft = actions.start_import(consultation, upload, understood, by=current_user, at=now())
        draft_id = draft.id
    return redirect(url_for("documents.outline", id=draft_id), 303)


def _import_page(consultation: Consultation, form: ImportForm) -> str:
    return render_template(
        "documents/import.html",
        form=form,
        consultation=consultation,
        drafts=queries.imports_of(consultation),
        dropped=queries.dropped_imports_of(consultation),
        waiting=queries.waiting_editions_of(consultation),
    )


@blueprint.get("/biurko/import/<int:id>")
@staff(Role.COORDINATOR)
def outline(id: int) -> ResponseReturnValue:
    """The outline as understood, row by row; ``?wiersz=`` opens one of them."""
    draft = _draft(id)
    if draft.confirmed_at is not None:
        return redirect(url_for("documents.publish_edition", id=draft.edition_id), 303)
    return _outline_page(draft, request.args.get("wiersz", ""))


@blueprint.post("/biurko/import/<int:id>")
@staff(Role.COORDINATOR)
def correct(id: int) -> ResponseReturnValue:
    """Make one correction: ``fix`` is its name and the row, ``join:12``."""
    draft = _draft(id)
    form = RowForm()
    verb, _colon, row_id = request.form.get("fix", "").partition(":")
    if not form.validate() and verb == fixes.Verb.EDIT:
        return _outline_page(draft, row_id, form), 422
    try:
        fix = fixes.read(verb, row_id, form.kind.data, form.mark.data, form.text.data)
        after = fixes.row_to_show(draft.rows, fix)
        with transaction():
            actions.correct(draft, fix, _revision(form), by=current_user, at=now())
    except actions.StaleDraft as stale:
        flash(str(stale.message), "error")
        return _outline_page(_draft(id), row_id, form), 409
    return redirect(url_for("documents.outline", id=id, _anchor=f"wiersz-{after}"), 303)


@blueprint.post("/biurko/import/<int:id>/cofnij")
@staff(Role.COORDINATOR)
def undo_correction(id: int) -> ResponseReturnValue:
    """Take the last correction back."""
    draft = _draft(id)
    with transaction():
        actions.undo_correction(draft, _revision(RowForm()), by=current_user, at=now())
    flash(_("The last correction is undone."), "success")
    return redirect(url_for("documents.outline", id=id), 303)


@blueprint.post("/biurko/import/<int:id>/odrzuc")
@staff(Role.COORDINATOR)
def drop_import(id: int) -> ResponseReturnValue:
    """Put a draft aside."""
    draft = _draft(id)
    with transaction():
        actions.drop_import(draft, by=current_user, at=now())
        slug = draft.consultation.slug
    flash(_("The draft is dropped. You can take it back from the list below."), "success")
    return redirect(url_for("documents.new_import", slug=slug), 303)


@blueprint.post("/biurko/import/<int:id>/przywroc")
@staff(Role.COORDINATOR)
def restore_import(id: int) -> ResponseReturnValue:
    """Take a dropped draft back."""
    draft = _draft(id)
    with transaction():
        actions.restore_import(draft, by=current_user, at=now())
    flash(_("The draft is back, as you left it."), "success")
    return redirect(url_for("documents.outline", id=id), 303)


@blueprint.get("/biurko/import/<int:id>/plik")
@staff(Role.COORDINATOR)
def original(id: int) -> Response:
    """The original, byte for byte, to be saved and not opened."""
    file = _draft(id).source_file
    answer = send_file(
        BytesIO(queries.content_of(file)),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.filename,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@blueprint.get("/biurko/import/<int:id>/zatwierdz")
@staff(Role.COORDINATOR)
def confirm(id: int) -> ResponseReturnValue:
    """The text as readers will see it, and what it is to become."""
    draft = _draft(id)
    form = _confirm_form(draft, formdata=None)
    known = [c.value for c in form.target.choices if c.value != NEW_DOCUMENT]
    form.target.data = known[0] if known else NEW_DOCUMENT
    form.title.data, form.revision.data = draft.title, str(draft.revision)
    return _confirm_page(draft, form)


@blueprint.post("/biurko/import/<int:id>/zatwierdz")
@staff(Role.COORDINATOR)
def confirmed(id: int) -> ResponseReturnValue:
    """Make the checked outline an edition."""
    draft = _draft(id)
    form = _confirm_form(draft)
    if not form.validate():
        return _confirm_page(draft, form), 422
    documents = {str(d.id): d for d in queries.documents_of(draft.consultation)}
    decision = actions.Decision(
        title=" ".join(form.title.data.split()),
        document=documents.get(form.target.data),
        note=(form.note.data or "").strip(),
        doubts_accepted=form.accept_doubts.data,
    )
    with transaction():
        edition = actions.confirm_import(
            draft, decision, _revision(form), by=current_user, at=now()
        )
        edition_id = edition.id
    flash(_("The text is confirmed. Nobody reads it until you publish it."), "success")
    return redirect(url_for("documents.publish_edition", id=edition_id), 303)


def _draft(id: int) -> DraftImport:
    draft = queries.import_by_id(id)
    if draft is None:
        raise NotFound
    return draft


def _revision(form: RowForm | ConfirmForm) -> int:
    typed = str(form.revision.data or "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _outline_page(draft: DraftImport, open_id: str, form: RowForm | None = None) -> str:
    rows = drafts.shown(draft.rows)
    opened = next((row for row in rows if row.id == open_id), None)
    if opened is not None and form is None:
        form = RowForm(formdata=None)
        form.kind.data, form.mark.data, form.text.data = str(opened.kind), opened.mark, opened.text
    return render_template(
        "documents/outline.html",
        draft=draft,
        rows=rows,
        opened=opened,
        form=form,
        doubts=drafts.doubtful(rows),
        reasons=drafts.reasons(draft.rows, rows),
        counted=drafts.counted(rows),
        warnings=drafts.warnings(draft.warnings),
        left_out=drafts.left_out(draft.warnings),
    )


def _confirm_form(draft: DraftImport, **kwargs: object) -> ConfirmForm:
    doubts = len(drafts.doubtful(drafts.shown(draft.rows)))
    return ConfirmForm(queries.documents_of(draft.consultation), doubts, **kwargs)


def _confirm_page(draft: DraftImport, form: ConfirmForm) -> str:
    return render_template(
        "documents/confirm.html",
        draft=draft,
        form=form,
        text=preview(drafts.units_of_rows(draft.rows)),
    )
