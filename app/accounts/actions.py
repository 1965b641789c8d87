"""What changes accounts, organisations and who speaks for whom."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import force_locale, lazy_gettext
from sqlalchemy.exc import IntegrityError

from app.accounts import messages, queries
from app.accounts.models import (
    Membership,
    Organisation,
    OrganisationKind,
    RegisterKind,
    Role,
    User,
)
from app.accounts.permissions import (
    can_change_account,
    can_close_account,
    can_confirm_membership,
    can_join_organisation,
    can_leave_organisation,
)
from app.accounts.tokens import Purpose, token_for
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.platform.language import site_language
from app.platform.links import absolute
from app.platform.mail import NOWHERE, Message, forget, put

#: No password has this fingerprint.
NO_PASSWORD = "!"  # noqa: S105 - the opposite of a password

#: The address of a closed account, at which no mail arrives.
CLOSED = f"konto-zamkniete{NOWHERE}"

SPEAKS_ALREADY = lazy_gettext("You already speak for this organisation.")

ONLY_COORDINATOR = lazy_gettext(
    "This is the only coordinator of the town. Let another person be appointed first: without a "
    "coordinator nobody could answer remarks."
)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """For whom a person says they speak: an organisation of the directory, or one by its name."""

    organisation_id: int | None = None
    name: str = ""

    def __bool__(self) -> bool:
        return self.organisation_id is not None or bool(self.name)


def register(
    email: str, name: str, password_hash: str, affiliation: Affiliation, *, at: datetime
) -> None:
    """Let somebody set up an account, which works once they have confirmed the address.

    Nobody learns from it whether the address has an account: its owner is written to either way.
    An account never confirmed proves nothing, so the latest registration replaces it, and links
    written before stop working.
    """
    email = email.strip().lower()
    person = queries.person_by_email(email)
    if person is None:
        person = _new(email, name, password_hash, at)
    if person.confirmed_at is not None:
        links = absolute("accounts.sign_in"), absolute("accounts.forgot")
        _write(person, f"already:{at:%Y%m%d%H}", at, messages.already_registered, *links)
        return
    person.name, person.password_hash, person.stamp = name, password_hash, _stamp()
    db.session.execute(sa.delete(Membership).where(Membership.user_id == person.id))
    if affiliation:
        _affiliate(person, affiliation)
    ask_to_confirm(person, at=at)


def ask_to_confirm(person: User, *, at: datetime) -> None:
    """Write to a person whose address has not been confirmed, at most once a minute."""
    url = absolute("accounts.confirm", token=token_for(person, Purpose.CONFIRM))
    cause = f"confirm:{person.stamp}:{at:%Y%m%d%H%M}"
    _write(person, cause, at, messages.please_confirm, url)


def confirm(person: User, *, by: User, at: datetime) -> None:
    """The address belongs to the person: from now on the account works."""
    require(can_change_account(by, person, at))
    if person.confirmed_at is None:
        person.confirmed_at = at
        record("account_confirmed", person, by=by, at=at)


def open_account(email: str, name: str, password_hash: str, role: Role, *, at: datetime) -> User:
    """Make an account that works at once: for the office's people, from the command line."""
    email = email.strip().lower()
    if queries.person_by_email(email):
        raise DomainError(lazy_gettext("There is an account with this address already."))
    person = _new(email, name, password_hash, at)
    person.role, person.confirmed_at = role, at
    record("account_opened", person, by=None, at=at, role=role)
    return person


def appoint(person: User, role: Role, *, at: datetime) -> None:
    """Give somebody another task in the town: done from the command line, by who runs the site."""
    if person.closed_at is not None:
        raise DomainError(lazy_gettext("This account is closed."))
    if person.role is role:
        return
    if queries.is_the_only_coordinator(person):
        raise DomainError(ONLY_COORDINATOR)
    record("appointed", person, by=None, at=at, before=person.role, role=role)
    person.role = role


def ask_for_new_password(email: str, *, at: datetime) -> None:
    """Send a link for choosing a new password; nobody learns whether there is an account."""
    person = queries.person_by_email(email)
    if person is None or person.closed_at is not None:
        return
    url = absolute("accounts.reset", token=token_for(person, Purpose.RESET))
    _write(person, f"reset:{at:%Y%m%d%H%M}", at, messages.new_password, url)


def set_password(person: User, password_hash: str, *, by: User, at: datetime) -> None:
    """Change the password; every other session and every link written before stops working.

    Whoever came by a link from a mail has thereby confirmed the address.
    """
    require(can_change_account(by, person, at))
    person.password_hash, person.stamp = password_hash, _stamp()
    person.confirmed_at = person.confirmed_at or at
    record("password_changed", person, by=by, at=at)
    url = absolute("accounts.forgot")
    _write(person, f"password:{person.stamp}", at, messages.password_changed, url)


