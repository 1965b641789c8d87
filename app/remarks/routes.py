"""Addresses at which remarks are read."""

from __future__ import annotations

from flask import render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.consultations import versions as kept_by
from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.consultations.visible import visible_consultation
from app.legaltext import diff
from app.platform.access import public, signed_in
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.platform.errors import NotFound
from app.platform.links import absolute
from app.remarks import (
    listing,
    queries,
    routes_conversation,
    routes_own,
    routes_paper,
    routes_responses,
    routes_restating,
    routes_writing,
)
from app.remarks.blueprint import blueprint
from app.remarks.conversation_view import remark_page
from app.remarks.finding import visible_remark
from app.remarks.forms import FilterForm
from app.remarks.models import RemarkVersion
from app.remarks.permissions import can_read_remark

__all__ = [
    "blueprint",
    "routes_conversation",
    "routes_own",
    "routes_paper",
    "routes_responses",
    "routes_restating",
    "routes_writing",
]

LIST = "/konsultacje/<slug>/uwagi"
ONE = f"{LIST}/<int:number>"


@blueprint.get(LIST)
@public
@kept_for_visitors(kept_by.of_consultation)
def index(slug: str) -> ResponseReturnValue:
    """All remarks of a consultation, narrowed and sorted as the address says."""
    consultation = visible_consultation(slug, current_user, now())
    form = FilterForm(request.args)
    form.offer(list(listing.organisations_heard(consultation)))
    whole = request.args.get("calosc") == "1"
    filters = form.filters(whole_document=whole, reads_hidden=current_user.is_office)
    page = listing.remarks_page(consultation, filters, request.args.get("strona", 1, type=int))
    return render_template(
        "remarks/index.html",
        consultation=consultation,
        phase=phase_of(consultation, now()),
        form=form,
        filters=filters,
        page=page,
        address=_same_list(consultation),
    )


def _same_list(consultation: Consultation) -> dict[str, str]:
    """The arguments of this list's address, without its page and what was left empty."""
    known = {name: request.args.get(name, "") for name in (*FilterForm()._fields, "calosc")}
    return {"slug": consultation.slug} | {k: v for k, v in known.items() if v}


@blueprint.get(ONE)
@public
@kept_for_visitors(kept_by.of_consultation)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One remark with all that was said and decided about it."""
    return remark_page(visible_remark(slug, number))


@blueprint.get(f"{ONE}/wersje")
@public
@kept_for_visitors(kept_by.of_consultation)
def versions(slug: str, number: int) -> ResponseReturnValue:
    """All versions of a remark, each with what it changed."""
    remark = visible_remark(slug, number)
    readable = can_read_remark(current_user, remark, now())
    kept = list(queries.versions_of(remark)) if readable else []
    steps = [_step(earlier, later) for earlier, later in zip([None, *kept], kept, strict=False)]
    return render_template(
        "remarks/versions.html",
        consultation=remark.consultation,
        remark=remark,
        readable=readable,
        steps=steps[::-1],
    )


def _step(earlier: RemarkVersion | None, later: RemarkVersion) -> tuple[RemarkVersion, str, str]:
    """A version with its proposed text and its words, marked against the version before."""
    if earlier is None:
        return later, "", ""
    changes = [
        diff.to_html(diff.compare(old, new)) if old != new else ""
        for old, new in (
            (earlier.proposed_text, later.proposed_text),
            (earlier.body, later.body),
        )
    ]
    return later, changes[0], changes[1]


@blueprint.get(f"{ONE}/potwierdzenie")
@public
def received(slug: str, number: int) -> ResponseReturnValue:
    """The receipt: number, address, what happens next and, for its author alone, the key."""
    remark = visible_remark(slug, number)
    secret = session.get("remark_keys", {}).get(str(remark.id), "")
    fragment = request.args.get("fragment") == "1"
    template = "remarks/_received.html" if fragment else "remarks/received.html"
    return render_template(
        template,
        consultation=remark.consultation,
        remark=remark,
        secret=secret,
        own=secret or (current_user.id is not None and remark.author_id == current_user.id),
        is_open=phase_of(remark.consultation, now()) is Phase.OPEN,
        address=absolute("remarks.show", slug=slug, number=number),
        autosave_key=routes_writing.autosave_key(remark),
        fragment=fragment,
    )


@blueprint.get("/moje-uwagi")
@signed_in
def mine() -> ResponseReturnValue:
    """What I have sent, in every consultation."""
    if current_user.id is None:
        raise NotFound
    return render_template("remarks/mine.html", remarks=queries.remarks_of_person(current_user))
