"""What we write when dates change or are called off: one letter, however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events.messages import event_address, facts, letter, manage
from app.events.models import Event
from app.events.planning import Occasion, occasion_of
from app.events.series import Move
from app.platform.language import moment
from app.platform.links import absolute
from app.platform.mail import Message


@dataclass(frozen=True, slots=True)
class NewDate:
    """A date that has changed, as one reader learns it; ``was`` is the old time in words.

    ``link`` is the secret one of their sign-up, empty for who was invited and has not signed up.
    Only who has a place learns the link for those who take part online. A place that is offered
    is ``kept_until``.
    """

    event: Event
    before: Occasion
    was: str
    link: str = ""
    has_place: bool = False
    kept_until: datetime | None = None

    @property
    def changes_link_alone(self) -> bool:
        """Whether date and place stay."""
        return Move(self.event, self.before, occasion_of(self.event)).changes_link_alone


def moved(dates: Sequence[NewDate]) -> Message:
    """The time, the place or the link has changed."""
    event, number = dates[0].event, len(dates)
    if all(date.changes_link_alone for date in dates):
        subject = _("Change of the link: %(event)s", event=event.title)
        return letter(subject, event, *(part for date in dates for part in _new_link(date)))
    return letter(
        ngettext("New date or place: %(event)s", "New dates: %(event)s", number, event=event.title),
        event,
        ngettext(
            "The date or the place has changed. It is now:",
            "%(num)s dates have changed. They are now:",
            number,
        ),
        *(part for date in dates for part in _new_date(date)),
    )


def _new_date(date: NewDate) -> Sequence[str]:
    event, before, link = date.event, date.before, date.link
    new_link = date.has_place and event.online_url not in ("", before.online_url)
    return (
        facts(event, online=date.has_place),
        _("The link for those who take part online is new.") if new_link else "",
        _("The date before: %(before)s", before=date.was),
        _("The place before: %(place)s", place=before.place)
        if before.place not in ("", event.place)
        else "",
        _offer(date.kept_until, link)
        if date.kept_until
        else _(
            "Your sign-up stands. If the new date does not suit you, cancel here:\n%(url)s",
            url=link,
        )
        if link
        else _("Sign up here, with this address:\n%(url)s", url=event_address(event)),
    )


def _offer(until: datetime, link: str) -> str:
    return _(
        "We are keeping a place for you until %(until)s. Say here whether you want it:\n%(url)s",
        until=moment(until, weekday=True),
        url=link,
    )


def _new_link(date: NewDate) -> Sequence[str]:
    event = date.event
    said = (
        _("The link for those who take part online has changed. The date and the place stay:")
        if event.online_url
        else _("It is no longer possible to take part online. The date and the place stay:")
    )
    return said, facts(event, online=True), manage(date.link)


def called_off(events: Sequence[Event], reason: str) -> Message:
    """What will not take place."""
    event, number = events[0], len(events)
    return letter(
        _("Cancelled: %(event)s", event=event.title),
        event,
        ngettext(
            "We are sorry: this event will not take place.",
            "We are sorry: %(num)s dates will not take place.",
            number,
        ),
        *(facts(one) for one in events),
        _("Reason: %(reason)s", reason=reason),
        _("You need not do anything. Other events:\n%(url)s", url=absolute("events.index")),
    )