def renew_fingerprint(person: User, password_hash: str, *, by: User, at: datetime) -> None:
    """Keep the same password under today's parameters; sessions stay."""
    require(can_change_account(by, person, at))
    person.password_hash = password_hash


def rename(person: User, name: str, *, by: User, at: datetime) -> None:
    """Change how the person is called; what was signed before keeps its signature."""
    require(can_change_account(by, person, at))
    if person.name != name:
        person.name = name
        record("renamed", person, by=by, at=at)


def close(person: User, *, by: User, at: datetime) -> None:
    """Close an account for good and forget whose it was; what was signed in public stays signed.

    The row stays, for what was done needs somebody who did it. Raises ``DomainError`` when the
    town would be left without a coordinator.
    """
    require(can_close_account(by, person, at))
    if queries.is_the_only_coordinator(person):
        raise DomainError(ONLY_COORDINATOR)
    _write(person, "closed", at, messages.account_closed)
    forget(person.email, but=_cause(person, "closed"))
    record("account_closed", person, by=by, at=at, role=person.role)
    db.session.execute(sa.delete(Membership).where(Membership.user_id == person.id))
    person.email, person.name = f"{person.id}@{CLOSED}", ""
    person.password_hash, person.stamp = NO_PASSWORD, _stamp()
    person.role, person.closed_at = Role.PARTICIPANT, at
    db.session.flush()
    db.session.expire(person, ["memberships"])


def join(affiliation: Affiliation, *, by: User, at: datetime) -> Membership:
    """Say for whom one speaks; the office confirms it later, and nobody is kept waiting."""
    require(can_join_organisation(by, None, at))
    membership = _affiliate(by, affiliation)
    record("joined", membership.organisation, by=by, at=at)
    return membership


def leave(membership: Membership, *, by: User, at: datetime) -> None:
    """Speak for an organisation no more; what was said in its name stays."""
    require(can_leave_organisation(by, membership, at))
    record("left", membership.organisation, by=by, at=at)
    db.session.delete(membership)


def confirm_membership(membership: Membership, *, by: User, at: datetime) -> None:
    """The office knows that the person speaks for the organisation, and knows the organisation."""
    require(can_confirm_membership(by, membership, at))
    if membership.confirmed_at is not None:
        return
    membership.confirmed_at, membership.confirmed_by_id = at, by.id
    membership.organisation.verified_at = membership.organisation.verified_at or at
    speaker = membership.user_id
    record("membership_confirmed", membership.organisation, by=by, at=at, speaker=speaker)
    name = membership.organisation.name
    cause = f"membership:{membership.id}"
    _write(membership.user, cause, at, messages.membership_confirmed, name)


def enter_organisation(name: str, kind: OrganisationKind, *, at: datetime | None) -> Organisation:
    """Put an organisation in the directory; it is shown there once verified, ``at`` or later."""
    organisation = Organisation(
        name=name, kind=kind, register_kind=RegisterKind.NONE, verified_at=at
    )
    try:
        with db.session.begin_nested():
            db.session.add(organisation)
    except IntegrityError:  # somebody else of it was quicker by a moment
        return queries.organisation_by_name(name) or organisation
    return organisation


def _affiliate(person: User, affiliation: Affiliation) -> Membership:
    organisation = _organisation(affiliation)
    known = queries.membership_between(person, organisation)
    if known is not None:
        raise DomainError(SPEAKS_ALREADY)
    membership = Membership(user_id=person.id, organisation=organisation)
    try:
        with db.session.begin_nested():
            db.session.add(membership)
    except IntegrityError:  # a double click
        raise DomainError(SPEAKS_ALREADY) from None
    db.session.expire(person, ["memberships"])
    return membership


def _organisation(affiliation: Affiliation) -> Organisation:
    if affiliation.organisation_id is not None:
        organisation = db.session.get(Organisation, affiliation.organisation_id)
        if organisation is None:
            raise DomainError(
                lazy_gettext("Choose the organisation from the list again, or type its name.")
            )
        return organisation
    return queries.organisation_by_name(affiliation.name) or enter_organisation(
        affiliation.name, OrganisationKind.OTHER, at=None
    )


def _new(email: str, name: str, password_hash: str, at: datetime) -> User:
    """A new account; when two requests come at once, the second finds that of the first."""
    person = User(
        email=email, name=name, password_hash=password_hash, created_at=at, stamp=_stamp()
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        return queries.person_by_email(email) or person
    return person


def _stamp() -> str:
    return secrets.token_hex(16)


def _write(
    person: User, cause: str, at: datetime, message: Callable[..., Message], *words: str
) -> None:
    with force_locale(site_language()):
        put(person.email, message(*words), key=_cause(person, cause), at=at)


def _cause(person: User, cause: str) -> str:
    return f"user:{person.id}:{cause}"
