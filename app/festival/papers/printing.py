"""The programme as a tagged PDF, set by Typst."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.messages import hours
from app.events.models import Event
from app.festival.models import StageApplication, StandApplication
from app.festival.plan import Cell, Plan
from app.festival.programme import Programme
from app.platform.clock import local
from app.platform.language import moment, site_language
from app.platform.links import absolute
from app.platform.typesetting import UNKNOWN, line, typeset

TEMPLATE = Path(__file__).with_name("programme.typ")

#: More places in a row than this cannot be read on a sheet; the plan is then left to the page.
WIDEST = 10


def poster(event: Event, programme: Programme, *, made: datetime) -> bytes:
    """The sheet, in the town's language; the same programme gives the same bytes."""
    with force_locale(site_language()):
        note = _("Signs that the typefaces of this file lack stand as %(sign)s.", sign=UNKNOWN)
        return typeset(TEMPLATE, _data(event, programme, made), made=made, note=note)


def _data(event: Event, programme: Programme, made: datetime) -> dict[str, Any]:
    before, between, after = (
        part.strip() for part in _("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0")
    )
    return {
        "language": site_language(),
        "town": line(current_app.config["SITE_NAME"]),
        "title": line(event.title),
        "subject": str(_("Programme")),
        "when": line(hours(event.starts_at, event.ends_at)),
        "place": line(event.place),
        "stages": [
            {"name": line(name), "turns": [_turn(turn) for turn in turns]}
            for name, turns in programme.stages
        ],
        "stands_title": str(_("Stands on the square")),
        "stands": [_stand(stand) for stand in programme.stands],
        "plan_title": str(_("Plan of the square")),
        "plan": _plan(programme.plan),
        "address": absolute("festival.programme", slug=event.slug),
        "current": str(_("The current programme:")),
        "made": str(_("As of %(moment)s", moment=moment(made))),
        "page": [before, between, after],
    }


def _turn(turn: StageApplication) -> dict[str, str]:
    assert turn.starts_at is not None
    assert turn.ends_at is not None
    return {
        "begins": f"{local(turn.starts_at):%-H:%M}",
        "ends": f"{local(turn.ends_at):%-H:%M}",
        "title": line(turn.title),
        "who": line(turn.organisation.name) if turn.organisation else "",
        "about": line(turn.description),
    }


def _stand(stand: StandApplication) -> dict[str, str]:
    return {
        "label": line(stand.place.label if stand.place else ""),
        "name": line(stand.organisation.name),
        "shows": line(stand.shows),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    """Rows of cells: a label and who stands there; ``None`` for a gap."""
    columns = len(plan.columns)
    if not plan.rows or columns > WIDEST:
        return {"columns": 0, "rows": []}
    return {
        "columns": columns,
        "height": max(1.6, min(3.2, 21 / len(plan.rows))),
        "size": 10 if columns <= 6 else 7.5,
        "rows": [[_cell(cell) for cell in cells] for _row, cells in plan.rows],
    }


def _cell(cell: Cell) -> dict[str, str] | None:
    if cell.place is None:
        return None
    name = cell.stand.organisation.name if cell.stand else ""
    return {"label": line(cell.place.label), "name": line(name)}
