"""What the actions refuse, and what they leave in the journal."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.accounts.models import Role, User
from app.consultations.phases import Phase
from app.documents import actions, drafts
from app.documents.fixes import Fix, Verb
from app.documents.models import DraftImport
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.documents.drafts import DOUBTFUL

pytestmark = pytest.mark.usefixtures("context")

OTHERS = [role for role in Role if role is not Role.COORDINATOR]


def imported() -> tuple[DraftImport, User]:
    """A draft with a doubt, and the coordinator who brought it in."""
    clerk = town.person(Role.COORDINATOR)
    upload = drafts.upload_of(None, DOUBTFUL)
    understood = drafts.understand(upload.content, upload.filename)
    consultation = town.consultation(Phase.UPCOMING)
    return actions.start_import(consultation, upload, understood, by=clerk, at=now()), clerk


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_coordinator_touches_a_draft(role: Role) -> None:
    draft, clerk = imported()
    other, at = town.person(role), now()
    fix = Fix(Verb.DROP, draft.rows[0]["id"])
    decision = actions.Decision("Program", doubts_accepted=True)
    for deed in (
        lambda: actions.correct(draft, fix, 1, by=other, at=at),
        lambda: actions.undo_correction(draft, 1, by=other, at=at),
        lambda: actions.drop_import(draft, by=other, at=at),
        lambda: actions.confirm_import(draft, decision, 1, by=other, at=at),
    ):
        with pytest.raises(NotAllowed):
            deed()
    edition = actions.confirm_import(draft, decision, 1, by=clerk, at=at)
    with pytest.raises(NotAllowed):
        actions.publish_edition(edition, by=other, at=at)
    assert edition.published_at is None


def test_doubts_are_not_passed_over_in_silence() -> None:
    draft, clerk = imported()
    with pytest.raises(DomainError):
        actions.confirm_import(draft, actions.Decision("Program"), 1, by=clerk, at=now())


def test_a_stale_correction_changes_nothing() -> None:
    draft, clerk = imported()
    before = list(draft.rows)
    fix = Fix(Verb.DROP, before[0]["id"])
    with pytest.raises(actions.StaleDraft):
        actions.correct(draft, fix, 7, by=clerk, at=now())
    assert draft.rows == before
    assert draft.revision == 1


def test_a_correction_without_effect_is_not_a_step() -> None:
    draft, clerk = imported()
    sound = next(row["id"] for row in draft.rows if not row["doubts"])
    actions.correct(draft, Fix(Verb.CONFIRM, sound), 1, by=clerk, at=now())
    assert (draft.revision, draft.history) == (1, [])


def test_each_step_to_the_public_is_in_the_journal() -> None:
    draft, clerk = imported()
    actions.drop_import(draft, by=clerk, at=now())
    actions.restore_import(draft, by=clerk, at=now())
    decision = actions.Decision("Program", doubts_accepted=True)
    edition = actions.confirm_import(draft, decision, draft.revision, by=clerk, at=now())
    actions.publish_edition(edition, by=clerk, at=now())
    deeds = db.session.scalars(sa.select(Entry.action).order_by(Entry.id)).all()
    assert deeds == ["imported", "dropped", "restored", "confirmed", "published"]


def test_sending_the_same_file_twice_is_one_import() -> None:
    first, clerk = imported()
    upload = drafts.upload_of(None, DOUBTFUL)
    understood = drafts.understand(upload.content, upload.filename)
    again = actions.start_import(first.consultation, upload, understood, by=clerk, at=now())
    assert again is first
    first.revision = 2
    fresh = actions.start_import(first.consultation, upload, understood, by=clerk, at=now())
    assert fresh is not first


def test_two_documents_of_one_title_have_two_addresses() -> None:
    first, clerk = imported()
    decision = actions.Decision("Program współpracy", doubts_accepted=True)
    one = actions.confirm_import(first, decision, 1, by=clerk, at=now())
    upload = drafts.upload_of(None, DOUBTFUL)
    understood = drafts.understand(upload.content, upload.filename)
    second = actions.start_import(first.consultation, upload, understood, by=clerk, at=now())
    two = actions.confirm_import(second, decision, 1, by=clerk, at=now())
    assert [one.document.slug, two.document.slug] == ["program-wspolpracy", "program-wspolpracy-2"]
