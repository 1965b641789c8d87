"""What is done at the door: let in, take back, write in who came without a sign-up.

Everything happens with the event's row locked, like everything that gives places (ADR 0017).
A deed told twice, or by two devices, is one attendance.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.door.acts import Act, Deed, Outcome
from app.door.attendance import Presence, standing
from app.door.models import CheckIn
from app.door.permissions import OPENS_BEFORE, can_take_attendance
from app.door.queries import check_in_of, key_of_another, participant_of, present_at
from app.events import places
from app.events.content import Applicant, Wish
from app.events.models import Event
from app.events.models_signups import HOLDING, LIVE, Participant, SignUp, SignUpChannel, SignUpState
from app.events.queries import locked
from app.events.queries_signups import signup_by_submission
from app.events.records import keep, make
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require

WHEN_TAKEN = _l("Attendance is taken from the day before the event, by those who run it.")


class NoRoom(DomainError):
    """Every place is taken; whoever is at the door decides, and says why."""

    def __init__(self, event: Event) -> None:
        figures = {"taken": event.taken, "all": event.capacity or 0, "kept": event.reserved}
        super().__init__(
            _l(
                "No place is free: %(taken)d of %(all)d are taken, the office keeps %(kept)d. Let "
                "this person in with a reason, or ask them to wait.",
                **figures,
            )
            if event.reserved
            else _l(
                "All places are taken (%(taken)d of %(all)d). Let this person in with a reason, "
                "or ask them to wait.",
                **figures,
            )
        )


def carry_out(event: Event, act: Act, *, by: User, at: datetime) -> Outcome:
    """Do what a device tells, once, however often and late it tells it.

    Raises ``DomainError`` before anything is written.
    """
    event = locked(event.id)
    require(
        can_take_attendance(by, event, at),
        WHEN_TAKEN,
    )
    told = Presence(_moment_of(event, act, at), act.deed is not Deed.TAKE_BACK)
    participant = _walk_in(event, act, by, at) if act.deed is Deed.WALK_IN else _named(event, act)
    if key_of_another(act.key, participant):
        raise DomainError(_l("This was sent before as something else. Reload the page."))
    row = check_in_of(participant)
    known = _presence(row)
    if row is not None and row.client_key == act.key and row.undone_at is None:
        return Outcome.IN
    stands = standing(known, told)
    if stands.present != told.present:
        return Outcome.OVERTAKEN
    if act.deed is Deed.LET_IN:
        _seat(event, participant.signup, act, by, at)
    row = row or _new(participant, act, told)
    was_there = known is not None and known.present
    _write(row, stands, act, fresh=not was_there)
    row.received_at, row.by_id = at, by.id
    if was_there != stands.present:
        record(str(act.deed), participant, by=by, at=at, scope=event, way=str(row.way))
    _follow(participant.signup, stands, by=by, at=at)
    _count(event)
    if not stands.present:
        return Outcome.OUT
    return Outcome.ALREADY if was_there else Outcome.IN


def _moment_of(event: Event, act: Act, at: datetime) -> datetime:
    """The door's moment, as far as the device's clock can be believed."""
    return max(min(act.happened_at, at), event.starts_at - OPENS_BEFORE)


def _named(event: Event, act: Act) -> Participant:
    participant = participant_of(event, act.participant_id)
    if participant is None:
        raise DomainError(_l("This person is not on the list. Write them in at the door."))
    return participant


def _presence(row: CheckIn | None) -> Presence | None:
    if row is None:
        return None
    return Presence(row.undone_at or row.happened_at, row.undone_at is None)


def _new(participant: Participant, act: Act, told: Presence) -> CheckIn:
    row = CheckIn(
        event_id=participant.event_id,
        participant=participant,
        happened_at=told.at,
        way=act.way,
        client_key=act.key,
    )
    db.session.add(row)
    return row


def _write(row: CheckIn, stands: Presence, act: Act, *, fresh: bool) -> None:
    """Keep what stands now; the device that let somebody in first stays the one that did."""
    if stands.present and fresh:
        row.way, row.client_key = act.way, act.key
    if stands.present:
        row.happened_at = stands.at
    row.undone_at = None if stands.present else stands.at
    row.participant.let_in = stands.present


def _seat(event: Event, signup: SignUp, act: Act, by: User, at: datetime) -> None:
    """Somebody from the waiting list stands at the door: they have a place, or there is none."""
    if signup.state is SignUpState.PLACED or signup.channel is SignUpChannel.DOOR:
        return
    if signup.state not in LIVE:
        raise DomainError(_l("This sign-up was cancelled. Write the person in at the door."))
    if signup.state not in HOLDING:
        _refuse_crowd(event, act, signup.people)
    places.turn(signup, SignUpState.PLACED, by=by, at=at, at_door=True, reason=act.reason)
    places.count(event)


def _refuse_crowd(event: Event, act: Act, people: int) -> None:
    full = event.free is not None and event.free < people
    if full and not act.reason and not act.offline:
        raise NoRoom(event)


def _walk_in(event: Event, act: Act, by: User, at: datetime) -> Participant:
    """The row of somebody who came without a sign-up; the same act again finds it."""
    made = signup_by_submission(act.key)
    if made is None:
        if not act.name:
            raise DomainError(_l("Write the first and last name."))
        _refuse_crowd(event, act, 1)
        wish = Wish(names=(act.name,))
        made = make(
            event,
            wish,
            Applicant(name=act.name),
            submission_key=act.key,
            at=at,
            channel=SignUpChannel.DOOR,
        )
        made.entered_by_id = by.id
        event.last_signup_number += 1
        made.number = made.rank = event.last_signup_number
        keep(made, wish)
        places.turn(made, SignUpState.PLACED, by=by, at=at, at_door=True, reason=act.reason)
        places.count(event)
    if made.event_id != event.id or made.channel is not SignUpChannel.DOOR:
        raise DomainError(_l("This was sent before as something else. Reload the page."))
    return made.participants[0]


def _follow(signup: SignUp, stands: Presence, *, by: User, at: datetime) -> None:
    """Who was written in at the door by mistake takes no place."""
    wanted = SignUpState.PLACED if stands.present else SignUpState.CANCELLED
    if signup.channel is SignUpChannel.DOOR and signup.state is not wanted:
        places.turn(signup, wanted, by=by, at=at, at_door=True)
        places.settle(signup.event, at=at)


def _count(event: Event) -> None:
    """The figures of attendance, wherever the event is shown.

    Once minutes are published, the figures are theirs: everybody reads the same in both places.
    """
    if event.minutes_published_at is not None:
        return
    db.session.flush()
    figures = present_at(event)
    if figures != (event.people_present, event.organisations_present):
        event.people_present, event.organisations_present = figures
        event.revision += 1
