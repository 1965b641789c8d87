"""What clashes on a stage, as a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.events.models import Event
from app.festival.models import StageApplication
from app.festival.stage_programme import Clash, Problem
from app.platform.clock import local


def clock(moment: datetime) -> str:
    """„14:30”."""
    return f"{local(moment):%-H:%M}"


def sentence(
    clash: Clash,
    known: Mapping[int, StageApplication],
    event: Event,
    stage: str,
    free: datetime | None,
) -> str:
    """Why something cannot be there, and the next free start on that stage."""
    if free is not None:
        advice = _("The next free start there is %(hour)s.", hour=clock(free))
    else:
        advice = _("On this stage there is no more room that day: choose another one.")
    return f"{problem(clash, known, event, stage)} {advice}"


def problem(clash: Clash, known: Mapping[int, StageApplication], event: Event, stage: str) -> str:
    """Why something cannot be there."""
    other = clash.other
    if other is not None:
        with_what = {
            "title": known[other.id].title,
            "from_when": clock(other.starts_at),
            "until": clock(other.ends_at),
            "set_from": clock(other.starts_at - timedelta(minutes=other.changeover)),
        }
        if clash.problem is Problem.ELSEWHERE:
            return str(
                _(
                    "The same organisation is on another stage then: “%(title)s”, "
                    "%(from_when)s–%(until)s.",
                    **with_what,
                )
            )
        return str(
            _(
                "It clashes with “%(title)s”, which is on %(stage)s %(from_when)s–%(until)s "
                "(set from %(set_from)s).",
                stage=stage,
                **with_what,
            )
        )
    hours = {"from_when": clock(event.starts_at), "until": clock(event.ends_at)}
    return str(
        {
            Problem.BEFORE_EVENT: _("The event begins at %(from_when)s.", **hours),
            Problem.AFTER_EVENT: _(
                "It would not be over when the event ends, at %(until)s.", **hours
            ),
            Problem.TOO_EARLY: _("The organisation cannot be there so early."),
            Problem.TOO_LATE: _("The organisation must be done earlier."),
        }[clash.problem]
    )
