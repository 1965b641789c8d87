"""Who may do what with accounts."""

from __future__ import annotations

import pytest

from app.accounts.models import Membership, Role, User, Visitor
from app.accounts.permissions import (
    can_change_account,
    can_close_account,
    can_confirm_membership,
    can_join_organisation,
    can_leave_organisation,
)
from app.platform.clock import now


def somebody(role: Role, number: int = 1) -> User:
    return User(id=number, role=role, name="Ktoś", email="ktos@ngo.example", memberships=[])


@pytest.mark.parametrize("role", Role)
def test_people_change_their_own_account_only(role: Role) -> None:
    own, other = somebody(role), somebody(Role.PARTICIPANT, 2)
    assert can_change_account(own, own, now())
    assert not can_change_account(own, other, now())
    assert not can_change_account(Visitor(), own, now())
    assert can_close_account(own, own, now())
    assert not can_close_account(own, other, now())
    own.closed_at = now()
    assert not can_close_account(own, own, now())


@pytest.mark.parametrize("role", Role)
def test_people_leave_only_for_themselves(role: Role) -> None:
    assert can_leave_organisation(somebody(role), Membership(user_id=1), now())
    assert not can_leave_organisation(somebody(role), Membership(user_id=2), now())


def test_a_visitor_speaks_for_nobody() -> None:
    assert can_join_organisation(somebody(Role.PARTICIPANT), None, now())
    assert not can_join_organisation(Visitor(), None, now())
    assert not can_leave_organisation(Visitor(), Membership(user_id=None), now())


@pytest.mark.parametrize("role", Role)
def test_the_coordinator_alone_confirms(role: Role) -> None:
    allowed = can_confirm_membership(somebody(role), Membership(user_id=2), now())
    assert allowed is (role is Role.COORDINATOR)
    assert not can_confirm_membership(Visitor(), None, now())
