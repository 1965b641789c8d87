"""Addresses of the programme: for everybody, on paper, and the switch of the office."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.events.models import Event
from app.festival import publishing, queries
from app.festival.addresses import festival_event, word_for
from app.festival.announcing import whereabouts
from app.festival.blueprint import DESK, PUBLIC, blueprint
from app.festival.papers.printing import poster
from app.festival.permissions import can_arrange_festival, can_publish_programme
from app.festival.programme import programme_of
from app.festival.stage_programme import running
from app.platform.access import public, staff
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotFound
from app.platform.security import limiter
from app.platform.typesetting import MIMETYPE


@blueprint.get(f"{PUBLIC}/program")
@public
@kept_for_visitors(lambda slug: queries.version_of(slug, now()))
def programme(slug: str) -> ResponseReturnValue:
    """The programme, once it is published; the office sees before how it will look."""
    event = festival_event(slug)
    published = queries.festival_of(event).published_at is not None
    may_arrange = current_user.role is Role.COORDINATOR
    return render_template(
        "festival/programme.html",
        event=event,
        published=published,
        programme=programme_of(event) if published or may_arrange else None,
    )


@blueprint.get(f"{PUBLIC}/program.pdf")
@public
@limiter.limit("60 per minute")
@kept_for_visitors(lambda slug: queries.version_of(slug, now()))
def programme_pdf(slug: str) -> ResponseReturnValue:
    """The programme as a sheet to hang up."""
    event = festival_event(slug)
    published = queries.festival_of(event).published_at
    if published is None and current_user.role is not Role.COORDINATOR:
        raise NotFound
    made = queries.changed_at(event) if published is not None else None
    pdf = poster(event, programme_of(event), made=made or now())
    response = Response(pdf, mimetype=MIMETYPE)
    response.headers["Content-Disposition"] = f'inline; filename="program-{event.slug}.pdf"'
    return response


@blueprint.get(f"{DESK}/program")
@staff(Role.COORDINATOR)
def publication(slug: str) -> ResponseReturnValue:
    """What publishing would do: who gets a letter, who has no place, what clashes."""
    event = festival_event(slug)
    festival, accepted = queries.festival_of(event), publishing.accepted(event)
    return render_template(
        "festival/publication.html",
        event=event,
        festival=festival,
        told=publishing.to_be_told(event),
        without=[a for a in accepted if not whereabouts(a)],
        empty=programme_of(event).empty,
        clashes=bool(running(queries.turns_on(event), queries.day_of(event))),
        word_for=word_for,
        may_publish=can_publish_programme(current_user, event, now()),
        may_arrange=can_arrange_festival(current_user, event, now()),
    )


@blueprint.post(f"{DESK}/program/oglos")
@staff(Role.COORDINATOR)
def publish(slug: str) -> ResponseReturnValue:
    """Publish the programme."""
    event = festival_event(slug)
    with transaction():
        told = publishing.publish(event, by=current_user._get_current_object(), at=now())
    letters = ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", told)
    flash(_("The programme is published.") + (f" {letters}" if told else ""), "success")
    return _back(event)


@blueprint.post(f"{DESK}/program/cofnij")
@staff(Role.COORDINATOR)
def take_back(slug: str) -> ResponseReturnValue:
    """Hide the programme again."""
    event = festival_event(slug)
    with transaction():
        publishing.take_back(event, by=current_user._get_current_object(), at=now())
    flash(_("The programme is hidden. Nobody was written to."), "success")
    return _back(event)


def _back(event: Event) -> ResponseReturnValue:
    return redirect(url_for(".publication", slug=event.slug), 303)
