"""Looking up who is expected and who has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import Organisation
from app.door.models import CheckIn
from app.events.models import Event
from app.events.models_signups import (
    HOLDING,
    LIVE,
    Participant,
    SignUp,
    SignUpChannel,
    SignUpState,
)
from app.platform.db import db
from app.platform.polish import fits, sort_key


class Guest(NamedTuple):
    """Somebody on the list at the door; ``came_at`` is empty while they have not come."""

    id: int  # of the participant
    name: str
    code: str
    organisation: str  # for whom they come
    state: SignUpState
    channel: SignUpChannel
    rank: int
    position: int
    came_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether they are still on the waiting list."""
        return self.state not in HOLDING

    @property
    def walked_in(self) -> bool:
        """Whether they came without a sign-up."""
        return self.channel is SignUpChannel.DOOR


@dataclass(frozen=True, slots=True)
class Figures:
    """What the door counts: people expected (with a place), come, of these without a sign-up."""

    expected: int
    come: int
    walked_in: int
    waiting: int


def guests_of(event: Event) -> Sequence[Guest]:
    """Everybody with a place or waiting for one, and those who came, by surname."""
    rows = db.session.execute(
        sa.select(
            Participant.id,
            Participant.name,
            Participant.code,
            sa.func.coalesce(Organisation.name, ""),
            SignUp.state,
            SignUp.channel,
            sa.func.coalesce(SignUp.rank, 0),
            Participant.position,
            sa.case((_is_there(), CheckIn.happened_at)),
        )
        .join(Participant.signup)
        .outerjoin(SignUp.organisation)
        .outerjoin(CheckIn, CheckIn.participant_id == Participant.id)
        .where(Participant.event_id == event.id)
        .where(sa.or_(SignUp.state.in_(LIVE), _is_there()), Participant.name != "")
    )
    return sorted((Guest(*row) for row in rows), key=lambda guest: _by_surname(guest.name))


def _by_surname(name: str) -> tuple[object, ...]:
    words = name.split()
    return sort_key(words[-1] if words else ""), sort_key(name)


def figures_of(guests: Sequence[Guest]) -> Figures:
    """The counters of the door."""
    return Figures(
        expected=sum(not (g.waits or g.walked_in) for g in guests),
        come=sum(g.came_at is not None for g in guests),
        walked_in=sum(g.came_at is not None and g.walked_in for g in guests),
        waiting=sum(g.waits for g in guests),
    )


def matching(guests: Sequence[Guest], sought: str) -> Sequence[Guest]:
    """Those whose code is this, or in whose name or organisation every word occurs."""
    code = code_in(sought)
    by_code = [g for g in guests if g.code == code]
    return by_code or [g for g in guests if fits(f"{g.name} {g.organisation}", sought)]


def code_in(text: str) -> str:
    """The ticket code in what a camera or a person has read: the last part of an address."""
    return text.strip().rstrip("/").replace("=", "/").rpartition("/")[2].replace(" ", "").upper()


def participant_of(event: Event, participant_id: int) -> Participant | None:
    """A participant of this event with the sign-up, as they stand now."""
    return db.session.scalar(
        sa.select(Participant)
        .where(Participant.event_id == event.id, Participant.id == participant_id)
        .options(joinedload(Participant.signup))
        .execution_options(populate_existing=True)
    )


def check_in_of(participant: Participant) -> CheckIn | None:
    """The check-in of a participant, also one that was taken back."""
    return db.session.scalar(sa.select(CheckIn).where(CheckIn.participant_id == participant.id))


def key_of_another(client_key: str, participant: Participant) -> bool:
    """Whether a device's key was used for somebody else."""
    other = sa.select(CheckIn.id).where(
        CheckIn.client_key == client_key, CheckIn.participant_id != participant.id
    )
    return db.session.scalar(other) is not None


def _is_there() -> sa.ColumnElement[bool]:
    return sa.and_(CheckIn.id.is_not(None), CheckIn.undone_at.is_(None))


def present_at(event: Event) -> tuple[int, int]:
    """How many people have come, and from how many organisations."""
    people, organisations = db.session.execute(
        sa.select(sa.func.count(Participant.id), sa.func.count(sa.distinct(SignUp.organisation_id)))
        .join(CheckIn, CheckIn.participant_id == Participant.id)
        .join(Participant.signup)
        .where(Participant.event_id == event.id, _is_there())
    ).one()
    return people, organisations
