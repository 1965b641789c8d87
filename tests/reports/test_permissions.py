"""Who may make, see and publish the report: permission × phase × role."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts.models import Role, Visitor
from app.consultations.phases import Phase
from app.platform.clock import now
from app.reports.models import ReportSnapshot
from app.reports.permissions import can_make_report, can_publish_report, can_see_report
from tests import town

ROLES = [None, *Role]

MAY_MAKE = {(phase, Role.COORDINATOR) for phase in Phase if phase is not Phase.DRAFT}
MAY_PUBLISH = {(Phase.CONSIDERED, Role.COORDINATOR), (Phase.CONCLUDED, Role.COORDINATOR)}
SEE_UNPUBLISHED = {Role.FACILITATOR, Role.COORDINATOR, Role.EXECUTIVE, Role.COUNCILLOR}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("role", ROLES)
def test_the_table(context: Flask, phase: Phase, role: Role | None) -> None:
    somebody = town.person(role) if role else Visitor()
    consultation, at = town.consultation(phase), now()
    waiting = ReportSnapshot(consultation=consultation, number=1, made_at=at, published_at=None)
    public = ReportSnapshot(consultation=consultation, number=2, made_at=at, published_at=at)
    assert can_make_report(somebody, consultation, at) is ((phase, role) in MAY_MAKE)
    assert can_publish_report(somebody, waiting, at) is ((phase, role) in MAY_PUBLISH)
    assert not can_publish_report(somebody, public, at)
    assert can_see_report(somebody, waiting, at) is (role in SEE_UNPUBLISHED)
    assert can_see_report(somebody, public, at)
