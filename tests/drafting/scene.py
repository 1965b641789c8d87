"""Builders for tests of drafting: a text, remarks decided by the office, and a working draft."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from app.accounts.models import Role, User
from app.consultations.phases import Phase
from app.documents.models import Document, Provision
from app.documents.queries import latest_edition, wordings_of
from app.drafting import actions, deeds, publishing, queries
from app.drafting.models import ChangeKind, DraftChange, WorkingDraft
from app.drafting.working import working_units
from app.legaltext import editing
from app.legaltext.units import Unit, by_id
from app.platform.clock import now
from app.platform.db import db
from app.remarks import positions
from app.remarks.content import Content
from app.remarks.models import AmendmentKind, Outcome, Remark, RemarkKind
from tests import town
from tests.remarks.scene import sent

_serial = itertools.count(1)


@dataclass
class Bench:
    """A document, the clerk who works on it, and the working draft."""

    document: Document
    clerk: User
    draft: WorkingDraft

    def provision(self, citation: str) -> Provision:
        """The provision that bears an address in the newest edition."""
        edition = latest_edition(self.document)
        assert edition is not None
        rows = {w.citation.replace("\N{NO-BREAK SPACE}", " "): w for w in wordings_of(edition)}
        return rows[citation].provision

    def amendment(
        self,
        at: str,
        proposed: str = "",
        kind: AmendmentKind = AmendmentKind.REWORD,
        outcome: Outcome | None = Outcome.ACCEPTED,
    ) -> Remark:
        """An amendment that somebody sent and the office has decided."""
        content = Content(
            RemarkKind.AMENDMENT, "Tak będzie lepiej.", self.provision(at), kind, proposed
        )
        return self.decided(sent(self.document, content), outcome)

    def decided(self, remark: Remark, outcome: Outcome | None) -> Remark:
        """A remark with the office's position on it."""
        if outcome is not None:
            positions.decide(remark, outcome, "Uzasadnienie.", by=self.clerk, at=now())
        return remark

    def take_in(self, remark: Remark) -> DraftChange:
        """Take an amendment in as proposed."""
        return actions.take_in(self.draft, remark, by=self.clerk, at=now())

    def number(self, at: str | Provision) -> str:
        """The id, in the working text, of a provision of the newest edition."""
        return str((at if isinstance(at, Provision) else self.provision(at)).number)

    def write(
        self,
        at: str | Provision,
        text: str = "",
        *causes: Remark,
        kind: ChangeKind = ChangeKind.REWORD,
        reason: str = "Poprawka redakcyjna.",
        seen: str | None = None,
    ) -> DraftChange:
        """Write a change by hand, with a reason unless there are causes."""
        wish = actions.Wish(self.number(at), kind, text, seen=seen)
        return self.wish(wish, actions.Why(causes, "" if causes else reason))

    def move(self, at: str, after: str) -> DraftChange:
        """Move a provision after another one."""
        wish = actions.Wish(self.number(at), ChangeKind.MOVE, after=self.number(after))
        return self.wish(wish, actions.Why(reason="Inna kolejność."))

    def wish(self, wish: actions.Wish, why: actions.Why | None = None) -> DraftChange:
        """Make any change."""
        why = why or actions.Why(reason="Poprawka redakcyjna.")
        return actions.write(self.draft, wish, why, by=self.clerk, at=now())

    def switch_out(self, change: DraftChange) -> list[DraftChange]:
        """Take a change out; the ones that cannot stand without it are returned."""
        return deeds.switch_out(change, by=self.clerk, at=now())

    def switch_in(self, change: DraftChange) -> None:
        """Put a change in again."""
        deeds.switch_in(change, by=self.clerk, at=now())

    def undo(self) -> None:
        """Undo the last deed."""
        deed = queries.last_deed(self.draft)
        deeds.undo(self.draft, deed.id if deed else 0, by=self.clerk, at=now())

    def redo(self) -> None:
        """Do again what was undone last."""
        deed = queries.next_deed(self.draft)
        deeds.redo(self.draft, deed.id if deed else 0, by=self.clerk, at=now())

    def unit(self, at: str | Provision) -> Unit | None:
        """A provision as the working text has it."""
        draft = queries.locked_draft(self.draft.id)
        return by_id(working_units(draft)).get(self.number(at))

    def words(self, at: str | Provision) -> str:
        """How a provision with its parts reads in the working text."""
        found = self.unit(at)
        assert found is not None
        return editing.as_text(found)

    def publish(self):
        """Publish the working draft."""
        return publishing.publish(self.draft, note="Po uwagach.", by=self.clerk, at=now())


def bench(phase: Phase = Phase.OPEN) -> Bench:
    """A working draft on the small act, with nothing changed."""
    document = town.document(town.consultation(phase))
    clerk = town.person(Role.COORDINATOR)
    draft = actions.start_draft(document, by=clerk, at=now())
    db.session.flush()
    return Bench(document, clerk, draft)
