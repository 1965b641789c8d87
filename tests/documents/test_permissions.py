"""Who may import and publish: permission × phase × role."""

from __future__ import annotations

import pytest

from app.accounts.models import Role, Visitor
from app.consultations.phases import Phase
from app.documents import editions
from app.documents.models import DraftImport
from app.documents.permissions import (
    can_fix_import,
    can_import_draft,
    can_publish_edition,
    can_restore_import,
)
from app.platform.clock import now
from tests import town

pytestmark = pytest.mark.usefixtures("context")

EVERYBODY = [None, *Role]


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("phase", list(Phase))
def test_the_coordinator_imports_and_publishes_until_the_report_is_out(
    role: Role | None, phase: Phase
) -> None:
    person = town.person(role) if role else Visitor()
    consultation = town.consultation(phase)
    document = town.document(consultation)
    waiting, _ = editions.store_edition(document, town.SMALL_ACT, title="Druga", at=now())
    allowed = role is Role.COORDINATOR and phase is not Phase.CONCLUDED
    assert can_import_draft(person, consultation, now()) is allowed
    assert can_publish_edition(person, waiting, now()) is allowed


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize(
    ("confirmed", "dropped", "may_fix", "may_restore"),
    [
        (False, False, True, False),
        (False, True, False, True),
        (True, False, False, False),
        (True, True, False, False),
    ],
)
def test_a_draft_is_fixed_until_confirmed_or_dropped(
    role: Role | None, confirmed: bool, dropped: bool, may_fix: bool, may_restore: bool
) -> None:
    person = town.person(role) if role else Visitor()
    draft = DraftImport(
        consultation=town.consultation(),
        confirmed_at=now() if confirmed else None,
        dropped_at=now() if dropped else None,
    )
    coordinates = role is Role.COORDINATOR
    assert can_fix_import(person, draft, now()) is (coordinates and may_fix)
    assert can_restore_import(person, draft, now()) is (coordinates and may_restore)


def test_a_published_edition_is_not_published_again() -> None:
    document = town.document()
    edition = town.edition(document, town.SMALL_ACT)
    assert not can_publish_edition(town.person(Role.COORDINATOR), edition, now())
