"""The one source of the present moment, so that the demo town can live in its own year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

#: Every date a person reads or types is meant in this zone; every stored moment is UTC.
TOWN_ZONE = ZoneInfo("Europe/Warsaw")


def now() -> datetime:
    """The present moment in UTC, in the demo town shifted by as much as its clock is turned."""
    return datetime.now(UTC) + timedelta(seconds=_offset() if has_app_context() else 0)


def _offset() -> float:
    turned = current_app.extensions["turned_clock"]() if current_app.config.get("DEMO") else None
    return float(current_app.config.get("DEMO_CLOCK_OFFSET") or 0) if turned is None else turned


def today() -> date:
    """Today's date in the town, which near midnight differs from the date in UTC."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment as the town's clocks show it."""
    return moment.astimezone(TOWN_ZONE)
