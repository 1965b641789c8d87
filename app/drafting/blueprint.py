"""The blueprint of the workbench, and how its views find the draft they are about."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.consultations.visible import visible_consultation
from app.documents.models import Document
from app.documents.queries import document_by_slug
from app.drafting import queries
from app.drafting.deed_words import deed_words
from app.drafting.models import DraftChange, WorkingDraft
from app.drafting.putting_aside import draft_at_work
from app.platform.clock import now
from app.platform.errors import DomainError, NotFound
from app.remarks.models import Remark
from app.remarks.queries import remark_by_number

blueprint = Blueprint("drafting", __name__)
blueprint.add_app_template_global(queries.trace_of, "trace_of")
blueprint.add_app_template_global(queries.no_change_for, "no_change_for")
blueprint.add_app_template_global(draft_at_work, "draft_at_work")
blueprint.add_app_template_global(deed_words, "deed_words")

ROOT = "/biurko/konsultacje/<slug>/dokumenty/<document>/robocza"


def document_at(slug: str, name: str) -> Document:
    """The document that an address names."""
    consultation = visible_consultation(slug, current_user, now())
    found = document_by_slug(consultation, name)
    if found is None:
        raise NotFound
    return found


def draft_at(slug: str, document: str) -> WorkingDraft:
    """The working draft of the document that an address names."""
    draft = queries.open_draft(document_at(slug, document))
    if draft is None:
        raise DomainError(_("There is no working draft. Start one from the workbench."))
    return draft


def change_at(draft: WorkingDraft, change_id: int) -> DraftChange:
    """A change of the draft."""
    change = queries.change_of(draft, change_id)
    if change is None:
        raise NotFound
    return change


def remark_at(draft: WorkingDraft, number: int) -> Remark:
    """A remark on the consultation of the draft."""
    remark = remark_by_number(draft.document.consultation, number)
    if remark is None:
        raise NotFound
    return remark


def names_of(document: Document) -> dict[str, Any]:
    """What every address of the bench of a document needs."""
    return {"slug": document.consultation.slug, "document": document.slug}


def slot_address(document: Document, target: str, place: str = "") -> str:
    """The address of the slot to which a provision belongs."""
    return url_for("drafting.slot", target=target, **names_of(document)) + place


def back_to(draft: WorkingDraft) -> ResponseReturnValue:
    """To the slot from which somebody came, or to the whole bench."""
    slot = request.form.get("slot", "")
    if slot:
        return redirect(slot_address(draft.document, slot), 303)
    return redirect(url_for("drafting.bench", **names_of(draft.document)), 303)
