"""What we write to organisations about NGO Day."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events.messages import hours
from app.events.models import Event
from app.festival.models import Application, StageApplication, StandApplication
from app.platform.clock import local
from app.platform.mail import Message


def _message(subject: str, event: Event, *paragraphs: str) -> Message:
    contact = _("Questions? %(contact)s", contact=event.contact) if event.contact else ""
    everything = (*paragraphs, contact)
    return Message(str(subject), "\n\n".join(str(part) for part in everything if part))


def _facts(application: Application) -> str:
    """What was asked for, on lines of their own."""
    event, of = application.event, application.organisation
    lines = [event.title, hours(event.starts_at, event.ends_at), of.name if of else ""]
    if isinstance(application, StandApplication):
        lines.append(stand_in_words(application))
    else:
        lines.append(_("On the stage: %(title)s", title=application.title))
        long = [ngettext("%(num)s minute", "%(num)s minutes", application.minutes)]
        if application.changeover:
            long.append(_("setting the stage: %(minutes)s min", minutes=application.changeover))
        lines.append(", ".join(long))
    return "\n".join(str(line) for line in lines if line)


def stand_in_words(stand: StandApplication) -> str:
    """„stoisko: 3 m, prąd do 500 W, stoły: 2, krzesła: 4”."""
    power = _("power up to %(watts)s W", watts=stand.watts) if stand.watts else _("no power")
    return str(
        _(
            "A stand: %(metres)s m, %(power)s, tables: %(tables)s, chairs: %(chairs)s",
            metres=stand.metres,
            power=power,
            tables=stand.tables,
            chairs=stand.chairs,
        )
    )


def _see(link: str) -> str:
    return str(_("Your application:\n%(url)s", url=link))


def received(application: Application, link: str) -> Message:
    """An application has come in."""
    return _message(
        _("We have your application: %(event)s", event=application.event.title),
        application.event,
        _("Thank you. We have your application:"),
        _facts(application),
        _("We will write to you when it is decided. Until then you can change or withdraw it."),
        _see(link),
    )


def changed(application: Application, link: str) -> Message:
    """The applicant has changed it."""
    return _message(
        _("Your application is changed: %(event)s", event=application.event.title),
        application.event,
        _("Your application now says:"),
        _facts(application),
        _see(link),
    )


def withdrawn(application: Application) -> Message:
    """The applicant has withdrawn it."""
    return _message(
        _("Your application is withdrawn: %(event)s", event=application.event.title),
        application.event,
        _("You have withdrawn this application:"),
        _facts(application),
        _("If you change your mind, apply again while applications are taken."),
    )


def accepted(application: Application, link: str) -> Message:
    """The office says yes; where and when comes with the programme."""
    return _message(
        _("Your application is accepted: %(event)s", event=application.event.title),
        application.event,
        _("We are glad that you will be there:"),
        _facts(application),
        _("We will write to you where your stand is when the programme is published.")
        if isinstance(application, StandApplication)
        else _("We will write to you when you are on stage when the programme is published."),
        _("If you cannot come, please withdraw the application: somebody else can have the place."),
        _see(link),
    )


def refused(application: Application, reason: str) -> Message:
    """The office says no, and why."""
    return _message(
        _("We cannot accept your application: %(event)s", event=application.event.title),
        application.event,
        _("We are sorry: we cannot accept this application."),
        _facts(application),
        _("Reason: %(reason)s", reason=reason),
    )


def placed(stand: StandApplication, link: str, programme: str) -> Message:
    """Where a stand is."""
    event, place = stand.event, stand.place
    return _message(
        _(
            "Your place is %(label)s: %(event)s",
            label=place.label if place else "",
            event=event.title,
        ),
        event,
        _("Your stand has place %(label)s on the square.", label=place.label if place else ""),
        _facts(stand),
        event.place,
        _("The programme and the plan of the square:\n%(url)s", url=programme),
        _see(link),
    )


def scheduled(turn: StageApplication, link: str, programme: str) -> Message:
    """When somebody is on stage."""
    assert turn.starts_at is not None
    event, hour = turn.event, f"{local(turn.starts_at):%-H:%M}"
    return _message(
        _("You are on stage at %(hour)s: %(event)s", hour=hour, event=event.title),
        event,
        _(
            "You begin at %(hour)s (%(stage)s). Be at the stage at %(ready)s: from then on it is "
            "set for you.",
            hour=hour,
            stage=turn.stage,
            ready=_set_from(turn),
        ),
        _facts(turn),
        event.place,
        _("The programme and the plan of the square:\n%(url)s", url=programme),
        _see(link),
    )


def _set_from(turn: StageApplication) -> str:
    assert turn.starts_at is not None
    return f"{local(turn.starts_at - timedelta(minutes=turn.changeover)):%-H:%M}"


def unplaced(application: Application, link: str) -> Message:
    """The place or the time that was told does not hold any more, and there is no other yet."""
    return _message(
        _("Your place or time will change: %(event)s", event=application.event.title),
        application.event,
        _("The place or the time that we wrote to you about no longer holds. This is about:"),
        _facts(application),
        _("Your application is still accepted. We will write as soon as the new one is known."),
        _see(link),
    )


def event_moved(application: Application, link: str, on_stage: datetime | None = None) -> Message:
    """The event has another date or place; ``on_stage`` is when they begin, if they were told."""
    event, here = application.event, ""
    if on_stage is not None:
        here = _("On stage you now begin at %(hour)s.", hour=f"{local(on_stage):%-H:%M}")
    return _message(
        _("New date or place: %(event)s", event=event.title),
        event,
        _("The date or the place has changed. It is now:"),
        "\n".join([event.title, hours(event.starts_at, event.ends_at), event.place]).strip(),
        here,
        _("Your application stands. If the new date does not suit you, please withdraw it."),
        _see(link),
    )


def event_cancelled(application: Application) -> Message:
    """The event will not take place."""
    event = application.event
    return _message(
        _("Cancelled: %(event)s", event=event.title),
        event,
        _("We are sorry: this event will not take place."),
        _facts(application),
        _("Reason: %(reason)s", reason=event.cancel_reason),
        _("You need not do anything."),
    )
