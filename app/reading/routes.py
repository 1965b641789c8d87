"""Addresses of what the public reads."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import (
    Response,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.consultations import versions
from app.consultations.models import Consultation
from app.consultations.permissions import can_see, phase_of
from app.consultations.queries import all_consultations
from app.consultations.visible import visible_consultation
from app.documents import queries as documents
from app.documents.models import Document, Edition
from app.events import versions as versions_with_events
from app.events.models import Event
from app.events.permissions import is_open_for_signups
from app.events.queries import events_about, events_of
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.platform.errors import NotFound
from app.reading import queries, routes_comparison, routes_sources, routes_word, section, text
from app.reading.blueprint import blueprint
from app.reading.finding import visible_document, visible_edition
from app.remarks.queries import tallies_of

__all__ = ["blueprint", "routes_comparison", "routes_sources", "routes_word"]


@blueprint.get("/konsultacje")
@public
@kept_for_visitors(versions.of_all)
def consultations() -> ResponseReturnValue:
    """All consultations: those that run, those to come, those that are over."""
    at = now()
    seen = [c for c in all_consultations() if can_see(current_user, c, at)]
    return render_template(
        "reading/consultations.html",
        consultations=[(c, phase_of(c, at)) for c in seen],
        figures=queries.remark_figures(seen),
    )


@blueprint.get("/konsultacje/<slug>")
@public
@kept_for_visitors(versions_with_events.of_consultation)
def consultation(slug: str) -> ResponseReturnValue:
    """One consultation: what it is about, until when, who may take part and how."""
    at = now()
    found = visible_consultation(slug, current_user, at)
    return render_template(
        "reading/consultation.html",
        consultation=found,
        phase=phase_of(found, at),
        steps=text.timeline(found, at),
        documents=[(d, _published(d)) for d in documents.documents_of(found)],
        figures=queries.remark_figures([found])[found.id],
        **_meetings(events_of(found), at),
        report=queries.published_report(found),
    )


def _meetings(events: Sequence[Event], at: datetime) -> dict[str, Any]:
    """Events for a page: those to come, the nearest first; those over, the latest first."""
    return {
        "coming": [event for event in events if event.ends_at > at],
        "over": [event for event in reversed(events) if event.ends_at <= at],
        "open": {event.id for event in events if is_open_for_signups(event, at)},
    }


def _published(document: Document) -> list[Edition]:
    return [edition for edition in document.editions if edition.published_at]


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>")
@public
@kept_for_visitors(versions.of_consultation)
def document(slug: str, document: str) -> ResponseReturnValue:
    """The newest published text of a document."""
    consultation, found = visible_document(slug, document)
    editions = documents.published_editions(found)
    if not editions:
        raise NotFound
    return _text_page(consultation, found, editions[-1], editions)


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/wersja/<int:edition>")
@public
@kept_for_visitors(versions.of_consultation)
def edition(slug: str, document: str, edition: int) -> ResponseReturnValue:
    """The text of one edition, as it was published."""
    consultation, found = visible_document(slug, document)
    asked = visible_edition(found, edition)
    return _text_page(consultation, found, asked, documents.published_editions(found))


def _text_page(
    consultation: Consultation, found: Document, edition: Edition, editions: Sequence[Edition]
) -> ResponseReturnValue:
    newest = bool(editions) and edition.id == editions[-1].id
    first = editions[0].number if editions else edition.number
    whole = text.text_of(consultation, found, edition, first=first, speak=newest)
    page = render_template(
        "reading/document.html",
        consultation=consultation,
        document=found,
        edition=edition,
        editions=editions,
        earlier=documents.published_before(edition, editions),
        newest=newest,
        phase=phase_of(consultation, now()),
        contents=whole.contents,
        body=text.HOLE,
    )
    return make_response(whole.set_in(page, tallies_of(found) if newest else {}))


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/przepis/<int:number>")
@public
@kept_for_visitors(versions_with_events.of_provision)
def provision(slug: str, document: str, number: int) -> ResponseReturnValue:
    """The page of one § (or chapter heading, or text outside every §), its remarks and history.

    The address of a smaller provision leads to its place on the page of its §.
    """
    at = now()
    consultation, found = visible_document(slug, document)
    page = queries.provision_page(found, number, request.args.get("strona", 1, type=int))
    if page is None:
        raise NotFound
    if page.section.provision.number != number:
        address = url_for(
            ".provision", slug=slug, document=document, number=page.section.provision.number
        )
        return redirect(f"{address}#p-{number}", 302)  # it may move, or be struck out
    return render_template(
        "reading/provision.html",
        consultation=consultation,
        document=found,
        phase=phase_of(consultation, at),
        page=page,
        **_meetings(events_about([w.provision_id for w in page.wordings], at), at),
        parts=section.parts_of(consultation, found, page),
    )


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/plik/<int:edition>")
@public
def source_file(slug: str, document: str, edition: int) -> Response:
    """The file from which an edition was imported, byte for byte."""
    _, found = visible_document(slug, document)
    file = visible_edition(found, edition).source_file
    if file is None:
        raise NotFound
    return send_file(
        io.BytesIO(file.content),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.filename,
        etag=file.sha256,
    )
