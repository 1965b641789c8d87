"""Addresses at which two editions are compared."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.consultations.models import Consultation
from app.documents import queries as documents
from app.documents.models import Document, Edition
from app.events import versions
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.errors import NotFound
from app.platform.language import day, site_language
from app.reading import amending, changes, queries
from app.reading.blueprint import blueprint
from app.reading.finding import visible_document, visible_edition
from app.reading.listing import Listing

VIEWS = ("zmiany", "wynik", "obok", "formuly")


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/porownanie")
@public
@kept_for_visitors(versions.of_consultation)
def comparisons(slug: str, document: str) -> ResponseReturnValue:
    """The choice of two editions, which leads to the address of their comparison."""
    consultation, found = visible_document(slug, document)
    chosen = [request.args.get(name, type=int) for name in ("od", "do")]
    numbers = {edition.number for edition in documents.published_editions(found)}
    if all(number in numbers for number in chosen):
        old, new = sorted(number for number in chosen if number is not None)
        return redirect(url_for(".comparison", slug=slug, document=document, old=old, new=new), 302)
    return _choice(consultation, found)


@blueprint.get("/konsultacje/<slug>/dokumenty/<document>/porownanie/<int:old>-<int:new>")
@public
@kept_for_visitors(versions.of_consultation)
def comparison(slug: str, document: str, old: int, new: int) -> ResponseReturnValue:
    """What has changed between two published editions, and why."""
    consultation, found = visible_document(slug, document)
    if old > new:
        return redirect(
            url_for(
                ".comparison",
                slug=slug,
                document=document,
                old=new,
                new=old,
                widok=request.args.get("widok"),
                zakres=request.args.get("zakres"),
            ),
            301,
        )
    earlier, later = visible_edition(found, old), visible_edition(found, new)
    if earlier is later:
        return _choice(consultation, found, twice=earlier)
    return _compared(consultation, found, earlier, later)


def _compared(
    consultation: Consultation, found: Document, earlier: Edition, later: Edition
) -> ResponseReturnValue:
    stored = documents.comparison_of(earlier, later)
    if stored is None:
        raise NotFound
    asked = request.args.get("widok", VIEWS[0])
    view = asked if asked in VIEWS else VIEWS[0]
    whole = request.args.get("zakres") == "calosc" and view != "formuly"
    causes = queries.causes_between(found, earlier, later) if view != "formuly" else {}
    listing = Listing(stored, earlier, later, changes.of(stored.rows, causes))
    return render_template(
        "reading/comparison.html",
        consultation=consultation,
        document=found,
        old=earlier,
        new=later,
        editions=documents.published_editions(found),
        stored=stored,
        changes=listing.changes,
        view=view,
        whole=whole,
        listing=listing.html(view, whole=whole) if view != "formuly" else None,
        points=amending.points(stored.formulas, stored.rows) if view == "formuly" else (),
        opening=_opening(earlier) if view == "formuly" else "",
    )


def _opening(edition: Edition) -> str:
    with force_locale(site_language()):
        published = day(edition.published_at) if edition.published_at else ""
    return amending.opening(edition.title, edition.number, published)


def _choice(
    consultation: Consultation, found: Document, twice: Edition | None = None
) -> ResponseReturnValue:
    """Which two editions? ``twice`` is one that was to be compared with itself."""
    return render_template(
        "reading/comparisons.html",
        consultation=consultation,
        document=found,
        editions=documents.published_editions(found),
        twice=twice,
    )
