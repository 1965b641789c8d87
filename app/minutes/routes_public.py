"""Addresses at which everybody reads published minutes."""

from __future__ import annotations

from types import ModuleType

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.config import ROOT
from app.events.finding import visible_event
from app.events.models import Event
from app.minutes import queries
from app.minutes.blueprint import blueprint
from app.minutes.content import from_json, silenced
from app.minutes.layout import name_of_file, paper
from app.minutes.models import MinutesVersion
from app.platform.access import public
from app.platform.assets import build
from app.platform.clock import local
from app.platform.errors import NotFound
from app.platform.keys import hash_of
from app.platform.language import site_language
from app.platform.papers import docx, pdf
from app.platform.security import limiter

PUBLIC = "/wydarzenia/<slug>/protokol"

FORMATS: dict[str, ModuleType] = {"pdf": pdf, "docx": docx}


@blueprint.get(PUBLIC)
@public
def protocol(slug: str) -> ResponseReturnValue:
    """The newest version of the minutes."""
    event = visible_event(slug)
    return _page(event, queries.newest_version(event))


@blueprint.get(f"{PUBLIC}/<int:number>")
@public
def version(slug: str, number: int) -> ResponseReturnValue:
    """One version; its address always shows the same."""
    event = visible_event(slug)
    return _page(event, queries.version_by_number(event, number))


def _page(event: Event, found: MinutesVersion | None) -> str:
    if found is None:
        raise NotFound
    return render_template(
        "minutes/show.html",
        event=event,
        version=found,
        versions=queries.versions_of(event),
        protocol=silenced(from_json(found.content), queries.silenced_notes(event)),
        remarks=queries.numbers_of_remarks(event),
    )


@blueprint.get(f"{PUBLIC}/<int:number>.<any(pdf, docx):kind>")
@public
@limiter.limit("30 per minute")
def protocol_file(slug: str, number: int, kind: str) -> Response:
    """A version as a file, in the town's language; who has it already is told so by 304."""
    event = visible_event(slug)
    found, silent = queries.version_by_number(event, number), queries.silenced_notes(event)
    if found is None:
        raise NotFound
    left_out = hash_of(repr(sorted(silent.items())))[:12]
    tag = f"minutes-{found.id}-{kind}-{build(str(ROOT))}-{left_out}"
    if request.if_none_match.contains(tag):
        return Response(status=304, headers={"ETag": f'"{tag}"'})
    published = local(found.published_at).isoformat()
    with force_locale(site_language()):
        protocol = silenced(from_json(found.content), silent)
        data = FORMATS[kind].render(paper(protocol, published))
    response = Response(data, mimetype=FORMATS[kind].MIMETYPE)
    name = name_of_file(slug, number, kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(tag)
    return response
