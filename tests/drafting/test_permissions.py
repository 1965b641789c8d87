"""Who may work on the next edition: permission × phase × role."""

from __future__ import annotations

import pytest

from app.accounts.models import Role, Visitor
from app.consultations.phases import Phase
from app.drafting import actions, deeds, publishing
from app.drafting.models import ChangeKind, WorkingDraft
from app.drafting.permissions import can_change_draft, can_draft
from app.platform.clock import now
from app.platform.errors import NotAllowed
from tests import town
from tests.drafting import scene

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("phase", list(Phase))
def test_the_coordinator_drafts_until_the_report_is_out(role: Role | None, phase: Phase) -> None:
    person = town.person(role) if role else Visitor()
    document = town.document(town.consultation(phase))
    draft = WorkingDraft(document=document, base=document.editions[0])
    allowed = role is Role.COORDINATOR and phase is not Phase.CONCLUDED
    assert can_draft(person, document, now()) is allowed
    assert can_change_draft(person, draft, now()) is allowed


def test_a_draft_that_became_an_edition_is_changed_by_nobody() -> None:
    bench = scene.bench()
    bench.write("§ 1", "Program dotyczy współpracy.")
    bench.publish()
    assert can_draft(bench.clerk, bench.document, now())
    assert not can_change_draft(bench.clerk, bench.draft, now())


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_every_action_asks_before_it_does_anything(role: Role) -> None:
    bench = scene.bench()
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    change = bench.write("§ 2 ust. 1", "Celem jest współpraca.")
    intruder = town.person(role)
    wish = actions.Wish(bench.number("§ 1"), ChangeKind.REPEAL)
    why = actions.Why(reason="Bo tak.")
    attempts = (
        lambda: actions.start_draft(bench.document, by=intruder, at=now()),
        lambda: actions.take_in(bench.draft, remark, by=intruder, at=now()),
        lambda: actions.write(bench.draft, wish, why, by=intruder, at=now()),
        lambda: deeds.switch_out(change, by=intruder, at=now()),
        lambda: publishing.publish(bench.draft, note="", by=intruder, at=now()),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
