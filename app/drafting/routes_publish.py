"""Addresses at which a working draft is looked through and becomes an edition."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.documents.queries import edition_by_id
from app.drafting import actions, publishing, putting_aside
from app.drafting.aside import aside_of
from app.drafting.bench import preview_of
from app.drafting.blueprint import ROOT, blueprint, document_at, draft_at, names_of
from app.drafting.dry_run import dry_run
from app.drafting.forms import PublishForm, PutAsideForm
from app.drafting.models import WorkingDraft
from app.drafting.rows import standing_changes
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, NotAllowed, NotFound


@blueprint.get(f"{ROOT}/podglad")
@staff(Role.COORDINATOR)
def preview(slug: str, document: str) -> ResponseReturnValue:
    """The whole working text as readers would see it."""
    draft = draft_at(slug, document)
    return render_template(
        "drafting/preview.html", draft=draft, document=draft.document, text=preview_of(draft)
    )


@blueprint.route(f"{ROOT}/publikuj", methods=["GET", "POST"])
@staff(Role.COORDINATOR)
def publish(slug: str, document: str) -> ResponseReturnValue:
    """A dry run of publishing: what will happen, what stands in the way; then publishing."""
    draft = draft_at(slug, document)
    form = PublishForm()
    if request.method == "POST":
        return _publish_now(draft, form)
    return _publishing(draft, form)


def _publish_now(draft: WorkingDraft, form: PublishForm) -> ResponseReturnValue:
    """Publish the working draft, if it still is what the coordinator looked at."""
    names = names_of(draft.document)
    if not form.validate_on_submit():
        return _publishing(draft, form), 422
    try:
        with transaction():
            edition = publishing.publish(
                draft,
                note=form.note.data or "",
                by=current_user,
                at=now(),
                revision=_number(form.revision.data),
            )
            number = edition.number
    except NotAllowed:
        raise
    except DomainError as error:
        return _publishing(draft_at(**names), form, error.message), 409
    flash(_("Edition %(number)s has been published.", number=number), "success")
    return redirect(url_for("reading.document", **names), 303)


def _publishing(draft: WorkingDraft, form: PublishForm, refusal: object = "") -> str:
    form.revision.data = str(draft.revision)
    return render_template(
        "drafting/publish.html",
        draft=draft,
        document=draft.document,
        form=form,
        refusal=refusal,
        run=dry_run(draft),
    )


@blueprint.route(f"{ROOT}/odloz", methods=["GET", "POST"])
@staff(Role.COORDINATOR)
def put_aside(slug: str, document: str) -> ResponseReturnValue:
    """What becomes of a working draft that is put aside; then putting it aside."""
    draft = draft_at(slug, document)
    form = PutAsideForm()
    if not form.validate_on_submit():
        return _putting_aside(draft, form), 422 if request.method == "POST" else 200
    try:
        with transaction():
            putting_aside.put_aside(
                draft,
                form.reason.data or "",
                by=current_user,
                at=now(),
                revision=_number(form.revision.data),
            )
    except NotAllowed:
        raise
    except DomainError as error:
        return _putting_aside(draft_at(slug, document), form, error.message), 409
    flash(_("The working draft is put aside. Its remarks wait for the next one."), "success")
    return redirect(url_for(".bench", slug=slug, document=document), 303)


def _putting_aside(draft: WorkingDraft, form: PutAsideForm, refusal: object = "") -> str:
    form.revision.data = str(draft.revision)
    return render_template(
        "drafting/put_aside.html",
        draft=draft,
        document=draft.document,
        form=form,
        refusal=refusal,
        changes=standing_changes(draft),
    )


@blueprint.get(f"{ROOT}/odlozone/<int:draft>")
@staff(Role.COORDINATOR)
def aside(slug: str, document: str, draft: int) -> ResponseReturnValue:
    """What a working draft held that was put aside."""
    found = document_at(slug, document)
    page = aside_of(found, draft, current_user)
    if page is None:
        raise NotFound
    return render_template("drafting/aside.html", document=found, aside=page)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() else 0


@blueprint.post("/biurko/wersje/<int:id>/publikuj")
@staff(Role.COORDINATOR)
def publish_stored(id: int) -> ResponseReturnValue:
    """Publish an edition that came in as a file, from the page that shows it once more."""
    edition = edition_by_id(id)
    if edition is None:
        raise NotFound
    with transaction():
        actions.publish_stored(edition, by=current_user, at=now())
        names = names_of(edition.document)
    flash(_("The edition is published."), "success")
    return redirect(url_for("reading.document", **names), 303)
