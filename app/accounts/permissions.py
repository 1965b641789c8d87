"""Who may do what with accounts and organisations."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import Membership, Role, User, Visitor

Person = User | Visitor


def can_change_account(user: Person, account: User, at: datetime) -> bool:
    """Only the person whose account it is."""
    return user.id is not None and user.id == account.id


def can_close_account(user: Person, account: User, at: datetime) -> bool:
    """Only the person whose account it is, once."""
    return can_change_account(user, account, at) and account.closed_at is None


def can_join_organisation(user: Person, organisation: object, at: datetime) -> bool:
    """Anybody with an account may say for whom they speak; nobody is kept waiting."""
    return user.id is not None


def can_leave_organisation(user: Person, membership: Membership, at: datetime) -> bool:
    """Only the person who speaks for the organisation."""
    return user.id is not None and user.id == membership.user_id


def can_confirm_membership(user: Person, membership: Membership | None, at: datetime) -> bool:
    """The coordinator knows the organisations of the town."""
    return user.role is Role.COORDINATOR
