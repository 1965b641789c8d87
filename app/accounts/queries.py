"""Looking people and organisations up."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.accounts.models import Membership, Organisation, User
from app.platform.db import db


def person_of_session(remembered: str) -> User | None:
    """The person a session remembers, unless their password or account has changed since."""
    number, _, stamp = remembered.partition(":")
    if not number.isdecimal():
        return None
    user = db.session.scalar(
        sa.select(User).where(User.id == int(number)).options(selectinload(User.memberships))
    )
    if user is None or user.stamp != stamp or not user.is_active:
        return None
    return user


def person_by_email(email: str) -> User | None:
    """The person with an address, however its letters were typed."""
    return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def organisations_of(user: User) -> Sequence[Organisation]:
    """The organisations a person speaks for, by name."""
    return db.session.scalars(
        sa.select(Organisation)
        .join(Membership)
        .where(Membership.user_id == user.id)
        .order_by(Organisation.name)
    ).all()
