"""Addresses of the workbench as a whole, and of what is done with amendments and changes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.documents.models import Document
from app.drafting import (
    actions,
    deeds,
    queries,
    routes_causes,
    routes_publish,
    routes_reasons,
    routes_slot,
    routes_watch,
)
from app.drafting.bench import bench_of
from app.drafting.blueprint import (
    ROOT,
    back_to,
    blueprint,
    change_at,
    document_at,
    draft_at,
    names_of,
    remark_at,
    slot_address,
)
from app.drafting.deed_words import deed_words
from app.drafting.refusals import Collides
from app.drafting.routes_slot import clash_page
from app.drafting.slot_page import elsewhere
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction

__all__ = [
    "blueprint",
    "routes_causes",
    "routes_publish",
    "routes_reasons",
    "routes_slot",
    "routes_watch",
]


@blueprint.get(ROOT)
@staff(Role.COORDINATOR)
def bench(slug: str, document: str) -> ResponseReturnValue:
    """The working draft: what to do next, what waits where, what has been changed."""
    found = document_at(slug, document)
    page = bench_of(found)
    waiting = queries.without_trace(found) if page is None else ()
    return render_template(
        "drafting/bench.html",
        document=found,
        bench=page,
        waiting=waiting,
        put_aside=queries.drafts_put_aside(found),
        elsewhere=elsewhere(page) if page else (),
    )


@blueprint.post(ROOT)
@staff(Role.COORDINATOR)
def start(slug: str, document: str) -> ResponseReturnValue:
    """Start the working draft."""
    with transaction():
        found = document_at(slug, document)
        actions.start_draft(found, by=current_user, at=now())
    flash(_("The working draft is open. Only the office sees it until you publish."), "success")
    return _to_bench(found)


@blueprint.post(f"{ROOT}/wprowadz/<int:number>")
@staff(Role.COORDINATOR)
def take_in(slug: str, document: str, number: int) -> ResponseReturnValue:
    """Take an accepted amendment in."""
    try:
        with transaction():
            draft = draft_at(slug, document)
            change = actions.take_in(draft, remark_at(draft, number), by=current_user, at=now())
            place = slot_address(draft.document, change.target, f"#zmiana-{change.id}")
    except Collides as error:
        return clash_page(slug, document, error)
    flash(_("Remark no. %(number)s is in the working draft.", number=number), "success")
    return redirect(place, 303)


@blueprint.post(f"{ROOT}/wprowadz")
@staff(Role.COORDINATOR)
def take_all_in(slug: str, document: str) -> ResponseReturnValue:
    """Take every accepted amendment in that goes in of itself."""
    with transaction():
        draft = draft_at(slug, document)
        made, left = actions.take_all_in(draft, by=current_user, at=now())
        taken, odd = len(made), len(left)
        found = draft.document
    said = ngettext(
        "%(num)s amendment has been taken in.", "%(num)s amendments have been taken in.", taken
    )
    if odd:
        said += " " + ngettext(
            "%(num)s collides and waits for your decision.",
            "%(num)s collide and wait for your decision.",
            odd,
        )
    flash(said, "warning" if odd else "success")
    return _to_bench(found)


@blueprint.post(f"{ROOT}/zmiana/<int:change>/wylacz")
@staff(Role.COORDINATOR)
def switch_out(slug: str, document: str, change: int) -> ResponseReturnValue:
    """Take a change out of the text."""
    with transaction():
        draft = draft_at(slug, document)
        found = change_at(draft, change)
        aside = len(deeds.switch_out(found, by=current_user, at=now()))
        place = slot_address(draft.document, found.target, f"#zmiana-{found.id}")
    if aside:
        flash(
            ngettext(
                "The change is switched out. %(num)s change was built on it, stands aside now and "
                "waits for your decision.",
                "The change is switched out. %(num)s changes were built on it, stand aside now "
                "and wait for your decision.",
                aside,
            ),
            "warning",
        )
    else:
        flash(_("The change is switched out. You can switch it in again."), "success")
    return redirect(place, 303)


@blueprint.post(f"{ROOT}/zmiana/<int:change>/wlacz")
@staff(Role.COORDINATOR)
def switch_in(slug: str, document: str, change: int) -> ResponseReturnValue:
    """Put a change in again."""
    try:
        with transaction():
            draft = draft_at(slug, document)
            found = change_at(draft, change)
            deeds.switch_in(found, by=current_user, at=now())
            place = slot_address(draft.document, found.target, f"#zmiana-{found.id}")
    except Collides as error:
        return clash_page(slug, document, error)
    flash(_("The change is in the text again."), "success")
    return redirect(place, 303)


@blueprint.post(f"{ROOT}/cofnij")
@staff(Role.COORDINATOR)
def undo(slug: str, document: str) -> ResponseReturnValue:
    """Undo the last deed."""
    with transaction():
        draft = draft_at(slug, document)
        what = deed_words(deeds.undo(draft, _deed(), by=current_user, at=now()))
        found = draft
    flash(_("Undone: %(what)s. You can do it again.", what=what), "success")
    return back_to(found)


@blueprint.post(f"{ROOT}/ponow")
@staff(Role.COORDINATOR)
def redo(slug: str, document: str) -> ResponseReturnValue:
    """Do again what was undone last."""
    with transaction():
        draft = draft_at(slug, document)
        what = deed_words(deeds.redo(draft, _deed(), by=current_user, at=now()))
        found = draft
    flash(_("Done again: %(what)s.", what=what), "success")
    return back_to(found)


def _deed() -> int:
    return request.form.get("deed", 0, type=int)


def _to_bench(document: Document) -> ResponseReturnValue:
    return redirect(url_for(".bench", **names_of(document)), 303)
