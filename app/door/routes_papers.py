"""Addresses of what is printed for the door."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.models import Role
from app.door.blueprint import EVENT, blueprint, paper, private
from app.door.papers import printing
from app.door.queries import figures_of, guests_of
from app.events.finding import event_with_people
from app.platform.access import staff
from app.platform.clock import now
from app.platform.links import number
from app.platform.security import limiter
from app.platform.typesetting import MIMETYPE

PAPERS = f"{EVENT}/druki"

#: Rows of the list for those who come without a sign-up, unless asked otherwise, and at most.
BLANK, MOST_BLANK = 10, 200


@blueprint.get(PAPERS)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def papers(slug: str) -> ResponseReturnValue:
    """What can be printed for an event, and for how many people."""
    event = event_with_people(slug)
    guests = guests_of(event)
    return private(
        render_template(
            "door/papers.html",
            event=event,
            figures=figures_of(guests),
            people=sum(not guest.waits for guest in guests),
            blank=BLANK,
            most=MOST_BLANK,
        )
    )


@blueprint.get(f"{PAPERS}/lista-obecnosci.pdf")
@staff(Role.COORDINATOR, Role.FACILITATOR)
@limiter.limit("30 per minute")
def attendance_list(slug: str) -> ResponseReturnValue:
    """The list that people sign, with as many empty rows as asked for."""
    event = event_with_people(slug)
    blank = request.args.get("puste", BLANK, type=number)
    pdf = printing.attendance_list(
        event, guests_of(event), blank=min(blank, MOST_BLANK), made=now()
    )
    return paper(pdf, f"lista-obecnosci-{event.slug}.pdf", MIMETYPE)


@blueprint.get(f"{PAPERS}/identyfikatory.pdf")
@staff(Role.COORDINATOR, Role.FACILITATOR)
@limiter.limit("30 per minute")
def badges(slug: str) -> ResponseReturnValue:
    """Badges to cut, with the codes that let their owners in."""
    event = event_with_people(slug)
    pdf = printing.badges(event, guests_of(event), made=now())
    return paper(pdf, f"identyfikatory-{event.slug}.pdf", MIMETYPE)
