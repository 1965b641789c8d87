"""Looking people and organisations up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Membership, Organisation, Role, User
from app.accounts.tokens import Purpose, holder_of
from app.platform.db import db
from app.platform.polish import sort_key

#: Digits of an id; a longer number would not fit into a database.
LONGEST_NUMBER = 9

#: Asked for every page of somebody who has signed in, so it is put together once, and asked once.
_WITH_MEMBERSHIPS = (
    sa.select(User)
    .where(User.id == sa.bindparam("id"))
    .options(joinedload(User.memberships).joinedload(Membership.organisation))
)


def person_of_session(remembered: str) -> User | None:
    """The person a session remembers, unless their password or account has changed since."""
    number, _, stamp = remembered.partition(":")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    user = db.session.scalars(_WITH_MEMBERSHIPS, {"id": int(number)}).unique().one_or_none()
    if user is None or user.stamp != stamp or not user.is_active:
        return None
    return user


def person_by_email(email: str) -> User | None:
    """The person with an address, however its letters were typed."""
    return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def people_with(roles: Collection[Role], besides: Collection[int] = ()) -> list[User]:
    """People whose account may be used and who hold one of these tasks, by name.

    ``besides`` are ids of others who are wanted too.
    """
    may = sa.and_(User.role.in_(roles), User.confirmed_at.is_not(None), User.closed_at.is_(None))
    people = db.session.scalars(sa.select(User).where(sa.or_(may, User.id.in_(besides))))
    return sorted(people, key=lambda person: (sort_key(person.name), person.email))


def is_the_only_coordinator(person: User) -> bool:
    """Whether the town would be without a coordinator if this person were none.

    The rows are locked, so that two coordinators cannot leave at once.
    """
    if person.role is not Role.COORDINATOR or not person.is_active:
        return False
    found = db.session.scalars(
        sa.select(User)
        .where(
            User.role == Role.COORDINATOR,
            User.confirmed_at.is_not(None),
            User.closed_at.is_(None),
        )
        .order_by(User.id)
        .with_for_update()
    ).all()
    return [each.id for each in found] == [person.id]


def organisations_of(user: User) -> Sequence[Organisation]:
    """The organisations a person speaks for, by name."""
    return db.session.scalars(
        sa.select(Organisation)
        .join(Membership)
        .where(Membership.user_id == user.id)
        .order_by(Organisation.name)
    ).all()


def person_of_token(token: str, purpose: Purpose) -> User | None:
    """Whom a secret link was written for, unless it is too old or was made useless since."""
    holder = holder_of(token, purpose)
    person = db.session.get(User, holder[0]) if holder else None
    if person is None or holder is None or person.stamp != holder[1] or person.closed_at:
        return None
    return person


def directory() -> list[Organisation]:
    """The organisations that the office has verified, in Polish alphabetical order."""
    found = db.session.scalars(sa.select(Organisation).where(Organisation.verified_at.is_not(None)))
    return sorted(found, key=lambda organisation: sort_key(organisation.name))


def organisation_by_name(name: str) -> Organisation | None:
    """The organisation of this name, however its letters and spaces were typed."""
    wanted = _folded(name)
    rows = db.session.execute(sa.select(Organisation.id, Organisation.name))
    number = next((row.id for row in rows if _folded(row.name) == wanted), None)
    return db.session.get(Organisation, number) if number else None


def _folded(name: str) -> str:
    return " ".join(name.replace("„", '"').replace("”", '"').casefold().split())


def membership_between(person: User, organisation: Organisation) -> Membership | None:
    """That a person speaks for an organisation."""
    return db.session.scalar(
        sa.select(Membership).where(
            Membership.user_id == person.id, Membership.organisation_id == organisation.id
        )
    )


def is_spoken_for(organisation: Organisation, person: User | None = None) -> bool:
    """Whether the office has confirmed that this person, or else anybody, speaks for it."""
    found = (
        sa.select(Membership.id)
        .join(Membership.user)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.confirmed_at.is_not(None),
            User.confirmed_at.is_not(None),
            User.closed_at.is_(None),
        )
    )
    if person is not None:
        found = found.where(Membership.user_id == person.id)
    return db.session.scalar(found.limit(1)) is not None


def speakers_for(organisation_ids: Collection[int]) -> Sequence[Membership]:
    """Who speaks for organisations, confirmed by the office, of accounts that may be used."""
    return db.session.scalars(
        sa.select(Membership)
        .join(Membership.user)
        .where(
            Membership.organisation_id.in_(organisation_ids),
            Membership.confirmed_at.is_not(None),
            User.confirmed_at.is_not(None),
            User.closed_at.is_(None),
        )
        .options(contains_eager(Membership.user))
        .order_by(Membership.organisation_id, Membership.id)
    ).all()


def membership_by_id(number: int) -> Membership | None:
    """One membership."""
    return db.session.get(Membership, number)


def memberships_to_confirm() -> Sequence[Membership]:
    """Who says to speak for whom, not confirmed yet, of people with a confirmed address."""
    return db.session.scalars(
        sa.select(Membership)
        .join(Membership.user)
        .where(Membership.confirmed_at.is_(None), User.confirmed_at.is_not(None))
        .options(contains_eager(Membership.user))
        .order_by(Membership.id)
    ).all()
