"""Addresses of figures and of tables to take away."""

from __future__ import annotations

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.door import exports, figures
from app.door.blueprint import EVENT, blueprint, paper
from app.door.permissions import can_export_participants
from app.events.finding import event_with_people, visible_event
from app.platform import sheets
from app.platform.access import staff
from app.platform.clock import local, now
from app.platform.errors import require
from app.platform.security import limiter

YEARS = "/biurko/wydarzenia-w-liczbach"

#: Years that a calendar has; whoever asks for another has mistyped.
FIRST, LAST = 1990, 2200


@blueprint.get(f"{EVENT}/liczby")
@staff(Role.COORDINATOR, Role.FACILITATOR, Role.EXECUTIVE)
def event_figures(slug: str) -> ResponseReturnValue:
    """Who signed up and who came to one event, in figures."""
    event = visible_event(slug)
    return render_template(
        "door/figures.html",
        event=event,
        figures=figures.attendance_of(event, now()),
        organisations=figures.organisations_of(event),
        may_export=can_export_participants(current_user, event, now()),
    )


@blueprint.get(f"{EVENT}/uczestnicy.<any(csv, xlsx):kind>")
@staff(Role.COORDINATOR, Role.FACILITATOR)
@limiter.limit("30 per minute")
def participants_file(slug: str, kind: str) -> ResponseReturnValue:
    """The participants as a table, with what they answered; needs only if asked for."""
    event = event_with_people(slug)
    require(
        can_export_participants(current_user, event, now()),
        _("The data of the participants has been erased; the figures are on the page of figures."),
    )
    with_needs = request.args.get("potrzeby") == "1"
    sheet = exports.participants(event, with_needs=with_needs)
    return _file(sheet, kind, f"uczestnicy-{event.slug}", event.title)


@blueprint.get(YEARS)
@blueprint.get(f"{YEARS}/<int:year>")
@staff(Role.COORDINATOR, Role.FACILITATOR, Role.EXECUTIVE)
def year_figures(year: int | None = None) -> ResponseReturnValue:
    """The events of a year in figures: this year's unless another is named."""
    known = figures.years_with_events()
    shown = min(max(year or local(now()).year, FIRST), LAST)
    return render_template(
        "door/year.html", shown=figures.year_in_figures(shown, now()), years=known, year=shown
    )


@blueprint.get(f"{YEARS}/<int:year>.<any(csv, xlsx):kind>")
@staff(Role.COORDINATOR, Role.FACILITATOR, Role.EXECUTIVE)
@limiter.limit("30 per minute")
def year_file(year: int, kind: str) -> ResponseReturnValue:
    """The events of a year in figures, as a table."""
    shown = figures.year_in_figures(min(max(year, FIRST), LAST), now())
    title = _("Events %(year)s", year=shown.year)
    return _file(exports.year_sheet(shown), kind, f"wydarzenia-{shown.year}", title)


def _file(sheet: sheets.Sheet, kind: str, name: str, title: str) -> ResponseReturnValue:
    if kind == "csv":
        return paper(sheets.as_csv(sheet), f"{name}.csv", sheets.CSV, attached=True)
    author = str(current_app.config["SITE_NAME"])
    content = sheets.as_xlsx([sheet], title=title, author=author, made=now())
    return paper(content, f"{name}.xlsx", sheets.XLSX, attached=True)
