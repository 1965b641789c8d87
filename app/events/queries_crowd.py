"""What somebody meets who signs up: asked after the event is locked, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import sqlalchemy as sa

from app.accounts.models import Membership
from app.events.content import Applicant
from app.events.models import Event, Question
from app.events.models_signups import HOLDING, LIVE, SignUp, SignUpState
from app.events.waiting_list import Crowd
from app.platform.db import db, id_of

_signup = cast(sa.Table, SignUp.__table__)

# Part of every sign-up, so they are put together once, and of the table: no object is made.
_event, _key = sa.bindparam("event", type_=sa.Integer), sa.bindparam("key", type_=sa.String)
_email = sa.bindparam("email", type_=sa.String)
_organisation = sa.bindparam("organisation", type_=sa.Integer)
_holds = _signup.c.state.in_(HOLDING)
_waits = _signup.c.state == SignUpState.WAITING
_live = sa.and_(_signup.c.event_id == _event, _signup.c.state.in_(LIVE))


def _people(of: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((of, _signup.c.people), else_=0)), 0)


_CROWD = sa.select(
    _people(_holds).label("held"),
    _people(sa.and_(_holds, _signup.c.organisation_id == _organisation)).label("own"),
    _people(_waits).label("queued"),
    sa.func.count(sa.case((_waits, 1))).label("waiting"),
    sa.func.count(sa.case((_signup.c.state == SignUpState.OFFERED, 1))).label("offered"),
).where(_live)
_crowd = _CROWD.subquery()
_membership = cast(sa.Table, Membership.__table__)
_LOOK = (
    sa.select(
        *_crowd.c,
        sa.select(_signup.c.id).where(_signup.c.submission_key == _key).scalar_subquery(),
        sa.select(sa.func.min(_signup.c.id)).where(_live, _signup.c.email == _email)
        .scalar_subquery(),
        sa.select(_membership.c.id).where(
            _membership.c.user_id == sa.bindparam("person", type_=sa.Integer),
            _membership.c.organisation_id == _organisation,
        ).scalar_subquery(),
        Question,
    )
    .select_from(
        _crowd.outerjoin(
            Question, sa.and_(Question.event_id == _event, Question.retired_at.is_(None))
        )
    )
    .order_by(Question.position, Question.id)
)  # fmt: skip


def crowd_of(event: Event, organisation_id: int | None) -> Crowd:
    """What somebody of an organisation meets who comes now, counted by the database."""
    found = db.session.execute(_CROWD, {"event": id_of(event), "organisation": organisation_id})
    return Crowd(*found.one())


class Look(NamedTuple):
    """All that must be known, once an event is locked, before somebody is signed up for it.

    ``made`` is the sign-up that this form has made already, ``known`` the one of this address
    that counts; ``speaks`` says that the person belongs to the organisation.
    """

    crowd: Crowd
    made: int | None
    known: int | None
    speaks: bool
    questions: Sequence[Question]


def look(event: Event, applicant: Applicant, submission_key: str) -> Look:
    """Look at everything at once, in one statement."""
    person, organisation = applicant.person, applicant.organisation
    rows = db.session.execute(
        _LOOK,
        {
            "event": id_of(event),
            "organisation": id_of(organisation) if organisation else None,
            "person": id_of(person) if person else None,
            "email": applicant.address,
            "key": submission_key,
        },
    ).all()
    *sums, made, known, speaks, _question = rows[0]
    questions = [row[-1] for row in rows if row[-1] is not None]
    return Look(Crowd(*sums), made, known, bool(speaks), questions)


def number_on_list(signup: SignUp) -> int:
    """The number of a waiting sign-up, from 1."""
    before = sa.select(sa.func.count()).where(
        _signup.c.event_id == signup.event_id,
        _signup.c.state == SignUpState.WAITING,
        _signup.c.rank < signup.rank,
    )
    return 1 + (db.session.scalar(before) or 0)
