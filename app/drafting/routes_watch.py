"""Addresses at which everybody may watch a working draft grow, if the coordinator lets them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.drafting import watching
from app.drafting.blueprint import ROOT, blueprint, document_at, draft_at, names_of
from app.drafting.permissions import can_watch
from app.platform.access import public, staff
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotFound


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/w-pracy")
@public
@kept_for_visitors(watching.version)
def watch(slug: str, document: str) -> ResponseReturnValue:
    """The working text with its changes; ``?fragment=1`` gives only what changes while one reads.

    When the draft has become an edition, or is kept to the office again, the page says so and
    leads to the text that stands.
    """
    found = document_at(slug, document)
    page = watching.watched(found)
    fragment = request.args.get("fragment") == "1"
    if page is None or not can_watch(current_user, page.draft, now()):
        if not found.editions:
            raise NotFound
        over = "drafting/_watch_over.html" if fragment else "drafting/watch_over.html"
        return render_template(over, document=found)
    template = "drafting/_watched.html" if fragment else "drafting/watch.html"
    return render_template(template, document=found, page=page)


@blueprint.post(f"{ROOT}/pokaz")
@staff(Role.COORDINATOR)
def let_watch(slug: str, document: str) -> ResponseReturnValue:
    """Let everybody watch, or keep the draft to the office again (``koniec=1``)."""
    over = request.form.get("koniec") == "1"
    change = watching.stop_watching if over else watching.let_watch
    with transaction():
        draft = draft_at(slug, document)
        change(draft, by=current_user, at=now())
        address = url_for(".bench", **names_of(draft.document))
    if over:
        flash(_("Only the office sees the working draft again."), "success")
    else:
        flash(_("Everybody can now watch the working draft grow."), "success")
    return redirect(f"{address}#widzowie", 303)
