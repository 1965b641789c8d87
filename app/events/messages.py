"""What we write to people about events and their sign-ups.

Each takes the event and ``link``, the secret address at which the reader changes or cancels; so
the office can be shown a letter before it is sent.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events.models import Event
from app.events.waiting_list import Standing
from app.events.waiting_words import why_waiting
from app.platform.clock import local
from app.platform.language import moment
from app.platform.links import absolute
from app.platform.mail import Message


def hours(starts_at: datetime, ends_at: datetime) -> str:
    """„12 czerwca 2015 r. (piątek), 10:00–12:00”, with the second day where there is one."""
    begin = moment(starts_at, weekday=True)
    if local(starts_at).date() == local(ends_at).date():
        return f"{begin}–{local(ends_at):%-H:%M}"
    return f"{begin} – {moment(ends_at, weekday=True)}"


def event_address(event: Event) -> str:
    """Where everybody reads about an event."""
    return absolute("events.show", slug=event.slug)


def facts(event: Event, *, online: bool = False) -> str:
    """What, when and where, on a line each; ``online``: with the link."""
    lines = [event.title, hours(event.starts_at, event.ends_at)]
    if event.place:
        lines.append(event.place)
    if online and event.online_url:
        lines.append(str(_("Online:")))
        lines.append(event.online_url)
    return "\n".join(lines)


def manage(link: str) -> str:
    """What the secret link of a sign-up is for."""
    return str(
        _(
            "With this link you see your sign-up, and can change or cancel it. Do not pass it "
            "on:\n%(url)s",
            url=link,
        )
    )


def letter(subject: str, event: Event, *paragraphs: str) -> Message:
    """A letter with whom to ask at its end; empty paragraphs are left out."""
    contact = _("Questions? %(contact)s", contact=event.contact) if event.contact else ""
    everything = (*paragraphs, contact)
    return Message(str(subject), "\n\n".join(str(part) for part in everything if part))


def please_confirm(event: Event, link: str) -> Message:
    """Somebody without an account signs up: the address must be confirmed first."""
    return letter(
        _("Confirm your sign-up: %(event)s", event=event.title),
        event,
        _("Somebody has signed up with this address for:"),
        facts(event),
        _("If it was you, open this page and confirm:\n%(url)s", url=link),
        _(
            "Your place, or your number on the waiting list, counts from the moment you confirm. "
            "The link works for 24 hours. If it was not you, do nothing."
        ),
    )


def signed_up_already(event: Event, link: str) -> Message:
    """Somebody has signed up a second time with the same address."""
    return letter(
        _("You are signed up already: %(event)s", event=event.title),
        event,
        _("Somebody has just signed up with this address once more. You are on the list already:"),
        facts(event),
        manage(link),
    )


def not_invited(event: Event) -> Message:
    """Somebody has tried to sign up for a meeting by invitation from another address."""
    return letter(
        _("This meeting is by invitation: %(event)s", event=event.title),
        event,
        _("Somebody has tried to sign up with this address for:"),
        facts(event),
        _(
            "The meeting is by invitation, and this address is not on the list. If you were "
            "invited, sign up with the address to which the invitation came."
        ),
    )


def invited(event: Event, organisation: str = "") -> Message:
    """The office invites an address, or an ``organisation`` for which the reader speaks."""
    address = event_address(event)
    return letter(
        _("Invitation: %(event)s", event=event.title),
        event,
        _("We invite your organisation (%(name)s) to:", name=organisation)
        if organisation
        else _("We invite you to:"),
        facts(event),
        event.summary,
        _("Sign in with the account of this address and sign up here:\n%(url)s", url=address)
        if organisation
        else _("Sign up here, with this address:\n%(url)s", url=address),
    )


def placed(event: Event, link: str, people: int, tickets: str) -> Message:
    """A place, at once."""
    return letter(
        _("You have a place: %(event)s", event=event.title),
        event,
        ngettext(
            "You have a place. We are expecting you:",
            "You have %(num)s places. We are expecting you:",
            people,
        ),
        facts(event, online=True),
        tickets,
        manage(link),
        _("If you cannot come, please cancel: somebody else will get the place."),
    )


def waiting(event: Event, link: str, standing: Standing) -> Message:
    """No place now; a number on the waiting list."""
    return letter(
        _(
            "You are number %(number)s on the waiting list: %(event)s",
            number=standing.number,
            event=event.title,
        ),
        event,
        _("You are number %(number)s on the waiting list for:", number=standing.number),
        facts(event),
        why_waiting(standing, event.per_organisation),
        _("We will write as soon as there is a place for you."),
        manage(link),
    )


def promoted(event: Event, link: str, people: int, tickets: str) -> Message:
    """A place became free and is theirs."""
    return letter(
        _("A place has become free and is yours: %(event)s", event=event.title),
        event,
        ngettext(
            "A place has become free. It is yours, you need not do anything:",
            "Places have become free. All %(num)s are yours, you need not do anything:",
            people,
        ),
        facts(event, online=True),
        tickets,
        _("If you cannot come any more, please cancel, so that the next person gets it."),
        manage(link),
    )


def offered(event: Event, link: str, until: datetime, people: int) -> Message:
    """A place became free, or several for a group; held until they answer."""
    return letter(
        ngettext(
            "A place has become free. Do you want it? %(event)s",
            "%(num)s places have become free. Do you want them? %(event)s",
            people,
            event=event.title,
        ),
        event,
        ngettext(
            "A place has become free and we are keeping it for you until %(until)s:",
            "%(num)s places have become free and we are keeping them for you until %(until)s:",
            people,
            until=moment(until, weekday=True),
        ),
        facts(event),
        _("Open this page and say yes or no:\n%(url)s", url=link),
        ngettext(
            "If you do not answer in time, the place goes to the next person on the list.",
            "If you do not answer in time, the places go to the next people on the list.",
            people,
        ),
    )


def offer_lapsed(event: Event, *, open_still: bool) -> Message:
    """The time to answer is over; the place went on. While sign-ups are taken, say so."""
    again = _(
        "If you still want to come, sign up again:\n%(url)s",
        url=event_address(event),
    )
    return letter(
        _("The offered place has gone to the next person: %(event)s", event=event.title),
        event,
        _("We kept a place for you, but the time to answer is over. This was about:"),
        facts(event),
        _("You are no longer on the waiting list."),
        again if open_still else "",
    )


def cancelled(event: Event) -> Message:
    """Somebody has cancelled their own sign-up."""
    return letter(
        _("You have cancelled: %(event)s", event=event.title),
        event,
        _("Thank you for letting us know. Your sign-up is cancelled:"),
        facts(event),
        _("If you change your mind, sign up again:\n%(url)s", url=event_address(event)),
    )


def removed(event: Event, reason: str) -> Message:
    """The office has cancelled somebody's sign-up."""
    return letter(
        _("Your sign-up has been cancelled: %(event)s", event=event.title),
        event,
        _("The office has cancelled your sign-up for:"),
        facts(event),
        _("Reason: %(reason)s", reason=reason),
    )


def reminder(event: Event, link: str, days: int) -> Message:
    """The event is near."""
    return letter(
        ngettext(
            "Tomorrow: %(event)s",
            "In %(num)s days: %(event)s",
            days,
            event=event.title,
        )
        if days
        else _("Today: %(event)s", event=event.title),
        event,
        _("We are expecting you:"),
        facts(event, online=True),
        event.accessibility,
        _("If you cannot come, please cancel now: somebody is waiting for the place.")
        if event.waiting
        else _("If you cannot come, please cancel."),
        manage(link),
    )


def thanks(event: Event, words: str) -> Message:
    """After the event: thanks, materials, the questionnaire."""
    questionnaire = (
        _("Tell us how it was (a few questions):\n%(url)s", url=event.questionnaire_url)
        if event.questionnaire_url
        else ""
    )
    minutes = (
        _("The minutes:\n%(url)s", url=absolute("minutes.protocol", slug=event.slug))
        if event.minutes_published_at
        else ""
    )
    return letter(
        _("Thank you for coming: %(event)s", event=event.title),
        event,
        words,
        _(
            "Materials, and what came of the meeting, are on its page:\n%(url)s",
            url=event_address(event),
        ),
        minutes,
        questionnaire,
    )
