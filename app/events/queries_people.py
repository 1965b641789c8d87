"""Looking up everybody of an event for those who run it: the whole list, then one page of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Organisation
from app.events.models import Event
from app.events.models_signups import HOLDING, AccessNeeds, Participant, SignUp, SignUpState
from app.events.people_list import InLine
from app.platform.db import db


def everybody_of(event: Event) -> Sequence[InLine]:
    """All sign-ups of an event: places by arrival, then those waiting, then those who are gone."""
    waits = SignUp.state == SignUpState.WAITING
    order = sa.case((SignUp.state.in_(HOLDING), 0), (waits, 1), else_=2)
    rank = sa.case((waits, SignUp.rank), else_=SignUp.number)
    names = (
        sa.select(sa.func.aggregate_strings(Participant.name, " "))
        .where(Participant.signup_id == SignUp.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(SignUp.id, SignUp.state, SignUp.people, names, SignUp.name, SignUp.email,
                  Organisation.name)
        .outerjoin(SignUp.organisation)
        .where(SignUp.event_id == event.id, SignUp.state != SignUpState.UNCONFIRMED)
        .order_by(order, rank, SignUp.id)
    )  # fmt: skip
    return [
        InLine(number, state, people, " ".join(filter(None, words)))
        for number, state, people, *words in rows
    ]


def signups_of(shown: Sequence[InLine]) -> Mapping[int, SignUp]:
    """These sign-ups under their ids, with people and answers."""
    rows = db.session.scalars(
        sa.select(SignUp)
        .where(SignUp.id.in_([each.id for each in shown]))
        .options(
            joinedload(SignUp.organisation),
            selectinload(SignUp.participants),
            selectinload(SignUp.answers),
        )
    )
    return {signup.id: signup for signup in rows}


def needs_of(shown: Sequence[InLine]) -> Mapping[int, AccessNeeds]:
    """What these sign-ups need to take part, under their ids: for those who meet them."""
    ids = [each.id for each in shown]
    rows = db.session.scalars(sa.select(AccessNeeds).where(AccessNeeds.signup_id.in_(ids)))
    return {needs.signup_id: needs for needs in rows}
