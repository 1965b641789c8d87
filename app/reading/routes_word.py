"""The address from which two editions are downloaded for Word."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.config import ROOT
from app.consultations import versions
from app.platform.access import public
from app.platform.assets import build
from app.platform.errors import NotFound
from app.platform.security import limiter
from app.reading.blueprint import blueprint
from app.reading.finding import visible_document, visible_edition
from app.reading.word.act import MIMETYPE
from app.reading.word_file import name_of, tracked_file


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/porownanie/<int:old>-<int:new>.docx")
@public
@limiter.limit("30 per minute")
def tracked(slug: str, document: str, old: int, new: int) -> ResponseReturnValue:
    """The newer of two editions as a file for Word in which all that changed is tracked.

    Whoever has the file already is told so by 304.
    """
    _, found = visible_document(slug, document)
    if old > new:
        return redirect(url_for(".tracked", slug=slug, document=document, old=new, new=old), 301)
    earlier, later = visible_edition(found, old), visible_edition(found, new)
    if earlier.id == later.id:
        raise NotFound
    depends = (earlier.id, later.id, versions.of_consultation(slug), build(str(ROOT)))
    tag = sha256(repr(depends).encode()).hexdigest()[:24]
    if request.if_none_match.contains(tag):
        return Response(status=304, headers={"ETag": f'"{tag}"'})
    response = Response(tracked_file(found, earlier, later), mimetype=MIMETYPE)
    name = name_of(found, earlier, later)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(tag)
    return response
