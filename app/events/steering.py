"""What the office does with dates that people rely on: move them, call them off; and its thanks.

One act may reach several dates of a series: they are locked together, it succeeds for all of them
or for none, and whoever knows several is written to once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from functools import partial

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.events import messages, messages_dates, places
from app.events.actions import ChangedMeanwhile
from app.events.messages_dates import NewDate
from app.events.models import Event, EventStatus
from app.events.models_signups import SignUp, SignUpState
from app.events.permissions import can_cancel_event, can_move_event, can_thank_participants
from app.events.planning import Occasion, occasion_of, wrong_dates
from app.events.post import tell_all
from app.events.queries import dates_of_series, locked
from app.events.queries_invited import invited_without_signup
from app.events.queries_signups import holders_of_places, those_to_tell
from app.events.series import Move, Reach, moved_likewise
from app.events.telling import Reader, own_link, readers_of, write_to
from app.journal.actions import record
from app.platform.errors import DomainError, require
from app.platform.keys import hash_of
from app.platform.language import site_language
from app.platform.mail import Message


def _reached(event: Event, reach: Reach) -> list[Event]:
    others = [] if reach is Reach.ALONE else dates_of_series(event)
    wanted = [e for e in others if reach is Reach.ALL or e.starts_at >= event.starts_at]
    return sorted([event, *wanted], key=lambda e: (e.starts_at, e.id))


def dates_to_move(event: Event, reach: Reach, *, by: User, at: datetime) -> list[Event]:
    """The dates that a move reaches: none that has begun or is called off."""
    return [e for e in _reached(event, reach) if can_move_event(by, e, at)]


def dates_to_call_off(event: Event, reach: Reach, *, by: User, at: datetime) -> list[Event]:
    """The dates that are called off: none that is over, called off before, or never published."""
    return [e for e in _reached(event, reach) if can_cancel_event(by, e, at)]


def seen_of(dates: Sequence[Event]) -> str:
    """What a preview carries to notice that it shows what is no longer so."""
    return hash_of(repr([(e.id, e.sequence, str(e.status)) for e in dates]))[:24]


def _hold(event: Event, reach: Reach) -> None:
    """Lock what the act may reach, always in the same order."""
    series = [] if reach is Reach.ALONE else dates_of_series(event)
    for number in sorted(e.id for e in (event, *series)):
        locked(number)


def _refuse_unseen(dates: Sequence[Event], seen: str | None) -> None:
    if seen is not None and seen != seen_of(dates):
        raise ChangedMeanwhile


def planned(
    event: Event, occasion: Occasion, reach: Reach, *, by: User, at: datetime
) -> list[Move]:
    """Where one date, and with it those that the act reaches, would be moved."""
    before = occasion_of(event)
    return [
        Move(
            one,
            occasion_of(one),
            occasion if one.id == event.id else moved_likewise(occasion_of(one), before, occasion),
        )
        for one in dates_to_move(event, reach, by=by, at=at)
    ]


def wrong_moves(moves: Sequence[Move], event: Event, at: datetime) -> Iterator[tuple[str, object]]:
    """What is wrong with moves, as pairs (field, sentence); others than that of ``event`` named."""
    for move in moves:
        for name, problem in _wrong_move(move, at):
            if move.event.id == event.id:
                yield name, problem
            else:
                yield "", f"{_hours(move.before)}: {problem}"


def _hours(occasion: Occasion) -> str:
    return messages.hours(occasion.starts_at, occasion.ends_at)


def _wrong_move(move: Move, at: datetime) -> Iterator[tuple[str, object]]:
    yield from wrong_dates(move.after)
    if move.after.starts_at <= at:
        yield "starts_at", _l("The new date lies in the past. Choose a later one.")


def move(
    event: Event,
    occasion: Occasion,
    *,
    reach: Reach = Reach.ALONE,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> int:
    """Give an event another time or place and tell everybody who means to come; how many.

    Other dates that it reaches move by as much. Sign-ups stand. Who is filling in a form at this
    moment is shown the new date first. ``seen`` is what the preview showed (``seen_of``), ``None``
    for whatever stands; raises ``ChangedMeanwhile``.
    """
    _hold(event, reach)
    require(can_move_event(by, event, at), _l("What has begun can no longer be moved."))
    moves = planned(event, occasion, reach, by=by, at=at)
    changed = [one for one in moves if one.changed]
    if changed:
        _refuse_unseen([one.event for one in moves], seen)
    for _field, problem in wrong_moves(moves, event, at):
        raise DomainError(problem)
    for one in moves:
        _carry_out(one, by=by, at=at)
    told = write_to(
        readers_of_move(changed),
        letter_of_move(changed),
        about=f"moved:{changed[0].event.sequence}" if changed else "",
        at=at,
    )
    for one in moves:
        places.settle(one.event, at=at)
    return told


def _carry_out(move: Move, *, by: User, at: datetime) -> None:
    event = move.event
    places.lapse_offers(event, at=at)
    for name in (field.name for field in fields(Occasion)):
        setattr(event, name, getattr(move.after, name))
    if not move.changed:
        return
    event.sequence, event.changed_at = event.sequence + 1, at
    span = [move.before.starts_at.isoformat(), move.after.starts_at.isoformat()]
    record("moved", event, by=by, at=at, fields=move.changed, starts_at=span)
    places.shorten_offers(event)


def readers_of_move(moves: Sequence[Move]) -> list[Reader]:
    """Whom moves concern: a new link alone only those who have a place."""
    return readers_of(
        (move.event, holders_of_places(move.event), ())
        if move.changes_link_alone
        else (move.event, those_to_tell(move.event), invited_without_signup(move.event))
        for move in moves
        if move.changed and move.event.status is EventStatus.PUBLISHED
    )


def letter_of_move(moves: Sequence[Move]) -> Callable[[Reader], Message]:
    """What each reader is told of the dates that they know."""
    with force_locale(site_language()):
        known = {
            m.event.id: (m, messages.hours(m.before.starts_at, m.before.ends_at)) for m in moves
        }

    def new_date(event: Event, signup: SignUp | None) -> NewDate:
        move, was = known[event.id]
        return NewDate(
            event,
            move.before,
            was,
            own_link(signup),
            has_place=signup is not None and signup.state is SignUpState.PLACED,
            kept_until=signup.offered_until if signup is not None else None,
        )

    return lambda reader: messages_dates.moved([new_date(*date) for date in reader.dates])


def cancel(
    event: Event,
    reason: str,
    *,
    reach: Reach = Reach.ALONE,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> int:
    """Call an event off, with a reason, and tell everybody who means to come; how many.

    So are the other dates that it reaches. Calling off twice is the same as once. ``seen`` is what
    the preview showed (``seen_of``), ``None`` for whatever stands; raises ``ChangedMeanwhile``.
    """
    _hold(event, reach)
    dates = dates_to_call_off(event, reach, by=by, at=at)
    if not dates and event.status is EventStatus.CANCELLED:
        return 0
    require(bool(dates), _l("This event is over or was never published."))
    if not reason.strip():
        raise DomainError(_l("Say why the event is called off: people will ask."))
    _refuse_unseen(dates, seen)
    readers = readers_of_call_off(dates)
    for one in dates:
        _call_off(one, reason.strip(), by=by, at=at)
    told = write_to(readers, letter_of_call_off(reason.strip()), about="event-cancelled", at=at)
    for one in dates:
        places.settle(one, at=at)
    return told


def _call_off(event: Event, reason: str, *, by: User, at: datetime) -> None:
    event.status, event.cancelled_at, event.cancel_reason = EventStatus.CANCELLED, at, reason
    event.sequence, event.changed_at = event.sequence + 1, at
    record("cancelled", event, by=by, at=at, reason=reason)


def readers_of_call_off(dates: Sequence[Event]) -> list[Reader]:
    """Whoever means to come to one of these dates, or was invited to it."""
    return readers_of((e, those_to_tell(e), invited_without_signup(e)) for e in dates)


def letter_of_call_off(reason: str) -> Callable[[Reader], Message]:
    """What each reader is told of the dates that they know."""
    return lambda reader: messages_dates.called_off([event for event, _ in reader.dates], reason)


def thank(event: Event, words: str, *, by: User, at: datetime) -> int:
    """Thank those who had a place, with the way to materials and the questionnaire; how many."""
    event = locked(event.id)
    require(
        can_thank_participants(by, event, at),
        _l("Thanks go out once, when the event is over."),
    )
    event.thanked_at = at
    record("thanked", event, by=by, at=at)
    letter = partial(messages.thanks, event, words.strip())
    return tell_all(holders_of_places(event), lambda _: letter(), about="thanks", at=at)
