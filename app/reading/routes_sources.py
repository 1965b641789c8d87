"""Where the words of a provision come from."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.documents import queries as documents
from app.drafting.queries import published_changes
from app.events import versions
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.errors import NotFound
from app.reading import section as section_page
from app.reading.blueprint import blueprint
from app.reading.finding import visible_document
from app.reading.sources import provenance_of
from app.reading.struck import gone_with, struck_from


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/przepis/<int:number>/skad")
@public
@kept_for_visitors(versions.of_consultation)
def sources(slug: str, document: str, number: int) -> ResponseReturnValue:
    """Who brought each word of a §, when, and on whose proposal, and what was struck out of it."""
    consultation, found = visible_document(slug, document)
    past = documents.history_of(found, number)
    if not past:
        raise NotFound
    edition = past[-1].edition
    wordings = documents.wordings_of_section(edition, past[-1].section_id)
    section = next(w for w in wordings if w.provision_id == w.section_id)
    if section.provision.number != number:
        page = url_for(".sources", slug=slug, document=document, number=section.provision.number)
        return redirect(f"{page}#p-{number}", 302)  # it may move, or be struck out
    editions = documents.published_editions(found)
    changes = published_changes(found) if len(editions) > 1 else ()
    ever = documents.ever_in_section(past[-1].section_id, editions)
    struck = struck_from(editions, ever, wordings, changes)
    return render_template(
        "reading/sources.html",
        consultation=consultation,
        document=found,
        edition=edition,
        section=section,
        provenance=provenance_of(found, edition, wordings),
        struck=[(each, section_page.last_words(each)) for each in struck],
        gone=gone_with(edition, editions, wordings, changes),
    )
